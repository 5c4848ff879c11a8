import { naturalKey, sortBy, type Sort } from "../../components/table";
import type { ContainerRow } from "../../ipc/generated/ContainerRow";
import { containers, isAlive } from "../../stores/containers.svelte";
import { Selection } from "../../stores/selection.svelte";
import { imageLabel } from "../../text/reference";
import { statusRank } from "./words";

export type ContainerFilter = "all" | "running" | "stopped";
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

/** What the list of containers shows; it stays as it is while other pages are open. */
class ContainerList {
  filter = $state<ContainerFilter>("all");
  query = $state("");
  sort = $state.raw<Sort<ContainerColumn>>({ key: "age", up: true });
  /** The row that has the focus, or had it last. */
  active = $state<string | null>(null);
  readonly selection = new Selection();

  /** The rows to show, in order, by their ids. */
  readonly ids = $derived.by(() => {
    const { filter, query, sort } = this;
    const rows = containers
      .all()
      .filter((row) => (filter === "all" || isAlive(row) === (filter === "running")) && matches(row, query));
    const order = orders[sort.key];
    rows.sort(sort.up ? order : (a, b) => order(b, a));
    return rows.map((row) => row.id);
  });

  /** The chosen containers that still exist. */
  readonly chosen = $derived([...this.selection.ids].flatMap((id) => containers.get(id) ?? []));

  /** Sorts by a column, or turns its order round. */
  sortBy(key: ContainerColumn): void {
    this.sort = sortBy(this.sort, key);
  }

  /** Shows everything again. */
  clear(): void {
    this.filter = "all";
    this.query = "";
  }
}

export const containerList = new ContainerList();
