// The one stream that feeds every store.

import type { Change } from "../ipc/generated/Change";
import type { Task } from "../ipc/generated/Task";
import { follow } from "../ipc/stream";
import { containers } from "./containers.svelte";
import { dialogs } from "./dialogs.svelte";
import { engine } from "./engine.svelte";
import { images } from "./images.svelte";
import { tasks } from "./tasks.svelte";

/** How long to wait before the stream is opened again after it broke, in milliseconds. */
const AGAIN = 500;

/** The name of the mark, which the benchmarks read. */
const FIRST_LIST = "slipway:list";

/** Applies a batch of changes, in order; tasks are gathered, as a pull tells of itself often. */
export function applyChanges(changes: readonly Change[]): void {
  const told: Task[] = [];
  for (const change of changes) {
    switch (change.kind) {
      case "engines":
        if (engine.apply(change.engines, change.current)) {
          containers.clear();
          images.clear();
          dialogs.leaveEngine();
        }
        break;
      case "containers":
        containers.apply(change.reset, change.changed, change.removed);
        markPainted();
        break;
      case "images":
        images.apply(change.reset, change.changed, change.removed);
        break;
      case "task":
        told.push(change.task);
        break;
      case "own-engine":
        engine.own = change.own;
        break;
    }
  }
  tasks.apply(told);
}

/** Notes when the first list was on the screen, for the benchmarks: one mark, however many lists follow. */
function markPainted(): void {
  if (performance.getEntriesByName(FIRST_LIST).length > 0) return;
  // The first frame after this one paints the list; the second begins when it is on the screen.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(FIRST_LIST)));
}

/** Follows the changes until `signal` says stop; a stream that breaks is opened again. */
export async function feed(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await follow({ stream: "changes" }, signal, (piece) => {
        if (piece.piece === "changes") applyChanges(piece.changes);
      });
    } catch (failure) {
      console.error("The stream of changes broke", failure);
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}
