// The keys that work everywhere. Ctrl is Cmd on macOS.

import { dialogs } from "../../stores/dialogs.svelte";
import { route } from "../../stores/route.svelte";
import { settings } from "../../stores/settings.svelte";
import { nextRegion } from "./regions";

/** Handles a key that no control has taken. */
export function globalKey(event: KeyboardEvent): void {
  // A dialog is a world of its own: only its keys work.
  if (event.defaultPrevented || dialogs.any) return;
  const work = event.key === "F6" ? () => nextRegion(event.shiftKey ? -1 : 1) : modWork(event);
  if (!work) return;
  event.preventDefault();
  work();
}

/** A paste where nothing takes it: the command bar reads it. */
export function globalPaste(event: ClipboardEvent): void {
  const target = event.target;
  const taken = target instanceof Element && target.closest("input, textarea, select, [contenteditable], .xterm") !== null;
  if (event.defaultPrevented || dialogs.any || taken) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text.trim() === "") return;
  event.preventDefault();
  dialogs.open({ kind: "palette", text });
}

function modWork(event: KeyboardEvent): (() => void) | null {
  const mod = settings.system === "macos" ? event.metaKey : event.ctrlKey;
  if (!mod || event.altKey || event.shiftKey) return null;
  switch (event.key.toLowerCase()) {
    case "k":
      return () => void dialogs.open({ kind: "palette" });
    case "j":
      return () => void settings.change({ trail_open: !settings.now.trail_open });
    case "n":
      return () => void dialogs.open({ kind: "run" });
    case "f":
      return findBox();
    case "1":
      return () => route.go({ page: "containers" });
    case "2":
      return () => route.go({ page: "images" });
    case "3":
      return () => route.go({ page: "build" });
    case ",":
      return () => route.go({ page: "settings" });
    default:
      return null;
  }
}

/** The find box of this page, where it has one. */
function findBox(): (() => void) | null {
  const box = document.querySelector<HTMLInputElement>("main [data-find]");
  return box
    ? () => {
        box.focus();
        box.select();
      }
    : null;
}
