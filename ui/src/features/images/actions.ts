// What can be done with images, for the row's buttons, its menu and its keys.

import type { MenuItem } from "../../components/menu";
import { dialogs } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import type { ImageName } from "../../stores/images.svelte";
import { route } from "../../stores/route.svelte";
import { en } from "../../text/en";
import { shortId } from "../../text/reference";

const words = en.images.actions;

function waiting(): string | null {
  return engine.ready ? null : en.common.noEngine;
}

/** Opens the form that runs this image. */
export function runImage(name: ImageName): void {
  dialogs.open({ kind: "run", image: name.reference });
}

/** Asks before it removes. */
export function askToRemove(names: readonly ImageName[]): void {
  if (names.length > 0) dialogs.open({ kind: "remove", images: names });
}

/** The menu of an image. */
export function imageMenu(name: ImageName): MenuItem[] {
  const pull: MenuItem[] =
    name.repository === null
      ? []
      : [{ label: words.pull, icon: "download", disabledReason: waiting(), run: () => void dialogs.open({ kind: "pull", image: name.reference }) }];
  return [
    { label: words.run, icon: "play", keys: "Enter", disabledReason: waiting(), run: () => runImage(name) },
    { label: words.open, icon: "image", run: () => route.go({ page: "image", reference: name.reference }) },
    ...pull,
    "rule",
    { label: words.copyName, icon: "copy", run: () => void navigator.clipboard.writeText(name.reference) },
    { label: words.copyId, icon: "copy", run: () => void navigator.clipboard.writeText(shortId(name.image.id)) },
    "rule",
    { label: words.remove, icon: "trash", keys: "Del", danger: true, disabledReason: waiting(), run: () => askToRemove([name]) },
  ];
}
