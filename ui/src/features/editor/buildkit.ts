/** BuildKit's own findings among ours, each said once. */

import type { BuildFinding } from "../../ipc/generated/BuildFinding";
import { en } from "../../text/en";
import type { Finding } from "./finding";
import { startsOf } from "./rules/rule";

const text = en.checks.buildkit;

/** Rules of BuildKit that say what one of ours says. */
const same: Readonly<Record<string, string>> = {
  JSONArgsRecommended: "shell-form",
  SecretsUsedInArgOrEnv: "secrets",
  ConsistentInstructionCasing: "casing",
  MaintainerDeprecated: "maintainer",
  NoEmptyContinuation: "empty-line",
  DuplicateStageName: "stage-twice",
  ReservedStageName: "stage-name",
  MultipleInstructionsDisallowed: "several",
  CopyIgnoredFile: "copy-source",
  ExposeInvalidFormat: "port",
  InvalidDefaultArgInFrom: "reference",
};

/** Both together, from the top down; what was said already is not said again. */
export function withBuildkit(file: string, ours: readonly Finding[], theirs: readonly BuildFinding[]): Finding[] {
  const lines = file.split("\n");
  const starts = startsOf(file);
  const more = theirs.flatMap((it): Finding[] => {
    const line = Math.min(Math.max(it.line ?? 1, 1), lines.length);
    const last = Math.max(line, it.last_line ?? line);
    if (ours.some((our) => our.line >= line && our.line <= last && (our.rule === same[it.rule] || our.severity === "error"))) return [];
    const written = lines[line - 1] ?? "";
    const from = (starts[line - 1] ?? 0) + (written.length - written.trimStart().length);
    const url = it.url !== null && /^https?:\/\//.test(it.url) ? it.url : null;
    return [{ rule: `buildkit-${it.rule}`, severity: "warning", from, to: (starts[line - 1] ?? 0) + written.trimEnd().length, line, message: sentence(it.message || it.about), why: it.about === "" ? text.of(it.rule) : sentence(it.about), fix: null, url }];
  });
  return [...ours, ...more].sort((one, other) => one.from - other.from);
}

/** An engine's words with a full stop. */
function sentence(words: string): string {
  const plain = words.trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}
