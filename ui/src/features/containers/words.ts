// How a container's state is shown.

import type { IconName } from "../../components/icons";
import type { Action } from "../../ipc/generated/Action";
import type { ContainerRow } from "../../ipc/generated/ContainerRow";
import { en } from "../../text/en";

/** A state in words, with its icon and its colour. */
export interface StatusWords {
  word: string;
  icon: IconName;
  tone: "running" | "stopped" | "failed" | "idle" | "busy";
  /** What else there is to say, such as the exit code. */
  more: string | null;
}

/** Programs that were asked to end say so with these: Ctrl C, `docker stop`, `docker kill`. */
const asked = new Set([130, 137, 143]);

const words = en.containers.status;

/** Whether its program ended badly by itself. */
export function hasFailed(row: ContainerRow): boolean {
  if (row.state === "dead") return true;
  return row.state === "exited" && row.exit_code !== null && row.exit_code !== 0 && !asked.has(row.exit_code);
}

/** What a container is doing; a task that is under way shows at once. */
export function statusOf(row: ContainerRow, pending: Action["verb"] | undefined): StatusWords {
  const busy = pending === undefined ? null : busyWord(pending);
  if (busy !== null) return { word: busy, icon: "spinner", tone: "busy", more: null };
  switch (row.state) {
    case "running":
      return { word: words.running, icon: "run-dot", tone: "running", more: null };
    case "paused":
      return { word: words.paused, icon: "pause-dot", tone: "idle", more: null };
    case "restarting":
      return { word: words.restarting, icon: "refresh", tone: "idle", more: null };
    case "removing":
      return { word: words.removing, icon: "trash", tone: "stopped", more: null };
    case "created":
      return { word: words.created, icon: "idle-dot", tone: "stopped", more: null };
    case "exited":
    case "dead":
      return hasFailed(row)
        ? { word: words.failed, icon: "fail", tone: "failed", more: row.exit_code === null ? null : words.exitCode(row.exit_code) }
        : { word: words.stopped, icon: "stop-dot", tone: "stopped", more: null };
    case "unknown":
      return { word: words.unknown, icon: "info", tone: "idle", more: null };
  }
}

function busyWord(verb: Action["verb"]): string | null {
  switch (verb) {
    case "start":
    case "unpause":
      return words.starting;
    case "stop":
    case "kill":
      return words.stopping;
    case "restart":
      return words.restarting;
    case "remove-container":
      return words.removing;
    default:
      return null;
  }
}

const ranks = ["running", "restarting", "paused", "created", "exited", "dead", "removing", "unknown"] as const;

/** Where a state stands when a list is sorted by it: what runs first, failures before the rest. */
export function statusRank(row: ContainerRow): number {
  return hasFailed(row) ? 2.5 : ranks.indexOf(row.state);
}
