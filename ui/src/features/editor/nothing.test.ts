// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { MenuAction, MenuItem } from "../../components/menu";
import { client, useClient } from "../../ipc/client";
import { Disk } from "../../testing/disk";
import { en } from "../../text/en";
import { desk } from "./desk.svelte";
import { newMenu } from "./menus";
import Nothing from "./Nothing.svelte";
import { templateIds } from "./templates";

const text = en.editor;
const real = client();
const paths = Array.from({ length: 8 }, (_, at) => `/srv/app${at}/Dockerfile`);

let disk: Disk;
let shown: object | null;

beforeEach(async () => {
  disk = new Disk();
  for (const path of paths) disk.files.set(path, "FROM a\n");
  useClient(disk.client());
  shown = null;
  await desk.load();
  desk.recent = paths;
});
afterEach(async () => {
  if (shown) await unmount(shown);
  for (const file of [...desk.files]) await desk.discard(file.id);
  desk.recent = [];
  useClient(real);
});

/** The entries of a menu that can be chosen. */
function entries(items: readonly MenuItem[]): MenuAction[] {
  return items.filter((item) => item !== "rule");
}

describe("the menu of what can be opened", () => {
  const lately = (): string[] => entries(newMenu("/srv")).map((entry) => entry.label).filter((label) => label.endsWith(" / Dockerfile"));

  test("has the last files that were open, short, and none that is open now", async () => {
    expect(lately()).toEqual(["app0", "app1", "app2", "app3", "app4", "app5"].map((folder) => `${folder} / Dockerfile`));
    await desk.open("/srv/app1/Dockerfile");
    expect(lately()).toEqual(["app0", "app2", "app3", "app4", "app5", "app6"].map((folder) => `${folder} / Dockerfile`));
  });

  test("opens one of them", async () => {
    entries(newMenu("/srv")).find((entry) => entry.label === "app2 / Dockerfile")?.run();
    await vi.waitFor(() => expect(desk.front?.path).toBe("/srv/app2/Dockerfile"));
  });

  test("is no longer than it must be where nothing was open", () => {
    desk.recent = [];
    expect(newMenu("/srv").filter((item) => item === "rule")).toHaveLength(1);
    expect(lately()).toEqual([]);
  });
});

describe("an editor without a file", () => {
  function buttons(): HTMLButtonElement[] {
    shown ??= mount(Nothing, { target: document.body, props: { context: "/srv" } });
    flushSync();
    return [...document.querySelectorAll<HTMLButtonElement>("button")];
  }
  const named = (name: string): HTMLButtonElement | undefined => buttons().find((button) => button.textContent.trim().startsWith(name));

  test("offers templates, files and what was open lately", () => {
    const names = buttons().map((button) => button.textContent.trim());
    for (const id of templateIds) expect(names.some((name) => name.startsWith(text.templates[id].name))).toBe(true);
    for (const name of [text.open, text.empty, "app0 / Dockerfile", "app5 / Dockerfile"]) expect(names).toContain(name);
    expect(names).not.toContain("app6 / Dockerfile");
  });

  test("begins with a template, or with nothing", async () => {
    named(text.templates.python.name)?.click();
    await vi.waitFor(() => expect(desk.front?.text).toContain("FROM python"));
    named(text.empty)?.click();
    await vi.waitFor(() => expect(desk.front?.text).toBe(""));
  });

  test("opens what was open lately, and forgets what is gone", async () => {
    named("app3 / Dockerfile")?.click();
    await vi.waitFor(() => expect(desk.front?.path).toBe("/srv/app3/Dockerfile"));
    disk.files.delete("/srv/app4/Dockerfile");
    named("app4 / Dockerfile")?.click();
    await vi.waitFor(() => expect(desk.problem).not.toBeNull());
    expect(named("app4 / Dockerfile")).toBeUndefined();
  });
});
