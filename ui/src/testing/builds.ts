// Builds for tests.

import type { BuildStep } from "../ipc/generated/BuildStep";
import type { BuildSummary } from "../ipc/generated/BuildSummary";
import type { BuildWhole } from "../ipc/generated/BuildWhole";
import { blankBuild } from "../features/build/draft";

/** A step of the Dockerfile that is done. */
export function buildStep(id: number, name: string, part: Partial<BuildStep> = {}): BuildStep {
  return { id, name, stage: "stage-0", number: null, line: null, inputs: [], state: "done", began: 1000, ended: 2000, parts: [], error: null, ...part };
}

/** A build that went well. */
export function buildSummary(id: number, part: Partial<BuildSummary> = {}): BuildSummary {
  return {
    id,
    engine: "a",
    action: { ...blankBuild(), tag: ["app"] },
    command: { tokens: [], line: "docker build -t app .", problems: [] },
    folder: "/home/ada/app",
    way: "buildkit",
    way_why: "",
    state: "done",
    began: 1000,
    ended: 3000,
    steps: 2,
    done: 2,
    cached: 1,
    at: null,
    image: null,
    size: null,
    size_before: null,
    layers: null,
    problem: null,
    line: null,
    ...part,
  };
}

/** A build with these steps. */
export function buildWhole(steps: BuildStep[], part: Partial<BuildWhole> = {}): BuildWhole {
  return { summary: buildSummary(1), steps, lines: steps.map(() => 0), sent: { files: 0, bytes: 0, done: false }, findings: [], dockerfile: "", ...part };
}
