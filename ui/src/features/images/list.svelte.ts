import { naturalKey } from "../../components/table";
import { images, type ImageName } from "../../stores/images.svelte";
import { ListView } from "../../stores/list.svelte";

export type ImageFilter = "used" | "unused";
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

/** What the list of images shows. */
class ImageList extends ListView<ImageName, ImageFilter, ImageColumn> {
  /** How many are used by a container, and how many are not. */
  readonly counts = $derived.by(() => {
    const used = images.names.filter((name) => images.inUse(name)).length;
    return { all: images.names.length, used, unused: images.names.length - used };
  });
}

/** What the list of images shows. */
export const imageList = new ImageList({
  all: () => images.names,
  find: (id) => images.byLine.get(id),
  idOf: (name) => name.id,
  passes: (name, filter) => images.inUse(name) === (filter === "used"),
  matches,
  orders,
  sort: { key: "name", up: true },
});
