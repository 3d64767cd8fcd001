//! Heat maps on the page's canvases.

use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, ImageData};

use super::{may_trap, thrown};
use crate::case::Case;
use crate::heatmap::{self, Rgba};
use crate::json;
use crate::network::Network;

/// What every unit of a network makes of a square of the plane; see [`heatmap::HeatMaps`].
#[wasm_bindgen]
pub struct HeatMaps {
    network: Network,
    maps: heatmap::HeatMaps,
}

#[wasm_bindgen]
impl HeatMaps {
    /// The maps of a case's network; `spec` is a [`heatmap::Spec`] in JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(case: &str, spec: &str) -> Result<HeatMaps, JsError> {
        may_trap!("HeatMaps::new");
        let (Case { network, .. }, _) = Case::read(case).map_err(thrown)?;
        let spec = json::read(spec).map_err(thrown)?;
        let mut maps = heatmap::HeatMaps::new(&network, &spec).map_err(thrown)?;
        maps.update(&network);
        Ok(HeatMaps { network, maps })
    }

    /// Takes other colours, [`heatmap::Ends`] in JSON.
    pub fn set_colours(&mut self, ends: &str) -> Result<(), JsError> {
        may_trap!("HeatMaps::set_colours");
        self.maps.set_colours(&json::read(ends).map_err(thrown)?);
        self.maps.update(&self.network);
        Ok(())
    }

    /// Takes the parameters of later on: layer by layer the rows of W, b, and α where it is
    /// learned.
    pub fn update(&mut self, parameters: &[f64]) -> Result<(), JsError> {
        may_trap!("HeatMaps::update");
        self.network.set_parameters(parameters).map_err(thrown)?;
        self.maps.update(&self.network);
        Ok(())
    }

    /// Number of images: first one for each input, then one for each unit, layer by layer.
    pub fn count(&self) -> usize {
        may_trap!("HeatMaps::count");
        self.maps.count()
    }

    /// Puts all images on a canvas, one below the other.
    pub fn paint_all(&self, context: &CanvasRenderingContext2d) -> Result<(), JsValue> {
        may_trap!("HeatMaps::paint_all");
        put(context, self.maps.all(), self.maps.points())
    }

    /// Puts one image on a canvas; nothing where there is none of this number.
    pub fn paint(&self, context: &CanvasRenderingContext2d, index: usize) -> Result<(), JsValue> {
        may_trap!("HeatMaps::paint");
        match self.maps.image(index) {
            Some(image) => put(context, image, self.maps.points()),
            None => Ok(()),
        }
    }
}

/// The image data lies on the module's own memory: the pixels are copied once, by the canvas.
pub(super) fn put(
    context: &CanvasRenderingContext2d,
    pixels: &[Rgba],
    width: usize,
) -> Result<(), JsValue> {
    let height = pixels.len() / width;
    let bytes = Clamped(pixels.as_flattened());
    let image = ImageData::new_with_u8_clamped_array_and_sh(bytes, width as u32, height as u32)?;
    context.put_image_data(&image, 0.0, 0.0)
}
