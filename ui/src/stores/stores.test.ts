// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { containerRow, imageRow, task } from "../testing/rows";
import type { EngineChoice } from "../ipc/generated/EngineChoice";
import { TRAIL_KEPT } from "../ipc/generated/trailKept";
import { containers } from "./containers.svelte";
import { dialogs } from "./dialogs.svelte";
import { engine } from "./engine.svelte";
import { applyChanges } from "./feed";
import { images } from "./images.svelte";
import { tasks } from "./tasks.svelte";

function choice(id: string, ready: boolean): EngineChoice {
  const capabilities = { buildkit: true, swarm: true, limits: true, rootless: false };
  return {
    id,
    name: id,
    source: "",
    address: "unix:///x",
    state: ready
      ? { state: "ready", product: "Docker", version: "28", api: "1.51", platform: "linux/amd64", local: true, capabilities }
      : { state: "connecting" },
  };
}

beforeEach(() => {
  applyChanges([
    { kind: "engines", engines: [], current: "none" },
    { kind: "engines", engines: [choice("a", true)], current: "a" },
    { kind: "containers", reset: true, changed: [], removed: [] },
    { kind: "images", reset: true, changed: [], removed: [] },
  ]);
});

describe("the lists", () => {
  it("take over batches and count", () => {
    applyChanges([
      {
        kind: "containers",
        reset: false,
        changed: [containerRow("a"), containerRow("b", { state: "exited" }), containerRow("c", { state: "paused" })],
        removed: [],
      },
    ]);
    expect(containers.counts).toEqual({ all: 3, running: 2, stopped: 1 });
    applyChanges([{ kind: "containers", reset: false, changed: [containerRow("b")], removed: ["id-a"] }]);
    expect(containers.counts).toEqual({ all: 2, running: 2, stopped: 0 });
    applyChanges([{ kind: "containers", reset: true, changed: [containerRow("d")], removed: [] }]);
    expect(containers.all().map((row) => row.name)).toEqual(["d"]);
  });

  it("find a container by name, id and the beginning of its id", () => {
    applyChanges([{ kind: "containers", reset: true, changed: [containerRow("a", { id: "4f1c9a2e" })], removed: [] }]);
    for (const name of ["a", "4f1c9a2e", "4f1c"]) expect(containers.find(name)?.name).toBe("a");
    expect(containers.find("b")).toBeUndefined();
  });

  it("take the dialogs of the engine that was left along, and no others", () => {
    dialogs.open({ kind: "run", image: "busy" });
    dialogs.open({ kind: "remove", containers: [containerRow("a")] });
    dialogs.open({ kind: "palette" });
    applyChanges([{ kind: "engines", engines: [choice("a", false)], current: "a" }]);
    expect(dialogs.stack.length).toBe(3);
    applyChanges([{ kind: "engines", engines: [choice("b", true)], current: "b" }]);
    expect(dialogs.stack.map((dialog) => dialog.request.kind)).toEqual(["palette"]);
    dialogs.close();
  });

  it("forget everything when another engine is used, and wait for its list", () => {
    applyChanges([{ kind: "containers", reset: true, changed: [containerRow("a")], removed: [] }]);
    applyChanges([{ kind: "engines", engines: [choice("b", true)], current: "b" }]);
    expect(containers.size).toBe(0);
    expect(containers.loaded).toBe(false);
  });

  it("stay when the engine is lost", () => {
    applyChanges([{ kind: "containers", reset: true, changed: [containerRow("a")], removed: [] }]);
    applyChanges([{ kind: "engines", engines: [choice("a", false)], current: "a" }]);
    expect(engine.lost).toBe(true);
    expect(containers.size).toBe(1);
  });
});

describe("images", () => {
  it("have a line for each name, and one when they have none", () => {
    const changed = [imageRow("1", ["python:3.8", "docker.io/library/python:latest"]), imageRow("abcdef0123456789", [])];
    applyChanges([{ kind: "images", reset: true, changed, removed: [] }]);
    expect(images.names.map((name) => [name.repository, name.tag, name.reference])).toEqual([
      ["python", "3.8", "python:3.8"],
      ["python", "latest", "python"],
      [null, null, "abcdef012345"],
    ]);
  });

  it("know a registry's port from a tag", () => {
    applyChanges([{ kind: "images", reset: true, changed: [imageRow("1", ["localhost:5000/a:2"])], removed: [] }]);
    expect(images.names[0]).toMatchObject({ repository: "localhost:5000/a", tag: "2" });
  });

  it("are used by containers of the same id, or of the same name", () => {
    applyChanges([
      { kind: "images", reset: true, changed: [imageRow("1", ["a:latest"]), imageRow("2", ["b:1"]), imageRow("3", ["c:1"])], removed: [] },
      {
        kind: "containers",
        reset: true,
        changed: [
          containerRow("x", { image: "sha256:1", image_id: "sha256:1" }),
          containerRow("y", { image: "docker.io/library/b:1", image_id: "sha256:other", state: "exited" }),
        ],
        removed: [],
      },
    ]);
    const use = images.names.map((name) => images.use(name)).map(({ running, stopped }) => [running.length, stopped.length]);
    expect(use).toEqual([[1, 0], [0, 1], [0, 0]]);
  });
});

describe("tasks", () => {
  it("tell who waits for their end, before and after it came", async () => {
    applyChanges([{ kind: "task", task: task(101, "running") }]);
    const waiting = tasks.finished(101);
    applyChanges([{ kind: "task", task: task(101, "failed") }]);
    expect((await waiting).state).toBe("failed");
    expect((await tasks.finished(101)).state).toBe("failed");
  });

  it("that nobody has heard of yet can be waited for", async () => {
    const waiting = tasks.finished(102);
    applyChanges([{ kind: "task", task: task(102, "running") }, { kind: "task", task: task(102, "done") }]);
    expect((await waiting).state).toBe("done");
  });

  it("stand in the trail in the order in which they began", () => {
    applyChanges([{ kind: "task", task: task(205, "done") }, { kind: "task", task: task(204, "running") }]);
    expect(tasks.trail.slice(-2).map((one) => one.id)).toEqual([204, 205]);
    expect(tasks.pending.get("hello")).toBe("stop");
    applyChanges([{ kind: "task", task: task(204, "cancelled") }]);
    expect(tasks.pending.size).toBe(0);
  });

  it("are kept up to a number, and the ones under way beyond it", () => {
    applyChanges([{ kind: "task", task: task(900, "running") }]);
    applyChanges(Array.from({ length: TRAIL_KEPT + 200 }, (_, index) => ({ kind: "task", task: task(1000 + index, "done") })));
    expect(tasks.trail.length).toBe(TRAIL_KEPT);
    expect(tasks.trail.at(-1)?.id).toBe(1000 + TRAIL_KEPT + 199);
    expect(tasks.trail[0]?.id).toBe(900);
    applyChanges([{ kind: "task", task: task(900, "done") }, { kind: "task", task: task(5000, "done") }]);
    expect(tasks.get(900)).toBeUndefined();
    expect(tasks.trail.length).toBe(TRAIL_KEPT);
  });
});

describe("dialogs", () => {
  it("stack, and close one by one", () => {
    const first = dialogs.open({ kind: "run" });
    dialogs.open({ kind: "pull" });
    dialogs.close();
    expect(dialogs.stack.map((dialog) => dialog.request.kind)).toEqual(["run"]);
    dialogs.close(first);
    expect(dialogs.any).toBe(false);
  });
});
