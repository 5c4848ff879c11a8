import { afterEach, expect, test } from "vitest";
import { client, useClient } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { Fix } from "../../ipc/generated/Fix";
import type { Problem } from "../../ipc/generated/Problem";
import type { Task } from "../../ipc/generated/Task";
import { tasks } from "../../stores/tasks.svelte";
import { FixRun } from "./fix-run.svelte";

const real = client();
afterEach(() => useClient(real));

const refused: Problem = { code: "other", what: "Refused", why: "", todo: "", command: null, fixes: [], detail: "" };
let nextId = 1;

/** An app in which each action ends as told; answers what was asked of it. */
function endings(...states: ("done" | "failed" | "refused")[]): Action[] {
  const asked: Action[] = [];
  const perform = (action: Action): Promise<number> => {
    const state = states[asked.length];
    asked.push(action);
    if (state === "refused") return Promise.reject(Object.assign(new Error("refused"), refused));
    const id = nextId++;
    queueMicrotask(() => tasks.apply([taskOf(id, action, state === "done" ? "done" : "failed")]));
    return Promise.resolve(id);
  };
  useClient({ ...real, perform });
  return asked;
}

function taskOf(id: number, action: Action, state: "done" | "failed"): Task {
  return {
    id,
    engine: "env",
    action,
    command: { tokens: [], line: "", problems: [] },
    state,
    started: 0,
    ended: 1,
    progress: { text: "", layers: [] },
    outcome: { id: null, exit_code: null, reclaimed: null, removed: [], done: [], warnings: [], text: null },
    problem: state === "failed" ? refused : null,
  };
}

const actions: Action[] = [
  { verb: "stop", signal: null, timeout: null, containers: ["hello"] },
  { verb: "remove-container", force: false, link: false, volumes: false, containers: ["hello"] },
  { verb: "remove-image", force: false, no_prune: false, images: ["hello-world"] },
];
const fix: Fix = { label: "Remove both", danger: true, note: "", actions, commands: [] };

test("all actions are done in order", async () => {
  const asked = endings("done", "done", "done");
  const run = new FixRun();
  const last = await run.begin(fix);
  expect(asked).toEqual(actions);
  expect(last?.action).toEqual(actions[2]);
  expect(run.steps).toEqual(["done", "done", "done"]);
  expect([run.mended, run.running, run.problem]).toEqual([true, false, null]);
});

test.each(["failed", "refused"] as const)("it stops at the first one that is %s", async (ending) => {
  const asked = endings("done", ending, "done");
  const run = new FixRun();
  expect(await run.begin(fix)).toBeNull();
  expect(asked).toEqual(actions.slice(0, 2));
  expect(run.steps).toEqual(["done", "failed", "skipped"]);
  expect([run.mended, run.problem?.what]).toEqual([false, "Refused"]);
});
