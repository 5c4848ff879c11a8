// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dialogs } from "../../stores/dialogs.svelte";
import { globalPaste } from "./keys";

const listen = (event: Event): void => globalPaste(event as ClipboardEvent);

beforeEach(() => {
  window.addEventListener("paste", listen);
  document.body.innerHTML = `<main><h1 tabindex="-1">Containers</h1><input /><textarea></textarea><div contenteditable="true"><b>x</b></div><div class="xterm"><span></span></div></main>`;
});
afterEach(() => {
  window.removeEventListener("paste", listen);
  dialogs.closeAll();
});

/** Pastes a text; answers whether it was taken. */
function paste(at: string, text: string): boolean {
  const target = document.querySelector(at);
  if (!target) throw new Error(`there is no ${at}`);
  const event = Object.assign(new Event("paste", { bubbles: true, cancelable: true }), { clipboardData: { getData: () => text } });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

const opened = (): unknown[] => dialogs.stack.map((dialog) => dialog.request);

describe("a paste", () => {
  test.each(["h1", "main", "body"])("at %s opens the command bar with it", (at) => {
    expect(paste(at, "docker ps")).toBe(true);
    expect(opened()).toEqual([{ kind: "palette", text: "docker ps" }]);
  });

  test.each(["input", "textarea", "b", ".xterm span"])("at %s is left to it", (at) => {
    expect(paste(at, "docker ps")).toBe(false);
    expect(opened()).toEqual([]);
  });

  test("of nothing opens nothing", () => {
    expect(paste("main", " \n\t")).toBe(false);
    expect(opened()).toEqual([]);
  });

  test("is the open dialog's", () => {
    dialogs.open({ kind: "connect" });
    expect(paste("main", "docker ps")).toBe(false);
    expect(opened()).toEqual([{ kind: "connect" }]);
  });

  test("that somebody has taken is theirs", () => {
    document.querySelector("main")?.addEventListener("paste", (event) => event.preventDefault(), { once: true });
    paste("h1", "docker ps");
    expect(opened()).toEqual([]);
  });
});
