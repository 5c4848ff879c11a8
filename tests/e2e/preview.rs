//! The preview has no way to Slipway, whatever the page in it tries.

use slipway_lab::{Kind, Lab};

use crate::http_page::HttpPage;
use slipway_window::{App, cli};

/// Every way that is known to us from a page to Tauri's IPC: each reports what came of it.
const HOSTILE: &str = r#"<!doctype html><title>hostile</title><p>trying</p><script>
(async () => {
  const results = {};
  const attempt = async (name, run) => {
    try {
      const answer = await Promise.race([
        run(),
        new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), 3000)),
      ]);
      results[name] = "REACHED " + JSON.stringify(answer ?? null);
    } catch (error) {
      results[name] = "refused: " + String(error && error.message ? error.message : error);
    }
  };
  const internals = window.__TAURI_INTERNALS__;
  const invoke = (command, args) => {
    if (!internals || !internals.invoke) throw new Error("no internals");
    return internals.invoke(command, args);
  };
  await attempt("start_up", () => invoke("start_up", {}));
  await attempt("perform", () => invoke("perform", { action: { verb: "prune-containers", force: true } }));
  await attempt("stream_open", () => invoke("stream_open", { kind: { stream: "changes" } }));
  await attempt("stream_next", () => invoke("stream_next", { id: 1 }));
  await attempt("event listen", () => invoke("plugin:event|listen", { event: "x", target: { kind: "Any" }, handler: 1 }));
  await attempt("window title", () => invoke("plugin:window|title", { label: "main" }));
  await attempt("shell", () => invoke("plugin:shell|execute", { program: "sh", args: ["-c", "id"] }));
  await attempt("opener", () => invoke("plugin:opener|open_url", { url: "http://127.0.0.1/" }));
  const post = (url) => async () => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Tauri-Callback": "1", "Tauri-Error": "2", "Tauri-Invoke-Key": "guess" },
      body: "{}",
    });
    if (!answer.ok) throw new Error("status " + answer.status);
    return await answer.text();
  };
  await attempt("ipc fetch", post("ipc://localhost/start_up"));
  await attempt("ipc http fetch", post("http://ipc.localhost/start_up"));
  await attempt("app page", async () => { const a = await fetch("tauri://localhost/index.html"); return await a.text(); });
  await attempt("asset file", async () => { const a = await fetch("asset://localhost/etc/passwd"); return await a.text(); });
  await attempt("file", async () => { const a = await fetch("file:///etc/passwd"); return await a.text(); });
  await attempt("message handler", () => {
    const handler = window.webkit && window.webkit.messageHandlers && window.webkit.messageHandlers.ipc;
    if (!handler) throw new Error("no handler");
    handler.postMessage(JSON.stringify({ cmd: "perform", callback: 1, error: 2, payload: { action: { verb: "prune-containers", force: true } } }));
    throw new Error("posted without an answer");
  });
  await attempt("frame", () => new Promise((resolve, reject) => {
    const frame = document.createElement("iframe");
    frame.src = "tauri://localhost/index.html";
    frame.onload = () => { try { resolve(frame.contentWindow.document.title); } catch (e) { reject(e); } };
    frame.onerror = () => reject(new Error("did not load"));
    document.body.append(frame);
  }));
  await attempt("popup", () => { const opened = window.open("tauri://localhost/index.html"); if (!opened) throw new Error("no window"); return "opened"; });
  await attempt("camera", () => navigator.mediaDevices.getUserMedia({ video: true }));
  await attempt("opener reference", () => { if (!window.opener) throw new Error("none"); return "there"; });
  await attempt("parent", () => { if (window.parent === window) throw new Error("none"); return "there"; });
  await fetch("/report", { method: "POST", body: JSON.stringify(results) });
  document.querySelector("p").textContent = "reported";
  location.href = "tauri://localhost/index.html";
})();
</script>"#;

#[tokio::test]
async fn a_hostile_page_reaches_nothing() {
    let lab = Lab::up().unwrap();
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    // A stopped container that a `prune` through any hole would take away.
    engine
        .docker(&["create", "--name", "witness", "busy"])
        .unwrap()
        .ok()
        .unwrap();
    let page = HttpPage::serve(HOSTILE);
    let app = App::on(&engine).await;
    app.see("link", "~Containers").await;
    // The app's own way in, as its page would take it, to an address of the test's choice.
    let open = "const done = arguments[1]; window.__TAURI_INTERNALS__.invoke('preview_open', \
        { url: arguments[0], bounds: { x: 300, y: 200, width: 600, height: 400 } }).then(() => done('open'), (e) => done(JSON.stringify(e)))";
    let opened = app
        .client
        .execute_async(
            open,
            vec![format!("http://127.0.0.1:{}/", page.port).into()],
        )
        .await
        .unwrap();
    assert_eq!(opened, "open");

    let results: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&page.report()).unwrap();
    assert!(results.len() >= 18, "every way was tried: {results:#?}");
    for (way, came) in &results {
        let came = came.as_str().unwrap();
        assert!(came.starts_with("refused"), "{way}: {came}");
    }
    assert_eq!(
        cli(&engine, &["ps", "-a", "--format", "{{.Names}}"]),
        ["witness"]
    );
    assert!(
        app.preview_text().await.contains("reported"),
        "it did not leave its address"
    );
    app.close().await;
}
