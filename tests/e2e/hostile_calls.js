// Every way that is known to us from a page to Slipway. The main page runs `calls` too, so that what is
// refused to the preview is known to work.
const prune = { engine: "env", actions: [{ verb: "prune-containers", force: true, filter: [] }] };
const internals = window.__TAURI_INTERNALS__;

// The app's own calls carry a key that no page is told; a page can see it pass by.
let key = "guess";
const fetched = window.fetch;
window.fetch = function (where, options) {
  const headers = options && options.headers;
  if (headers instanceof Headers && headers.get("Tauri-Invoke-Key")) key = headers.get("Tauri-Invoke-Key");
  return fetched.apply(window, arguments);
};

const invoke = (command, args, options) => {
  if (!internals || !internals.invoke) throw new Error("no internals");
  return internals.invoke(command, args, options);
};
const byHandler = (cmd, payload) => new Promise((resolve, reject) => {
  const handler = window.webkit && window.webkit.messageHandlers && window.webkit.messageHandlers.ipc;
  if (!handler) throw new Error("no handler");
  const callback = internals.transformCallback(resolve, true);
  const error = internals.transformCallback(reject, true);
  handler.postMessage(JSON.stringify({ cmd, callback, error, payload, options: {}, __TAURI_INVOKE_KEY__: key }));
});
const byFetch = async (url, payload) => {
  const answer = await fetched(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Tauri-Callback": "1", "Tauri-Error": "2", "Tauri-Invoke-Key": key },
    body: JSON.stringify(payload),
  });
  const text = await answer.text();
  if (!answer.ok || answer.headers.get("Tauri-Response") === "error") throw new Error(text);
  return text;
};
