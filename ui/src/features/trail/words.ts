// How a line of the trail is shown.

import type { IconName } from "../../components/icons";
import type { Task } from "../../ipc/generated/Task";
import { took } from "../../text/amounts";
import { en } from "../../text/en";

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
  switch (task.state) {
    case "running": {
      const doing = task.progress.text ? `${task.progress.text} · ${length}` : length;
      return { icon: "spinner", state: en.frame.working, mark: "i-live", tone: "live", took: doing };
    }
    case "done":
      return { icon: "done", state: en.frame.worked, mark: "i-ok", tone: "", took: length };
    case "failed":
      return { icon: "fail", state: en.frame.failed, mark: "i-bad", tone: "bad", took: en.frame.failedAfter(length) };
    case "cancelled":
      return { icon: "stop-dot", state: en.frame.cancelled, mark: "i-idle", tone: "", took: en.frame.cancelledAfter(length) };
  }
}
