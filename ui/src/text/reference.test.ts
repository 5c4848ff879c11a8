import { expect, it } from "vitest";
import { familiarName, imageLabel, isId, shortId, withTag } from "./reference";

it.each([
  ["docker.io/library/ubuntu:latest", "ubuntu:latest"],
  ["docker.io/bitnami/redis", "bitnami/redis"],
  ["ghcr.io/a/b:1", "ghcr.io/a/b:1"],
])("%s is called %s", (full, familiar) => expect(familiarName(full)).toBe(familiar));

it.each([
  ["ubuntu", "ubuntu:latest"],
  ["localhost:5000/a", "localhost:5000/a:latest"],
  ["localhost:5000/a:2", "localhost:5000/a:2"],
  ["a@sha256:00", "a@sha256:00"],
  ["sha256:00", "sha256:00"],
])("%s with its tag is %s", (reference, tagged) => expect(withTag(reference)).toBe(tagged));

it("shortens ids", () => {
  expect(shortId(`sha256:${"ab".repeat(32)}`)).toBe("abababababab");
  expect(imageLabel(`sha256:${"ab".repeat(32)}`)).toBe("abababababab");
});

it.each([
  ["ab".repeat(32), true],
  [`sha256:${"ab".repeat(32)}`, true],
  ["notes", false],
  ["abcdef", false],
])("%s is an id: %s", (text, expected) => {
  expect(isId(text)).toBe(expected);
});
