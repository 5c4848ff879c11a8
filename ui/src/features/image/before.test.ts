import { expect, test } from "vitest";
import type { BuildSummary } from "../../ipc/generated/BuildSummary";
import { buildSummary } from "../../testing/builds";
import { blankBuild } from "../build/draft";
import { sizeBefore } from "./before";

const of = (id: number, tag: string, image: string, size: number, part: Partial<BuildSummary> = {}): BuildSummary => buildSummary(id, { action: { ...blankBuild(), tag: [tag] }, image, size, ...part });

test.each<[string, BuildSummary[], number | null]>([
  ["two builds of one name", [of(2, "app", "new", 90), of(1, "app", "old", 100)], 100],
  ["one build, which saw what had the name", [of(1, "app", "new", 90, { size_before: 70 })], 70],
  ["one build of a name that was new", [of(1, "app", "new", 90)], null],
  ["built again from the cache", [of(3, "app", "new", 90, { size_before: 90 }), of(2, "app:latest", "new", 90), of(1, "app", "old", 100)], 100],
  ["only ever the same image", [of(2, "app", "new", 90, { size_before: 90 }), of(1, "app", "new", 90, { size_before: 40 })], 40],
  ["a build of another name between", [of(3, "app", "new", 90), of(2, "other", "x", 5), of(1, "app", "old", 100)], 100],
  ["another tag", [of(2, "app", "new", 90), of(1, "app:1", "old", 100)], null],
  ["another engine", [of(2, "app", "new", 90), of(1, "app", "old", 100, { engine: "b" })], null],
  ["a build that failed between", [of(3, "app", "new", 90), of(2, "app", "no", 5, { state: "failed" }), of(1, "app", "old", 100)], 100],
  ["an image that no build here made", [of(1, "app", "old", 100)], null],
  ["an older image that has its name again", [of(3, "app", "newest", 5), of(2, "app", "new", 90), of(1, "app", "old", 100)], 100],
])("%s", (_what, all, size) => {
  expect(sizeBefore("docker.io/library/app:latest", "new", "a", all)).toBe(size);
  expect(sizeBefore("localhost/app:latest", "new", "a", all)).toBe(size);
});
