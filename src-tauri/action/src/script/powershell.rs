//! The script for PowerShell: also the one that comes with Windows, wherever that one hands on what stands here.

use std::collections::BTreeSet;

use super::plan::{Piece, Plan, Step};
use crate::quote::{is_powershell_double, is_powershell_single, quote_or_mark};
use crate::render::Shell;
use crate::text::is_hidden;

pub(super) fn head(plan: &Plan) -> String {
    let mut text = String::new();
    if plan.again().any(needs_newer) {
        // https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables
        // ($PSNativeCommandArgumentPassing): before 7.3 such a word reached docker as another one.
        text.push_str(
            "#Requires -Version 7.3\n# Older ones lose quotes and empty words on the way to docker.\n",
        );
    }
    text.push_str(
        "# The commands of Slipway's trail. The script stops at the first one that fails.\n\
         $ErrorActionPreference = 'Stop'\n\
         # Which failures end it stands here, not in anybody's settings.\n\
         $PSNativeCommandUseErrorActionPreference = $false\n",
    );
    for asked in &plan.asked {
        let (name, of) = (&asked.name, &asked.of);
        text.push_str(&format!(
            "\n# A secret of {of}, which the trail does not keep.\nif (-not $env:{name}) {{ throw 'Set $env:{name} before you run this script.' }}\n"
        ));
        if asked.is_in_words {
            text.push_str(&format!(
                "if ($env:{name}.Contains('\"') -and -not (Test-Path Variable:PSNativeCommandArgumentPassing)) {{ throw 'A quote in $env:{name} needs PowerShell 7.3 or newer.' }}\n"
            ));
        }
    }
    let unseen: BTreeSet<char> = plan
        .texts()
        .flat_map(|text| text.chars().filter(|c| needs_variable(*c)))
        .collect();
    if !unseen.is_empty() {
        text.push_str("\n# Characters that nobody would see, or that end a string.\n");
    }
    for c in unseen {
        let (name, code) = (variable(c), u32::from(c));
        text.push_str(&format!(
            "${name} = [char]::ConvertFromUtf32(0x{code:04x})\n"
        ));
    }
    text
}

/// Whether a PowerShell before 7.3 hands one of the command's words on as another one: it drops those
/// that are empty, puts no backslash before a quote, and lets one at the end take the quote away that
/// it puts around blanks.
fn needs_newer(step: &Step) -> bool {
    step.words.iter().any(|word| {
        let mut plain = String::new();
        for piece in word {
            if let Piece::Text(text) = piece {
                plain.push_str(text);
            }
        }
        let is_empty = plain.is_empty() && word.iter().all(|it| matches!(it, Piece::Text(_)));
        is_empty
            || plain.contains('"')
            || plain.ends_with('\\') && plain.contains(char::is_whitespace)
    })
}

pub(super) fn step(text: &mut String, step: &Step) {
    let words: Vec<String> = step.words.iter().map(|word| written(word)).collect();
    let command = words.join(" ");
    if let Some(folder) = &step.folder {
        // Otherwise `[` and `]` in it would stand for other names.
        let folder = plain(folder);
        text.push_str(&format!("cd -LiteralPath {folder}\n"));
    }
    match &step.keeps {
        Some(name) => text.push_str(&format!("${name} = {command}\n")),
        None => text.push_str(&format!("{command}\n")),
    }
    // A program that fails is no error in PowerShell.
    if super::must_succeed(step) {
        text.push_str("if ($LASTEXITCODE) { exit $LASTEXITCODE }\n");
    }
}

fn written(word: &[Piece]) -> String {
    if let [Piece::Text(text)] = word {
        return plain(text);
    }
    let mut text = String::from("\"");
    for piece in word {
        match piece {
            Piece::Text(plain) => inside(&mut text, plain),
            Piece::Kept(name) => text.push_str(&format!("${{{name}}}")),
            Piece::Asked(name) => text.push_str(&format!("${{env:{name}}}")),
        }
    }
    text.push('"');
    text
}

fn plain(word: &str) -> String {
    if !word.contains(needs_variable) {
        return quote_or_mark(word, Shell::Powershell);
    }
    let mut text = String::from("\"");
    inside(&mut text, word);
    text.push('"');
    text
}

/// Text as it stands between double quotes. An escape by a character's number, as `quote` writes it,
/// is not known to the PowerShell of Windows.
fn inside(text: &mut String, word: &str) {
    for c in word.chars() {
        match c {
            '`' | '"' | '$' => {
                text.push('`');
                text.push(c);
            }
            '\n' => text.push_str("`n"),
            '\r' => text.push_str("`r"),
            '\t' => text.push_str("`t"),
            '\0' => text.push('\u{fffd}'),
            c if needs_variable(c) => text.push_str(&format!("${{{}}}", variable(c))),
            c => text.push(c),
        }
    }
}

/// Whether a character stands in a variable of the script. Curly quotes end strings as straight ones do.
fn needs_variable(c: char) -> bool {
    let is_curly = !c.is_ascii() && (is_powershell_single(c) || is_powershell_double(c));
    is_curly || is_hidden(c) && !matches!(c, '\n' | '\r' | '\t' | '\0')
}

/// The variable of the script that holds a character.
fn variable(c: char) -> String {
    format!("u{:04x}", u32::from(c))
}
