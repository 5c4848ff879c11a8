// @vitest-environment jsdom
import { createRawSnippet, flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ListView } from "../stores/list.svelte";
import { settings } from "../stores/settings.svelte";
import ListTable from "./ListTable.svelte";

interface Row {
  id: string;
  big: boolean;
}

let rows: Row[] = $state([]);
let list: ListView<Row, "big" | "small", "name">;
let shown: Record<string, unknown>;
const onremove = vi.fn();
const onkey = vi.fn((_row: Row, key: string) => key === "s");
const onopen = vi.fn();

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", class { observe(): void {} unobserve(): void {} disconnect(): void {} });
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  rows = [{ id: "a", big: true }, { id: "b", big: false }, { id: "c", big: true }];
  list = new ListView({
    all: () => rows,
    find: (id) => rows.find((row) => row.id === id),
    idOf: (row) => row.id,
    passes: (row, filter) => row.big === (filter === "big"),
    matches: (row, query) => row.id.includes(query),
    orders: { name: (one, other) => one.id.localeCompare(other.id) },
    sort: { key: "name", up: true },
  });
  const cells = createRawSnippet<[string, 0 | -1, boolean, (anchor: HTMLElement) => void]>((id) => ({ render: () => `<td>${id()}</td>` }));
  shown = mount(ListTable<Row, "big" | "small", "name">, { target: document.body, props: { label: "Things", list, columns: [{ key: "name", label: "Name" }], nameOf: (row: Row) => row.id, menuOf: () => [], onopen, onremove, onkey, cells } });
  flushSync();
});
afterEach(async () => {
  await unmount(shown);
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

const names = (): string[] => [...document.querySelectorAll("tbody tr")].map((row) => row.textContent.trim());

function press(row: string, key: string, more: KeyboardEventInit = {}): void {
  const found = [...document.querySelectorAll<HTMLElement>("tbody tr")].find((each) => each.textContent.includes(row));
  found?.focus();
  found?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  flushSync();
}

it("shows what the filter and the find box leave, in the order that was chosen", () => {
  expect(names()).toEqual(["a", "b", "c"]);
  list.sortBy("name");
  flushSync();
  expect(names()).toEqual(["c", "b", "a"]);
  list.filter = "big";
  list.query = "c";
  flushSync();
  expect(names()).toEqual(["c"]);
  list.clear();
  flushSync();
  expect(names()).toEqual(["c", "b", "a"]);
});

it("removes the row under the key, or all that are chosen with it", () => {
  press("b", "Delete");
  expect(onremove).toHaveBeenLastCalledWith([rows[1]]);
  list.selection.toggle("a");
  list.selection.toggle("c");
  press("c", "Delete");
  expect(onremove).toHaveBeenLastCalledWith([rows[0], rows[2]]);
  press("a", "Delete", { ctrlKey: true });
  press("a", "Backspace");
  expect(onremove).toHaveBeenCalledTimes(2);
  expect(settings.system).not.toBe("macos");
});

it("hands other keys on, but none with Ctrl, and forgets a chosen row that is gone", () => {
  press("a", "s");
  expect(onkey).toHaveBeenLastCalledWith(rows[0], "s");
  press("a", "s", { ctrlKey: true });
  expect(onkey).toHaveBeenCalledTimes(1);
  list.selection.toggle("a");
  rows.splice(0, 1);
  flushSync();
  expect([...list.selection.ids]).toEqual([]);
});
