import { expect, it } from "vitest";
import type { ImageLayer } from "../../ipc/generated/ImageLayer";
import { images } from "../../stores/images.svelte";
import { imageRow } from "../../testing/rows";
import { barOf, findImage, instructionOf, shareWords } from "./layers";

const layer = (size: number, made_by = "RUN x"): ImageLayer => ({ made_by, size, created: 0, empty: size === 0, tags: [] });

it.each([
  [0, 100, "0 %"],
  [1, 1000, "under 1 %"],
  [37, 100, "37 %"],
  [5, 0, "0 %"],
])("%s of %s is %s", (part, whole, words) => expect(shareWords(part, whole)).toBe(words));

it("draws the largest layer as long as its line, and none for one without files", () => {
  const layers = [layer(100), layer(50), layer(0), layer(0.1)];
  expect(layers.map((one) => barOf(one, layers))).toEqual([100, 50, 0, 1]);
});

it("says an instruction in one line", () => {
  expect(instructionOf(layer(1, "RUN a \n\t&& b"))).toBe("RUN a && b");
  expect(instructionOf(layer(1, " "))).toBe("–");
});

it.each([
  ["app", "app"],
  ["app:latest", "app"],
  ["docker.io/library/app", "app"],
  ["app:1", "app:1"],
  ["sha256:abcdef012345", "app"],
  ["abcdef0", "app"],
  ["abc", null],
  ["gone", null],
])("%s names %s", (reference, found) => {
  images.apply(true, [imageRow("abcdef0123456789", ["app:latest", "app:1"])], []);
  expect(findImage(reference, images.names)?.reference ?? null).toBe(found);
});
