//! The script for PowerShell.

use super::plan::{Piece, Plan, Step};
use crate::quote::{inside_powershell_double, quote_or_mark};
use crate::render::Shell;

pub(super) fn head(plan: &Plan) -> String {
    let mut text = String::from(
        "# The commands of Slipway's trail. The script stops at the first one that fails.\n$ErrorActionPreference = 'Stop'\n",
    );
    for asked in &plan.asked {
        let (name, of) = (&asked.name, &asked.of);
        text.push_str(&format!(
            "\n# A secret of {of}, which the trail does not keep.\nif (-not $env:{name}) {{ throw 'Set $env:{name} before you run this script.' }}\n"
        ));
    }
    text
}

pub(super) fn step(text: &mut String, step: &Step) {
    let words: Vec<String> = step.words.iter().map(|word| written(word)).collect();
    let command = words.join(" ");
    if let Some(folder) = &step.folder {
        // Otherwise `[` and `]` in it would stand for other names.
        let folder = quote_or_mark(folder, Shell::Powershell);
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
    if let [Piece::Text(plain)] = word {
        return quote_or_mark(plain, Shell::Powershell);
    }
    let mut text = String::from("\"");
    for piece in word {
        match piece {
            Piece::Text(plain) => text.push_str(&inside_powershell_double(plain)),
            Piece::Kept(name) => text.push_str(&format!("${{{name}}}")),
            Piece::Asked(name) => text.push_str(&format!("${{env:{name}}}")),
        }
    }
    text.push('"');
    text
}
