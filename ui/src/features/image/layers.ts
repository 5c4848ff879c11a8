/** The layers of an image in words. */

import type { ImageLayer } from "../../ipc/generated/ImageLayer";
import type { ImageName } from "../../stores/images.svelte";
import { familiarName, withTag } from "../../text/reference";

/** The instruction as a Dockerfile has it, in one line. */
export function instructionOf(layer: ImageLayer): string {
  const text = layer.made_by.replace(/\s+/g, " ").trim();
  return text === "" ? "–" : text;
}

/** How much of something a part is, as people read it: `37 %`, `under 1 %`. */
export function shareWords(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return "0 %";
  const percent = (100 * part) / whole;
  return percent < 1 ? "under 1 %" : `${Math.round(percent)} %`;
}

/** The length of a layer's bar in percent: the largest fills its line. */
export function barOf(layer: ImageLayer, layers: readonly ImageLayer[]): number {
  const largest = Math.max(1, ...layers.map((one) => one.size));
  return layer.size === 0 ? 0 : Math.max(1, (100 * layer.size) / largest);
}

/** The line of the list of images that a reference names: by name, with or without a tag, or by id. */
export function findImage(reference: string, names: readonly ImageName[]): ImageName | null {
  const wanted = withTag(familiarName(reference));
  const id = reference.replace(/^sha256:/, "");
  return (
    names.find((name) => withTag(name.reference) === wanted) ??
    (/^[0-9a-f]{6,64}$/.test(id) ? names.find((name) => name.image.id.replace(/^sha256:/, "").startsWith(id)) : undefined) ??
    null
  );
}
