/** What the app makes of a text while it is typed. */

import { client } from "../../ipc/client";
import type { Completion } from "../../ipc/generated/Completion";
import type { Completions } from "../../ipc/generated/Completions";
import type { Line } from "../../ipc/generated/Line";
import { toProblem } from "../../ipc/problem";

/** Reads a text, line by line; the newest text wins. Made while a component is set up. */
export class Reader {
  /** What was read last, and of which text; it stays while the next text is read. */
  now = $state.raw<{ text: string; lines: readonly Line[] } | null>(null);
  /** Why it could not be read. */
  failed = $state<string | null>(null);

  constructor(text: () => string | null) {
    $effect(() => {
      const asked = text();
      if (asked === null) {
        this.now = null;
        this.failed = null;
        return;
      }
      let current = true;
      client()
        .read(asked)
        .then((reading) => {
          if (!current) return;
          this.now = { text: asked, lines: reading.lines };
          this.failed = null;
        })
        .catch((failure: unknown) => {
          if (!current) return;
          this.now = null;
          this.failed = toProblem(failure).what;
        });
      return () => {
        current = false;
      };
    });
  }
}

const nothing: Completions = { from: 0, to: 0, items: [] };

/** What can stand at the cursor. */
export class Completer {
  #found = $state.raw<Completions>(nothing);
  /** The one that Enter inserts; -1 for none, Tab takes the first then. */
  at = $state(-1);
  #asked = 0;

  /** What is offered now. */
  get items(): readonly Completion[] {
    return this.#found.items;
  }

  /** Asks for what can stand at the cursor; the newest question wins. */
  async ask(text: string, cursor: number): Promise<void> {
    const mine = ++this.#asked;
    let found: Completions;
    try {
      found = await client().complete(text, cursor);
    } catch {
      // Without completions the command can still be typed; what is wrong with it is said below it.
      found = nothing;
    }
    if (mine !== this.#asked) return;
    const [only] = found.items;
    const typed = text.slice(found.from, found.to);
    this.#found = found.items.length === 1 && only?.text === typed ? nothing : found;
    this.at = -1;
  }

  /** Offers nothing until it is asked again. */
  drop(): void {
    this.#asked += 1;
    this.#found = nothing;
    this.at = -1;
  }

  /** Chooses the next one, or the one before. */
  move(step: 1 | -1): void {
    const count = this.items.length;
    if (count > 0) this.at = (this.at + step + count + (this.at < 0 && step < 0 ? 1 : 0)) % count;
  }

  /** The place that a completion takes, and its word; `null` when none is offered. */
  chosen(at = Math.max(this.at, 0)): { from: number; to: number; word: string } | null {
    const item = this.items[at];
    return item ? { from: this.#found.from, to: this.#found.to, word: item.text } : null;
  }
}
