/** What a rule is, and how it tells what it found. */

import { checks } from "../../../text/en/checks";
import type { Finding, Fix, Severity } from "../finding";
import type { Dockerfile, Instruction } from "../syntax/parse";

/** The rules' sentences. They are taken by themselves, as the worker that runs the rules needs no others. */
export const text = checks;

/** An image on this computer. */
export interface LocalImage {
  /** As it is written behind FROM. */
  reference: string;
  /** It was built here, or may have been: a registry need not have it. */
  made: boolean;
}

/** What is around the file. */
export interface Around {
  images: readonly LocalImage[];
}

/** One rule. */
export interface Rule {
  id: string;
  check(file: Dockerfile, around: Around): Finding[];
}

/** A place in the file. */
export interface Place {
  from: number;
  to: number;
}

/** A finding at a place of an instruction. */
export function finding(file: Dockerfile, rule: string, severity: Severity, at: Place, message: string, why: string, fix: Fix | null = null): Finding {
  return { rule, severity, from: at.from, to: at.to, line: lineOf(file.text, at.from), message, why, fix };
}

/** Where the lines of the text begin that was asked about last: a rule asks for each thing that it finds. */
let lines = { text: "", starts: [0] };

/** The line of a place, from 1. */
export function lineOf(text: string, at: number): number {
  if (lines.text !== text) lines = { text, starts: startsOf(text) };
  let [low, high] = [0, lines.starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines.starts[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the lines of a text begin. */
export function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The whole lines of an instruction, with the end of the last, so that nothing stays when they are taken out. */
export function wholeLines(file: Dockerfile, instruction: Instruction): Place {
  const from = file.text.lastIndexOf("\n", instruction.from - 1) + 1;
  const end = file.text.indexOf("\n", instruction.to);
  return { from, to: end < 0 ? file.text.length : end + 1 };
}

/** An instruction, or the one that an ONBUILD holds. */
export function plain(instruction: Instruction): Instruction {
  return instruction.inner ?? instruction;
}
