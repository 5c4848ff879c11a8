import { naturalKey, sortBy, type Sort } from "../../components/table";
import { images, type ImageName } from "../../stores/images.svelte";
import { Selection } from "../../stores/selection.svelte";

export type ImageFilter = "all" | "used" | "unused";
export type ImageColumn = "name" | "id" | "size" | "made" | "use";

function nameKey(name: ImageName): string {
  // Images without a name come after all others.
  return name.repository === null ? "\uffff" : naturalKey(`${name.repository} ${name.tag ?? ""}`);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function users(name: ImageName): number {
  const { running, stopped } = images.use(name);
  return running.length + stopped.length;
}

const orders: Record<ImageColumn, (a: ImageName, b: ImageName) => number> = {
  name: (a, b) => compare(nameKey(a), nameKey(b)) || b.image.created - a.image.created,
  id: (a, b) => compare(a.image.id, b.image.id),
  size: (a, b) => a.image.size - b.image.size,
  made: (a, b) => b.image.created - a.image.created,
  use: (a, b) => users(a) - users(b) || compare(nameKey(a), nameKey(b)),
};

/** Whether an image is what the find box asks for: its name and tag, or its id. */
export function matches(name: ImageName, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return (
    wanted === "" ||
    name.reference.toLowerCase().includes(wanted) ||
    name.image.id.replace(/^sha256:/, "").startsWith(wanted)
  );
}

/** What the list of images shows; it stays as it is while other pages are open. */
class ImageList {
  filter = $state<ImageFilter>("all");
  query = $state("");
  sort = $state.raw<Sort<ImageColumn>>({ key: "name", up: true });
  /** The row that has the focus, or had it last. */
  active = $state<string | null>(null);
  readonly selection = new Selection();

  /** How many are used by a container, and how many are not. */
  readonly counts = $derived.by(() => {
    const used = images.names.filter((name) => images.inUse(name)).length;
    return { all: images.names.length, used, unused: images.names.length - used };
  });

  /** The rows to show, in order, by their ids. */
  readonly ids = $derived.by(() => {
    const { filter, query, sort } = this;
    const order = orders[sort.key];
    return images.names
      .filter((name) => (filter === "all" || images.inUse(name) === (filter === "used")) && matches(name, query))
      .sort(sort.up ? order : (a, b) => order(b, a))
      .map((name) => name.id);
  });

  /** The chosen images that still exist. */
  readonly chosen = $derived([...this.selection.ids].flatMap((id) => images.byLine.get(id) ?? []));

  /** Sorts by a column, or turns its order round. */
  sortBy(key: ImageColumn): void {
    this.sort = sortBy(this.sort, key);
  }

  /** Shows everything again. */
  clear(): void {
    this.filter = "all";
    this.query = "";
  }
}

export const imageList = new ImageList();
