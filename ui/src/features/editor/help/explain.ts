/** What an instruction, a flag, and a whole line do, in plain words. */

import { en } from "../../../text/en";
import { isInstruction } from "../syntax/instructions";
import type { Dockerfile, Flag, Instruction } from "../syntax/parse";
import { instructionAt } from "../syntax/parse";
import { programOf, runCommands, startedWords } from "../syntax/shell";

const text = en.dockerfile;

/** A card that explains a place. */
export interface Card {
  /** What is explained, as it is written: `RUN`, `--from`. */
  title: string;
  /** Where, in words. */
  where: string;
  paragraphs: readonly string[];
  /** The place. */
  from: number;
  to: number;
}

/** Names in sentences are kept short. */
const LONGEST = 60;

/** Explains the name of an instruction, or a flag, at a place; `null` where neither stands. */
export function explainAt(file: Dockerfile, at: number): Card | null {
  const holder = instructionAt(file, at);
  if (holder === null) return null;
  const it = holder.inner !== null && at >= holder.inner.from ? holder.inner : holder;
  const flag = it.flags.find((each) => at >= each.from && at < each.to);
  if (flag) return flagCard(it, flag);
  if (at > it.nameTo || !isInstruction(it.name)) return null;
  const whole = wholeLine(file, it);
  const [does, not] = text.does[it.name];
  return { title: it.name, where: whereOf(it), paragraphs: [...(whole === null ? [] : [whole]), does ?? "", not ?? ""], from: it.from, to: it.nameTo };
}

function flagCard(it: Instruction, flag: Flag): Card | null {
  const does = text.flags[`${it.name} --${flag.name}`];
  return does === undefined ? null : { title: `--${flag.name}`, where: whereOf(it), paragraphs: [does], from: flag.from, to: flag.to };
}

function whereOf(it: Instruction): string {
  return it.line === it.lastLine ? text.line(it.line) : text.lines(it.line, it.lastLine);
}

/** What the whole line does; `null` where that is no more than what the instruction does. */
export function wholeLine(file: Dockerfile, it: Instruction): string | null {
  const say = text.whole;
  const words = it.words.map((word) => short(word.value));
  const [first] = words;
  if (first === undefined) return null;
  switch (it.name) {
    case "FROM": {
      const name = words[1]?.toLowerCase() === "as" ? (words[2] ?? null) : null;
      const stage = file.stages.some((each) => each.from.from < it.from && each.name?.value.toLowerCase() === first.toLowerCase());
      return stage ? say.fromStage(first, name) : say.from(first, name);
    }
    case "COPY":
    case "ADD":
      return copied(it);
    case "WORKDIR":
      return say.workdir(first);
    case "ENV":
      return say.env(text.and(first.includes("=") ? words.map((word) => word.split("=")[0] ?? word) : [first]));
    case "ARG": {
      const [name = first, ...value] = first.split("=");
      return say.arg(name, value.length === 0 ? null : value.join("="));
    }
    case "EXPOSE":
      return say.expose(text.and(words));
    case "CMD":
    case "ENTRYPOINT": {
      const program = startedWords(it)?.[0];
      return program === undefined ? null : say.start(short(program));
    }
    case "USER":
      return say.user(first);
    case "RUN": {
      const commands = runCommands(it);
      const program = commands[0] ? programOf(commands[0]) : null;
      return program === null ? null : say.run(commands.length, short([program.program, program.args.find((word) => /^[a-z]/.test(word.value))?.value ?? ""].join(" ").trim()));
    }
    default:
      return null;
  }
}

function copied(it: Instruction): string | null {
  const words = it.exec ?? it.words.map((word) => word.value);
  const target = words.at(-1);
  const sources = words.slice(0, -1).map((source) => (source.startsWith("<<") ? source.replace(/^<<-?/, "") : source));
  if (target === undefined || sources.length === 0) return null;
  const from = it.flags.find((flag) => flag.name === "from")?.value;
  if (from) return text.whole.copyFrom(short(text.and(sources)), short(from), short(target));
  return sources.length === 1 && /^\.\/?$/.test(sources[0] ?? "") ? text.whole.copyAll(short(target)) : text.whole.copy(short(text.and(sources)), short(target));
}

function short(words: string): string {
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST - 1)}…`;
}
