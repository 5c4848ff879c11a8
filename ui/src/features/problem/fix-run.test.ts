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

type Ending = "done" | "failed" | "cancelled";

/** An app in which the actions end as told; answers what was asked of it. */
function endings(...states: Ending[]): Action[] {
  const asked: Action[] = [];
  const perform = (actions: readonly Action[]): Promise<number[]> => {
    asked.push(...actions);
    const told = actions.map((action, index) => taskOf(nextId++, action, states[index] ?? "done"));
    for (const task of told) queueMicrotask(() => tasks.apply([task]));
    return Promise.resolve(told.map((task) => task.id));
  };
  useClient({ ...real, perform });
  return asked;
}

function taskOf(id: number, action: Action, state: Ending): Task {
  return {
    id,
    engine: "env",
    action,
    command: { tokens: [], line: "", problems: [] },
    folder: null,
    state,
    started: 0,
    ended: 1,
    progress: { text: "", layers: [] },
    outcome: { id: null, name: null, exit_code: null, reclaimed: null, removed: [], done: [], warnings: [], text: null },
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

test("it stops at the first one that fails", async () => {
  const asked = endings("done", "failed", "cancelled");
  const run = new FixRun();
  expect(await run.begin(fix)).toBeNull();
  expect(asked).toEqual(actions);
  expect(run.steps).toEqual(["done", "failed", "skipped"]);
  expect([run.mended, run.problem?.what]).toEqual([false, "Refused"]);
});

test("nothing is done where the app refuses to begin", async () => {
  useClient({ ...real, perform: () => Promise.reject(Object.assign(new Error("refused"), refused)) });
  const run = new FixRun();
  expect(await run.begin(fix)).toBeNull();
  expect(run.steps).toEqual(["failed", "skipped", "skipped"]);
  expect([run.mended, run.problem?.what]).toEqual([false, "Refused"]);
});
