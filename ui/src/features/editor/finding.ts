/** What a check has to say about a place of a Dockerfile. */

/** How much it matters: the build fails, something will trip somebody, or it could be better. */
export type Severity = "error" | "warning" | "hint";

/** A piece of text that takes another's place; places are counted in UTF-16 units. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** A way to mend it with one click. */
export interface Fix {
  /** What it does, such as "Join lines 5 and 6". */
  label: string;
  edits: readonly Edit[];
}

/** A finding. */
export interface Finding {
  /** The rule that found it, such as `apt-update`. */
  rule: string;
  severity: Severity;
  /** The place, in UTF-16 units. */
  from: number;
  to: number;
  /** Its line, from 1. */
  line: number;
  /** What is found, in one sentence. */
  message: string;
  /** Why it matters, and what to do. */
  why: string;
  fix: Fix | null;
  /** Where more is told: an http or https address. */
  url?: string | null;
}

/** What is worth saying of a file: more than this helps nobody. */
export const FINDINGS_MAX = 200;

/** A mark at the edge of a line: the build is there, or failed there. */
export interface LineMark {
  /** From 1. */
  line: number;
  kind: "running" | "failed";
  /** What is said of it. */
  message: string;
}

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };

/** The worst first, then from the top down. */
export function byWeight(one: Finding, other: Finding): number {
  return weights[one.severity] - weights[other.severity] || one.from - other.from;
}

/** A text with edits made; edits do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  return [...edits].sort((one, other) => other.from - one.from).reduce((now, edit) => now.slice(0, edit.from) + edit.insert + now.slice(edit.to), text);
}
