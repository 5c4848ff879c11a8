import { expect, it } from "vitest";
import { Selection } from "./selection.svelte";

const rows = ["a", "b", "c", "d", "e"];

it("takes single rows in and out", () => {
  const selection = new Selection();
  selection.toggle("b");
  selection.toggle("d");
  selection.toggle("b");
  expect([...selection.ids]).toEqual(["d"]);
});

it("extends from where it began, in both directions", () => {
  const selection = new Selection();
  selection.extend(rows, "d", "c");
  expect([...selection.ids]).toEqual(["c", "d"]);
  selection.extend(rows, "a");
  expect([...selection.ids]).toEqual(["a", "b", "c"]);
});

it("begins anew when its beginning is gone", () => {
  const selection = new Selection();
  selection.toggle("gone");
  selection.clear();
  selection.extend(rows, "e");
  expect([...selection.ids]).toEqual(["e"]);
});

it("forgets rows that no longer exist", () => {
  const selection = new Selection();
  selection.all(rows);
  selection.keep((id) => id < "c");
  expect([...selection.ids]).toEqual(["a", "b"]);
});
