import { beforeEach, expect, it } from "vitest";
import { buildSummary as build } from "../testing/builds";
import { builds } from "./builds.svelte";

beforeEach(() => {
  builds.watch(null);
  builds.seeAll();
  builds.apply({ reset: true, changed: [build(1), build(3, { state: "running" }), build(2, { state: "failed" })], removed: [] });
});

it("lists the newest first, and knows which run", () => {
  expect(builds.all.map((one) => one.id)).toEqual([3, 2, 1]);
  expect(builds.running.map((one) => one.id)).toEqual([3]);
});

it("takes changes over and forgets what is gone", () => {
  builds.apply({ reset: false, changed: [build(4, { state: "running" })], removed: [1, 2] });
  expect(builds.all.map((one) => one.id)).toEqual([4, 3]);
  builds.apply({ reset: true, changed: [build(9)], removed: [] });
  expect(builds.all.map((one) => one.id)).toEqual([9]);
});

it("marks an end that nobody saw until somebody looks", () => {
  builds.apply({ reset: false, changed: [build(3, { state: "failed" })], removed: [] });
  expect(builds.news.map((one) => one.id)).toEqual([3]);
  builds.watch(3);
  expect(builds.news).toEqual([]);
});

it("does not mark what was looked at, what was stopped, or what had ended before", () => {
  builds.watch(3);
  builds.apply({ reset: false, changed: [build(3), build(2, { state: "failed", at: "x" })], removed: [] });
  builds.apply({ reset: false, changed: [build(5, { state: "running" })], removed: [] });
  builds.apply({ reset: false, changed: [build(5, { state: "cancelled" })], removed: [] });
  expect(builds.news).toEqual([]);
});

it("forgets the marks when the whole history is looked at", () => {
  builds.apply({ reset: false, changed: [build(3)], removed: [] });
  builds.seeAll();
  expect(builds.news).toEqual([]);
});

it("takes the end of a build from whoever looks at it, once", () => {
  builds.ended(build(3, { state: "running", at: "x" }));
  expect(builds.get(3)?.at).not.toBe("x");
  builds.watch(3);
  builds.ended(build(3, { state: "failed" }));
  expect(builds.running).toEqual([]);
  expect(builds.news).toEqual([]);
  builds.ended(build(3, { state: "done" }));
  expect(builds.get(3)?.state).toBe("failed");
  builds.ended(build(9, { state: "done" }));
  expect(builds.get(9)).toBeUndefined();
});
