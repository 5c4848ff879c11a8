/** Reads a Dockerfile as BuildKit does: directives, continued lines, heredocs, flags, the exec form, stages. */

import { isInstruction } from "./instructions";
import { Joined, wordsOf, type Word } from "./joined";

/** `--name=value` after an instruction. */
export interface Flag {
  name: string;
  /** `null` for one without a value, such as `--link`. */
  value: string | null;
  from: number;
  to: number;
  /** Where its value begins; its end without one. */
  valueFrom: number;
}

/** A text in the file that an instruction takes. */
export interface Heredoc {
  /** The word that ends it. */
  name: string;
  /** Its lines, without the one that ends it. */
  body: Joined;
  /** The place of the first line after the announcement. */
  from: number;
  /** After the line that ends it. */
  to: number;
}

/** An instruction with everything that belongs to it. */
export interface Instruction {
  /** In capitals: `RUN`, or what somebody wrote in its place. */
  name: string;
  /** Its first character. */
  from: number;
  /** After its name. */
  nameTo: number;
  /** After its last character, heredocs too. */
  to: number;
  /** First and last line, from 1. */
  line: number;
  lastLine: number;
  flags: readonly Flag[];
  /** What stands after the flags. */
  args: Joined;
  /** The same as words. */
  words: readonly Word[];
  /** The words of the exec form, `["a", "b"]`; `null` for anything else. */
  exec: readonly string[] | null;
  heredocs: readonly Heredoc[];
  /** The instruction of an ONBUILD. */
  inner: Instruction | null;
}

/** What begins with a FROM. */
export interface Stage {
  /** What follows AS; `null` without. */
  name: Word | null;
  /** What it begins with; `null` for a FROM without one. */
  base: Word | null;
  from: Instruction;
  /** Its instructions, without the FROM. */
  instructions: readonly Instruction[];
}

/** A Dockerfile. */
export interface Dockerfile {
  text: string;
  /** What continues a line: a backslash, or a backtick where the `escape` directive says so. */
  escape: string;
  /** All instructions, in order. */
  instructions: readonly Instruction[];
  /** The ARGs above the first FROM. */
  globals: readonly Instruction[];
  stages: readonly Stage[];
}

const DIRECTIVE = /^#\s*([a-zA-Z][\w-]*)\s*=\s*(.*?)\s*$/;
const HEREDOC = /^\d*<<(-?)\s*(["']?)([A-Za-z_][\w.-]*)\2$/;

interface Line {
  text: string;
  from: number;
}

/** Reads a text. Anything can be read: what makes no sense is an instruction with a strange name. */
export function parse(text: string): Dockerfile {
  const lines = linesOf(text, 0);
  const { escape, first } = directivesOf(lines);
  return dockerfile(text, escape, readAll(lines, first, 0, escape));
}

/**
 * Reads a text of which `last` was an earlier state. The instructions above the first difference are taken
 * over as they are: all but the last of them, which ends only where the next one begins.
 */
export function parseAgain(last: Dockerfile, text: string): Dockerfile {
  const same = sameUpTo(last.text, text);
  // One begins with its name, so that what stands before it on its line could still make it a part of the one above.
  const lineOf = (at: number): number => last.text.lastIndexOf("\n", at - 1);
  const other = last.instructions.findIndex((it) => it.nameTo >= same || lineOf(it.from) >= same);
  const kept = last.instructions.slice(0, Math.max(0, (other < 0 ? last.instructions.length : other) - 1));
  const end = kept.at(-1);
  const from = end === undefined ? -1 : text.indexOf("\n", end.to);
  if (end === undefined || from < 0) return parse(text);
  const more = readAll(linesOf(text, from + 1), 0, end.lastLine, last.escape);
  return dockerfile(text, last.escape, [...kept, ...more]);
}

function sameUpTo(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let at = 0;
  while (at < shorter && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
}

function dockerfile(text: string, escape: string, instructions: readonly Instruction[]): Dockerfile {
  return { text, escape, instructions, ...stagesOf(instructions) };
}

/** The instructions of these lines from one on; `above` lines stand above the first of them. */
function readAll(lines: readonly Line[], first: number, above: number, escape: string): Instruction[] {
  const instructions: Instruction[] = [];
  let at = first;
  while (at < lines.length) {
    const line = lines[at];
    if (line === undefined) break;
    if (isBlank(line.text) || isComment(line.text)) {
      at += 1;
      continue;
    }
    const read = readInstruction(lines, at, above, escape);
    instructions.push(read.instruction);
    at = read.next;
  }
  return instructions;
}

function linesOf(text: string, start: number): Line[] {
  let from = start;
  return text.slice(start).split("\n").map((line) => {
    const at = from;
    from += line.length + 1;
    return { text: line, from: at };
  });
}

/** The directives at the top; they end with the first line that is none. */
function directivesOf(lines: readonly Line[]): { escape: string; first: number } {
  let escape = "\\";
  let first = 0;
  for (; first < lines.length; first += 1) {
    const directive = DIRECTIVE.exec(lines[first]?.text.trim() ?? "");
    if (!directive) break;
    if (directive[1]?.toLowerCase() === "escape" && directive[2] === "`") escape = "`";
  }
  return { escape, first };
}

function readInstruction(lines: readonly Line[], start: number, above: number, escape: string): { instruction: Instruction; next: number } {
  let joined = "";
  const places: number[] = [];
  let at = start;
  let end = 0;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    // Comments and blank lines inside an instruction are skipped.
    if (at > start && (isComment(line.text) || isBlank(line.text))) continue;
    const body = line.text.trimEnd();
    const continued = body.endsWith(escape) && at + 1 < lines.length;
    const taken = continued ? body.slice(0, -1) : line.text;
    for (let index = 0; index < taken.length; index += 1) places.push(line.from + index);
    joined += taken;
    end = line.from + (continued ? body.length : taken.trimEnd().length);
    if (!continued) break;
  }
  places.push(end);
  const last = Math.min(at, lines.length - 1);
  const instruction = build(new Joined(joined, places), above + start + 1, above + last + 1, end, escape);
  const { heredocs, next } = readHeredocs(lines, last + 1, instruction);
  const closing = heredocs.at(-1);
  return {
    instruction: closing === undefined ? instruction : { ...instruction, heredocs, to: closing.to, lastLine: above + next },
    next,
  };
}

function build(joined: Joined, line: number, lastLine: number, to: number, escape: string): Instruction {
  const lead = joined.text.length - joined.text.trimStart().length;
  const written = /^\S+/.exec(joined.text.slice(lead))?.[0] ?? "";
  const name = written.toUpperCase();
  const { flags, rest } = flagsOf(joined, lead + written.length);
  const args = joined.slice(rest);
  const inner = name === "ONBUILD" && args.text.trim() !== "" ? build(args, line, lastLine, to, escape) : null;
  return {
    name,
    from: joined.place(lead),
    nameTo: joined.end(lead + written.length),
    to,
    line,
    lastLine,
    flags,
    args,
    words: wordsOf(args, escape),
    exec: execOf(args.text),
    heredocs: [],
    inner,
  };
}

function flagsOf(joined: Joined, start: number): { flags: Flag[]; rest: number } {
  const flags: Flag[] = [];
  let at = start;
  for (;;) {
    const blank = /^\s*/.exec(joined.text.slice(at))?.[0].length ?? 0;
    const found = /^--([A-Za-z][\w-]*)(=(?:"[^"]*"|'[^']*'|[^\s"'])*)?(?=\s|$)/.exec(joined.text.slice(at + blank));
    if (!found) return { flags, rest: at + blank };
    const from = at + blank;
    const to = from + found[0].length;
    const value = found[2]?.slice(1) ?? null;
    const valueFrom = value === null ? to : to - value.length;
    flags.push({ name: found[1] ?? "", value, from: joined.place(from), to: joined.end(to), valueFrom: value === null ? joined.end(to) : joined.place(valueFrom) });
    at = to;
  }
}

/** The words of `["a", "b"]`; `null` for anything else. */
export function execOf(args: string): readonly string[] | null {
  if (!args.trimStart().startsWith("[")) return null;
  try {
    const read: unknown = JSON.parse(args);
    return Array.isArray(read) && read.every((word) => typeof word === "string") ? read : null;
  } catch {
    // Then docker takes it for a shell command, and so do we.
    return null;
  }
}

function readHeredocs(lines: readonly Line[], start: number, instruction: Instruction): { heredocs: Heredoc[]; next: number } {
  const takes = instruction.inner ?? instruction;
  if (!/^(RUN|COPY|ADD)$/.test(takes.name)) return { heredocs: [], next: start };
  const heredocs: Heredoc[] = [];
  let at = start;
  for (const word of takes.words) {
    const announced = HEREDOC.exec(word.raw);
    const from = lines[at]?.from;
    if (!announced || from === undefined) continue;
    const name = announced[3] ?? "";
    let body = "";
    const places: number[] = [];
    let to = from;
    for (; at < lines.length; at += 1) {
      const line = lines[at];
      if (line === undefined) break;
      to = line.from + line.text.length;
      const bare = announced[1] === "-" ? line.text.replace(/^\t+/, "") : line.text;
      if (bare === name) {
        at += 1;
        break;
      }
      for (let index = 0; index <= line.text.length; index += 1) places.push(line.from + index);
      body += `${line.text}\n`;
    }
    heredocs.push({ name, body: new Joined(body, [...places, to]), from, to });
  }
  return { heredocs, next: at };
}

function stagesOf(instructions: readonly Instruction[]): { globals: Instruction[]; stages: Stage[] } {
  const globals: Instruction[] = [];
  const stages: { name: Word | null; base: Word | null; from: Instruction; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.name === "FROM") {
      const [base, as, name] = instruction.words;
      stages.push({ base: base ?? null, name: as?.value.toLowerCase() === "as" ? (name ?? null) : null, from: instruction, instructions: [] });
    } else (stages.at(-1)?.instructions ?? globals).push(instruction);
  }
  return { globals, stages };
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith("#");
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}

/** Whether the file has any instruction that docker knows: a text without one is something else. */
export function looksLikeDockerfile(file: Dockerfile): boolean {
  return file.instructions.length === 0 || file.instructions.some((it) => isInstruction(it.name));
}

/** The stage of the file that another one goes on from; `null` where it begins with an image. */
export function parentOf(file: Dockerfile, stage: Stage): Stage | null {
  const base = stage.base?.value.toLowerCase();
  return file.stages.findLast((each) => each.from.from < stage.from.from && each.name?.value.toLowerCase() === base) ?? null;
}

/** A stage with those that it goes on from, the nearest first. */
export function lineage(file: Dockerfile, stage: Stage): Stage[] {
  const parent = parentOf(file, stage);
  return parent === null ? [stage] : [stage, ...lineage(file, parent)];
}

/** The stage that a place is in; `null` above the first. */
export function stageAt(file: Dockerfile, at: number): Stage | null {
  return file.stages.findLast((stage) => stage.from.from <= at) ?? null;
}

/** The instruction that a place is in; `null` between them. */
export function instructionAt(file: Dockerfile, at: number): Instruction | null {
  return file.instructions.find((it) => it.from <= at && at <= it.to) ?? null;
}
