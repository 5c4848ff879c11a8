import type { Task } from "../../ipc/generated/Task";

/** The newest run in the foreground that made this container; its task has all that was printed. */
export function foregroundRun(trail: readonly Task[], container: string): Task | null {
  const made = (task: Task): boolean =>
    task.action.verb === "run" && !task.action.detach && task.outcome.id === container;
  return trail.findLast(made) ?? null;
}
