(async () => {
  const results = {};
  const attempt = async (name, run) => {
    try {
      const answer = await Promise.race([
        run(),
        new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), 5000)),
      ]);
      results[name] = "REACHED " + JSON.stringify(answer ?? null);
    } catch (error) {
      results[name] = "refused: " + String(error && error.message ? error.message : error);
    }
  };

  // What goes through the app's own IPC, with the key that it needs.
  await attempt("invoke start_up", () => invoke("start_up", {}));
  await attempt("invoke perform", () => invoke("perform", prune));
  await attempt("invoke stream_open", () => invoke("stream_open", { kind: { stream: "changes" } }));
  await attempt("invoke stream_next", () => invoke("stream_next", { id: 1 }));
  await attempt("invoke open_url", () => invoke("open_url", { url: "http://127.0.0.1/" }));
  await attempt("invoke plugin:event|listen", () => invoke("plugin:event|listen", { event: "x", target: { kind: "Any" }, handler: 1 }));
  await attempt("invoke plugin:window|title", () => invoke("plugin:window|title", { label: "main" }));
  await attempt("invoke plugin:shell|execute", () => invoke("plugin:shell|execute", { program: "sh", args: ["-c", "id"] }));
  await attempt("invoke plugin:opener|open_url", () => invoke("plugin:opener|open_url", { url: "http://127.0.0.1/" }));
  await attempt("invoke by the message handler", () => byHandler("perform", prune));
  // Channels are open to every page: what lies in one can be taken by whoever asks first.
  for (let id = 0; id < 40; id += 1) {
    await attempt(`channel ${id}`, () => invoke("plugin:__TAURI_CHANNEL__|fetch", null, { headers: { "Tauri-Channel-Id": String(id) } }));
  }

  // A frame or a worker that comes to run says what its own call brought.
  const inFrame = "<script>const tell = (answer) => parent.postMessage({ tried: answer }, '*');"
    + "const internals = window.__TAURI_INTERNALS__;"
    + "try { internals.invoke('start_up', {}).then((it) => tell('REACHED ' + JSON.stringify(it)), (error) => tell('refused: ' + error)); }"
    + "catch (error) { tell('refused: ' + error); }</" + "script>";
  const frame = (source) => () => new Promise((resolve, reject) => {
    const element = document.createElement("iframe");
    source(element);
    addEventListener("message", (event) => {
      if (event.source !== element.contentWindow) return;
      const answer = String(event.data.tried);
      if (answer.startsWith("REACHED")) resolve(answer);
      else reject(new Error("in the frame: " + answer));
    });
    element.onerror = () => reject(new Error("did not load"));
    document.body.append(element);
  });
  const form = (action) => () => new Promise((resolve, reject) => {
    const element = document.createElement("iframe");
    element.name = "into" + Math.random();
    document.body.append(element);
    const sent = document.createElement("form");
    Object.assign(sent, { method: "post", action, target: element.name, enctype: "text/plain" });
    sent.innerHTML = "<input name='{\"a\":\"' value='\"}'>";
    document.body.append(sent);
    element.onload = () => {
      let text;
      try {
        text = element.contentDocument.body.innerText;
      } catch (error) {
        return reject(error);
      }
      if (text) resolve(text);
    };
    sent.submit();
  });
  const worker = async () => {
    const registered = await navigator.serviceWorker.register("/worker.js");
    const answer = await new Promise((resolve) => {
      navigator.serviceWorker.onmessage = (event) => resolve(event.data);
      const running = registered.installing || registered.waiting || registered.active;
      running.postMessage({ url: "ipc://localhost/start_up", key });
    });
    if (answer.startsWith("refused")) throw new Error("in the worker: " + answer);
    return answer;
  };
  const saved = () => {
    const link = document.createElement("a");
    Object.assign(link, { href: "/saved.bin", download: "saved.bin" });
    document.body.append(link);
    link.click();
    return new Promise(() => undefined);
  };
  await Promise.all([
    attempt("ipc fetch", () => byFetch("ipc://localhost/start_up", {})),
    attempt("ipc http fetch", () => byFetch("http://ipc.localhost/start_up", {})),
    attempt("app page", async () => (await fetched("tauri://localhost/index.html")).text()),
    attempt("asset file", async () => (await fetched("asset://localhost/etc/passwd")).text()),
    attempt("file", async () => (await fetched("file:///etc/passwd")).text()),
    attempt("app frame", () => new Promise((resolve, reject) => {
      const element = document.createElement("iframe");
      element.src = "tauri://localhost/index.html";
      element.onload = () => { try { resolve(element.contentWindow.document.title); } catch (error) { reject(error); } };
      element.onerror = () => reject(new Error("did not load"));
      document.body.append(element);
    })),
    attempt("data frame", frame((it) => { it.src = "data:text/html," + encodeURIComponent(inFrame); })),
    attempt("blob frame", frame((it) => { it.src = URL.createObjectURL(new Blob([inFrame], { type: "text/html" })); })),
    attempt("frame in the page", frame((it) => { it.srcdoc = inFrame; })),
    attempt("own frame", frame((it) => { it.src = "/frame.html"; })),
    attempt("form to the ipc", form("ipc://localhost/start_up")),
    attempt("form to the app page", form("tauri://localhost/index.html")),
    attempt("service worker", worker),
    attempt("download", saved),
    attempt("popup", () => { const opened = window.open("tauri://localhost/index.html"); if (!opened) throw new Error("no window"); return "opened"; }),
    attempt("camera", () => navigator.mediaDevices.getUserMedia({ video: true })),
    attempt("opener reference", () => { if (!window.opener) throw new Error("none"); return "there"; }),
    attempt("parent", () => { if (window.parent === window) throw new Error("none"); return "there"; }),
  ]);
  await fetched("/report", { method: "POST", body: JSON.stringify(results) });
  document.querySelector("p").textContent = "reported";
  location.href = "tauri://localhost/index.html";
})();
