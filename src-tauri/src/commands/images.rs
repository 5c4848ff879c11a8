//! What an image is made of.

use slipway_engine::image::{self, ImageLayer, LayerFiles};
use slipway_engine::problem::Problem;
use tauri::State;

use super::engine;
use crate::state::Slipway;

/// The steps in the making of an image, oldest first.
#[tauri::command]
pub async fn image_layers(
    slipway: State<'_, Slipway>,
    reference: String,
) -> Result<Vec<ImageLayer>, Problem> {
    let (engine, _) = engine(&slipway)?;
    image::image_layers(&engine, &reference).await
}

/// What each layer of an image holds. It reads the whole image, and ends when the engine goes.
#[tauri::command]
pub async fn image_files(
    slipway: State<'_, Slipway>,
    reference: String,
) -> Result<Vec<LayerFiles>, Problem> {
    let (engine, gone) = engine(&slipway)?;
    image::image_files(&engine, &reference, &gone).await
}
