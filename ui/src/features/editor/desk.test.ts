// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { useClient } from "../../ipc/client";
import { dialogs } from "../../stores/dialogs.svelte";
import { Disk } from "../../testing/disk";
import { Desk, nameOf, within } from "./desk.svelte";
import type { OpenFile } from "./open-file.svelte";

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
      for (let at = 0; at < 30; at += 1) {
        file.edited(() => "x".repeat(at));
        await vi.advanceTimersByTimeAsync(100);
      }
      expect(disk.desk.open[0]?.text).not.toBeNull();
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
    const other = desk.freshText(".dockerignore", "x\n", "/app");
    expect(await desk.saveAll()).toBe(true);
    expect(other.unsaved).toBe(true);
    expect(disk.files.get("/app/.dockerignore")).toBe("*.pyc\n");
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
