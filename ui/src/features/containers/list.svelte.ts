import { naturalKey } from "../../components/table";
import type { ContainerRow } from "../../ipc/generated/ContainerRow";
import { containers, isAlive } from "../../stores/containers.svelte";
import { ListView } from "../../stores/list.svelte";
import { imageLabel } from "../../text/reference";
import { statusRank } from "./words";

export type ContainerFilter = "running" | "stopped";
export type ContainerColumn = "name" | "status" | "ports" | "age";

/** Names are turned into sort keys once for each row that the engine tells of. */
const keys = new WeakMap<ContainerRow, string>();

function nameKey(row: ContainerRow): string {
  let key = keys.get(row);
  if (key === undefined) {
    key = naturalKey(row.name);
    keys.set(row, key);
  }
  return key;
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const orders: Record<ContainerColumn, (a: ContainerRow, b: ContainerRow) => number> = {
  name: (a, b) => compare(nameKey(a), nameKey(b)),
  status: (a, b) => statusRank(a) - statusRank(b) || b.created - a.created,
  ports: (a, b) => (a.ports[0]?.host ?? Infinity) - (b.ports[0]?.host ?? Infinity) || b.created - a.created || 0,
  // The youngest has the smallest age.
  age: (a, b) => b.created - a.created || compare(nameKey(a), nameKey(b)),
};

/** Whether a container is what the find box asks for: its name, image, id, or a port. */
export function matches(row: ContainerRow, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return true;
  return (
    row.name.toLowerCase().includes(wanted) ||
    imageLabel(row.image).toLowerCase().includes(wanted) ||
    row.id.startsWith(wanted) ||
    row.ports.some((port) => String(port.host) === wanted)
  );
}

/** What the list of containers shows. */
export const containerList = new ListView<ContainerRow, ContainerFilter, ContainerColumn>({
  all: () => containers.all(),
  find: (id) => containers.get(id),
  idOf: (row) => row.id,
  passes: (row, filter) => isAlive(row) === (filter === "running"),
  matches,
  orders,
  sort: { key: "age", up: true },
});
