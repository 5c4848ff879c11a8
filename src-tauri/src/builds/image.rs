//! The image of a build: what had its name before, and what was made.

use std::time::Duration;

use slipway_action::{Action, InspectImage};
use slipway_engine::connect::Engine;
use slipway_engine::image::image_facts;
use slipway_engine::model::{Outcome, Progress};
use slipway_engine::perform::{Report, perform};
use slipway_engine::problem::Problem;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::record::Ending;

/// An engine that does not say it within this time is not waited for: the build does not hang on it.
const LIMIT: Duration = Duration::from_secs(10);

/// The name that a build gives its image, the first of them.
fn name(action: &Action) -> Option<&str> {
    let Action::Build(build) = action else {
        return None;
    };
    let mut names = build.tag.iter().map(String::as_str);
    names.find(|name| !name.is_empty())
}

/// The size of the image that has the name now which the build will give to another.
pub async fn before(engine: &Engine, action: &Action) -> Option<u64> {
    let asked = timeout(LIMIT, image_facts(engine, name(action)?)).await;
    let facts = asked.ok()?.ok()?;
    facts.present.then_some(facts.size)
}

/// The image that a build made.
pub async fn made(engine: &Engine, action: &Action, outcome: &Outcome) -> Ending {
    let id = outcome.id.as_deref();
    let unknown = || Ending {
        image: id.map(str::to_owned),
        ..Ending::default()
    };
    let Some(reference) = id.or(name(action)) else {
        return unknown();
    };
    let question = Action::InspectImage(InspectImage {
        images: vec![reference.to_owned()],
        ..InspectImage::default()
    });
    let cancel = CancellationToken::new();
    let asked = timeout(LIMIT, perform(engine, &question, &Silent, &cancel)).await;
    let read = asked.ok().and_then(|answer: Result<Outcome, Problem>| {
        let text = answer.ok()?.text?;
        read(&text)
    });
    read.unwrap_or_else(unknown)
}

/// Reads what `docker image inspect` prints.
fn read(text: &str) -> Option<Ending> {
    let images: serde_json::Value = serde_json::from_str(text).ok()?;
    let image = images.get(0)?;
    let layers = image
        .pointer("/RootFS/Layers")
        .and_then(|layers| layers.as_array());
    Some(Ending {
        problem: None,
        image: Some(image.get("Id")?.as_str()?.to_owned()),
        size: image.get("Size").and_then(serde_json::Value::as_u64),
        layers: layers.and_then(|layers| u32::try_from(layers.len()).ok()),
    })
}

/// An inspect is a question: nobody watches it.
struct Silent;

impl Report for Silent {
    fn progress(&self, _progress: Progress) {}
    fn outcome(&self, _partial: Outcome) {}
    fn output(&self, _bytes: &[u8]) {}
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::read;

    #[test]
    fn an_image_is_read_whatever_it_does_not_say() {
        let read_of = |text: &str| read(text).map(|it| (it.image.unwrap(), it.size, it.layers));
        let whole = r#"[{"Id": "sha256:a", "Size": 7, "RootFS": {"Layers": ["b", "c"]}}]"#;
        assert_eq!(
            read_of(whole),
            Some(("sha256:a".to_owned(), Some(7), Some(2)))
        );
        let bare = r#"[{"Id": "a", "Size": -1}]"#;
        assert_eq!(read_of(bare), Some(("a".to_owned(), None, None)));
        for none in ["", "[]", "[{}]", "{\"Id\": \"a\"}"] {
            assert!(read(none).is_none(), "{none}");
        }
    }
}
