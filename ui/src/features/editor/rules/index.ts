/** All rules, and what they find together. */

import { type Finding, FINDINGS_MAX } from "../finding";
import { looksLikeDockerfile, parse, type Dockerfile } from "../syntax/parse";
import { addCopy } from "./add-copy";
import { aptUpdate } from "./apt-update";
import { assumeYes } from "./assume-yes";
import { casing } from "./casing";
import { sourcesOf, type Source } from "./copy-sources";
import { execForm } from "./exec-form";
import { exposePort } from "./expose-port";
import { flags } from "./flags";
import { imageTag } from "./image-tag";
import { ports } from "./ports";
import { quotes } from "./quotes";
import type { Around, Rule } from "./rule";
import { runCd } from "./run-cd";
import { secrets } from "./secrets";
import { shellForm } from "./shell-form";
import { sudo } from "./sudo";
import { syntax } from "./syntax";

/** The rules that need nothing but the text. */
export const rules: readonly Rule[] = [syntax, casing, flags, quotes, ports, execForm, aptUpdate, assumeYes, addCopy, imageTag, runCd, shellForm, secrets, exposePort, sudo];

/** A stage, for the outline. */
export interface StageLine {
  /** Its name; `null` without one. */
  name: string | null;
  /** What it begins with. */
  base: string;
  /** The line of its FROM, from 1. */
  line: number;
}

/** What was found in a text. */
export interface Looked {
  findings: readonly Finding[];
  stages: readonly StageLine[];
  /** What COPY takes from the context. */
  sources: readonly Source[];
}

/** Looks at a text with every rule. */
export function look(text: string, around: Around): Looked {
  const file = parse(text);
  if (!looksLikeDockerfile(file)) {
    return { findings: syntax.check(file, around).slice(0, 1), stages: [], sources: [] };
  }
  const open = openFrom(file);
  const findings = rules
    .flatMap((rule) => rule.check(file, around))
    .filter((it) => it.from < open || it.rule === "unknown-instruction")
    .sort((one, other) => one.from - other.from || one.to - other.to);
  return { findings: findings.slice(0, FINDINGS_MAX), stages: stagesOf(file), sources: sourcesOf(file) };
}

/** Where the instruction begins that goes on behind the end of the file: it is still being written, and nobody knows yet what it says. */
function openFrom(file: Dockerfile): number {
  const end = file.text.trimEnd();
  const last = file.instructions.at(-1);
  return last && last.to >= end.length && end.endsWith(file.escape) ? last.from : Infinity;
}

function stagesOf(file: Dockerfile): StageLine[] {
  return file.stages.map((stage) => ({ name: stage.name?.value ?? null, base: stage.base?.value ?? "", line: stage.from.line }));
}
