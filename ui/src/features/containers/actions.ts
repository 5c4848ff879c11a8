// What can be done with containers, for the row's buttons, its menu, its keys and the page.

import type { MenuItem } from "../../components/menu";
import { kill, pause, restart, start, stop, unpause } from "../../ipc/actions";
import type { ContainerRow } from "../../ipc/generated/ContainerRow";
import { act } from "../../stores/act";
import { isAlive } from "../../stores/containers.svelte";
import { dialogs } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import { route } from "../../stores/route.svelte";
import { settings } from "../../stores/settings.svelte";
import { en } from "../../text/en";
import { previewable } from "../../text/ports";
import { shortId } from "../../text/reference";

const words = en.containers.actions;

/** Why nothing can be asked of the engine now. */
export function waiting(): string | null {
  return engine.ready ? null : en.common.noEngine;
}

/** Stops what is alive, starts what is not. */
export function startOrStop(row: ContainerRow): void {
  void act(isAlive(row) ? stop([row.name]) : start([row.name]));
}

/** Why a container has no preview now. */
export function noPreview(row: ContainerRow): string | null {
  if (!isAlive(row)) return en.containers.notRunning;
  return previewable(row.ports).length > 0 ? null : en.containers.noPreview;
}

/** Shows what the container's first published port answers. */
export function openPreview(row: ContainerRow): void {
  if (noPreview(row) === null) route.openContainer(row.id, "preview", previewable(row.ports)[0]?.host ?? null);
}

/** Asks before it removes. */
export function askToRemove(rows: readonly ContainerRow[]): void {
  if (rows.length > 0) dialogs.open({ kind: "remove", containers: rows });
}

/** Copies a text. */
function copy(text: string): void {
  void navigator.clipboard.writeText(text);
}

/** The menu of a container; `page` leaves out what its own page shows as buttons. */
export function containerMenu(row: ContainerRow, page: boolean): MenuItem[] {
  const alive = isAlive(row);
  const letters = !page && !settings.now.no_letter_keys;
  const off = waiting();
  const go: MenuItem[] = page
    ? []
    : [
        { label: words.open, icon: "container", keys: "Enter", run: () => route.openContainer(row.id) },
        { label: words.output, icon: "terminal", run: () => route.openContainer(row.id, "output") },
        { label: words.preview, icon: "browser", ...(letters && { keys: "P" }), disabledReason: noPreview(row), run: () => openPreview(row) },
        "rule",
        {
          label: alive ? words.stop : words.start,
          icon: alive ? "stop" : "play",
          ...(letters && { keys: "S" }),
          disabledReason: off,
          run: () => startOrStop(row),
        },
        { label: words.restart, icon: "refresh", disabledReason: off, run: () => void act(restart([row.name])) },
      ];
  const freeze: MenuItem =
    row.state === "paused"
      ? { label: words.unpause, icon: "play", disabledReason: off, run: () => void act(unpause([row.name])) }
      : { label: words.pause, icon: "pause", disabledReason: off ?? (alive ? null : en.containers.notRunning), run: () => void act(pause([row.name])) };
  const end: MenuItem = {
    label: words.kill,
    icon: "x",
    disabledReason: off ?? (alive ? null : en.containers.notRunning),
    run: () => void act(kill([row.name])),
  };
  return [
    ...go,
    freeze,
    end,
    "rule",
    { label: words.rename, icon: "pencil", disabledReason: off, run: () => void dialogs.open({ kind: "rename", container: row }) },
    { label: words.copyName, icon: "copy", run: () => copy(row.name) },
    { label: words.copyId, icon: "copy", run: () => copy(shortId(row.id)) },
    "rule",
    { label: words.remove, icon: "trash", danger: true, ...(!page && { keys: "Del" }), disabledReason: off, run: () => askToRemove([row]) },
  ];
}
