//! Reads what BuildKit calls its steps: `[builder 2/7] RUN make`.

use crate::build::model::StepNumber;

/// A step's name in its parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named<'a> {
    /// What it does, without the marks.
    pub name: &'a str,
    /// The stage, by its name or `stage-0`; `None` for what the builder does of itself.
    pub stage: Option<String>,
    /// Its place in the stage.
    pub number: Option<StepNumber>,
}

/// Reads a name. What has no such mark is what the builder does of itself.
pub(super) fn read(name: &str) -> Named<'_> {
    let plain = Named {
        name,
        stage: None,
        number: None,
    };
    let Some((mark, rest)) = name
        .strip_prefix('[')
        .and_then(|name| name.split_once("] "))
    else {
        return plain;
    };
    let (stage, number) = mark.rsplit_once(' ').unwrap_or(("", mark));
    let Some(number) = place(number) else {
        // `[internal] load build context`, `[context base] load metadata`, `[auth] …`
        return Named {
            name: if mark == "internal" { rest } else { name },
            ..plain
        };
    };
    Named {
        name: rest,
        stage: Some(stage_name(stage)),
        number: Some(number),
    }
}

/// The only stage has no mark. Where several platforms are built, each stage has its platform in front.
fn stage_name(mark: &str) -> String {
    let platform_alone = mark.contains('/') && !mark.contains(' ');
    match mark {
        "" => "stage-0".to_owned(),
        mark if platform_alone => format!("{mark} stage-0"),
        mark => mark.to_owned(),
    }
}

fn place(text: &str) -> Option<StepNumber> {
    let (at, of) = text.split_once('/')?;
    Some(StepNumber {
        at: at.parse().ok()?,
        of: of.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        type Row = (
            &'static str,
            &'static str,
            Option<&'static str>,
            Option<(u32, u32)>,
        );
        let rows: &[Row] = &[
            (
                "[internal] load .dockerignore",
                "load .dockerignore",
                None,
                None,
            ),
            ("[2/7] RUN a", "RUN a", Some("stage-0"), Some((2, 7))),
            (
                "[builder 1/2] FROM b",
                "FROM b",
                Some("builder"),
                Some((1, 2)),
            ),
            (
                "[stage-1 2/3] COPY [x] y",
                "COPY [x] y",
                Some("stage-1"),
                Some((2, 3)),
            ),
            (
                "[linux/arm64 b 1/1] FROM b",
                "FROM b",
                Some("linux/arm64 b"),
                Some((1, 1)),
            ),
            (
                "[linux/arm64 1/1] FROM b",
                "FROM b",
                Some("linux/arm64 stage-0"),
                Some((1, 1)),
            ),
            ("exporting to image", "exporting to image", None, None),
            ("[auth] a:pull token", "[auth] a:pull token", None, None),
            ("[context base] load x", "[context base] load x", None, None),
            ("[", "[", None, None),
            ("[2/7]", "[2/7]", None, None),
        ];
        for (text, name, stage, number) in rows {
            let expected = Named {
                name,
                stage: stage.map(str::to_owned),
                number: number.map(|(at, of)| StepNumber { at, of }),
            };
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
