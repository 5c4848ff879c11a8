/** Tidies a Dockerfile without changing what it means. */

import type { Edit } from "../finding";
import { isInstruction } from "./instructions";
import { parse, type Dockerfile, type Instruction } from "./parse";

/** How far a continued line stands in. */
const INDENT = "    ";

/** The edits that tidy a text: capitals, one blank behind the instruction, even indents, no blanks at the ends. */
export function format(text: string): Edit[] {
  const file = parse(text);
  const edits: Edit[] = [];
  for (const it of file.instructions) tidyHead(file, it, edits);
  tidyLines(file, edits);
  return edits.filter((edit) => text.slice(edit.from, edit.to) !== edit.insert).sort((one, other) => one.from - other.from);
}

/** The name in capitals, one blank behind it, `AS` in capitals. Only names that docker knows are touched. */
function tidyHead(file: Dockerfile, it: Instruction, edits: Edit[]): void {
  if (!isInstruction(it.name)) return;
  edits.push({ from: it.from, to: it.nameTo, insert: it.name });
  const blank = /^[^\S\n]+/.exec(file.text.slice(it.nameTo, it.to))?.[0].length ?? 0;
  if (blank > 0 && !continues(file, it.nameTo + blank)) edits.push({ from: it.nameTo, to: it.nameTo + blank, insert: " " });
  const as = it.name === "FROM" ? it.words[1] : undefined;
  if (as?.value.toLowerCase() === "as") edits.push({ from: as.from, to: as.to, insert: "AS" });
  if (it.inner !== null && it.inner.from > it.from) tidyHead(file, it.inner, edits);
}

/** Whether nothing but the sign that continues a line stands here. */
function continues(file: Dockerfile, at: number): boolean {
  const end = file.text.indexOf("\n", at);
  return file.text.slice(at, end < 0 ? undefined : end).trim() === file.escape;
}

interface Line {
  from: number;
  text: string;
}

/** Blanks at the starts and ends of lines, empty lines, the end of the file. Heredocs and quoted texts stay as they are. */
function tidyLines(file: Dockerfile, edits: Edit[]): void {
  const kept = keptPlaces(file);
  let empty = 0;
  let from = 0;
  const lines: Line[] = file.text.split("\n").map((text) => {
    const line = { from, text };
    from += text.length + 1;
    return line;
  });
  for (const [at, line] of lines.entries()) {
    if (kept.some((place) => line.from >= place.from && line.from <= place.to)) {
      empty = 0;
      continue;
    }
    const it = file.instructions.find((each) => each.from <= line.from + line.text.length && line.from <= each.to);
    const inside = it !== undefined && line.from > it.from;
    empty = !inside && line.text.trim() === "" ? empty + 1 : 0;
    if (empty > 1 && at + 1 < lines.length) edits.push({ from: line.from, to: line.from + line.text.length + 1, insert: "" });
    else tidyLine(file, line, it, edits);
  }
  tidyEnd(file, kept, edits);
}

function tidyLine(file: Dockerfile, line: Line, it: Instruction | undefined, edits: Edit[]): void {
  const lead = line.text.length - line.text.trimStart().length;
  const inside = it !== undefined && line.from > it.from;
  // Moved to the edge, a comment could become a directive.
  const directive = !inside && lead > 0 && /^#\s*[\w-]+\s*=/.test(line.text.trimStart());
  if (line.text.trim() !== "" && !directive) edits.push({ from: line.from, to: line.from + lead, insert: inside ? indentOf(file, line, it, lead) : "" });
  const end = line.from + line.text.length;
  const bare = line.from + line.text.trimEnd().length;
  // What is open across the end of the line keeps its blanks.
  if (bare < end && !openAt(file, it, end)) edits.push({ from: Math.max(bare, line.from), to: end, insert: "" });
}

/** Blanks in front of a continued line part words: none are added where none part, and quoted ones stay. */
function indentOf(file: Dockerfile, line: Line, it: Instruction, lead: number): string {
  const now = line.text.slice(0, lead);
  if (openAt(file, it, line.from)) return now;
  const comment = line.text.trimStart().startsWith("#");
  const before = file.text.slice(it.from, line.from - 1).trimEnd();
  const parts = lead > 0 || /\s$/.test(before.slice(0, -1));
  return comment || parts ? INDENT : now;
}

/** Whether a quote is open at a place of an instruction. */
function openAt(file: Dockerfile, it: Instruction | undefined, at: number): boolean {
  if (it === undefined) return false;
  let quote = "";
  let comment = false;
  for (let index = it.from; index < Math.min(at, it.to); index += 1) {
    const character = file.text.charAt(index);
    if (character === "\n") comment = /^\s*#/.test(file.text.slice(index + 1, file.text.indexOf("\n", index + 1) + 1 || undefined));
    else if (comment) continue;
    else if (character === file.escape && quote !== "'") index += file.text.charAt(index + 1) === "\n" ? 0 : 1;
    else if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = "";
  }
  return quote !== "";
}

/** The places that nobody may touch: heredocs, with the lines that end them. */
function keptPlaces(file: Dockerfile): { from: number; to: number }[] {
  return file.instructions.flatMap((it) => it.heredocs.map((heredoc) => ({ from: heredoc.from, to: heredoc.to })));
}

/** One line's end at the end of the file, and no empty lines before it. */
function tidyEnd(file: Dockerfile, kept: readonly { to: number }[], edits: Edit[]): void {
  const { text } = file;
  const bare = Math.max(text.trimEnd().length, ...kept.map((place) => place.to));
  if (bare === 0) return;
  // Edits of the lines there are part of this one.
  for (let at = edits.length - 1; at >= 0; at -= 1) if ((edits[at]?.from ?? 0) >= bare) edits.splice(at, 1);
  if (!text.slice(0, bare).endsWith(file.escape)) edits.push({ from: bare, to: text.length, insert: "\n" });
}
