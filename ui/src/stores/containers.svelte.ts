import type { ContainerRow } from "../ipc/generated/ContainerRow";
import { Rows } from "./rows.svelte";

/** Whether its program runs, frozen or not: it holds its ports and can be stopped. */
export function isAlive(row: ContainerRow): boolean {
  return row.state === "running" || row.state === "paused" || row.state === "restarting";
}

class Containers extends Rows<ContainerRow> {
  /** How many are alive, and how many are not. */
  readonly counts = $derived.by(() => {
    let running = 0;
    const rows = this.all();
    for (const row of rows) if (isAlive(row)) running += 1;
    return { all: rows.length, running, stopped: rows.length - running };
  });

  /** By name, for commands that name a container; ids and their beginnings work too. */
  find(nameOrId: string): ContainerRow | undefined {
    const byId = this.get(nameOrId);
    if (byId) return byId;
    return this.all().find((row) => row.name === nameOrId || row.id.startsWith(nameOrId));
  }
}

/** The containers of the engine in use. */
export const containers = new Containers();
