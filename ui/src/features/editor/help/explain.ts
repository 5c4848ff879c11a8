/** What an instruction and a flag do, in plain words. */

import { en } from "../../../text/en";
import { isInstruction } from "../syntax/instructions";
import type { Dockerfile, Flag, Instruction } from "../syntax/parse";
import { instructionAt } from "../syntax/parse";
import { wholeLine } from "./whole";

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
