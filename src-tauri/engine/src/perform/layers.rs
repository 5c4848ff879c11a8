//! What an engine says while it downloads or uploads, put together layer by layer.

use serde::Deserialize;

use crate::model::{Layer, Progress};
use crate::problem::explain::cleaned;

/// No image has so many; a registry that names more is not listened to.
const MOST_LAYERS: usize = 1000;

/// More warnings than this help nobody.
const MOST_WARNINGS: usize = 20;

/// One message of `POST /images/create`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    status: Option<String>,
    id: Option<String>,
    #[serde(rename = "progressDetail")]
    detail: Option<Detail>,
    error: Option<String>,
    #[serde(rename = "errorDetail")]
    error_detail: Option<ErrorDetail>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Detail {
    current: Option<i64>,
    total: Option<i64>,
    /// `s` where the numbers count seconds (the containerd image store, while it extracts).
    units: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorDetail {
    message: Option<String>,
}

/// How far a download or an upload is.
#[derive(Debug, Default)]
pub(super) struct Layers {
    progress: Progress,
    /// The engine's closing words, such as `Status: Image is up to date for busy:latest`.
    closing: bool,
    warnings: Vec<String>,
    /// What the registry calls what was pushed, such as `latest: digest: sha256:… size: 527`.
    digests: Vec<String>,
    last_id: Option<String>,
}

impl Layers {
    /// Takes a message; an error is the engine's own words that it failed.
    pub fn take(&mut self, message: Message) -> Result<(), String> {
        let error = message
            .error_detail
            .and_then(|detail| detail.message)
            .or(message.error);
        if let Some(error) = error.filter(|error| !error.is_empty()) {
            return Err(error);
        }
        let status = cleaned(&message.status.unwrap_or_default());
        // The id beside `Pulling from` is the tag.
        let layer = message
            .id
            .filter(|id| !id.is_empty() && !status.starts_with("Pulling from"));
        match layer {
            Some(id) => {
                self.last_id = Some(id.clone());
                self.layer(id, status, message.detail.unwrap_or_default());
            }
            None => {
                self.closing |= status.starts_with("Status: ");
                // Docker warns after its closing words that the image is for another platform.
                if let Some(warning) = status.strip_prefix("WARNING: ") {
                    self.warn(warning);
                }
                if status.contains(": digest: sha256:") && self.digests.len() < MOST_LAYERS {
                    self.digests.push(status.clone());
                }
                self.progress.text = status;
            }
        }
        Ok(())
    }

    fn layer(&mut self, id: String, status: String, detail: Detail) {
        let layers = &mut self.progress.layers;
        let index = match layers.iter().position(|layer| layer.id == id) {
            Some(index) => index,
            None if layers.len() >= MOST_LAYERS => return,
            None => {
                let status = String::new();
                layers.push(Layer {
                    id,
                    status,
                    current: 0,
                    total: 0,
                    done: false,
                });
                layers.len() - 1
            }
        };
        let layer = &mut layers[index];
        let counts_bytes = detail
            .units
            .as_deref()
            .is_none_or(|units| matches!(units, "" | "bytes"));
        let bytes = |number: Option<i64>| number.and_then(|it| u64::try_from(it).ok());
        if counts_bytes {
            layer.total = bytes(detail.total)
                .filter(|total| *total > 0)
                .unwrap_or(layer.total);
            layer.current = bytes(detail.current).unwrap_or(layer.current);
        }
        layer.done = is_done(&status);
        if layer.done || status == "Download complete" {
            layer.current = layer.total;
        }
        layer.status = status;
    }

    fn warn(&mut self, warning: &str) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(warning.to_owned());
        }
    }

    /// What the registry calls what was pushed; a push is done once the engine has told it.
    pub fn take_digests(&mut self) -> Vec<String> {
        std::mem::take(&mut self.digests)
    }

    /// What the engine warned of.
    pub fn into_warnings(self) -> Vec<String> {
        self.warnings
    }

    /// How far it is now.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Whether the engine has said that this image is complete: Docker by its closing words, Podman by
    /// naming the image's id last.
    pub fn says_complete(&self, image_id: &str) -> bool {
        let id = image_id.strip_prefix("sha256:").unwrap_or(image_id);
        self.closing
            || self
                .last_id
                .as_deref()
                .is_some_and(|last| id.starts_with(last))
    }

    /// Whether the engine has said its closing words.
    pub fn has_closed(&self) -> bool {
        self.closing
    }

    /// Marks everything as done.
    pub fn complete(&mut self) {
        for layer in &mut self.progress.layers {
            layer.done = true;
            layer.current = layer.total;
        }
    }
}

/// The words of pulls, and those of pushes.
fn is_done(status: &str) -> bool {
    matches!(
        status,
        "Pull complete" | "Already exists" | "Pushed" | "Layer already exists"
    ) || status.starts_with("Mounted from ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value, json};

    use super::*;

    fn take(layers: &mut Layers, message: &Value) -> Result<(), String> {
        layers.take(serde_json::from_value(message.clone()).unwrap())
    }

    #[test]
    fn layers_keep_their_order_and_their_sums() {
        let mut layers = Layers::default();
        let messages = [
            json!({"status": "Pulling from library/busy", "id": "latest"}),
            json!({"status": "Pulling fs layer", "progressDetail": {}, "id": "aa"}),
            json!({"status": "Waiting", "progressDetail": {}, "id": "bb"}),
            json!({"status": "Downloading", "progressDetail": {"current": 5, "total": 10}, "id": "bb"}),
            json!({"status": "Already exists", "progressDetail": {}, "id": "cc"}),
            json!({"status": "Extracting", "progressDetail": {"current": 3, "units": "s"}, "id": "bb"}),
            json!({"status": "Downloading", "progressDetail": {"current": -1, "total": -1}, "id": "aa"}),
            json!({"status": "Retrying in 5 seconds", "id": "aa", "progressDetail": null}),
        ];
        for message in &messages {
            take(&mut layers, message).unwrap();
        }
        let seen: Vec<_> = layers
            .progress()
            .layers
            .iter()
            .map(|it| {
                (
                    it.id.as_str(),
                    it.status.as_str(),
                    it.current,
                    it.total,
                    it.done,
                )
            })
            .collect();
        let expected = [
            ("aa", "Retrying in 5 seconds", 0, 0, false),
            ("bb", "Extracting", 5, 10, false),
            ("cc", "Already exists", 0, 0, true),
        ];
        assert_eq!(seen, expected);
        assert_eq!(layers.progress().text, "Pulling from library/busy");
    }

    #[test]
    fn only_the_engines_own_words_complete_it() {
        let mut layers = Layers::default();
        take(&mut layers, &json!({"status": "Pull complete", "id": "aa"})).unwrap();
        assert!(!layers.says_complete("sha256:0123456789ab"));
        take(&mut layers, &json!({"status": "Digest: sha256:ff"})).unwrap();
        assert!(!layers.says_complete("sha256:0123456789ab"));
        take(
            &mut layers,
            &json!({"status": "Status: Downloaded newer image for busy:latest"}),
        )
        .unwrap();
        assert!(layers.says_complete("sha256:0123456789ab"), "Docker");
        take(
            &mut layers,
            &json!({"status": "WARNING: not for this platform"}),
        )
        .unwrap();
        assert!(
            layers.says_complete("sha256:0123456789ab"),
            "a warning may follow"
        );
        assert_eq!(layers.into_warnings(), ["not for this platform"]);
        let mut layers = Layers::default();
        take(
            &mut layers,
            &json!({"status": "Download complete", "id": "0123456789ab"}),
        )
        .unwrap();
        assert!(layers.says_complete("sha256:0123456789abcdef"), "Podman");
        assert!(!layers.says_complete("sha256:ffff"), "another image");
    }

    #[test]
    fn an_error_in_the_stream_is_a_failure() {
        for message in [
            json!({"error": "boom", "errorDetail": {"message": "boom"}}),
            json!({"errorDetail": {"code": 500, "message": "boom"}}),
            json!({"error": "boom"}),
        ] {
            assert_eq!(
                take(&mut Layers::default(), &message),
                Err("boom".to_owned()),
                "{message}"
            );
        }
    }

    #[test]
    fn a_registry_that_never_stops_naming_layers_is_bounded() {
        let mut layers = Layers::default();
        for number in 0..5000 {
            take(
                &mut layers,
                &json!({"status": "Waiting", "id": number.to_string()}),
            )
            .unwrap();
        }
        assert_eq!(layers.progress().layers.len(), MOST_LAYERS);
    }
}
