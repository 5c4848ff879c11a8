// How a line of the trail is shown.

import type { IconName } from "../../components/icons";
import type { Task } from "../../ipc/generated/Task";
import { engine } from "../../stores/engine.svelte";
import { bytes, took } from "../../text/amounts";
import { en } from "../../text/en";
import { isId, shortId } from "../../text/reference";
import { engineTitle } from "../engine/words";

const text = en.trail;

/** The mark at the beginning of a line, and the words at its end. */
export interface TrailWords {
  icon: IconName;
  /** What the mark says. */
  state: string;
  /** The class of the mark, and of the words. */
  mark: "i-ok" | "i-bad" | "i-live" | "i-idle";
  tone: "" | "bad" | "live";
  /** How long it took, or what it does. */
  took: string;
}

/** A line's words; `now` in Unix milliseconds. */
export function trailWords(task: Task, now: number): TrailWords {
  const length = took((task.ended ?? now) - task.started);
  const state = text.states[task.state];
  switch (task.state) {
    case "waiting":
      return { icon: "wait", state, mark: "i-idle", tone: "", took: text.waits };
    case "running":
      return { icon: "spinner", state, mark: "i-live", tone: "live", took: task.progress.text ? `${task.progress.text} · ${length}` : length };
    case "done":
      return { icon: "done", state, mark: "i-ok", tone: "", took: length };
    case "failed":
      return { icon: "fail", state, mark: "i-bad", tone: "bad", took: text.failedAfter(length) };
    case "cancelled":
      return { icon: "stop-dot", state, mark: "i-idle", tone: "", took: text.cancelledAfter(length) };
    case "interrupted":
      return { icon: "stop-dot", state, mark: "i-idle", tone: "", took: text.interrupted };
  }
}

/** The engine that a command was for, where another one is in use now; `null` when it is the same. */
export function elsewhere(task: Task): string | null {
  if (engine.currentId === null || task.engine === engine.currentId) return null;
  const choice = engine.choices.find(({ id }) => id === task.engine);
  // One that is not among the choices any more has only its id left.
  return choice ? engineTitle(choice) : task.engine;
}

/** What a command led to, in a few signs and in full. */
export interface OutcomeWords {
  short: string;
  full: string;
}

/** What a command led to; `null` when there is nothing to say. */
export function outcomeWords(task: Task): OutcomeWords | null {
  const { id, exit_code, reclaimed, removed } = task.outcome;
  if (task.state === "interrupted") return { short: "", full: text.interruptedWhy };
  if (task.state !== "done" && task.state !== "failed") return null;
  if (exit_code !== null && exit_code !== 0) return { short: text.exit(exit_code), full: text.exit(exit_code) };
  if (task.state === "failed") return task.problem ? { short: task.problem.what, full: task.problem.what } : null;
  if (reclaimed !== null && reclaimed > 0) return { short: text.won(bytes(reclaimed)), full: text.removed(removed.map(shortId).join(", ")) };
  if (id === null) return null;
  return isId(id) ? { short: text.newId(shortId(id)), full: text.newIdOf(id) } : { short: text.newId(id), full: text.newNameOf(id) };
}

/** The day of a moment, as a heading; today has none of its own. */
export function dayWords(moment: number, now: number): string {
  const days = dayNumber(now) - dayNumber(moment);
  if (days === 0) return text.today;
  if (days === 1) return text.yesterday;
  const year = new Date(moment).getFullYear() === new Date(now).getFullYear() ? undefined : ("numeric" as const);
  return new Date(moment).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year }).replace(",", "");
}

/** Counts the days of this computer's calendar. */
export function dayNumber(moment: number): number {
  const date = new Date(moment);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

/** A line of the trail, with the heading that stands before it. */
export interface TrailRow {
  task: Task;
  /** The day that begins with this line; `null` when it goes on. */
  day: string | null;
}

/** The lines with their days. While all are of today, no day is named. */
export function trailRows(trail: readonly Task[], now: number): TrailRow[] {
  let before = dayNumber(now);
  const rows: TrailRow[] = [];
  for (const task of trail) {
    const day = dayNumber(task.started);
    rows.push({ task, day: day === before ? null : dayWords(task.started, now) });
    before = day;
  }
  return rows;
}
