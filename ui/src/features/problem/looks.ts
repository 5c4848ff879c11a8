/** How each failure is shown: one table from its code to an icon and a tone. */

import type { IconName } from "../../components/icons";
import type { Code } from "../../ipc/generated/Code";
import type { Problem } from "../../ipc/generated/Problem";

/** How grave it is: `warn` when the engine was careful or something is merely missing, `bad` when something broke. */
export type Tone = "warn" | "bad";

/** How a failure is shown. */
export interface Look {
  icon: IconName;
  tone: Tone;
}

const LOOKS: Record<Code, Look> = {
  "engine-not-installed": { icon: "engine", tone: "warn" },
  "engine-not-running": { icon: "engine", tone: "warn" },
  "engine-no-permission": { icon: "lock", tone: "warn" },
  "engine-unreachable": { icon: "server", tone: "bad" },
  "engine-tls": { icon: "lock", tone: "bad" },
  "engine-too-old": { icon: "clock", tone: "warn" },
  "engine-lost": { icon: "engine", tone: "bad" },
  "no-such-container": { icon: "search", tone: "warn" },
  "no-such-image": { icon: "search", tone: "warn" },
  "name-taken": { icon: "warn", tone: "warn" },
  "port-taken": { icon: "warn", tone: "warn" },
  "image-in-use": { icon: "warn", tone: "warn" },
  "container-running": { icon: "warn", tone: "warn" },
  "container-not-running": { icon: "stop-dot", tone: "warn" },
  "container-paused": { icon: "pause-dot", tone: "warn" },
  "no-such-volume": { icon: "search", tone: "warn" },
  "volume-in-use": { icon: "volume", tone: "warn" },
  "no-such-network": { icon: "search", tone: "warn" },
  "network-in-use": { icon: "network", tone: "warn" },
  "mount-refused": { icon: "folder", tone: "warn" },
  "login-needed": { icon: "lock", tone: "warn" },
  "no-network": { icon: "globe", tone: "bad" },
  "rate-limited": { icon: "clock", tone: "warn" },
  "no-such-platform": { icon: "warn", tone: "warn" },
  "disk-full": { icon: "volume", tone: "bad" },
  "no-such-program": { icon: "search", tone: "warn" },
  "did-its-job": { icon: "check", tone: "warn" },
  "no-terminal": { icon: "terminal", tone: "warn" },
  "out-of-memory": { icon: "warn", tone: "bad" },
  "program-failed": { icon: "fail", tone: "bad" },
  "listens-elsewhere": { icon: "browser", tone: "warn" },
  invalid: { icon: "pencil", tone: "warn" },
  other: { icon: "fail", tone: "bad" },
};

/** How a failure is shown. */
export function lookOf(problem: Problem): Look {
  return LOOKS[problem.code];
}

/** Nobody recognised it, so the engine's own words are all there is: they are shown unfolded. */
export function isUnknown(problem: Problem): boolean {
  return problem.code === "other";
}

/** A web search for the engine's words; ids and paths of this computer are left out. */
export function searchAddress(problem: Problem): string {
  const words = problem.detail
    .replaceAll(/\b[0-9a-f]{12,64}\b/g, " ")
    .replaceAll(/(?:\/[\w.@-]+){2,}|[A-Za-z]:\\\S+/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 200);
  return `https://duckduckgo.com/?q=${encodeURIComponent(`docker ${words}`)}`;
}
