//! The steps in the making of an image, as the image tells them.

use serde::Deserialize;

use crate::build::lines::keyword;
use crate::call::{Call, image};
use crate::connect::Engine;
use crate::image::ImageLayer;
use crate::problem::Problem;
use crate::problem::explain;

/// No image has more steps than are shown.
const MOST: usize = 2000;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    created: Option<i64>,
    created_by: Option<String>,
    size: Option<i64>,
    tags: Option<Vec<String>>,
}

/// The steps in the making of an image, oldest first.
///
/// # Errors
/// There is no such image, or the engine does not answer.
pub async fn image_layers(engine: &Engine, reference: &str) -> Result<Vec<ImageLayer>, Problem> {
    let asked = async {
        Call::get(image(reference, "/history")?)
            .read::<Vec<Entry>>(engine)
            .await
    };
    let entries = asked.await;
    let entries = entries.map_err(|error| explain::about_image(reference, &error))?;
    Ok(entries.into_iter().rev().take(MOST).map(layer).collect())
}

fn layer(entry: Entry) -> ImageLayer {
    let made_by = made_by(entry.created_by.as_deref().unwrap_or_default());
    let size = u64::try_from(entry.size.unwrap_or_default()).unwrap_or_default();
    // A step that can change files may have made empty ones.
    let changes = matches!(keyword(&made_by).as_str(), "RUN" | "COPY" | "ADD");
    ImageLayer {
        empty: size == 0 && !changes,
        made_by,
        size,
        created: entry.created.unwrap_or_default(),
        tags: entry.tags.unwrap_or_default(),
    }
}

/// The instruction, without the words that builders put around it.
fn made_by(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_suffix("# buildkit").unwrap_or(text).trim();
    if let Some(said) = text.strip_prefix("/bin/sh -c #(nop)") {
        return copied(said.trim());
    }
    let (bare, is_run) = match text.strip_prefix("RUN ") {
        Some(bare) => (bare, true),
        None => (text, false),
    };
    // `|1 NAME=value /bin/sh -c …`: the variables that the step was given.
    let shell = "/bin/sh -c ";
    let command = if bare.starts_with('|') {
        bare.split_once(shell).map(|(_, command)| command)
    } else {
        bare.strip_prefix(shell)
    };
    explain::cleaned(&match command {
        Some(command) => format!("RUN {}", command.trim()),
        None if is_run => text.to_owned(),
        None => copied(text),
    })
}

/// `COPY file:4f1c… in /a.txt`: the classic builders name what was copied by its content.
fn copied(text: &str) -> String {
    let mut words = text.split(' ');
    let keyword = words.next().unwrap_or_default();
    let source = words.next().unwrap_or_default();
    let kinds = ["file:", "dir:", "multi:"];
    let by_content = matches!(keyword, "COPY" | "ADD")
        && kinds.iter().any(|kind| source.starts_with(kind))
        && words.next() == Some("in");
    if by_content {
        let target: Vec<&str> = words.collect();
        return explain::cleaned(format!("{keyword} … {}", target.join(" ")).trim_end());
    }
    explain::cleaned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instruction_is_told_without_the_builders_words() {
        let rows = [
            ("/bin/sh -c #(nop)  CMD [\"sh\"]", "CMD [\"sh\"]"),
            (
                "/bin/sh -c #(nop) COPY file:4f1c in /a.txt ",
                "COPY … /a.txt",
            ),
            ("/bin/sh -c #(nop) ADD multi:4f1c in / ", "ADD … /"),
            ("/bin/sh -c apt-get update", "RUN apt-get update"),
            ("|1 WHO=me /bin/sh -c echo $WHO", "RUN echo $WHO"),
            (
                "RUN /bin/sh -c pip install flask # buildkit",
                "RUN pip install flask",
            ),
            ("RUN |1 WHO=a b /bin/sh -c echo # buildkit", "RUN echo"),
            ("COPY a.txt /a.txt # buildkit", "COPY a.txt /a.txt"),
            ("RUN [\"/x\", \"y\"]", "RUN [\"/x\", \"y\"]"),
            ("CMD [\"bash\"]", "CMD [\"bash\"]"),
            ("bash", "bash"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(made_by(text), expected, "{text}");
        }
    }

    #[test]
    fn what_may_have_changed_files_is_not_called_empty() {
        let of = |by: &str, size| {
            layer(Entry {
                created: None,
                created_by: Some(by.to_owned()),
                size: Some(size),
                tags: None,
            })
        };
        assert!(of("/bin/sh -c #(nop)  ENV A=1", 0).empty);
        assert!(!of("/bin/sh -c touch /a", 0).empty);
        assert!(!of("/bin/sh -c #(nop) WORKDIR /x", 3).empty);
        assert_eq!(of("x", -5).size, 0);
    }
}
