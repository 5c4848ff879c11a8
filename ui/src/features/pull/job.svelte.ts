/** One action that a dialog asked for, from the click to its end. */

import type { Action } from "../../ipc/generated/Action";
import type { Problem } from "../../ipc/generated/Problem";
import type { Task } from "../../ipc/generated/Task";
import { toProblem } from "../../ipc/problem";
import { isUnderWay, tasks } from "../../stores/tasks.svelte";

/** What a dialog shows of its action while it runs and when it failed. */
export class Job {
  #id = $state<number | null>(null);
  #asking = $state(false);
  /** Why it failed; `null` while it hasn't. */
  problem = $state.raw<Problem | null>(null);
  /** Somebody asked it to stop, and it hasn't ended yet. */
  stopping = $state(false);

  /** Its task, once there is one. */
  readonly task: Task | null = $derived(this.#id === null ? null : (tasks.get(this.#id) ?? null));
  /** It is under way. */
  readonly running: boolean = $derived(this.#asking || (this.task !== null && isUnderWay(this.task)));

  /** Performs an action; answers its task when it worked, and `null` when it failed or was cancelled. */
  async begin(action: Action): Promise<Task | null> {
    this.forget();
    this.#asking = true;
    try {
      this.#id = await tasks.perform(action);
      const task = await tasks.finished(this.#id);
      this.problem = task.state === "failed" ? task.problem : null;
      return task.state === "done" ? task : null;
    } catch (failure) {
      this.problem = toProblem(failure);
      return null;
    } finally {
      this.#asking = false;
      this.stopping = false;
    }
  }

  /** Asks it to stop. */
  async cancel(): Promise<void> {
    if (this.#id === null || !this.running) return;
    this.stopping = true;
    try {
      await tasks.cancel(this.#id);
    } catch (failure) {
      this.stopping = false;
      this.problem = toProblem(failure);
    }
  }

  /** Starts afresh: what failed before is no longer shown. */
  forget(): void {
    this.#id = null;
    this.problem = null;
  }
}
