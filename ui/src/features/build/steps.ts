/** A build's steps as the page shows them: by stages, with what the builder does of itself folded together. */

import type { IconName } from "../../components/icons";
import type { BuildStep } from "../../ipc/generated/BuildStep";
import type { BuildWhole } from "../../ipc/generated/BuildWhole";
import type { StepState } from "../../ipc/generated/StepState";
import { en } from "../../text/en";
import { bytes, took } from "../../text/amounts";

const text = en.build;

/** A stage of the Dockerfile, or what the builder does of itself before or after. */
export interface Group {
  key: string;
  /** `null` for what the builder does of itself. */
  stage: string | null;
  steps: BuildStep[];
}

/** The groups in the order in which they are shown. */
export interface Groups {
  /** Reading the Dockerfile, finding the base images, sending the folder. */
  before: Group;
  stages: Group[];
  /** Writing the image. */
  after: Group;
}

/** What the builder does of itself once the steps are done. */
const AFTER = /^(export|naming|unpacking|writing|sending tarball|importing|pushing|preparing build cache|saving)/i;

/** Sorts the steps. */
export function groupsOf(steps: readonly BuildStep[]): Groups {
  const before: BuildStep[] = [];
  const after: BuildStep[] = [];
  const stages = new Map<string, BuildStep[]>();
  for (const step of steps) {
    if (step.stage === null) (AFTER.test(step.name) ? after : before).push(step);
    else stages.set(step.stage, [...(stages.get(step.stage) ?? []), step]);
  }
  const inOrder = (a: BuildStep, b: BuildStep): number => (a.number?.at ?? a.id) - (b.number?.at ?? b.id);
  return {
    before: { key: "before", stage: null, steps: before },
    stages: [...stages].map(([stage, own]) => ({ key: `stage ${stage}`, stage, steps: own.sort(inOrder) })),
    after: { key: "after", stage: null, steps: after },
  };
}

/** The steps of the Dockerfile that are done, how many there are, and which one is being done. */
export interface Count {
  done: number;
  of: number;
  cached: number;
  /** The place of the one under way, or where it stopped. */
  at: number;
}

/** Counts the steps of the Dockerfile. */
export function countOf(steps: readonly BuildStep[]): Count {
  const own = steps.filter((step) => step.stage !== null);
  const done = own.filter((step) => step.state === "done" || step.state === "cached").length;
  // The engine may name the steps one by one, but it says from the first how many there are.
  const said = new Map<string, number>();
  for (const step of own) said.set(step.stage ?? "", Math.max(said.get(step.stage ?? "") ?? 0, step.number?.of ?? 0));
  const of = Math.max(own.length, [...said.values()].reduce((sum, each) => sum + each, 0));
  return { done, of, cached: own.filter((step) => step.state === "cached").length, at: Math.min(of, done + 1) };
}

/** The state of several steps together. */
export function stateOf(steps: readonly BuildStep[]): StepState {
  const has = (state: StepState): boolean => steps.some((step) => step.state === state);
  if (has("failed")) return "failed";
  if (has("running")) return "running";
  if (has("cancelled")) return "cancelled";
  if (steps.length === 0 || steps.every((step) => step.state === "waiting")) return "waiting";
  if (has("waiting")) return "running";
  return steps.every((step) => step.state === "cached") ? "cached" : "done";
}

/** How long it took, or has taken until now, in milliseconds; `null` before it began. */
export function lengthOf(step: Pick<BuildStep, "began" | "ended" | "state">, now: number): number | null {
  if (step.began === null) return null;
  const until = step.ended ?? (step.state === "running" ? now : null);
  return until === null ? null : Math.max(0, until - step.began);
}

/** From the first beginning to the last end. */
export function spanOf(steps: readonly BuildStep[], now: number): number | null {
  const began = steps.flatMap((step) => step.began ?? []);
  if (began.length === 0) return null;
  const ends = steps.flatMap((step) => step.ended ?? (step.state === "running" ? now : []));
  return ends.length === 0 ? null : Math.max(0, Math.max(...ends) - Math.min(...began));
}

/** How a state is shown: always an icon and a word. */
export interface StateLook {
  icon: IconName;
  word: string;
  class: "cached" | "done" | "run" | "wait" | "bad" | "off";
}

const LOOKS: Readonly<Record<StepState, StateLook>> = {
  waiting: { icon: "wait", word: text.states.waiting, class: "wait" },
  running: { icon: "spinner", word: text.states.running, class: "run" },
  done: { icon: "done", word: text.states.done, class: "done" },
  cached: { icon: "cached", word: text.states.cached, class: "cached" },
  failed: { icon: "fail", word: text.states.failed, class: "bad" },
  cancelled: { icon: "stop", word: text.states.cancelled, class: "off" },
};

/** How a state is shown. */
export function lookOf(state: StepState): StateLook {
  return LOOKS[state];
}

/** The state with its duration: `Done · 11.2 s`. */
export function stateWords(state: StepState, length: number | null): string {
  const word = LOOKS[state].word;
  return length === null || state === "cached" || state === "waiting" ? word : `${word} · ${took(length)}`;
}

/** What was sent of the folder: `12 MB of the folder sent, 35 MB a second`. */
export function sentWords(whole: BuildWhole, speed: number | null): string | null {
  const { sent } = whole;
  if (sent.bytes === 0 && !sent.done) return null;
  if (sent.done) return text.sentAll(bytes(sent.bytes), sent.files);
  return speed === null ? text.sent(bytes(sent.bytes)) : text.sentAt(bytes(sent.bytes), bytes(speed));
}

/**
 * Whether a step is opened without anybody asking: where it failed; and while it runs, unless it has little room. One
 * that was cut off stays as it was, so that what it printed until then can still be read.
 */
export function opensItself(step: BuildStep, tight = false): boolean {
  if (step.state === "failed") return true;
  return (step.state === "running" || step.state === "cancelled") && step.stage !== null && !tight;
}
