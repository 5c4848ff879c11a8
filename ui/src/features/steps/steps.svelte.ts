/** Several commands that are gone through one by one; each is opened by the person. */

import type { Action } from "../../ipc/generated/Action";
import type { Line } from "../../ipc/generated/Line";
import type { TaskState } from "../../ipc/generated/TaskState";
import { dialogs } from "../../stores/dialogs.svelte";
import { tasks } from "../../stores/tasks.svelte";
import { take } from "../command/take";
import { wayOf } from "../command/ways";
import { isStep } from "./words";

/** How far a step is: nothing was done yet, passed over, copied for a terminal, or what its task says. */
export type StepState = "next" | "skipped" | "copied" | TaskState;

/** One line of the list. */
export interface Step {
  id: number;
  line: Line;
}

/** What is known of a step beside its task. */
type Mark = { mark: "skipped" } | { mark: "seen" } | { mark: "copied" } | { mark: "task"; task: number };

class Steps {
  /** The lines, in order; empty when there is no list. */
  list = $state.raw<readonly Step[]>([]);
  #marks = $state.raw<ReadonlyMap<number, Mark>>(new Map());
  /** The step whose dialog is open, so that what it performs counts for the step. */
  #opened: { step: number; verb: Action["verb"]; dialog: number | null } | null = null;
  #next = 1;

  constructor() {
    tasks.onPerform((action, task) => this.#performed(action, task));
  }

  /** The lines that are something to do. */
  readonly toDo: readonly Step[] = $derived(this.list.filter((step) => isStep(step.line.said)));
  /** How many of them are behind. */
  readonly behind: number = $derived(this.toDo.filter((step) => isBehind(this.stateOf(step))).length);
  /** How many of those were done, and not passed over. */
  readonly done: number = $derived(this.toDo.filter((step) => ["done", "copied"].includes(this.stateOf(step))).length);
  /** The one that comes next; `null` when all are behind. */
  readonly current: Step | null = $derived(this.toDo.find((step) => !isBehind(this.stateOf(step))) ?? null);

  /** Begins with these lines. */
  begin(lines: readonly Line[]): void {
    this.list = lines.map((line) => ({ id: this.#next++, line }));
    this.#marks = new Map();
    this.#opened = null;
  }

  /** Ends the list. */
  close(): void {
    this.begin([]);
  }

  /** How far a step is. */
  stateOf(step: Step): StepState {
    const mark = this.#marks.get(step.id);
    if (mark === undefined) return "next";
    if (mark.mark === "skipped" || mark.mark === "copied") return mark.mark;
    // A task that the app has not told of yet has only just begun.
    return mark.mark === "seen" ? "done" : (tasks.get(mark.task)?.state ?? "waiting");
  }

  /** The task of a step; `undefined` while it has none. */
  taskOf(step: Step): ReturnType<typeof tasks.get> {
    const mark = this.#marks.get(step.id);
    return mark?.mark === "task" ? tasks.get(mark.task) : undefined;
  }

  /** Goes on with a step: opens its dialog, its screen or its help page, or performs it. */
  open(step: Step): void {
    const said = step.line.said;
    if (said.said === "help") {
      this.#mark(step.id, { mark: "seen" });
      dialogs.open({ kind: "help", verb: said.verb });
    } else if (said.said === "wrong") {
      dialogs.open({ kind: "palette", text: step.line.text, mends: step.id });
    } else if (said.said === "command") {
      // First: what acts at once is performed before there is a dialog to know it by.
      this.#opened = { step: step.id, verb: said.action.verb, dialog: null };
      const dialog = take(said);
      if (dialog !== null) this.#opened = { ...this.#opened, dialog };
      else if (["show", "engine"].includes(wayOf(said))) this.#mark(step.id, { mark: "seen" });
    }
  }

  /** The command of a step was copied, for a terminal: no more can be done about it here. */
  copied(step: Step): void {
    this.#mark(step.id, { mark: "copied" });
  }

  /** The dialog of a step has done all that it can: its command was copied, or its screen is shown. */
  leave(verb: Action["verb"], by: "copied" | "seen"): void {
    const opened = this.#opened;
    if (opened?.verb === verb && dialogs.stack.some((dialog) => dialog.id === opened.dialog)) this.#mark(opened.step, { mark: by });
  }

  /** Goes on with a step whose line was mended. */
  mend(id: number, line: Line): void {
    const mended: Step = { id, line };
    this.list = this.list.map((step) => (step.id === id ? mended : step));
    this.open(mended);
  }

  /** Passes a step over, or takes that back. */
  skip(step: Step): void {
    if (this.#marks.get(step.id)?.mark === "skipped") this.#unmark(step.id);
    else this.#mark(step.id, { mark: "skipped" });
  }

  #performed(action: Action, task: number): void {
    const opened = this.#opened;
    if (opened === null) return;
    const open = opened.dialog === null || dialogs.stack.some((dialog) => dialog.id === opened.dialog);
    const same = action.verb === opened.verb || (isRun(action.verb) && isRun(opened.verb));
    if (!open || !same) return;
    this.#mark(opened.step, { mark: "task", task });
    if (opened.dialog === null) this.#opened = null;
  }

  #mark(step: number, mark: Mark): void {
    this.#marks = new Map(this.#marks).set(step, mark);
  }

  #unmark(step: number): void {
    const marks = new Map(this.#marks);
    marks.delete(step);
    this.#marks = marks;
  }
}

/** Whether nothing is left to do about it. */
function isBehind(state: StepState): boolean {
  return state === "done" || state === "skipped" || state === "copied";
}

/** The run dialog can also only create. */
function isRun(verb: Action["verb"]): boolean {
  return verb === "run" || verb === "create";
}

/** The list that is gone through. */
export const steps = new Steps();
