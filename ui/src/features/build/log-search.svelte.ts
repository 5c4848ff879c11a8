/** Looking for a text in a step's log: the app searches, so that the page needs none of the lines. */

import { client } from "../../ipc/client";

/** How many places the app tells at most. */
export const HITS_MAX = 1000;

/** A search. */
export class LogSearch {
  readonly build: number;
  readonly step: number;
  /** What is typed. */
  query = $state("");
  /** What was looked for. */
  found = $state("");
  /** The lines that have it, in order. */
  hits = $state.raw<readonly number[]>([]);
  /** Which of them is shown. */
  at = $state(0);
  #set: ReadonlySet<number> = new Set();
  #asked = 0;

  constructor(build: number, step: number) {
    this.build = build;
    this.step = step;
  }

  /** The line that is shown; `null` without one. */
  get line(): number | null {
    return this.hits[this.at] ?? null;
  }

  /** Whether a line has what was looked for. */
  has(line: number): boolean {
    void this.hits;
    return this.#set.has(line);
  }

  /** Goes on to another place; what was typed since is looked for first. Answers the line to show. */
  async go(by: 1 | -1): Promise<number | null> {
    if (this.query !== this.found) {
      if (!(await this.#look())) return null;
      this.at = by > 0 ? 0 : Math.max(0, this.hits.length - 1);
    } else if (this.hits.length > 0) this.at = (this.at + by + this.hits.length) % this.hits.length;
    return this.line;
  }

  async #look(): Promise<boolean> {
    const mine = ++this.#asked;
    const query = this.query;
    const hits = query === "" ? [] : await client().buildFind(this.build, this.step, query);
    if (mine !== this.#asked) return false;
    this.hits = hits.map((hit) => hit.line);
    this.#set = new Set(this.hits);
    this.found = query;
    return true;
  }
}

/** A text in pieces: those that are what was looked for, and those between. */
export function hitsIn(text: string, query: string): { text: string; hit: boolean }[] {
  const lower = text.toLowerCase();
  const wanted = query.toLowerCase();
  // Some capitals have small letters of another length; then the line is marked, and not the place.
  if (wanted === "" || lower.length !== text.length) return [{ text, hit: false }];
  const pieces: { text: string; hit: boolean }[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), hit: false });
    pieces.push({ text: text.slice(at, at + wanted.length), hit: true });
    from = at + wanted.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hit: false });
  return pieces;
}
