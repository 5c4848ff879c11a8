import type { ContainerRow } from "../ipc/generated/ContainerRow";
import type { ImageRow } from "../ipc/generated/ImageRow";
import { familiarName, withTag } from "../text/reference";
import { containers, isAlive } from "./containers.svelte";
import { Rows } from "./rows.svelte";

/** One line of the page: a name of an image, or an image without one. */
export interface ImageName {
  /** Of this line: the image's id and the name. */
  id: string;
  /** The image. */
  image: ImageRow;
  /** Its name, such as `python`; `null` for an image without one. */
  repository: string | null;
  /** Its tag, such as `3.8.12-slim`; `null` without one. */
  tag: string | null;
  /** What a command calls it: `python:3.8.12-slim`, `ubuntu`, or the short id. */
  reference: string;
}

/** The containers made from an image. */
export interface ImageUse {
  running: ContainerRow[];
  stopped: ContainerRow[];
}

const unused: ImageUse = { running: [], stopped: [] };

class Images extends Rows<ImageRow> {
  /** One line for each name, and one for each image without a name. */
  readonly names = $derived.by(() => this.all().flatMap(namesOf));

  /** The lines by their id. */
  readonly byLine = $derived.by(() => new Map(this.names.map((name) => [name.id, name])));

  /** Who uses which image, by the image's id and by its names. */
  readonly #uses = $derived.by(() => {
    const uses = new Map<string, ImageUse>();
    for (const row of containers.all()) {
      const keys = new Set([row.image_id, withTag(familiarName(row.image))]);
      for (const key of keys) {
        const use = uses.get(key) ?? { running: [], stopped: [] };
        (isAlive(row) ? use.running : use.stopped).push(row);
        uses.set(key, use);
      }
    }
    return uses;
  });

  /** The containers made from this image. */
  use(name: ImageName): ImageUse {
    // Some engines give an image and its containers different ids; the name joins them then.
    return this.#uses.get(name.image.id) ?? this.#uses.get(withTag(name.reference)) ?? unused;
  }

  /** Whether a container was made from it. */
  inUse(name: ImageName): boolean {
    const { running, stopped } = this.use(name);
    return running.length + stopped.length > 0;
  }
}

function namesOf(image: ImageRow): ImageName[] {
  if (image.tags.length === 0) {
    const reference = image.id.replace(/^sha256:/, "").slice(0, 12);
    return [{ id: image.id, image, repository: null, tag: null, reference }];
  }
  return image.tags.map((full) => {
    const name = familiarName(full);
    const colon = name.lastIndexOf(":");
    const tagged = colon > name.lastIndexOf("/");
    return {
      id: `${image.id} ${full}`,
      image,
      repository: tagged ? name.slice(0, colon) : name,
      tag: tagged ? name.slice(colon + 1) : null,
      // `latest` is what docker takes when nothing is said.
      reference: name.replace(/:latest$/, ""),
    };
  });
}

/** The images of the engine in use. */
export const images = new Images();
