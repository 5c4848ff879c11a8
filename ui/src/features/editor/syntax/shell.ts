/** Reads the commands of a RUN, a CMD or an ENTRYPOINT, as far as the checks need it. */

import type { Joined, Word } from "./joined";
import type { Instruction } from "./parse";

/** One command of a shell line. */
export interface Command {
  words: readonly Word[];
  /** What parts it from the one before: `&&`, `||`, `;`, `|`, a line's end; empty for the first. */
  after: string;
  /** The shell's own words in front of it, such as `then` or `if !`; they are none of its words. */
  lead: string;
  from: number;
  to: number;
}

const OPERATOR = /^(?:&&|\|\||\|&|[;|&()\n])/;

/** Words of the shell behind which a command begins. */
const OPENING = /^(if|then|elif|else|while|until|do|!|\{)$/;
/** Words of the shell that end a compound statement. */
const CLOSING = /^(fi|done|esac|\})$/;

/** The commands of a shell line, in order, also those inside compound statements. Substitutions stay words. */
export function commandsOf(script: Joined): Command[] {
  const commands: Command[] = [];
  const { text } = script;
  let words: Word[] = [];
  let after = "";
  let lead = "";
  let closed = false;
  let at = 0;
  const end = (operator: string): void => {
    const first = words[0];
    const last = words.at(-1);
    if (first && last) commands.push({ words, after, lead, from: first.from, to: last.to });
    if (first || closed || commands.length === 0) after = operator;
    if (first) lead = "";
    words = [];
    closed = false;
  };
  while (at < text.length) {
    const operator = OPERATOR.exec(text.slice(at, at + 2))?.[0];
    if (operator !== undefined) {
      end(operator);
      at += operator.length;
    } else if (/\s/.test(text.charAt(at))) at += 1;
    else if (text.charAt(at) === "#") at = nextLine(text, at);
    else {
      const { word, next } = wordAt(script, at);
      if (words.length === 0 && OPENING.test(word.raw)) lead = `${lead} ${word.raw}`.trimStart();
      else if (words.length === 0 && CLOSING.test(word.raw)) closed = true;
      // Behind `done` and the like stand redirections at most.
      else if (!closed) words.push(word);
      at = next;
    }
  }
  end("");
  return commands;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function wordAt(script: Joined, start: number): { word: Word; next: number } {
  const { text } = script;
  let value = "";
  let quote = "";
  let depth = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote === "" && depth === 0 && (/\s/.test(character) || OPERATOR.test(text.slice(at, at + 2)))) break;
    if (quote !== "'" && character === "\\" && at + 1 < text.length) {
      at += 1;
      value += text.charAt(at);
    } else if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = "";
    else {
      if (quote !== "'" && text.startsWith("$(", at)) depth += 1;
      else if (depth > 0 && character === ")") depth -= 1;
      value += character;
    }
  }
  return { word: { raw: text.slice(start, at), value, from: script.place(start), to: script.end(at) }, next: at };
}

/** The commands that a RUN runs: those of its line, and those of a heredoc that is a script. */
export function runCommands(run: Instruction): Command[] {
  if (run.exec !== null) return [];
  const line = commandsOf(run.args);
  // Nothing but the announcement: the heredoc is the script.
  const script = /^\d*<<-?\s*\S+$/.test(run.args.text.trim());
  return script ? run.heredocs.flatMap((heredoc) => commandsOf(heredoc.body)) : line;
}

/** The program that a command starts and its arguments, without `NAME=value`, `sudo`, `exec`, `env` before it. */
export function programOf(command: Command): { program: string; args: readonly Word[] } | null {
  let at = 0;
  while (/^[A-Za-z_]\w*=/.test(command.words[at]?.value ?? "") || /^(sudo|exec|env|time|command|-E)$/.test(command.words[at]?.value ?? "")) at += 1;
  const word = command.words[at];
  if (!word) return null;
  return { program: word.value.slice(word.value.lastIndexOf("/") + 1), args: command.words.slice(at + 1) };
}

/** What a CMD or an ENTRYPOINT starts, as plain words; `null` where a shell makes something else of it. */
export function startedWords(instruction: Instruction): readonly string[] | null {
  if (instruction.exec !== null) {
    const [shell, flag, script] = instruction.exec;
    const wrapped = /(^|\/)(ba|da|a|z)?sh$/.test(shell ?? "") && flag === "-c" && script !== undefined;
    return wrapped ? script.split(/\s+/) : instruction.exec;
  }
  const commands = commandsOf(instruction.args);
  const last = commands.at(-1);
  const program = last ? programOf(last) : null;
  return program ? [program.program, ...program.args.map((word) => word.value)] : null;
}
