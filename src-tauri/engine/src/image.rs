//! What an image says of how it wants to be run, and what it is made of.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::call::image;
use crate::connect::Engine;
use crate::model::ImageFacts;
use crate::problem::{Problem, explain};
use crate::transport::RequestError;

mod date;
mod files;
mod layer;
mod layers;
mod prompt;

pub(crate) use date::seconds;
pub use files::image_files;
pub use layer::{ImageLayer, LayerFile, LayerFiles};
pub use layers::image_layers;
pub(crate) use prompt::wants_terminal;

/// An image as `GET /images/NAME/json` shows it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    id: String,
    size: Option<i64>,
    created: Option<String>,
    config: Option<Config>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Config {
    exposed_ports: Option<BTreeMap<String, IgnoredAny>>,
    entrypoint: Option<Words>,
    cmd: Option<Words>,
}

/// A command: a list in Docker's API, a single string in some images (bollard #238).
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Words {
    /// The program and its arguments.
    List(Vec<String>),
    /// A line for a shell.
    Line(String),
}

impl Words {
    /// Its words.
    pub fn list(self) -> Vec<String> {
        match self {
            Self::List(words) => words,
            Self::Line(line) => vec![line],
        }
    }
}

/// Asks the engine about an image. One that it does not have is no failure: `present` is false.
///
/// # Errors
/// The engine is gone, or can't say.
pub async fn image_facts(engine: &Engine, reference: &str) -> Result<ImageFacts, Problem> {
    let asked = async {
        engine
            .get_json::<Inspected>(&image(reference, "/json")?)
            .await
    };
    match asked.await {
        Ok(found) => Ok(ImageFacts::from(found)),
        Err(RequestError::Status { status: 404, .. }) => Ok(ImageFacts::default()),
        Err(error) => Err(explain::about_image(reference, &error)),
    }
}

impl From<Inspected> for ImageFacts {
    fn from(found: Inspected) -> Self {
        let config = found.config.unwrap_or_default();
        let parts = [config.entrypoint, config.cmd].into_iter().flatten();
        let command: Vec<String> = parts.flat_map(Words::list).collect();
        Self {
            present: true,
            id: Some(found.id),
            size: found
                .size
                .and_then(|size| u64::try_from(size).ok())
                .unwrap_or_default(),
            created: found.created.as_deref().and_then(date::seconds),
            exposed: config
                .exposed_ports
                .unwrap_or_default()
                .into_keys()
                .collect(),
            wants_terminal: wants_terminal(&command),
            command,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;

    #[test]
    fn what_an_image_says_is_read_whatever_its_shape() {
        let found: Inspected = serde_json::from_value(json!({
            "Id": "sha256:a", "Size": 7, "Created": "2024-02-29T12:00:00.5Z",
            "Config": {"ExposedPorts": {"5050/tcp": {}}, "Entrypoint": "python", "Cmd": ["app.py"]},
        }))
        .unwrap();
        let facts = ImageFacts::from(found);
        assert_eq!(facts.exposed, ["5050/tcp"]);
        assert_eq!(facts.command, ["python", "app.py"]);
        assert_eq!(
            (facts.size, facts.created, facts.wants_terminal),
            (7, Some(1_709_208_000), false)
        );
        for bare in [
            json!({"Id": "a"}),
            json!({"Id": "a", "Config": null, "Created": ""}),
        ] {
            let facts = ImageFacts::from(serde_json::from_value::<Inspected>(bare).unwrap());
            assert!(facts.present && facts.command.is_empty() && !facts.wants_terminal);
        }
    }
}
