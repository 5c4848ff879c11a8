import { client } from "../ipc/client";
import type { Action } from "../ipc/generated/Action";
import type { Task } from "../ipc/generated/Task";
import { TRAIL_KEPT } from "../ipc/generated/trailKept";
import { engine } from "./engine.svelte";

/** Whether a task waits or runs: it has not ended. */
export function isUnderWay(task: Task): boolean {
  return task.state === "running" || task.state === "waiting";
}

class Tasks {
  /** What was done, newest last: the command trail. */
  trail = $state.raw<Task[]>([]);

  readonly #byId = new Map<number, Task>();
  readonly #waiting = new Map<number, ((task: Task) => void)[]>();
  readonly #listeners = new Set<(action: Action, task: number) => void>();

  /** What the running tasks act on: the verb by container name or id. */
  readonly pending = $derived.by(() => {
    const verbs = new Map<string, Action["verb"]>();
    for (const task of this.trail) {
      if (!isUnderWay(task) || !("containers" in task.action)) continue;
      for (const container of task.action.containers) verbs.set(container, task.action.verb);
    }
    return verbs;
  });

  /** The newest one. */
  readonly last = $derived(this.trail.at(-1) ?? null);

  /** One task. */
  get(id: number): Task | undefined {
    void this.trail;
    return this.#byId.get(id);
  }

  /** Takes over tasks as they are now. */
  apply(batch: readonly Task[]): void {
    if (batch.length === 0) return;
    for (const task of batch) this.#byId.set(task.id, task);
    const known = [...this.#byId.values()].sort((a, b) => a.id - b.id);
    // The app forgets by the same rule: what is under way stays, however old it is.
    const ended = known.filter((task) => !isUnderWay(task));
    const forgotten = new Set(ended.slice(0, Math.max(0, known.length - TRAIL_KEPT)));
    for (const old of forgotten) this.#byId.delete(old.id);
    this.trail = known.filter((task) => !forgotten.has(task));
    for (const task of batch) if (!isUnderWay(task)) this.#tell(task);
  }

  /** Forgets what has ended; what runs stays in the trail. */
  clear(): void {
    for (const task of this.trail) if (!isUnderWay(task)) this.#byId.delete(task.id);
    this.trail = this.trail.filter(isUnderWay);
  }

  /** Begins an action; answers the id of its task. Refused with a `Problem` when no engine answers, or another one than it is meant for. */
  async perform(action: Action, folder: string | null = null, on = engine.currentId): Promise<number> {
    const [id] = await this.performAll([action], on, folder);
    if (id === undefined) throw new Error("The app began no task for an action.");
    return id;
  }

  /**
   * Begins actions that are done in order; one that doesn't come to a good end cancels those after it.
   * They are meant for the engine whose lists are shown, unless another is named, and are refused when
   * that one is not in use. Paths that do not begin at the root begin at `folder`.
   */
  async performAll(actions: readonly Action[], on = engine.currentId, folder: string | null = null): Promise<number[]> {
    const ids = await client().perform(actions, on ?? "", folder);
    for (const [index, id] of ids.entries()) {
      const action = actions[index];
      if (action) for (const listener of this.#listeners) listener(action, id);
    }
    return ids;
  }

  /** Hears of each action that is begun from this page; answers how to stop. */
  onPerform(listener: (action: Action, task: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The task once it has ended, whichever way. */
  finished(id: number): Promise<Task> {
    const task = this.#byId.get(id);
    if (task && !isUnderWay(task)) return Promise.resolve(task);
    return new Promise((resolve) => {
      this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]);
    });
  }

  /** Asks a task to stop. */
  cancel(id: number): Promise<void> {
    return client().cancel(id);
  }

  #tell(task: Task): void {
    const waiting = this.#waiting.get(task.id);
    this.#waiting.delete(task.id);
    waiting?.forEach((resolve) => resolve(task));
  }
}

/** Everything that was asked of the engine. */
export const tasks = new Tasks();
