//! What the page knows of the Rust side is what the Rust side is: the generated types are fresh, and
//! the names of the commands are the same in all four places that have them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use slipway_app::{COMMANDS, ipc};
use slipway_engine::build::context;
use slipway_engine::{model, probe};
use ts_rs::{Config, TS};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every type that crosses the IPC hangs on one of these.
fn write_bindings(folder: &Path) {
    let config = Config::new().with_large_int("number").with_out_dir(folder);
    model::Change::export_all(&config).unwrap();
    model::ImageFacts::export_all(&config).unwrap();
    model::PortCheck::export_all(&config).unwrap();
    probe::Probe::export_all(&config).unwrap();
    slipway_action::complete::Completions::export_all(&config).unwrap();
    slipway_action::form::Form::export_all(&config).unwrap();
    slipway_action::help::HelpPage::export_all(&config).unwrap();
    slipway_action::reading::Reading::export_all(&config).unwrap();
    context::ContextLook::export_all(&config).unwrap();
    context::ContextPath::export_all(&config).unwrap();
    context::SourceCheck::export_all(&config).unwrap();
    ipc::BuildNews::export_all(&config).unwrap();
    ipc::BuildWhole::export_all(&config).unwrap();
    ipc::BuildsNews::export_all(&config).unwrap();
    slipway_engine::image::ImageLayer::export_all(&config).unwrap();
    slipway_engine::image::LayerFiles::export_all(&config).unwrap();
    ipc::LogHit::export_all(&config).unwrap();
    ipc::Desk::export_all(&config).unwrap();
    ipc::Saved::export_all(&config).unwrap();
    ipc::Bounds::export_all(&config).unwrap();
    ipc::Inspected::export_all(&config).unwrap();
    ipc::PreviewStep::export_all(&config).unwrap();
    ipc::Settings::export_all(&config).unwrap();
    ipc::StartUp::export_all(&config).unwrap();
    ipc::StreamEnd::export_all(&config).unwrap();
    ipc::StreamKind::export_all(&config).unwrap();
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn generated_types_are_fresh() {
    let committed = root().join("ui/src/ipc/generated");
    if std::env::var_os("SLIPWAY_WRITE_BINDINGS").is_some() {
        if committed.exists() {
            std::fs::remove_dir_all(&committed).unwrap();
        }
        write_bindings(&committed);
    }
    let fresh = tempfile::tempdir().unwrap();
    write_bindings(fresh.path());
    let (fresh, committed) = (files(fresh.path()), files(&committed));
    let stale: Vec<_> = fresh
        .keys()
        .chain(committed.keys())
        .filter(|name| fresh.get(*name) != committed.get(*name))
        .collect();
    assert!(
        stale.is_empty(),
        "stale: {stale:?}; SLIPWAY_WRITE_BINDINGS=1 cargo nextest run --release --test bindings"
    );
}

/// The words between `before` and `after` in `text`, each time.
fn words_between(text: &str, before: &str, after: &str) -> BTreeSet<String> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(after)?.0.to_owned()))
        .collect()
}

#[test]
fn commands_have_the_same_names_everywhere() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let declared: BTreeSet<String> = COMMANDS.iter().map(|name| (*name).to_owned()).collect();

    let shell = read("src-tauri/src/lib.rs");
    let handlers = shell
        .split_once("generate_handler![")
        .unwrap()
        .1
        .split_once(']')
        .unwrap()
        .0;
    let handled: BTreeSet<String> = handlers
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    assert_eq!(handled, declared, "the handlers and the declared commands");

    let allowed: BTreeSet<String> =
        words_between(&read("src-tauri/capabilities/main.json"), "\"allow-", "\"")
            .into_iter()
            .map(|name| name.replace('-', "_"))
            .collect();
    assert_eq!(
        allowed, declared,
        "the main page's capability and the declared commands"
    );

    let clients = ["ui/src/ipc/client.ts", "ui/src/ipc/build-client.ts"].map(read);
    let called: BTreeSet<String> = clients
        .iter()
        .flat_map(|client| words_between(client, "invoke(\"", "\""))
        .collect();
    assert_eq!(
        called, declared,
        "the page's client and the declared commands"
    );
}

#[test]
fn only_the_main_page_has_a_capability() {
    let folder = root().join("src-tauri/capabilities");
    let names: Vec<_> = files(&folder).into_keys().collect();
    assert_eq!(
        names,
        ["main.json"],
        "another capability file needs a look at this test"
    );
    let text = std::fs::read_to_string(folder.join("main.json")).unwrap();
    let capability: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(capability["webviews"], serde_json::json!(["main"]));
    // By window it would reach the preview too, which lies in the same window.
    assert!(capability.get("windows").is_none());
    assert!(capability.get("remote").is_none());
}
