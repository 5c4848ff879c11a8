/** The lines of a step's log that are in sight: fetched in pieces, only a few of which are kept. */

import { client } from "../../ipc/client";
import { type Span, spansOf } from "./ansi";

/** Lines in a piece. */
const PIECE = 200;
/** Pieces that are asked for together: a program that prints faster than lines come must not pile up requests. */
const AT_ONCE = 2;
/** Pieces that are kept; the ones that were not looked at for longest go first. */
const KEPT = 24;

/** A piece of the log. */
interface Piece {
  lines: readonly string[];
  /** Those of its lines that were looked at, as they are drawn. */
  drawn: (readonly Span[] | undefined)[];
  /** How many lines the log had when it was fetched. */
  of: number;
}

/** One step's log. */
export class StepLines {
  readonly build: number;
  readonly step: number;
  /** Moves on when lines have come. */
  version = $state(0);
  /** The number of the furthest line that was read, of those that were wanted. */
  reached = $state(0);
  /** Lines could not be read. */
  failed = $state(false);
  /** A map keeps the order in which its keys came: the piece that was looked at last is the last. */
  readonly #pieces = new Map<number, Piece>();
  readonly #asked = new Set<number>();
  /** Those that could not be read since somebody last looked. */
  readonly #refused = new Set<number>();
  /** The furthest line that has come, drawn or not. */
  #furthest = 0;
  #wanted = { from: 0, to: 0, count: 0 };

  constructor(build: number, step: number) {
    this.build = build;
    this.step = step;
  }

  /** One line as it is drawn; `undefined` while it is not here. */
  line(index: number): readonly Span[] | undefined {
    void this.version;
    const piece = this.#pieces.get(Math.floor(index / PIECE));
    const raw = piece?.lines[index % PIECE];
    return piece === undefined || raw === undefined ? undefined : (piece.drawn[index % PIECE] ??= spansOf(raw));
  }

  /** How many pieces are held. */
  get held(): number {
    return this.#pieces.size;
  }

  /** Sees to it that the lines from `from` up to `to` come, of a log that has `count` by now. */
  need(from: number, to: number, count: number): void {
    this.#wanted = { from, to, count };
    this.#refused.clear();
    this.#ask();
  }

  /** Asks for what is wanted now; what was wanted before and is out of sight is not asked for any more. */
  #ask(): void {
    // What is on its way comes first, or a log that grows fast would never be drawn.
    if (this.#asked.size > 0) return;
    const { from, to, count } = this.#wanted;
    const last = Math.floor((Math.min(to, count) - 1) / PIECE);
    for (let piece = Math.floor(Math.max(0, from) / PIECE); piece <= last; piece += 1) {
      const held = this.#pieces.get(piece);
      if (held !== undefined) {
        this.#pieces.delete(piece);
        this.#pieces.set(piece, held);
      }
      // The last line may have been cut where the program had printed half of it, so it is fetched again with the next.
      const settled = held !== undefined && (held.of === count || held.of > (piece + 1) * PIECE);
      if (settled || this.#asked.has(piece) || this.#refused.has(piece) || this.#asked.size >= AT_ONCE) continue;
      void this.#fetch(piece, count);
    }
  }

  async #fetch(piece: number, of: number): Promise<void> {
    this.#asked.add(piece);
    try {
      const lines = await client().buildLines(this.build, this.step, piece * PIECE, PIECE);
      this.#pieces.delete(piece);
      this.#pieces.set(piece, { lines, drawn: [], of });
      for (const old of this.#pieces.keys()) {
        if (this.#pieces.size <= KEPT) break;
        this.#pieces.delete(old);
      }
      this.#furthest = Math.max(this.#furthest, piece * PIECE + lines.length);
    } catch (failure) {
      // Asked for again when the log is scrolled or grows; the page says that something is missing.
      console.error("Lines of a log could not be read", failure);
      this.#refused.add(piece);
    }
    this.failed = this.#refused.size > 0;
    this.#asked.delete(piece);
    // What was wanted together is drawn together: each drawing lays the log out.
    if (this.#asked.size > 0) return;
    // A piece may hold lines that nobody was told of yet: they wait for the others, or each news would be drawn twice.
    this.reached = Math.min(this.#furthest, this.#wanted.count);
    this.version += 1;
    // The log may have grown, or been scrolled, meanwhile.
    this.#ask();
  }
}
