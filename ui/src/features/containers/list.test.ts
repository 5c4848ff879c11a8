import { beforeEach, expect, it } from "vitest";
import { containers } from "../../stores/containers.svelte";
import { containerRow } from "../../testing/rows";
import { containerList as list, matches } from "./list.svelte";

beforeEach(() => {
  containers.apply(
    true,
    [
      containerRow("load_10", { created: 10 }),
      containerRow("load_2", { created: 30, state: "exited", exit_code: 0 }),
      containerRow("Apple", { created: 20, image: "python:3.8", ports: [{ address: null, host: 5000, container: 80, protocol: "tcp" }] }),
    ],
    [],
  );
  list.clear();
  list.sort = { key: "age", up: true };
});

const names = (): string[] => list.ids.map((id) => containers.get(id)?.name ?? "");

it("shows the youngest first", () => expect(names()).toEqual(["load_2", "Apple", "load_10"]));

it("sorts names as people count, and turns round", () => {
  list.sortBy("name");
  expect(names()).toEqual(["Apple", "load_2", "load_10"]);
  list.sortBy("name");
  expect(names()).toEqual(["load_10", "load_2", "Apple"]);
});

it("sorts by port with those that have none last", () => {
  list.sortBy("ports");
  expect(names()).toEqual(["Apple", "load_2", "load_10"]);
});

it("filters by what they do", () => {
  list.filter = "running";
  expect(names()).toEqual(["Apple", "load_10"]);
  list.filter = "stopped";
  expect(names()).toEqual(["load_2"]);
});

it("follows changes", () => {
  list.filter = "stopped";
  containers.apply(false, [containerRow("load_2", { created: 30 })], []);
  expect(names()).toEqual([]);
});

it.each([
  ["LOAD", true],
  [" load_10 ", true],
  ["ubuntu", true],
  ["id-load", true],
  ["5000", false],
  ["python", false],
])("finds %s: %s", (query, found) => expect(matches(containerRow("load_10"), query)).toBe(found));
