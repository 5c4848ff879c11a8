import { describe, expect, it, test } from "vitest";
import type { Outcome } from "../../ipc/generated/Outcome";
import type { Problem } from "../../ipc/generated/Problem";
import type { TaskState } from "../../ipc/generated/TaskState";
import { task } from "../../testing/rows";
import { lacksSecrets } from "./actions";
import { dayWords, outcomeWords, trailRows, trailWords } from "./words";

const problem: Problem = { code: "other", what: "The name is taken", why: "", todo: "", command: null, fixes: [], detail: "" };
const nothing: Outcome = { id: null, name: null, exit_code: null, reclaimed: null, removed: [], done: [], warnings: [], text: null };

describe("a line of the trail", () => {
  it.each<[TaskState, string, string]>([
    ["waiting", "Waiting", "waits"],
    ["running", "Working", "2.0 s"],
    ["done", "Worked", "1.0 s"],
    ["failed", "Failed", "failed · 1.0 s"],
    ["cancelled", "Cancelled", "cancelled · 1.0 s"],
    ["interrupted", "Slipway ended while it ran", "interrupted"],
  ])("that is %s says %s, %s", (state, word, took) => {
    const words = trailWords(task(1, state, state === "waiting" ? { ended: null } : {}), 3000);
    expect([words.state, words.took]).toEqual([word, took]);
  });

  it.each<[string, TaskState, Partial<Outcome>, string | null]>([
    ["a new id", "done", { id: "sha256:4f1c9a2e7b3140f9e8d7c6b5" }, "→ 4f1c9a2e7b31"],
    ["how a program ended", "failed", { exit_code: 137 }, "exit 137"],
    ["nothing of a good end", "done", { exit_code: 0 }, null],
    ["space that was won", "done", { reclaimed: 1_080_000_000, removed: ["a", "b"] }, "won 1.08 GB"],
    ["why it failed", "failed", {}, "The name is taken"],
    ["nothing while it runs", "running", { id: "4f1c9a2e7b31" }, null],
  ])("tells %s", (_, state, outcome, short) => {
    const told = outcomeWords(task(1, state, { outcome: { ...nothing, ...outcome }, problem: state === "failed" ? problem : null }));
    expect(told?.short ?? null).toBe(short);
  });
});

describe("days", () => {
  const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();
  const now = at(23, 12);

  it.each([
    [at(23, 0), "Today"],
    [at(22, 23), "Yesterday"],
    [at(20, 8), "Friday 20 November"],
    [new Date(2025, 0, 2).getTime(), "Thursday 2 January 2025"],
  ])("%d is %s", (moment, words) => expect(dayWords(moment, now)).toBe(words));

  it.each([
    [[at(23, 9), at(23, 10)], [null, null]],
    [[at(22, 9), at(23, 10), at(23, 11)], ["Yesterday", "Today", null]],
    [[at(20, 9), at(20, 10), at(22, 11)], ["Friday 20 November", null, "Yesterday"]],
    [[], []],
  ])("part the lines of %j", (moments, days) => {
    const rows = trailRows(moments.map((started, id) => task(id, "done", { started })), now);
    expect(rows.map((row) => row.day)).toEqual(days);
  });
});

test("an action whose secrets were not kept is known by them", () => {
  expect(lacksSecrets(task(1, "done"))).toBe(false);
  const hidden = task(2, "done", { action: { verb: "rename", container: "a", new_name: "PASSWORD=***" } });
  expect(lacksSecrets(hidden)).toBe(true);
});
