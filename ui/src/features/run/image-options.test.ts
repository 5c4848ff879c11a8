import { expect, test } from "vitest";
import type { ImageName } from "../../stores/images.svelte";
import { imageOptions, splitReference } from "./image-options";

function name(repository: string | null, tag: string | null): ImageName {
  const reference = repository === null ? "bf16bdcff9c9" : `${repository}:${tag ?? ""}`;
  const image = { id: "sha256:bf16", tags: [], digests: [], size: 7, created: 0 };
  return { id: reference, image, repository, tag, reference };
}

const names = [name("ubuntu", "latest"), name("python", "3.8.12-slim"), name(null, null), name("flask_app_df", "latest")];

test.each<[string, string[]]>([
  ["", ["flask_app_df", "python:3.8.12-slim", "ubuntu"]],
  ["PY", ["python:3.8.12-slim", "PY"]],
  ["ubuntu", ["ubuntu"]],
  ["ubuntu:latest", ["ubuntu"]],
  [" nginx ", ["nginx"]],
])("%j offers %j", (typed, references) => {
  expect(imageOptions(names, typed).map((option) => option.reference)).toEqual(references);
});

test("what was typed and is not here has no size", () => {
  expect(imageOptions(names, "nginx:1.27")).toEqual([{ reference: "nginx:1.27", name: "nginx", tag: "1.27", size: null }]);
});

test.each<[string, string, string | null]>([
  ["ubuntu", "ubuntu", "latest"],
  ["localhost:5000/a", "localhost:5000/a", "latest"],
  ["localhost:5000/a:b", "localhost:5000/a", "b"],
  ["a@sha256:00", "a@sha256:00", null],
  ["bf16bdcff9c9", "bf16bdcff9c9", null],
])("%s", (reference, repository, tag) => {
  expect(splitReference(reference)).toEqual({ name: repository, tag });
});
