//! The script for `sh`: only what POSIX has, since `$'…'` is not in every `sh`.

use std::collections::BTreeSet;

use super::plan::{Piece, Plan, Step};
use crate::text::is_hidden;

pub(super) fn head(plan: &Plan) -> String {
    let mut text = String::from(
        "#!/bin/sh\n# The commands of Slipway’s trail. The script stops at the first one that fails.\nset -eu\n",
    );
    for asked in &plan.asked {
        let (name, of) = (&asked.name, &asked.of);
        text.push_str(&format!(
            "\n# A secret of {of}, which the trail does not keep.\n: \"${{{name}:?Set {name} before you run this script.}}\"\nexport {name}\n"
        ));
    }
    let hidden: BTreeSet<char> = plan
        .texts()
        .flat_map(|text| text.chars().filter(|c| is_hidden(*c)))
        .collect();
    if !hidden.is_empty() {
        text.push_str(
            "\n# Characters that nobody would see. The dot keeps a line break at the end.\n",
        );
    }
    for c in hidden {
        let name = variable(c);
        let mut bytes = String::new();
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            bytes.push_str(&format!("\\{byte:03o}"));
        }
        text.push_str(&format!(
            "{name}=$(printf '{bytes}.')\n{name}=${{{name}%.}}\n"
        ));
    }
    text
}

pub(super) fn step(text: &mut String, step: &Step) {
    let words: Vec<String> = step.words.iter().map(|word| written(word)).collect();
    let command = words.join(" ");
    if let Some(folder) = &step.folder {
        // The trail's folders are absolute, so `cd` looks nowhere else and takes none for a flag.
        text.push_str("cd ");
        quoted(text, folder);
        text.push('\n');
    }
    let behind = if super::must_succeed(step) {
        ""
    } else {
        " || :"
    };
    match &step.keeps {
        Some(name) => text.push_str(&format!("{name}=$({command}){behind}\n")),
        None => text.push_str(&format!("{command}{behind}\n")),
    }
}

/// The variable of the script that holds a character.
fn variable(c: char) -> String {
    format!("u{:04x}", u32::from(c))
}

fn written(word: &[Piece]) -> String {
    let mut text = String::new();
    for piece in word {
        match piece {
            Piece::Text(plain) => quoted(&mut text, plain),
            Piece::Kept(name) | Piece::Asked(name) => text.push_str(&format!("\"${{{name}}}\"")),
        }
    }
    if text.is_empty() {
        text.push_str("''");
    }
    text
}

/// Text between single quotes, where nothing means anything; quotes and hidden characters beside them.
fn quoted(text: &mut String, plain: &str) {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "_@+=:,./-".contains(c);
    if plain.chars().all(is_bare) {
        text.push_str(plain);
        return;
    }
    let mut is_open = false;
    for c in plain.chars() {
        let is_plain = c != '\'' && !is_hidden(c);
        if is_plain != is_open {
            text.push('\'');
            is_open = is_plain;
        }
        match c {
            '\'' => text.push_str("\\'"),
            c if is_hidden(c) => text.push_str(&format!("\"${{{}}}\"", variable(c))),
            c => text.push(c),
        }
    }
    if is_open {
        text.push('\'');
    }
}
