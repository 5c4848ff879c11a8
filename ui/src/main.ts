import { mount } from "svelte";
import "./app.css";
import App from "./App.svelte";

async function begin(): Promise<void> {
  // A plain browser has no app behind it: while developing, a fake one answers.
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) {
    const [{ useClient }, { fakeClient }] = await Promise.all([import("./ipc/client"), import("./ipc/fake")]);
    useClient(fakeClient(new URLSearchParams(location.search)));
  }
  const target = document.getElementById("app");
  if (target) mount(App, { target });
}

void begin();
