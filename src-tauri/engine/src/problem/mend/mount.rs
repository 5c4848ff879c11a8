//! A folder that is not there.

use super::About;
use crate::problem::{Fix, Problem};

/// `-v` lets the engine make the folder, which `--mount` does not.
pub(super) async fn make_folder(about: &About<'_>, problem: Problem) -> Problem {
    let marker = "bind source path does not exist: ";
    let Some((_, rest)) = problem.detail.split_once(marker) else {
        return problem;
    };
    let missing = rest.lines().next().unwrap_or_default().trim().to_owned();
    let again = about.changed(|options| {
        let found = options.storage.mount.iter().position(|text| {
            bind_of(text).is_some_and(|bind| bind.starts_with(&format!("{missing}:")))
        });
        if let Some(at) = found {
            let text = options.storage.mount.remove(at);
            options.volume.extend(bind_of(&text));
        }
    });
    let changed = again.filter(|again| again != about.action);
    let Some(again) = changed else { return problem };
    let actions = about.instead(again).await;
    problem.with_fix(
        Fix::new("Let the engine make the folder", actions)
            .with_note("It is empty at first, and belongs to the engine’s user."),
    )
}

/// The same as a value of `-v`; `None` where that can't say it.
fn bind_of(mount: &str) -> Option<String> {
    let (mut source, mut target, mut read_only) = (None, None, false);
    for field in mount.split(',') {
        let (key, value) = field.split_once('=').unwrap_or((field, ""));
        match key {
            "type" if value == "bind" => {}
            "source" | "src" => source = Some(value),
            "target" | "destination" | "dst" => target = Some(value),
            "readonly" | "ro" if matches!(value, "" | "true" | "1") => read_only = true,
            _ => return None,
        }
    }
    let end = if read_only { ":ro" } else { "" };
    Some(format!("{}:{}{end}", source?, target?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_flags_can_say_is_said_the_other_way() {
        let rows = [
            ("type=bind,source=/a,target=/b", Some("/a:/b")),
            ("type=bind,src=/a,dst=/b,ro", Some("/a:/b:ro")),
            ("type=volume,source=a,target=/b", None),
            (
                "type=bind,source=/a,target=/b,bind-propagation=shared",
                None,
            ),
            ("type=bind,target=/b", None),
        ];
        for (mount, expected) in rows {
            assert_eq!(bind_of(mount).as_deref(), expected, "{mount}");
        }
    }
}
