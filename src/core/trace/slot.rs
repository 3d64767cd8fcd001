//! What a number is: its name in the notation of the page.

use crate::name::subscript;

/// The place of a number in a training step. Indices start at 0 and stand in this order always:
/// sample s, layer l, unit j, incoming unit i (or the unit above, k).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Input x_i.
    X {
        s: usize,
        i: usize,
    },
    /// Target y_j.
    Y {
        s: usize,
        j: usize,
    },
    /// W_{j,i}.
    W {
        l: usize,
        j: usize,
        i: usize,
    },
    /// b_j.
    B {
        l: usize,
        j: usize,
    },
    /// α of a layer.
    Alpha {
        l: usize,
    },
    /// The learning rate η.
    Rate,
    /// What the training step before has left in dW_{j,i} and db_j, where gradients are not zeroed.
    LeftW {
        l: usize,
        j: usize,
        i: usize,
    },
    LeftB {
        l: usize,
        j: usize,
    },
    /// W_{j,i} · a_i of the layer below: a term of z_j.
    Product {
        s: usize,
        l: usize,
        j: usize,
        i: usize,
    },
    /// Weighted sum z_j.
    Z {
        s: usize,
        l: usize,
        j: usize,
    },
    /// Activation a_j = g(z_j).
    A {
        s: usize,
        l: usize,
        j: usize,
    },
    /// Loss of one sample.
    Loss {
        s: usize,
    },
    /// Mean of the losses over the batch.
    MeanLoss,
    /// W_{k,j} · dz_k of the layer above: a term of da_j.
    BackProduct {
        s: usize,
        l: usize,
        j: usize,
        k: usize,
    },
    /// ∂loss ∕ ∂a_j.
    DA {
        s: usize,
        l: usize,
        j: usize,
    },
    /// g′(z_j).
    Slope {
        s: usize,
        l: usize,
        j: usize,
    },
    /// ∂loss ∕ ∂z_j.
    DZ {
        s: usize,
        l: usize,
        j: usize,
    },
    /// ∂loss ∕ ∂W_{j,i}.
    DW {
        s: usize,
        l: usize,
        j: usize,
        i: usize,
    },
    /// ∂loss ∕ ∂b_j.
    DB {
        s: usize,
        l: usize,
        j: usize,
    },
    /// ∂a_j ∕ ∂α.
    AlphaSlope {
        s: usize,
        l: usize,
        j: usize,
    },
    /// da_j · ∂a_j ∕ ∂α: a term of dα.
    DAlphaTerm {
        s: usize,
        l: usize,
        j: usize,
    },
    /// ∂loss ∕ ∂α.
    DAlpha {
        s: usize,
        l: usize,
    },
    /// Means over the batch.
    MeanDW {
        l: usize,
        j: usize,
        i: usize,
    },
    MeanDB {
        l: usize,
        j: usize,
    },
    MeanDAlpha {
        l: usize,
    },
    /// The parameters after the update.
    NextW {
        l: usize,
        j: usize,
        i: usize,
    },
    NextB {
        l: usize,
        j: usize,
    },
    NextAlpha {
        l: usize,
    },
}

/// The four passes of a training step, after what is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Given,
    Forward,
    Loss,
    Backward,
    Update,
}

use Slot::*;

impl Slot {
    /// Its symbol in one line of text: "dz[1]₂", with indices from 1.
    pub fn symbol(self) -> String {
        let name = match self {
            Slot::X { .. } => "x",
            Slot::Y { .. } => "y",
            Slot::W { .. } | Slot::NextW { .. } => "W",
            Slot::B { .. } | Slot::NextB { .. } => "b",
            Slot::Alpha { .. } | Slot::NextAlpha { .. } => "α",
            Slot::Rate => "η",
            Slot::Product { .. } => "W·a",
            Slot::Z { .. } => "z",
            Slot::A { .. } => "a",
            Slot::Loss { .. } | Slot::MeanLoss => "L",
            Slot::BackProduct { .. } => "W·dz",
            Slot::DA { .. } => "da",
            Slot::Slope { .. } => "g′",
            Slot::DZ { .. } => "dz",
            Slot::DW { .. } | Slot::MeanDW { .. } | Slot::LeftW { .. } => "dW",
            Slot::DB { .. } | Slot::MeanDB { .. } | Slot::LeftB { .. } => "db",
            Slot::AlphaSlope { .. } => "∂a∕∂α",
            Slot::DAlphaTerm { .. } | Slot::DAlpha { .. } | Slot::MeanDAlpha { .. } => "dα",
        };
        let layer = self.layer().map(|l| format!("[{}]", l + 1)).unwrap_or_default();
        let index = |n: Option<usize>| n.map(|n| subscript(n + 1)).unwrap_or_default();
        format!("{name}{layer}{}{}", index(self.unit()), index(self.incoming()))
    }

    /// The pass in which the number is made.
    pub fn phase(self) -> Phase {
        match self {
            X { .. } | Y { .. } | W { .. } | B { .. } | Alpha { .. } | Rate => Phase::Given,
            LeftW { .. } | LeftB { .. } => Phase::Given,
            Product { .. } | Z { .. } | A { .. } => Phase::Forward,
            Loss { .. } | MeanLoss => Phase::Loss,
            NextW { .. } | NextB { .. } | NextAlpha { .. } => Phase::Update,
            _ => Phase::Backward,
        }
    }

    /// The sample, if the number belongs to one.
    pub fn sample(self) -> Option<usize> {
        match self {
            X { s, .. } | Y { s, .. } | Loss { s } | DAlpha { s, .. } => Some(s),
            Product { s, .. } | Z { s, .. } | A { s, .. } | BackProduct { s, .. } => Some(s),
            DA { s, .. } | Slope { s, .. } | DZ { s, .. } => Some(s),
            DW { s, .. } | DB { s, .. } | AlphaSlope { s, .. } | DAlphaTerm { s, .. } => Some(s),
            _ => None,
        }
    }

    /// The layer, if the number belongs to one.
    pub fn layer(self) -> Option<usize> {
        match self {
            X { .. } | Y { .. } | Rate | Loss { .. } | MeanLoss => None,
            W { l, .. } | B { l, .. } | Alpha { l } | Product { l, .. } => Some(l),
            Z { l, .. } | A { l, .. } | BackProduct { l, .. } | DA { l, .. } => Some(l),
            Slope { l, .. } | DZ { l, .. } | DW { l, .. } | DB { l, .. } => Some(l),
            AlphaSlope { l, .. } | DAlphaTerm { l, .. } | DAlpha { l, .. } => Some(l),
            MeanDW { l, .. } | MeanDB { l, .. } | MeanDAlpha { l } => Some(l),
            NextW { l, .. } | NextB { l, .. } | NextAlpha { l } => Some(l),
            LeftW { l, .. } | LeftB { l, .. } => Some(l),
        }
    }

    /// The unit, if the number belongs to one.
    pub fn unit(self) -> Option<usize> {
        match self {
            W { j, .. } | B { j, .. } | Product { j, .. } | Z { j, .. } | A { j, .. } => Some(j),
            BackProduct { j, .. } | DA { j, .. } | Slope { j, .. } | DZ { j, .. } => Some(j),
            DW { j, .. } | DB { j, .. } | AlphaSlope { j, .. } | DAlphaTerm { j, .. } => Some(j),
            MeanDW { j, .. } | MeanDB { j, .. } | NextW { j, .. } | NextB { j, .. } => Some(j),
            LeftW { j, .. } | LeftB { j, .. } => Some(j),
            Y { j, .. } => Some(j),
            _ => None,
        }
    }

    /// The incoming unit, for what stands on an edge.
    pub fn incoming(self) -> Option<usize> {
        match self {
            X { i, .. } | W { i, .. } | Product { i, .. } | DW { i, .. } => Some(i),
            MeanDW { i, .. } | NextW { i, .. } | LeftW { i, .. } => Some(i),
            _ => None,
        }
    }

    /// Whether a learner who goes number by number stops here: not at the terms of a sum, nor at
    /// a slope, which are shown where they are used.
    pub fn is_stop(self) -> bool {
        !matches!(
            self,
            Product { .. }
                | BackProduct { .. }
                | Slope { .. }
                | AlphaSlope { .. }
                | DAlphaTerm { .. }
        ) && self.phase() != Phase::Given
    }

    /// A number for the kind of slot, then its indices in order.
    pub(super) fn words(self) -> [u64; 5] {
        let w = |kind: u64, indices: &[usize]| {
            let mut words = [kind, 0, 0, 0, 0];
            for (word, &index) in words[1..].iter_mut().zip(indices) {
                *word = index as u64;
            }
            words
        };
        match self {
            X { s, i } => w(0, &[s, i]),
            Y { s, j } => w(1, &[s, j]),
            W { l, j, i } => w(2, &[l, j, i]),
            B { l, j } => w(3, &[l, j]),
            Alpha { l } => w(4, &[l]),
            Rate => w(5, &[]),
            Product { s, l, j, i } => w(6, &[s, l, j, i]),
            Z { s, l, j } => w(7, &[s, l, j]),
            A { s, l, j } => w(8, &[s, l, j]),
            Loss { s } => w(9, &[s]),
            MeanLoss => w(10, &[]),
            BackProduct { s, l, j, k } => w(11, &[s, l, j, k]),
            DA { s, l, j } => w(12, &[s, l, j]),
            Slope { s, l, j } => w(13, &[s, l, j]),
            DZ { s, l, j } => w(14, &[s, l, j]),
            DW { s, l, j, i } => w(15, &[s, l, j, i]),
            DB { s, l, j } => w(16, &[s, l, j]),
            AlphaSlope { s, l, j } => w(17, &[s, l, j]),
            DAlphaTerm { s, l, j } => w(18, &[s, l, j]),
            DAlpha { s, l } => w(19, &[s, l]),
            MeanDW { l, j, i } => w(20, &[l, j, i]),
            MeanDB { l, j } => w(21, &[l, j]),
            MeanDAlpha { l } => w(22, &[l]),
            NextW { l, j, i } => w(23, &[l, j, i]),
            NextB { l, j } => w(24, &[l, j]),
            NextAlpha { l } => w(25, &[l]),
            LeftW { l, j, i } => w(26, &[l, j, i]),
            LeftB { l, j } => w(27, &[l, j]),
        }
    }
}
