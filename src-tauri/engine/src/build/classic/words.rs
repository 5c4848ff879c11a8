//! The words of the classic builders: the objects of their stream, and the headings of steps.

use serde::Deserialize;

/// One object of the stream.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    pub stream: Option<String>,
    pub status: Option<String>,
    pub id: Option<String>,
    #[serde(rename = "progressDetail")]
    pub detail: Option<Detail>,
    pub aux: Option<serde_json::Value>,
    pub error: Option<String>,
    #[serde(rename = "errorDetail")]
    pub failed: Option<Failed>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Detail {
    pub current: Option<u64>,
    pub total: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Failed {
    pub code: Option<i64>,
    pub message: Option<String>,
}

/// `Step 2/7 : RUN x` or `[1/2] STEP 2/7: RUN x`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// From 1; 0 where it says none.
    pub stage: u32,
    pub at: u32,
    pub of: u32,
    pub text: String,
}

impl Heading {
    pub fn of_docker(text: &str) -> Option<Self> {
        let (numbers, text) = text.strip_prefix("Step ")?.split_once(" : ")?;
        if text.contains('\n') {
            return None;
        }
        Self::read(0, numbers, text)
    }

    pub fn of_buildah(text: &str) -> Option<Self> {
        let text = text.strip_suffix('\n')?;
        let (stage, text) = match text.strip_prefix('[') {
            Some(text) => {
                let (stage, text) = text.split_once("] ")?;
                (stage.split_once('/')?.0.parse().ok()?, text)
            }
            None => (0, text),
        };
        let (numbers, text) = text.strip_prefix("STEP ")?.split_once(": ")?;
        Self::read(stage, numbers, text)
    }

    fn read(stage: u32, numbers: &str, text: &str) -> Option<Self> {
        let (at, of) = numbers.split_once('/')?;
        Some(Self {
            stage,
            at: at.parse().ok()?,
            of: of.parse().ok()?,
            text: text.to_owned(),
        })
    }

    /// The place of the stage that it names.
    pub fn stage_place(&self) -> Option<usize> {
        usize::try_from(self.stage.checked_sub(1)?).ok()
    }
}

/// Whether it is an id, or as much of one as builders say.
pub(super) fn is_id(text: &str) -> bool {
    (12..=64).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// The image that an object tells of.
pub(super) fn image_id(aux: &serde_json::Value) -> Option<String> {
    let id = aux.get("ID")?.as_str()?;
    let bare = id.strip_prefix("sha256:").unwrap_or(id);
    (bare.len() == 64 && is_id(bare)).then(|| id.to_owned())
}
