//! What the command bar asks: what a text says, what may come next, and what docker's verbs are.

use slipway_action::complete::{
    Completions, KnownContainer, KnownImage, Names, complete as next, wanted,
};
use slipway_action::form::{Form, form as form_of};
use slipway_action::help::{HelpPage, help as page_of};
use slipway_action::reading::{Reading, read as read_now};
use slipway_engine::model::ContainerState;
use slipway_engine::problem::Problem;
use tauri::State;

use crate::hub::Lists;
use crate::state::Slipway;
use crate::unlisted::Unlisted;

/// What a typed or pasted text says.
#[tauri::command(async)]
pub fn read(slipway: State<'_, Slipway>, text: &str) -> Reading {
    read_now(text, slipway.settings.get().shell)
}

/// What may come at a place in a text, in UTF-16 units.
#[tauri::command]
pub async fn complete(
    slipway: State<'_, Slipway>,
    text: String,
    cursor: usize,
) -> Result<Completions, Problem> {
    let cursor = byte_of(&text, cursor);
    let wanted = wanted(&text, cursor);
    let unlisted = match slipway.session.current() {
        Some((engine, _)) if wanted.volumes || wanted.networks => {
            slipway.unlisted.get(&engine, wanted).await
        }
        _ => Unlisted::default(),
    };
    Ok(slipway
        .hub
        .with_lists(|lists| with_names(lists, &unlisted, |names| next(&text, cursor, names))))
}

/// The fields of a verb, for a dialog that serves them all.
#[tauri::command]
pub fn form(verb: &str) -> Option<Form> {
    form_of(verb)
}

/// A page of help; the overview, where no verb is named.
#[tauri::command]
pub fn help(verb: Option<&str>) -> Option<HelpPage> {
    page_of(verb)
}

fn with_names<A>(lists: &Lists<'_>, unlisted: &Unlisted, look: impl FnOnce(&Names<'_>) -> A) -> A {
    let volumes: Vec<_> = unlisted.volumes.iter().map(String::as_str).collect();
    let networks: Vec<_> = unlisted.networks.iter().map(String::as_str).collect();
    let containers: Vec<_> = lists
        .containers
        .iter()
        .map(|row| KnownContainer {
            name: &row.name,
            id: &row.id,
            image: &row.image,
            running: matches!(
                row.state,
                ContainerState::Running | ContainerState::Paused | ContainerState::Restarting
            ),
        })
        .collect();
    let mut images = Vec::with_capacity(lists.images.len());
    for row in &lists.images {
        let names = row.tags.iter().map(String::as_str);
        let nameless = row.tags.is_empty().then_some("");
        images.extend(
            names
                .chain(nameless)
                .map(|name| KnownImage { name, id: &row.id }),
        );
    }
    look(&Names {
        containers: &containers,
        images: &images,
        volumes: &volumes,
        networks: &networks,
    })
}

/// The byte at which a place in UTF-16 units lies; the end, when it lies behind it.
fn byte_of(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, character) in text.char_indices() {
        if passed >= units {
            return at;
        }
        passed += character.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::byte_of;

    #[test]
    fn places_are_those_of_the_page() {
        let rows = [(0, 0), (1, 1), (2, 3), (4, 7), (5, 8), (99, 8)];
        for (units, bytes) in rows {
            assert_eq!(byte_of("a\u{e4}\u{1f433}b", units), bytes, "{units}");
        }
    }
}
