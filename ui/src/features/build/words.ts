/** A build of the history in words. */

import type { IconName } from "../../components/icons";
import type { BuildState } from "../../ipc/generated/BuildState";
import type { BuildSummary } from "../../ipc/generated/BuildSummary";
import { bytes, took } from "../../text/amounts";
import { en } from "../../text/en";
import { familiarName, shortId } from "../../text/reference";
import { isBuild } from "./draft";

const text = en.build;

/** The names that a build gives its image. */
export function namesOf(build: BuildSummary): readonly string[] {
  return isBuild(build.action) ? build.action.tag : [];
}

/** What a build is called: its image's first name, or the short id of its image. */
export function nameOfBuild(build: BuildSummary): string | null {
  const first = namesOf(build)[0];
  if (first !== undefined) return familiarName(first);
  return build.image === null ? null : shortId(build.image);
}

/** How an end is shown. */
export interface EndLook {
  icon: IconName;
  word: string;
  tone: "idle" | "ok" | "bad" | "accent";
}

const LOOKS: Readonly<Record<BuildState, EndLook>> = {
  running: { icon: "spinner", word: text.badges.running, tone: "accent" },
  done: { icon: "done", word: text.badges.done, tone: "ok" },
  failed: { icon: "fail", word: text.badges.failed, tone: "bad" },
  cancelled: { icon: "stop", word: text.badges.cancelled, tone: "idle" },
  interrupted: { icon: "warn", word: text.badges.interrupted, tone: "idle" },
};

/** How a build's state is shown. */
export function endLook(state: BuildState): EndLook {
  return LOOKS[state];
}

/** How long a build took, or has taken until now; `null` where nobody knows. */
export function lengthOfBuild(build: BuildSummary, now: number): number | null {
  const until = build.ended ?? (build.state === "running" ? now : null);
  return until === null ? null : Math.max(0, until - build.began);
}

/** The same in words; empty where nobody knows. */
export function tookWords(build: BuildSummary, now: number): string {
  const length = lengthOfBuild(build, now);
  return length === null ? "" : took(length);
}

/** What came of it, as one line: `failed at step 6 of 7`, `flask_app_df, 1.08 GB`. */
export function endWords(build: BuildSummary): string {
  const name = nameOfBuild(build) ?? en.builds.headingNoName;
  switch (build.state) {
    case "running":
      return `${name}, ${text.building(Math.min(build.steps, build.done + 1), build.steps).toLowerCase()}`;
    case "done":
      return build.size === null ? name : `${name}, ${bytes(build.size)}`;
    case "failed":
      return build.at === null ? `${name}, ${text.badges.failed.toLowerCase()}` : text.failedAt(name, build.at);
    case "cancelled":
    case "interrupted":
      return `${name}, ${LOOKS[build.state].word.toLowerCase()}`;
  }
}

/** How much of it came from the cache, in whole percent; `null` before there are steps. */
export function cachedShare(build: BuildSummary): number | null {
  return build.steps === 0 ? null : Math.round((100 * build.cached) / build.steps);
}
