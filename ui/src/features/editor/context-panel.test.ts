// @vitest-environment jsdom
import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { ContextLook } from "../../ipc/generated/ContextLook";
import type { EditedIgnore } from "../../ipc/generated/EditedIgnore";
import { Disk } from "../../testing/disk";
import { FolderLook } from "./context-look.svelte";
import ContextPanel from "./ContextPanel.svelte";
import { desk } from "./desk.svelte";
import type { Finding } from "./finding";
import { openIgnore } from "./menus";

const real = client();
const OWN = "/app/web.dockerfile.dockerignore";
const USUAL = "/app/.dockerignore";

let disk: Disk;
let look: FolderLook;
let answer: Partial<ContextLook>;
let found: readonly Finding[];
let looks: number;
let shown: object | null;

beforeEach(() => {
  disk = new Disk();
  look = new FolderLook();
  answer = {};
  found = [];
  looks = 0;
  shown = null;
  useClient({
    ...disk.client(),
    contextLook: (_folder, _dockerfile, edited: readonly EditedIgnore[]) =>
      Promise.resolve({ files: 2, bytes: 30, left_out: edited.length, biggest: [{ path: "big.bin", bytes: 20 }], first: [{ path: "app.py", bytes: 10 }, { path: "big.bin", bytes: 20 }], ignore_file: ".dockerignore", ignore_wrong: [], asks: [], warnings: [], cut: false, ...answer }),
  } satisfies Client);
});
afterEach(async () => {
  if (shown) await unmount(shown);
  for (const file of [...desk.files]) await desk.discard(file.id);
  useClient(real);
});

/** The panel under this file, after a look with the answer. */
async function panel(path: string, context: string | null = "/app"): Promise<HTMLElement> {
  disk.files.set(path, "x\n");
  const file = await desk.open(path);
  if (file === null) throw new Error("it did not open");
  if (context !== null) await look.look(context, "/app/web.dockerfile", desk.editedIgnores());
  const props = { context, file, look, lookAgain: () => (looks += 1), found: (told: readonly Finding[]) => (found = told) };
  shown = mount(ContextPanel, { target: document.body, props });
  flushSync();
  const section = document.querySelector<HTMLElement>('section[aria-label="What the build gets"]');
  if (!section) throw new Error("there is no panel");
  return section;
}

describe("what the build gets", () => {
  test("is listed, and looked at anew as soon as it is shown", async () => {
    const section = await panel(USUAL);
    expect(section.textContent).toContain("2 files, 30 B");
    expect([...section.querySelectorAll("li .trunc")].map((it) => it.textContent)).toEqual(["app.py", "big.bin", "big.bin"]);
    expect(section.textContent).not.toContain("instead of this file");
    expect(looks).toBe(1);
  });

  test("follows each new look", async () => {
    const section = await panel(USUAL);
    answer = { files: 1, first: [{ path: "new.txt", bytes: 1 }], biggest: [], bytes: 1 };
    await look.look("/app", null, []);
    await tick();
    expect(section.textContent).toContain("1 file, 1 B");
    expect(section.textContent).toContain("new.txt");
    expect(section.textContent).not.toContain("big.bin");
  });

  test.each([
    ["the Dockerfile’s own file counts", USUAL, { ignore_file: "web.dockerfile.dockerignore" }, "The build reads web.dockerfile.dockerignore instead of this file."],
    ["the file belongs to another Dockerfile", "/app/other.dockerfile.dockerignore", { ignore_file: null }, "This build does not read this file"],
    ["it is the file of another folder", "/elsewhere/.dockerignore", {}, "The build reads .dockerignore instead of this file."],
    ["it is asked about", USUAL, { asks: ["This is your home folder."], warnings: ["“.git” is not left out."] }, "This is your home folder.“.git” is not left out."],
  ])("is said where %s", async (_what, path, told, says) => {
    answer = told;
    const section = await panel(path);
    expect(section.textContent).toContain(says);
  });

  test("is not known without a folder", async () => {
    expect((await panel(USUAL, null)).textContent).toContain("Choose the context folder");
  });

  test.each([
    ["of this file are marked in it", ".dockerignore", [1]],
    ["of another file are not", "web.dockerfile.dockerignore", []],
  ])("wrong lines %s", async (_what, ignore_file, lines) => {
    answer = { ignore_file, ignore_wrong: [{ line: 1, message: "It has a bracket without its end." }] };
    await panel(USUAL);
    expect(found.map(({ line }) => line)).toEqual(lines);
  });
});

describe("the ignore file that is opened", () => {
  test.each([
    ["is the Dockerfile’s own, where it has one", [OWN, USUAL], OWN],
    ["is the folder’s otherwise", [USUAL], USUAL],
  ])("%s", async (_what, there, opened) => {
    for (const path of there) disk.files.set(path, "x\n");
    await openIgnore("/app", "/app/web.dockerfile");
    expect(desk.front?.path).toBe(opened);
  });

  test("is begun once where there is none", async () => {
    await openIgnore("/app", "/app/web.dockerfile");
    const begun = desk.front;
    await desk.open((disk.files.set("/app/web.dockerfile", "FROM a\n"), "/app/web.dockerfile"));
    await openIgnore("/app", "/app/web.dockerfile");
    expect(desk.front).toBe(begun);
    expect([begun?.name, begun?.path, desk.files.length]).toEqual([".dockerignore", null, 2]);
  });
});
