/** The single values under More options, as data: what they are called and which flag they stand for. */

import type { Run } from "../../ipc/generated/Run";
import { en } from "../../text/en";

const text = en.run;

/** A field of the action that is one text or nothing. */
export type TextField = "entrypoint" | "workdir" | "user" | "hostname" | "memory" | "cpus" | "platform" | "stop_signal";
/** A field of the action that is on or off. */
export type FlagField = "rm" | "publish_all" | "init" | "read_only" | "privileged";

/** A text field. */
export interface MoreText {
  field: TextField;
  flag: string;
  label: string;
  hint?: string;
  example?: string;
}

export const PROGRAM: readonly MoreText[] = [
  { field: "entrypoint", flag: "--entrypoint", label: text.entrypoint },
  { field: "workdir", flag: "-w", label: text.workdir, example: "/app" },
  { field: "user", flag: "-u", label: text.user, hint: text.userHint },
];

export const NETWORK: readonly MoreText[] = [
  { field: "hostname", flag: "-h", label: text.hostname },
];

export const LIMITS: readonly MoreText[] = [
  { field: "memory", flag: "-m", label: text.memory, hint: text.memoryHint },
  { field: "cpus", flag: "--cpus", label: text.cpus, hint: text.cpusHint },
];

export const REST: readonly MoreText[] = [
  { field: "platform", flag: "--platform", label: text.platform, hint: text.platformHint },
  { field: "stop_signal", flag: "--stop-signal", label: text.stopSignal, hint: text.stopSignalHint },
];

export const FLAGS: readonly { field: FlagField; flag: string; label: string; hint: string }[] = [
  { field: "rm", flag: "--rm", label: text.rm, hint: text.rmHint },
  { field: "publish_all", flag: "-P", label: text.publishAll, hint: text.publishAllHint },
  { field: "init", flag: "--init", label: text.init, hint: text.initHint },
  { field: "read_only", flag: "--read-only", label: text.readOnly, hint: text.readOnlyHint },
  { field: "privileged", flag: "--privileged", label: text.privileged, hint: text.privilegedHint },
];

/** The policies of `--restart`; an empty one leaves the flag out. */
export type Policy = "" | "no" | "on-failure" | "always" | "unless-stopped" | "other";

/** The policy of `--restart`, and how often for `on-failure`. */
export function policyOf(restart: Run["restart"]): { policy: Policy; times: string } {
  const [policy = "", times = "", ...rest] = (restart ?? "").split(":");
  if (policy === "on-failure" && rest.length === 0) return { policy, times };
  const known = (["", "no", "always", "unless-stopped"] as const).find((each) => each === restart || (each === "" && !restart));
  return { policy: known ?? "other", times: "" };
}

/** What stands after `--restart`. */
export function restartOf(policy: Policy, times: string): Run["restart"] {
  if (policy === "") return null;
  return policy === "on-failure" && times.trim() !== "" ? `on-failure:${times.trim()}` : policy;
}
