/** As whom a step runs. */

import { lineage, type Dockerfile, type Stage } from "../syntax/parse";
import { isOfficial } from "./official";

/** Root, another user that the file names, or whoever the base image says. */
export type RunsAs = "root" | "other" | "unknown";

/** As whom a stage runs what stands at a place: the last USER above it says so, here or in the stages that it goes on from. */
export function userAt(file: Dockerfile, stage: Stage, at: number): RunsAs {
  const stages = lineage(file, stage);
  const user = stages.flatMap((each) => each.instructions.findLast((it) => it.name === "USER" && it.from < at)?.words[0] ?? [])[0];
  if (user) return /^(root|0)(:|$)/.test(user.value) ? "root" : "other";
  return isOfficial(stages.at(-1)?.base?.value ?? "") ? "root" : "unknown";
}
