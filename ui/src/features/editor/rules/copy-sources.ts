/** What COPY and ADD take from the context, and what is wrong when it is not there. */

import type { SourceCheck } from "../../../ipc/generated/SourceCheck";
import type { Finding, Fix } from "../finding";
import type { Joined, Word } from "../syntax/joined";
import type { Dockerfile } from "../syntax/parse";
import { lineOf, plain, text, type Place } from "./rule";

const ID = "copy-source";
const say = text.copySource;

/** A source as it is written, and its place. */
export interface Source extends Place {
  source: string;
  /** It stands in quotes, so a fix leaves them. */
  raw: string;
  /** Its line, from 1. */
  line: number;
}

/** The sources that come from the context: no stages, no addresses, no heredocs, nothing with a variable. */
export function sourcesOf(file: Dockerfile): Source[] {
  return file.instructions.flatMap((instruction) => {
    const copy = plain(instruction);
    if (!/^(COPY|ADD)$/.test(copy.name) || instruction.inner !== null || copy.flags.some((flag) => flag.name === "from" || flag.name === "exclude")) return [];
    const words = copy.exec === null ? copy.words : quoted(copy.args, copy.exec);
    return words.slice(0, -1).flatMap((word) => (/^<<|^\w+:\/\/|^git@|\$/.test(word.value) ? [] : [{ source: word.value, raw: word.raw, line: lineOf(file.text, word.from), from: word.from, to: word.to }]));
  });
}

/** The words of `["a", "b"]`, each with its place between its quotes. */
function quoted(args: Joined, values: readonly string[]): Word[] {
  const strings = [...args.text.matchAll(/"((?:[^"\\]|\\.)*)"/g)];
  return strings.map((found, at) => {
    const [whole, raw = ""] = found;
    return { raw, value: values[at] ?? raw, from: args.place(found.index + 1), to: args.end(found.index + whole.length - 1) };
  });
}

/** What is wrong with a source; `null` when it is there, or nobody can know. */
export function sourceFinding(at: Source, check: SourceCheck): Finding | null {
  switch (check.found) {
    case "here":
    case "unknown":
      return null;
    case "ignored":
      return wrong(at, say.ignored(at.source, check.file, check.line), say.ignoredWhy(check.pattern));
    case "outside":
      return wrong(at, say.outside(at.source), say.outsideWhy);
    case "case":
      return wrong(at, say.spelled(at.source, check.similar), say.spelledWhy, change(at, check.similar));
    case "missing":
      return check.similar === null
        ? wrong(at, say.missing(at.source), say.missingWhy)
        : wrong(at, say.missing(at.source), say.similarWhy(check.similar), change(at, check.similar));
  }
}

function wrong(at: Source, message: string, why: string, fix: Fix | null = null): Finding {
  return { rule: ID, severity: "error", from: at.from, to: at.to, line: at.line, message, why, fix };
}

/** Names come from a disk: one that a Dockerfile cannot hold as it is gets no fix. */
function change(at: Source, similar: string): Fix | null {
  if (/[\s"'\\$`]/.test(similar) || at.raw !== at.source) return null;
  return { label: say.fix(similar), edits: [{ from: at.from, to: at.to, insert: similar }] };
}
