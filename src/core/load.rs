//! Work for the clock: values and slopes of one activation at many places.
//!
//! Here since it is to take as long as what the training does.

use crate::activation::Activation;

/// Places between −6 and 6.
const PLACES: usize = 1024;

/// An activation and the places at which it is computed, with its values there.
#[derive(Debug, Clone)]
pub struct Load {
    g: Activation,
    z: Vec<f64>,
    a: Vec<f64>,
    /// Where results go.
    to: Vec<f64>,
}

impl Load {
    /// The places lie in no order, so that no branch can be foreseen.
    pub fn new(g: Activation) -> Load {
        let place = |k: usize| 12.0 * ((k * 389) % PLACES) as f64 / (PLACES - 1) as f64 - 6.0;
        let z: Vec<f64> = (0..PLACES).map(place).collect();
        let a = z.iter().map(|&z| g.value(z)).collect();
        Load { g, z, a, to: vec![0.0; PLACES] }
    }

    /// How many numbers one pass computes.
    pub fn len(&self) -> usize {
        self.z.len()
    }

    /// It never is.
    pub fn is_empty(&self) -> bool {
        self.z.is_empty()
    }

    /// Computes all values `passes` times; gives one of them, so that the work can't be left out.
    pub fn values(&mut self, passes: usize) -> f64 {
        let Load { g, z, to, .. } = self;
        for _ in 0..passes {
            let z = std::hint::black_box(&z[..]);
            to.iter_mut().zip(z).for_each(|(to, &z)| *to = g.value(z));
        }
        self.to[0]
    }

    /// The same for slopes, each made of z and a as in the backward pass.
    pub fn slopes(&mut self, passes: usize) -> f64 {
        let Load { g, z, a, to } = self;
        for _ in 0..passes {
            let (z, a) = std::hint::black_box((&z[..], &a[..]));
            to.iter_mut().zip(z.iter().zip(a)).for_each(|(to, (&z, &a))| *to = g.slope_at(z, a));
        }
        self.to[0]
    }
}
