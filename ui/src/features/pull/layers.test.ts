import { expect, test } from "vitest";
import type { Layer } from "../../ipc/generated/Layer";
import { layerShare, sumOf } from "./layers";

function layer(status: string, current = 0, total = 0, done = false): Layer {
  return { id: status, status, current, total, done };
}

test.each<[Layer, number]>([
  [layer("Waiting"), 0],
  [layer("Downloading", 50, 100), 0.4],
  [layer("Downloading", 120, 100), 0.8],
  [layer("Verifying Checksum", 0, 100), 0.8],
  [layer("Download complete", 100, 100), 0.8],
  [layer("Extracting", 50, 100), 0.9],
  [layer("Pull complete", 100, 100, true), 1],
  [layer("Already exists", 0, 0, true), 1],
])("%j is %d of its way", (each, share) => {
  expect(layerShare(each)).toBeCloseTo(share);
});

test("nothing is known before the first layer", () => {
  expect(sumOf([])).toEqual({ done: 0, layers: 0, current: 0, total: 0, share: null });
});

test("big layers count more, and layers that were here before do not count", () => {
  const sum = sumOf([layer("Already exists", 0, 0, true), layer("Pull complete", 100, 100, true), layer("Downloading", 150, 300)]);
  expect(sum).toMatchObject({ done: 2, layers: 3, current: 250, total: 400 });
  expect(sum.share).toBeCloseTo((100 + 0.4 * 300) / 400);
});

test("everything was here before", () => {
  expect(sumOf([layer("Already exists", 0, 0, true)]).share).toBe(1);
});

test("a layer whose size is not known yet weighs as much as the others do", () => {
  expect(sumOf([layer("Pull complete", 100, 100, true), layer("Waiting")]).share).toBeCloseTo(0.5);
});
