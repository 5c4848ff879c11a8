import type { Action } from "../ipc/generated/Action";
import type { Task } from "../ipc/generated/Task";
import { toProblem } from "../ipc/problem";
import { dialogs } from "./dialogs.svelte";
import { tasks } from "./tasks.svelte";

/**
 * Performs an action and waits for its end. A failure is told in a dialog of its own; answers the
 * task when it worked, and `null` when it didn't. `ended` runs before a failure is told, so that the
 * dialog that asked can make room. Paths that do not begin at the root begin at `folder`. It is meant
 * for the engine `on`, without one for that in use.
 */
export async function act(action: Action, ended: () => void = () => undefined, folder: string | null = null, on?: string): Promise<Task | null> {
  try {
    const task = await tasks.finished(await tasks.perform(action, folder, on));
    ended();
    if (task.state === "failed" && task.problem) {
      dialogs.open({ kind: "problem", problem: task.problem, task });
    }
    return task.state === "done" ? task : null;
  } catch (failure) {
    ended();
    dialogs.open({ kind: "problem", problem: toProblem(failure) });
    return null;
  }
}
