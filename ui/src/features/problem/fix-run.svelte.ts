/** A fix that is carried out: its actions one after the other, until one fails. */

import type { Fix } from "../../ipc/generated/Fix";
import type { Problem } from "../../ipc/generated/Problem";
import type { Task } from "../../ipc/generated/Task";
import { toProblem } from "../../ipc/problem";
import { tasks } from "../../stores/tasks.svelte";

/** How far one command of a fix is. */
export type StepState = "waiting" | "running" | "done" | "failed" | "skipped";

/** The fixes of one failure; one of them can be under way. */
export class FixRun {
  /** The one that was chosen. */
  fix = $state.raw<Fix | null>(null);
  /** How far each of its commands is. */
  steps = $state.raw<StepState[]>([]);
  /** Why it stopped. */
  problem = $state.raw<Problem | null>(null);
  /** Every command worked. */
  mended = $state(false);

  /** It is under way. */
  readonly running: boolean = $derived(this.steps.includes("running"));

  /** How far a command of a fix is; `null` when that fix was not chosen. */
  stepOf(fix: Fix, index: number): StepState | null {
    return this.fix === fix ? (this.steps[index] ?? null) : null;
  }

  /** Carries a fix out, on the engine that the failure was on and in its folder; answers the last task when all worked, and `null` when one did not. */
  async begin(fix: Fix, on?: string, folder: string | null = null): Promise<Task | null> {
    this.fix = fix;
    this.problem = null;
    this.mended = false;
    this.steps = fix.actions.map(() => "waiting");
    let last: Task | null = null;
    let ids: number[];
    this.#set(0, "running");
    try {
      ids = await tasks.performAll(fix.actions, on, folder);
    } catch (failure) {
      return this.#stop(0, toProblem(failure));
    }
    for (const [index, id] of ids.entries()) {
      this.#set(index, "running");
      last = await tasks.finished(id);
      if (last.state !== "done") return this.#stop(index, last.problem);
      this.#set(index, "done");
    }
    this.mended = true;
    return last;
  }

  #stop(index: number, problem: Problem | null): null {
    this.steps = this.steps.map((step, at) => (at === index ? "failed" : at > index ? "skipped" : step));
    this.problem = problem;
    return null;
  }

  #set(index: number, state: StepState): void {
    this.steps = this.steps.map((step, at) => (at === index ? state : step));
  }
}
