/** Two builds side by side: which steps they share, and how long each took. */

import type { BuildStep } from "../../ipc/generated/BuildStep";
import type { Rendered } from "../../ipc/generated/Rendered";
import { diffLines } from "./diff";
import { lengthOf } from "./steps";

/** A step of one build, of the other, or of both. */
export interface Pair {
  name: string;
  stage: string | null;
  earlier: BuildStep | null;
  later: BuildStep | null;
  /** How much longer the later one took, in milliseconds; `null` where either is missing or came from the cache. */
  difference: number | null;
}

/** The steps of the Dockerfile of both, in order; a step is the same when its stage and its words are. */
export function pairsOf(earlier: readonly BuildStep[], later: readonly BuildStep[]): Pair[] {
  const [one, other] = [own(earlier), own(later)];
  const queue = (steps: readonly BuildStep[]): Map<string, BuildStep[]> => {
    const byName = new Map<string, BuildStep[]>();
    for (const step of steps) byName.set(keyOf(step), [...(byName.get(keyOf(step)) ?? []), step]);
    return byName;
  };
  const [ones, others] = [queue(one), queue(other)];
  // The order of a diff keeps each build's own order.
  const lines = diffLines(one.map(keyOf).join("\n"), other.map(keyOf).join("\n"));
  return lines.map((line) => {
    const before = line.kind === "added" ? null : (ones.get(line.text)?.shift() ?? null);
    const after = line.kind === "removed" ? null : (others.get(line.text)?.shift() ?? null);
    const step = after ?? before;
    return { name: step?.name ?? "", stage: step?.stage ?? null, earlier: before, later: after, difference: differenceOf(before, after) };
  });
}

function differenceOf(before: BuildStep | null, after: BuildStep | null): number | null {
  if (before?.state !== "done" || after?.state !== "done") return null;
  const [was, is] = [lengthOf(before, 0), lengthOf(after, 0)];
  return was === null || is === null ? null : is - was;
}

function own(steps: readonly BuildStep[]): BuildStep[] {
  return steps.filter((step) => step.stage !== null);
}

function keyOf(step: BuildStep): string {
  return `${step.stage ?? ""} ${step.name}`.replaceAll("\n", " ");
}

/** The flags of a command that the other one does not have. */
export function onlyIn(command: Rendered, other: Rendered): ReadonlySet<string> {
  const known = new Set(other.tokens.map((token) => token.text));
  return new Set(command.tokens.map((token) => token.text).filter((text) => !known.has(text)));
}
