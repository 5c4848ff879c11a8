/** The exec form, `["program", "argument"]`, with a slip in it: docker then takes the line for something else. */

import type { Edit, Fix } from "../finding";
import type { Joined } from "../syntax/joined";
import { execOf, type Instruction } from "../syntax/parse";
import { finding, plain, text, type Rule } from "./rule";

const say = text.syntax;

/** Signs that people, and programs that write for them, take for quotes. */
const QUOTE = /["'“”„‟‘’‚‛«»]/;

/** The rule. */
export const execForm: Rule = {
  id: "exec-form",
  check: (file) =>
    file.instructions.flatMap((instruction) => {
      const it = plain(instruction);
      if (!meansExec(it)) return [];
      const args = listOf(it);
      const read = readList(args);
      const quotes = read !== null && read.edits.every((edit) => edit.insert.startsWith('"'));
      const [id, [what = "", why = ""], label] = quotes ? (["single-quotes", say.singleQuotes, say.doubleQuotes] as const) : (["exec-form", say.execForm, say.execFormFix] as const);
      const fix: Fix | null = read && { label, edits: read.edits };
      return [finding(file, id, it.name === "SHELL" ? "error" : "warning", { from: args.place(0), to: it.to }, what, why, fix)];
    }),
};

/** Whether somebody means the exec form where docker reads none: a test of the shell, `[ -f a ]`, and a pattern, `[ab].txt`, look much like it. */
export function meansExec(it: Instruction): boolean {
  const list = listOf(it).text;
  if (execOf(list) !== null) return false;
  if (!list.startsWith("[") || !/^(RUN|CMD|ENTRYPOINT|HEALTHCHECK|SHELL|VOLUME|COPY|ADD)$/.test(it.name)) return false;
  if (QUOTE.test(list.charAt(1))) return true;
  if (!/^(COPY|ADD|RUN)$/.test(it.name) && /^\[[^\s[\]][^[\]]*\]\s*$/.test(list)) return true;
  // With a blank behind the bracket only a comma behind the first text tells it from a test.
  return /^\[\s+(["'“”‘’])[^"'“”‘’]*["'“”‘’]\s*,/.test(list);
}

/** What stands in brackets: all of the arguments, or what follows HEALTHCHECK CMD. */
function listOf({ name, args }: Instruction): Joined {
  const lead = (name === "HEALTHCHECK" ? /^\s*CMD\s+/i : /^\s*/).exec(args.text)?.[0].length ?? 0;
  return args.slice(lead);
}

/** Reads a list that is nearly one, and answers what makes it one; `null` where that is not sure. */
function readList(list: Joined): { edits: Edit[] } | null {
  const { text: written } = list;
  const edits: Edit[] = [];
  let comma: number | null = null;
  /** Where the text before ended. */
  let end = -1;
  let at = 1;
  for (;;) {
    at += /^\s*/.exec(written.slice(at))?.[0].length ?? 0;
    if (at >= written.length || written.charAt(at) === "]") break;
    if (written.charAt(at) === ",") {
      if (end < 0 || comma !== null) return null;
      comma = at;
      at += 1;
      continue;
    }
    const length = textAt(written.slice(at));
    if (length === null) return null;
    if (end >= 0 && comma === null) edits.push({ from: list.end(end), to: list.end(end), insert: "," });
    const value = written.slice(at + 1, at + length - 1);
    if (written.charAt(at) !== '"' || written.charAt(at + length - 1) !== '"') edits.push({ from: list.place(at), to: list.end(at + length), insert: JSON.stringify(value) });
    comma = null;
    at += length;
    end = at;
  }
  if (end < 0) return null;
  if (comma !== null) edits.push({ from: list.place(comma), to: list.place(comma) + 1, insert: "" });
  if (at >= written.length) edits.push({ from: list.end(end), to: list.end(end), insert: "]" });
  // Whatever follows the bracket is meant for a shell.
  return edits.length > 0 && written.slice(at + 1).trim() === "" ? { edits } : null;
}

/** How long the quoted text is with which this begins; `null` where it begins with none, or where it is not sure what it says. */
function textAt(written: string): number | null {
  const found = /^(?:"(?:[^"\\]|\\.)*"|'[^'\\]*'|[“”„‟«»][^"“”„‟«»\\]*["“”„‟«»]|[‘’‚‛][^'‘’‚‛\\]*['‘’‚‛])/.exec(written)?.[0];
  // `"C:\app"` is no text of JSON.
  return found === undefined || (found.startsWith('"') && execOf(`[${found}]`) === null) ? null : found.length;
}
