// @vitest-environment jsdom
import { flushSync, mount, tick, unmount } from "svelte";
import { expect, it } from "vitest";
import { blankEnv, type EnvRow } from "./env";
import PairRows from "./PairRows.svelte";

const words = { label: "Variables", hint: "", add: "Add", name: (place: number) => `Name ${place}`, value: (place: number) => `Value ${place}`, remove: (place: number) => `Remove ${place}` };

it("adds and removes by keys alone, shows no secret unasked, and leaves a value that comes from outside", async () => {
  const rows: EnvRow[] = $state([{ ...blankEnv(), name: "TOKEN", value: "hunter2" }, { ...blankEnv(), name: "HOME", value: null }]);
  const form = $state({ lit: null, rendered: null });
  const shown = mount(PairRows, { target: document.body, props: { form, field: "env", flag: "-e", rows, words, problemOf: () => null } });
  flushSync();
  const called = (name: string): HTMLElement => {
    const all = [...document.querySelectorAll<HTMLElement>("button, input")];
    const found = all.find((each) => (each.getAttribute("aria-label") ?? each.textContent) === name);
    if (!found) throw new Error(`nothing is called ${name}`);
    return found;
  };
  const click = async (name: string): Promise<string | null> => {
    called(name).click();
    await tick();
    return document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? null;
  };

  const secret = called("Value 1") as HTMLInputElement;
  expect(secret.type).toBe("password");
  await click("Show the value of TOKEN");
  expect(secret.type).toBe("text");

  const outside = called("Value 2") as HTMLInputElement;
  expect(outside.placeholder).toBe("the value it has on this computer");
  const type = (text: string): void => {
    outside.value = text;
    outside.dispatchEvent(new Event("input", { bubbles: true }));
  };
  type("/root");
  expect(rows[1]?.value).toBe("/root");
  type("");
  expect(rows[1]?.value).toBeNull();

  expect(await click("Add")).toBe("Name 3");
  expect(await click("Remove 1")).toBe("Name 1");
  expect(rows.map((row) => row.name)).toEqual(["HOME", ""]);
  await click("Remove 2");
  expect(await click("Remove 1")).toBe("Add");
  expect(rows).toHaveLength(0);
  await unmount(shown);
});
