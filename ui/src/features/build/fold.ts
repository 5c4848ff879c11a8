/** A build as the page knows it, kept up with what the app tells. */

import type { BuildNews } from "../../ipc/generated/BuildNews";
import type { BuildStep } from "../../ipc/generated/BuildStep";
import type { BuildWhole } from "../../ipc/generated/BuildWhole";

/** A build as it is told, with the counts of its lines by the ids of its steps, which need not follow each other. */
export function linesById(told: BuildWhole): BuildWhole {
  const lines: number[] = [];
  for (const [at, step] of told.steps.entries()) lines[step.id] = told.lines[at] ?? 0;
  return { ...told, lines: Array.from(lines, (count) => count ?? 0) };
}

/** The same build with what has changed. */
export function fold(whole: BuildWhole, news: BuildNews): BuildWhole {
  return {
    summary: news.summary ?? whole.summary,
    steps: news.steps.length === 0 ? whole.steps : foldSteps(whole.steps, news.steps),
    lines: news.lines.length === 0 && news.steps.length === 0 ? whole.lines : foldLines(whole.lines, news),
    sent: news.sent ?? whole.sent,
    findings: news.findings.length === 0 ? whole.findings : [...whole.findings, ...news.findings],
    dockerfile: whole.dockerfile,
  };
}

function foldSteps(steps: readonly BuildStep[], changed: readonly BuildStep[]): BuildStep[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const step of changed) byId.set(step.id, step);
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

function foldLines(lines: readonly number[], news: BuildNews): number[] {
  const counts = [...lines];
  for (const [step, count] of news.lines) counts[step] = count;
  for (const step of news.steps) counts[step.id] ??= 0;
  return Array.from(counts, (count) => count ?? 0);
}
