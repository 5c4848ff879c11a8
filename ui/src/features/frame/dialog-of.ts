import type { Component } from "svelte";
import type { DialogRequest } from "../../stores/dialogs.svelte";

/** What every dialog takes. */
export interface DialogProps {
  request: DialogRequest;
  close: () => void;
}

/** The dialogs, by file name: `RunDialog` shows the kind `run`. */
const files = import.meta.glob<Component<DialogProps>>("../*/*Dialog.svelte", { eager: true, import: "default" });

/** The component that shows a request; each takes `request` and `close`. */
export function dialogOf(request: DialogRequest): Component<DialogProps> {
  const name = `${request.kind.charAt(0).toUpperCase()}${request.kind.slice(1)}Dialog.svelte`;
  const found = Object.entries(files).find(([path]) => path.endsWith(`/${name}`));
  if (!found) throw new Error(`No dialog for ${request.kind}`);
  return found[1];
}
