// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Action } from "../../ipc/generated/Action";
import type { Task } from "../../ipc/generated/Task";
import { arrive, landing } from "./arrive";
import { blankRun } from "./draft";

function task(action: Action): Task {
  return {
    id: 1,
    engine: "env",
    action,
    command: { tokens: [], line: "", problems: [] },
    folder: null,
    state: "done",
    started: 0,
    ended: 1,
    progress: { text: "", layers: [] },
    outcome: { id: "4f1c", name: null, exit_code: 0, reclaimed: null, removed: [], done: [], warnings: [], text: null },
    problem: null,
  };
}

const { detach: _, ...create } = blankRun("nginx");

test.each<[Action, string, number | null]>([
  [{ verb: "run", ...blankRun("hello-world") }, "output", null],
  [{ verb: "run", ...blankRun("nginx"), publish: ["8080:80"] }, "output", null],
  [{ verb: "run", ...blankRun("nginx"), detach: true }, "overview", null],
  [{ verb: "run", ...blankRun("nginx"), detach: true, publish: ["127.0.0.1:8080:80"] }, "preview", 8080],
  [{ verb: "run", ...blankRun("dns"), detach: true, publish: ["53:53/udp"] }, "overview", null],
  [{ verb: "run", ...blankRun("dns"), detach: true, publish: ["53:53/udp", "80"] }, "preview", null],
  [{ verb: "create", ...create, publish: ["8080:80"] }, "overview", null],
])("%j leads to the right tab", (action, tab, port) => {
  expect(landing(task(action))).toEqual({ tab, port });
});

test("a container that is gone already has no page to go to", () => {
  location.hash = "#/images";
  arrive(task({ verb: "run", ...blankRun("hello-world"), rm: true }));
  expect(location.hash).toBe("#/images");
  arrive(task({ verb: "run", ...blankRun("hello-world") }));
  expect(location.hash).toBe("#/containers/4f1c/output");
});
