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

/** The line of a place, from 1. */
export function lineOf(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", next + 1)) line += 1;
  return line;
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
