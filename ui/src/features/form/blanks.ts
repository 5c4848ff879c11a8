/** Placeholders of tutorials: what stands in a field in their place. */

import type { Blank } from "../../ipc/generated/Blank";

/** What a field asks for. */
export interface Asked {
  /** What is asked for, such as `image name:tag`. */
  ask: string;
  /** What stays in the field: nothing when it held placeholders alone. */
  left: string;
  /** The placeholders that were in it. */
  texts: readonly string[];
}

/** What only joins placeholders, such as the colon between two ports. */
const JOINS = /^[\s:/=,@.]*$/;

/** What a value with placeholders asks for; `null` when there are none in it. */
export function askedFor(value: string, blanks: readonly Blank[]): Asked | null {
  const mine = blanks.filter((blank) => value.includes(blank.text));
  if (mine.length === 0) return null;
  const rest = mine.reduce((text, blank) => text.replace(blank.text, ""), value);
  const ask = mine.reduce((text, blank) => text.replace(blank.text, blank.ask), value);
  const whole = JOINS.test(rest);
  // Beside the person's own words a placeholder stays in sight, so that they see what goes where.
  return { ask: whole ? ask : mine.map((blank) => blank.ask).join(", "), left: whole ? "" : value, texts: mine.map((blank) => blank.text) };
}

/** The same value without its placeholders: what is left of it is the person's own. */
export function withoutBlanks(value: string, blanks: readonly Blank[]): string {
  return blanks.reduce((text, blank) => text.replace(blank.text, ""), value);
}
