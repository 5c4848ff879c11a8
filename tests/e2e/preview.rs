//! The preview has no way to Slipway, whatever the page in it tries, and leaves nothing behind.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;
use slipway_lab::scripted::{Reply, Scripted, ScriptedServer};
use slipway_lab::{Kind, Lab, wait_until};
use slipway_window::{App, Desktop, PATIENCE, Start, cli, xdotool};

use crate::http_page::{HttpPage, Served};

/// What a page can call with, shared with the main page.
const CALLS: &str = include_str!("hostile_calls.js");

/// Every way that is known to us from a page to Tauri's IPC: each reports what came of it.
const HOSTILE: &str = concat!(
    "<!doctype html><title>hostile</title><p>trying</p><script>",
    include_str!("hostile_calls.js"),
    include_str!("hostile_page.js"),
    "</script>"
);

const BESIDE: &[Served] = &[
    (
        "/worker.js",
        "Content-Type: text/javascript\r\n",
        "onmessage = async ({ source, data }) => { let told; try { \
           const answer = await fetch(data.url, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', \
             'Tauri-Callback': '1', 'Tauri-Error': '2', 'Tauri-Invoke-Key': data.key } }); \
           const text = await answer.text(); \
           told = answer.ok && answer.headers.get('Tauri-Response') !== 'error' ? 'REACHED ' + text : 'refused: ' + text; \
         } catch (error) { told = 'refused: ' + error; } source.postMessage(told); };",
    ),
    (
        "/frame.html",
        "Content-Type: text/html\r\n",
        "<script>const tell = (answer) => parent.postMessage({ tried: answer }, '*'); \
         try { window.__TAURI_INTERNALS__.invoke('start_up', {}).then((it) => tell('REACHED ' + JSON.stringify(it)), \
         (error) => tell('refused: ' + error)); } catch (error) { tell('refused: ' + error); }</script>",
    ),
    (
        "/saved.bin",
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=saved.bin\r\n",
        "saved by a page",
    ),
];

/// Calls in the main page, with what the hostile page has.
async fn in_main_page(app: &App, work: &str) -> String {
    let script = format!(
        "const done = arguments[0]; {CALLS} (async () => {{ {work} }})().then((it) => done(JSON.stringify(it)), \
         (error) => done('refused: ' + JSON.stringify(error) + error)).finally(() => {{ window.fetch = fetched; }});"
    );
    let answer = app.client.execute_async(&script, vec![]).await.unwrap();
    answer.as_str().unwrap_or_default().to_owned()
}

/// A folder for downloads in this home folder; without one they go to wherever the app was started.
fn downloads(home: &Path) {
    std::fs::create_dir_all(home.join("Downloads")).unwrap();
    let named = "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n";
    std::fs::write(home.join(".config/user-dirs.dirs"), named).unwrap();
}

#[tokio::test]
async fn a_hostile_page_reaches_nothing() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let stopped = |name: &str| {
        let create = ["create", "--name", name, "busy"];
        engine.docker(&create).unwrap().ok().unwrap();
    };
    let names = || cli(&engine, &["ps", "-a", "--format", "{{.Names}}"]);
    stopped("proof");
    let page = HttpPage::serve_at("127.0.0.1", HOSTILE, BESIDE);
    let app = App::start(Start {
        engine: Some(&engine),
        furnish: downloads,
        ..Start::default()
    })
    .await;
    app.see("link", "~Containers").await;

    // The same calls from the main page do what they say, by each of the three doors.
    for call in [
        "return await invoke('start_up', {})",
        "await invoke('start_up', {}); return await byHandler('start_up', {})",
        "await invoke('start_up', {}); return JSON.parse(await byFetch('ipc://localhost/start_up', {}))",
    ] {
        let answer = in_main_page(&app, call).await;
        assert!(answer.contains("preview_inside"), "{call}: {answer}");
    }
    let pruned = in_main_page(&app, "return await invoke('perform', prune)").await;
    assert!(pruned.starts_with('['), "the numbers of tasks: {pruned}");
    app.until("a prune takes nothing away", async || names().is_empty())
        .await;

    // A stopped container that a `prune` through any hole would take away.
    stopped("witness");
    let url = format!("http://127.0.0.1:{}/", page.port);
    for (place, open) in [
        (
            "inside the window",
            format!(
                "return await invoke('preview_open', {{ url: '{url}', bounds: {{ x: 300, y: 200, width: 600, height: 400 }} }})"
            ),
        ),
        (
            "in its own window",
            format!(
                "await invoke('preview_close'); return await invoke('preview_window', {{ url: '{url}' }})"
            ),
        ),
    ] {
        // The app's own way in, as its page would take it, to an address of the test's choice.
        let opened = in_main_page(&app, &open).await;
        assert_eq!(opened, "null", "{place}");
        let results: BTreeMap<String, String> = serde_json::from_str(&page.report()).unwrap();
        assert!(results.len() >= 60, "every way was tried: {results:#?}");
        for (way, came) in &results {
            let said = if way.starts_with("invoke") {
                "not allowed by ACL"
            } else if way.starts_with("channel") {
                "data not found"
            } else {
                "refused: "
            };
            assert!(came.starts_with("refused: "), "{place}, {way}: {came}");
            assert!(came.contains(said), "{place}, {way}: {came}");
        }
        assert_eq!(names(), ["witness"], "{place}");
        assert!(
            app.preview_text().await.contains("reported"),
            "{place}: it did not leave its address"
        );
        assert_eq!(
            files_with(app.home(), "saved by a page"),
            [""; 0],
            "{place}"
        );
    }
    app.close().await;
}

/// What a page can keep, and what it finds of an earlier visit.
const KEEPING: &str = r#"<!doctype html><title>keeping</title><p>keeping</p><script>
(async () => {
  const caches = window.caches ? await window.caches.keys() : [];
  const found = [document.cookie, localStorage.getItem("mark"), ...caches].filter(Boolean);
  document.cookie = "mark=slipway-was-here; max-age=9000";
  localStorage.setItem("mark", "slipway-was-here");
  if (window.caches) await (await window.caches.open("slipway-was-here")).put("/kept", new Response("slipway-was-here"));
  const now = [document.cookie, localStorage.getItem("mark")].filter(Boolean);
  await fetch("/report", { method: "POST", body: JSON.stringify({ found, now }) });
})();
</script>"#;

/// An engine with one container, `page`, which is open at these addresses and ports of this computer.
pub fn serving(open: &[(&str, u16)]) -> ScriptedServer {
    let id = "b37a".repeat(16);
    let ports: Vec<_> = open
        .iter()
        .map(|(address, port)| {
            json!({ "IP": address, "PrivatePort": 80, "PublicPort": port, "Type": "tcp" })
        })
        .collect();
    let row = json!([{
        "Id": id, "Names": ["/page"], "Image": "page", "ImageID": "sha256:01", "Command": "page",
        "Created": 1_700_000_000, "Labels": {}, "State": "running", "Status": "Up 2 hours", "Ports": ports,
    }]);
    Scripted::new()
        .on("GET /info", Reply::json("{}"))
        .on("GET /events", Reply::chunked_open(&[]))
        .on("GET /containers/json", Reply::json(row.to_string()))
        .on("GET /images/json", Reply::json("[]"))
        .start()
        .unwrap()
}

/// What no driver can see, since it would share the main page's data: the preview as people have it. What a
/// page keeps is neither there at the next visit nor on the disk.
#[test]
fn a_page_keeps_nothing() {
    let page = HttpPage::serve(KEEPING);
    let server = serving(&[("127.0.0.1", page.port)]);
    let desktop = Desktop::start(1280, 800);
    let meta = desktop.home().join(".docker/contexts/meta/served");
    std::fs::create_dir_all(&meta).unwrap();
    let context = json!({ "Name": "served", "Metadata": {}, "Endpoints": { "docker": { "Host": server.host() } } });
    std::fs::write(meta.join("meta.json"), context.to_string()).unwrap();
    let config = json!({ "currentContext": "served" }).to_string();
    std::fs::write(desktop.home().join(".docker/config.json"), config).unwrap();

    for visit in ["the first", "the second"] {
        let mut app = desktop.launch();
        let window = desktop.window("Slipway");
        let hands = |words: &[&str]| xdotool(desktop.name(), words);
        hands(&["windowactivate", "--sync", &window]);
        // Along the list by Tab; P opens the preview of the row that has the focus.
        let told = wait_until(PATIENCE, "the page in the preview", || {
            page.reported().or_else(|| {
                hands(&["key", "Tab", "key", "p"]);
                None
            })
        })
        .unwrap();
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["now"].as_array().unwrap().len(), 2, "{visit}: {told}");
        assert_eq!(told["found"], json!([]), "{visit}: {told}");
        hands(&["windowactivate", "--sync", &window, "key", "alt+F4"]);
        assert!(app.ended().success(), "it ends by itself");
        let kept = files_with(desktop.home(), "slipway-was-here");
        assert_eq!(kept, [""; 0], "{visit}");
    }
}

/// The files below a folder that hold this text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(files_with(&path, text));
        } else if kind.is_file() {
            let bytes = std::fs::read(&path).unwrap_or_default();
            if bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
            {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
