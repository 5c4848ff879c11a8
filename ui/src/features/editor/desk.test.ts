// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { useClient } from "../../ipc/client";
import { dialogs } from "../../stores/dialogs.svelte";
import { Disk } from "../../testing/disk";
import { Desk, nameOf, within } from "./desk.svelte";
import type { OpenFile } from "./open-file.svelte";
import { templateIds, templateOf } from "./templates";

const PATH = "/app/Dockerfile";

let disk: Disk;
let desk: Desk;

beforeEach(() => {
  disk = new Disk();
  disk.files.set(PATH, "FROM a\n");
  useClient(disk.client());
  desk = new Desk();
  dialogs.closeAll();
});

/** As the editor does when somebody types. */
async function type(file: OpenFile, text: string): Promise<void> {
  file.edited(() => text);
  await file.keep();
}

async function opened(): Promise<OpenFile> {
  const file = await desk.open(PATH);
  if (file === null) throw new Error("it did not open");
  await file.keep();
  return file;
}

describe("what is not saved", () => {
  test("is kept, and is there again after a crash", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    expect(disk.desk.open[0]?.text).toBe("FROM b\n");

    const after = new Desk();
    await after.load();
    expect(after.front?.text).toBe("FROM b\n");
    expect(after.front?.unsaved).toBe(true);
    expect(after.front?.onDisk).toBeNull();
    expect(disk.files.get(PATH)).toBe("FROM a\n");
  });

  test("is kept by itself once nobody types", async () => {
    vi.useFakeTimers();
    try {
      const file = await opened();
      for (const text of ["F", "FR", "FRO"]) {
        file.edited(() => text);
        vi.advanceTimersByTime(100);
      }
      expect(disk.desk.open[0]?.text).toBeNull();
      await vi.advanceTimersByTimeAsync(300);
      expect(disk.desk.open[0]?.text).toBe("FRO");
    } finally {
      vi.useRealTimers();
    }
  });

  test("is kept now and then while somebody never stops", async () => {
    vi.useFakeTimers();
    try {
      const file = await opened();
      const before = file.settled;
      for (let at = 0; at < 30; at += 1) {
        file.edited(() => "x".repeat(at));
        await vi.advanceTimersByTimeAsync(100);
      }
      expect(disk.desk.open[0]?.text).toHaveLength(19);
      // What follows a pause waits for one, and is not forgotten.
      expect(file.settled).toBe(before);
      await vi.advanceTimersByTimeAsync(300);
      expect(file.settled).toBe(before + 1);
      expect(disk.desk.open[0]?.text).toHaveLength(29);
    } finally {
      vi.useRealTimers();
    }
  });

  test("of a new file comes back too", async () => {
    const file = await desk.fresh("flask", "/app");
    await file.keep();
    const after = new Desk();
    await after.load();
    expect(after.front?.text).toContain("waitress-serve");
    expect(after.front?.path).toBeNull();
  });

  test("is no longer unsaved when it is typed back", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    await type(file, "FROM a\n");
    expect(file.unsaved).toBe(false);
    expect(disk.desk.open[0]?.text).toBeNull();
  });

  test("is asked about when the tab is closed, and not given up", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    await desk.close(file.id);
    expect(dialogs.stack.map((it) => it.request)).toEqual([{ kind: "closeFile", file: file.id }]);
    expect(desk.files).toHaveLength(1);
    await desk.discard(file.id);
    expect(disk.desk.open).toEqual([]);
  });

  test("stays when its file can no longer be read", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    disk.files.delete(PATH);
    const after = new Desk();
    await after.load();
    expect(after.front?.text).toBe("FROM b\n");
    expect(after.front?.unread).toBe(false);
    expect(after.front?.problem).not.toBeNull();
  });
});

describe("a file that cannot be read", () => {
  test("opens no tab, and says why", async () => {
    expect(await desk.open("/app/none")).toBeNull();
    expect(desk.problem?.detail).toContain("no /app/none");
    expect(desk.files).toEqual([]);
  });

  test("keeps its tab after a restart, cannot be saved over, and is read when it is back", async () => {
    await opened();
    disk.files.delete(PATH);
    const after = new Desk();
    await after.load();
    const file = after.front;
    expect(file?.unread).toBe(true);
    expect(await after.save(file?.id ?? 0)).toBe(false);
    disk.files.set(PATH, "FROM c\n");
    await after.look();
    expect(file?.text).toBe("FROM c\n");
    expect(file?.unread).toBe(false);
    expect(file?.unsaved).toBe(false);
  });
});

describe("saving", () => {
  test("writes the file, and nothing is unsaved", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    expect(await desk.saveAll()).toBe(true);
    expect(disk.files.get(PATH)).toBe("FROM b\n");
    expect(file.unsaved).toBe(false);
    expect(disk.desk.open[0]?.text).toBeNull();
  });

  test("what is typed while it is written stays unsaved", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    const saving = desk.save(file.id);
    file.edited(() => "FROM c\n");
    await saving;
    expect(disk.files.get(PATH)).toBe("FROM b\n");
    expect(file.text).toBe("FROM c\n");
    expect(file.unsaved).toBe(true);
  });

  test("a new file asks where, and takes the name it gets", async () => {
    const file = await desk.fresh(null, "/app");
    await type(file, "FROM b\n");
    expect(await desk.save(file.id)).toBe(false);
    expect(file.unsaved).toBe(true);
    disk.picked = "/app/b.dockerfile";
    expect(await desk.save(file.id)).toBe(true);
    expect([file.path, file.name]).toEqual(["/app/b.dockerfile", "b.dockerfile"]);
    expect(desk.recent[0]).toBe("/app/b.dockerfile");
  });

  test("a new ignore file goes beside the Dockerfile, unless one is there", async () => {
    const file = desk.freshText(".dockerignore", "*.pyc\n", "/app");
    expect(await desk.saveAll()).toBe(true);
    expect(disk.files.get("/app/.dockerignore")).toBe("*.pyc\n");
    expect(file.path).toBe("/app/.dockerignore");
    // One that belongs to a Dockerfile alone has its place, too.
    desk.freshText("web.dockerfile.dockerignore", "x\n", "/app");
    expect(await desk.saveAll()).toBe(true);
    expect(disk.files.get("/app/web.dockerfile.dockerignore")).toBe("x\n");
    const other = desk.freshText(".dockerignore", "x\n", "/app");
    expect(await desk.saveAll()).toBe(true);
    expect(other.unsaved).toBe(true);
    expect(disk.files.get("/app/.dockerignore")).toBe("*.pyc\n");
  });
});

describe("what a template needs", () => {
  test("is made when somebody says so, and nothing is written over", async () => {
    disk.files.set("/app/requirements.txt", "django\n");
    await desk.need("flask", "/app");
    expect(desk.needed?.files.map(({ name }) => name)).toEqual(["app.py"]);
    expect(disk.files.has("/app/app.py")).toBe(false);
    await desk.makeNeeded();
    expect(disk.files.get("/app/app.py")).toContain("Flask");
    expect(disk.files.get("/app/requirements.txt")).toBe("django\n");
    expect([desk.needed, desk.made]).toEqual([null, 1]);
  });

  test("that came between the question and the answer stays", async () => {
    await desk.need("static", "/app");
    disk.files.set("/app/index.html", "mine");
    await desk.makeNeeded();
    expect(disk.files.get("/app/index.html")).toBe("mine");
  });

  test("is not asked for where all of it is there", async () => {
    disk.files.set("/app/index.html", "mine");
    await desk.need("static", "/app");
    expect(desk.needed).toBeNull();
  });

  test.each(templateIds)("is all that %s copies by name", (id) => {
    const { text, files } = templateOf(id);
    const copied = [...text.matchAll(/^COPY (?!\. )(\S+)/gm)].map(([, source]) => new RegExp(`^${(source ?? "").replace(".", "\\.").replace("*", ".*")}$`));
    for (const source of copied) expect(files.some(({ name }) => source.test(name))).toBe(true);
    for (const name of ["app.py", "main.py", "index.js"].filter((each) => text.includes(each))) expect(files.map((each) => each.name)).toContain(name);
  });
});

test("the ignore files that are edited are known by their places, until they are saved", async () => {
  disk.files.set("/app/web.dockerfile.dockerignore", "a\n");
  const own = await desk.open("/app/web.dockerfile.dockerignore");
  await opened();
  expect(desk.editedIgnores()).toEqual([]);
  if (own) await type(own, "b\n");
  desk.freshText(".dockerignore", "c\n", "/app");
  desk.freshText(".dockerignore", "nowhere\n", null);
  expect(desk.editedIgnores()).toEqual([
    { path: "/app/web.dockerfile.dockerignore", text: "b\n" },
    { path: "/app/.dockerignore", text: "c\n" },
  ]);
  disk.picked = "/elsewhere/.dockerignore";
  for (const file of [...desk.files]) if (file.unsaved) await desk.save(file.id);
  expect(desk.editedIgnores()).toEqual([]);
});

describe("saved over what another tab holds", () => {
  /** `b` is saved as the open Dockerfile, in which `typed` is not saved. */
  async function over(typed: string | null): Promise<{ mine: OpenFile; other: OpenFile }> {
    const other = await opened();
    if (typed !== null) await type(other, typed);
    const mine = await desk.fresh(null, "/app");
    await type(mine, "FROM b\n");
    disk.picked = PATH;
    expect(await desk.saveAs(mine.id)).toBe(true);
    return { mine, other };
  }

  test("what is not saved there stays, on disk too, and is asked about", async () => {
    const { mine, other } = await over("FROM typed\n");
    expect(desk.files).toEqual([other, mine]);
    expect(other.text).toBe("FROM typed\n");
    expect(other.onDisk).toMatchObject({ now: "changed", here: true, disk: { text: "FROM b\n" } });
    expect(disk.desk.open.find((draft) => draft.id === other.id)?.text).toBe("FROM typed\n");
    // Nothing writes over the one that was saved just now without a word.
    expect(await desk.saveAll()).toBe(false);
    expect(disk.files.get(PATH)).toBe("FROM b\n");
    const after = new Desk();
    await after.load();
    expect(after.file(other.id)?.text).toBe("FROM typed\n");
    expect(after.file(other.id)?.onDisk?.now).toBe("changed");
  });

  test.each([
    ["keeping it leaves its tab alone", true, "FROM typed\n"],
    ["taking the other leaves its tab alone", false, "FROM b\n"],
  ])("%s", async (_what, keep, left) => {
    const { mine, other } = await over("FROM typed\n");
    if (keep) expect(await desk.keepMine(other.id)).toBe(true);
    else desk.takeDisk(other.id);
    expect(disk.files.get(PATH)).toBe(left);
    expect(desk.files).toEqual([other]);
    expect(other.text).toBe(left);
    expect(mine.unsaved).toBe(false);
  });

  test.each([null, "FROM b\n"])("a tab that holds nothing else goes: %j", async (typed) => {
    const { mine } = await over(typed);
    expect(desk.files).toEqual([mine]);
  });
});

describe("how a file is written", () => {
  test("UTF-16 is said until it is saved, which makes it UTF-8", async () => {
    disk.utf16.add(PATH);
    const file = await opened();
    expect(file.utf16).toBe(true);
    expect(file.unsaved).toBe(false);
    expect(await desk.save(file.id)).toBe(true);
    expect(file.utf16).toBe(false);
    expect(disk.utf16.has(PATH)).toBe(false);
    expect(disk.files.get(PATH)).toBe("FROM a\n");
  });

  test("UTF-16 is still said after a restart, and when another program made it so", async () => {
    const file = await opened();
    disk.utf16.add(PATH);
    disk.files.set(PATH, "FROM c\n");
    await desk.look();
    expect(file.utf16).toBe(true);
    const after = new Desk();
    await after.load();
    expect(after.front?.utf16).toBe(true);
  });

  test("its byte order mark survives a crash, also where the disk has changed since", async () => {
    disk.marked.add(PATH);
    await type(await opened(), "FROM b\n");
    disk.files.set(PATH, "FROM c\n");
    disk.marked.delete(PATH);
    const after = new Desk();
    await after.load();
    expect(await after.keepMine(after.frontId ?? 0)).toBe(true);
    expect(disk.files.get(PATH)).toBe("FROM b\n");
    expect(disk.marked.has(PATH)).toBe(true);
  });
});

test("a desk that cannot be read is not overwritten, and is read again", async () => {
  const kept = structuredClone({ ...disk.desk, recent: ["/app/kept"], open: [{ id: 1, path: null, name: "Dockerfile", text: "FROM kept\n", stamp: null, crlf: false }] });
  disk.desk = structuredClone(kept);
  const client = disk.client();
  useClient({ ...client, desk: () => Promise.reject(new Error("no")) });
  const file = await desk.fresh(null, null);
  await type(file, "FROM new\n");
  expect(desk.problem).not.toBeNull();
  expect(disk.desk.recent).toEqual(kept.recent);
  expect(disk.desk.open[0]?.text).toBe("FROM kept\n");
  useClient(client);
  await desk.load();
  expect(desk.files.map((each) => each.text)).toEqual(expect.arrayContaining(["FROM kept\n", "FROM new\n"]));
});

describe("another program writes the file", () => {
  test("one that nobody changed here is read again", async () => {
    const file = await opened();
    disk.files.set(PATH, "FROM c\n");
    await desk.look();
    expect(file.text).toBe("FROM c\n");
    expect(file.replaced).toBe(1);
    expect(file.onDisk).toBeNull();
  });

  test("one that was changed here too keeps both, and saving writes nothing", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    disk.files.set(PATH, "FROM c\n");
    expect(await desk.saveAll()).toBe(false);
    expect(disk.files.get(PATH)).toBe("FROM c\n");
    expect(file.text).toBe("FROM b\n");
    expect(file.onDisk).toMatchObject({ now: "changed", disk: { text: "FROM c\n" } });
  });

  test("mine is written over it when I say so", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    disk.files.set(PATH, "FROM c\n");
    await desk.look();
    expect(await desk.keepMine(file.id)).toBe(true);
    expect(disk.files.get(PATH)).toBe("FROM b\n");
    expect(file.onDisk).toBeNull();
  });

  test("the one on disk is taken when I say so", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    disk.files.set(PATH, "FROM c\n");
    await desk.look();
    desk.takeDisk(file.id);
    expect(file.text).toBe("FROM c\n");
    expect(file.unsaved).toBe(false);
  });

  test("one that is gone can be put back", async () => {
    const file = await opened();
    disk.files.delete(PATH);
    await desk.look();
    expect(file.onDisk).toEqual({ now: "gone" });
    expect(await desk.keepMine(file.id)).toBe(true);
    expect(disk.files.get(PATH)).toBe("FROM a\n");
  });

  test("a restart finds both versions", async () => {
    const file = await opened();
    await type(file, "FROM b\n");
    disk.files.set(PATH, "FROM c\n");
    const after = new Desk();
    await after.load();
    expect(after.front?.onDisk?.now).toBe("changed");
    expect(after.front?.text).toBe("FROM b\n");
  });
});

test("the same file opens once", async () => {
  const one = await opened();
  const two = await opened();
  expect(two).toBe(one);
  expect(desk.files).toHaveLength(1);
});

test("the front goes to a neighbour when its file is closed", async () => {
  disk.files.set("/app/b", "").set("/app/c", "");
  await opened();
  const b = await desk.open("/app/b");
  await desk.open("/app/c");
  desk.show(b?.id ?? 0);
  await desk.close(b?.id ?? 0);
  expect(desk.front?.name).toBe("c");
});

test.each([
  ["/a/b", "c", "/a/b/c"],
  ["/", "c", "/c"],
  ["C:\\a", "c", "C:\\a\\c"],
  ["C:\\", "c", "C:\\c"],
])("%s with %s", (folder, name, path) => {
  expect(within(folder, name)).toBe(path);
  expect(nameOf(path)).toBe(name);
});
