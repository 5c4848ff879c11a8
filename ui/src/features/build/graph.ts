/** The stages of a build as boxes with arrows: which stage uses what another made. */

import type { BuildStep } from "../../ipc/generated/BuildStep";
import type { StepState } from "../../ipc/generated/StepState";
import { stateOf } from "./steps";

/** A stage as a box. */
export interface Box {
  stage: string;
  state: StepState;
  /** From 0, left to right: how many stages must be done before it at least. */
  column: number;
  /** From 0, top to bottom within its column. */
  row: number;
}

/** The whole picture. */
export interface StageGraph {
  boxes: Box[];
  /** Arrows by the places of their boxes in the list. */
  edges: { from: number; to: number }[];
  columns: number;
  rows: number;
}

/** The graph of the stages that are known by now. */
export function graphOf(steps: readonly BuildStep[]): StageGraph {
  const stages = [...new Set(steps.flatMap((step) => step.stage ?? []))];
  const uses = usesOf(steps);
  const column = new Map<string, number>();
  // As many rounds as there are stages are enough; a circle, which no builder makes, ends all the same.
  for (let round = 0; round < stages.length; round += 1) {
    for (const stage of stages) {
      const before = [...(uses.get(stage) ?? [])].map((other) => column.get(other) ?? 0);
      column.set(stage, before.length === 0 ? 0 : Math.min(stages.length - 1, Math.max(...before) + 1));
    }
  }
  const filled = new Map<number, number>();
  const boxes = stages.map((stage): Box => {
    const at = column.get(stage) ?? 0;
    const row = filled.get(at) ?? 0;
    filled.set(at, row + 1);
    return { stage, state: stateOf(steps.filter((step) => step.stage === stage)), column: at, row };
  });
  const edges = stages.flatMap((stage, to) => [...(uses.get(stage) ?? [])].map((other) => ({ from: stages.indexOf(other), to })));
  return { boxes, edges, columns: Math.max(0, ...boxes.map((box) => box.column + 1)), rows: Math.max(0, ...filled.values()) };
}

/** The stages by how many others must be done before them: those of one level go on at the same time. */
export function levelsOf<T extends { stage: string | null }>(stages: readonly T[], steps: readonly BuildStep[]): T[][] {
  const column = new Map(graphOf(steps).boxes.map((box) => [box.stage, box.column]));
  const levels: T[][] = [];
  for (const stage of stages) (levels[column.get(stage.stage ?? "") ?? 0] ??= []).push(stage);
  return levels.filter((level) => level.length > 0);
}

/** Which stages each one uses, through what the builder does of itself in between. */
function usesOf(steps: readonly BuildStep[]): Map<string, Set<string>> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const many = new Set(steps.filter((step) => !isFrom(step)).map((step) => step.stage));
  // Stages that begin with the same image share the step that brings it, which then stands in one of them. Whoever
  // builds on that one uses its last step; only where it has no other may it be meant.
  const isShared = (step: BuildStep): boolean => isFrom(step) && many.has(step.stage);
  const uses = new Map<string, Set<string>>();
  for (const step of steps) {
    if (step.stage === null) continue;
    const found = uses.get(step.stage) ?? new Set<string>();
    const seen = new Set<number>();
    const open = [...step.inputs];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const input = byId.get(id);
      if (!input) continue;
      if (input.stage === null) open.push(...input.inputs);
      else if (input.stage !== step.stage && !isShared(input)) found.add(input.stage);
    }
    uses.set(step.stage, found);
  }
  return uses;
}

/** It brings the image that its stage begins with. */
function isFrom(step: BuildStep): boolean {
  return /^FROM\s/iu.test(step.name);
}
