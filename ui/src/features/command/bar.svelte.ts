/** The command bar's state: what is typed, what it says, and what Enter does. */

import type { Completion } from "../../ipc/generated/Completion";
import type { Line } from "../../ipc/generated/Line";
import { dialogs } from "../../stores/dialogs.svelte";
import { en } from "../../text/en";
import { steps } from "../steps/steps.svelte";
import { isStep } from "../steps/words";
import { type Offer, offersFor } from "./offers";
import { Completer, Reader } from "./reader.svelte";
import { take } from "./take";
import { cut, isCommand, isRead, type Place, placeIn, put, saysMore } from "./typed";
import { otherWay, wayWords } from "./ways";

const text = en.command;

/** What the button below a command does. */
export type Go = Pick<Offer, "icon" | "text" | "run">;

/** One command bar. Made while its dialog is set up. */
export class Bar {
  text = $state("");
  /** What did not fit, kept until what is shown has been dealt with. */
  later = $state("");
  /** The result of the search that Enter takes. */
  at = $state(0);
  /** Enter came before the answer did. */
  wanted = $state(false);

  readonly #mends: number | null;
  readonly completer = new Completer();
  readonly reader: Reader;

  readonly #found: readonly Offer[] = $derived(offersFor(this.text));
  /** It is shown as it was read, rather than searched for; until it is read, as the text before it was. */
  readonly isCommand: boolean = $derived(this.#isCommand());
  /** What the text says; it may still be what an earlier text said. */
  readonly lines: readonly Line[] = $derived(this.#said());
  /** Whether that is of the text as it is now. */
  readonly current: boolean = $derived(this.#isCurrent());
  /** The one line that there is. */
  readonly line: Line | null = $derived(this.lines.length === 1 ? (this.lines[0] ?? null) : null);
  readonly several: boolean = $derived(this.lines.length > 1);
  /** What a search finds. */
  readonly offers: readonly Offer[] = $derived(this.isCommand ? [] : this.#found);
  /** That a search finds nothing is certain once the text has been read. */
  readonly isNothing: boolean = $derived(this.#isNothing());
  /** What can stand at the cursor. */
  readonly completions: readonly Completion[] = $derived(this.isCommand ? this.completer.items : []);
  readonly chosen: number = $derived(Math.min(this.at, this.offers.length - 1));
  /** What is wrong with the one line, marked in the text. */
  readonly marked: Place | null = $derived.by(() => {
    const line = this.line;
    return this.current && line?.said.said === "wrong" ? placeIn(this.text, line, line.said) : null;
  });

  /** The wrong place is the word that is just being typed and can still become one of those offered. */
  readonly unfinished: boolean = $derived.by(() => {
    const chosen = this.completer.chosen();
    return chosen !== null && this.marked !== null && this.marked.to >= chosen.from && this.marked.from <= chosen.to;
  });

  /** What Enter does; `null` when there is nothing to do. */
  readonly go: Go | null = $derived.by(() => {
    if (!this.isCommand) return this.offers[this.chosen] ?? null;
    const lines = this.lines;
    if (this.several) return lines.some((line) => isStep(line.said)) ? { icon: "play", text: text.through, run: () => steps.begin(lines) } : null;
    const line = this.line;
    const said = line?.said;
    const mends = this.#mends;
    if (said?.said !== "help" && said?.said !== "command") return null;
    const way = said.said === "command" ? wayWords(said) : ({ icon: "learn", label: text.openHelp } as const);
    const run = (): void => {
      if (line && mends !== null) steps.mend(mends, line);
      else if (said.said === "command") take(said);
      else dialogs.open({ kind: "help", verb: said.verb });
    };
    return { icon: way.icon, text: way.label, run };
  });

  /** What else can be done with the one command. */
  readonly other: Go | null = $derived.by(() => {
    const said = this.line?.said;
    const way = said?.said === "command" && this.#mends === null ? otherWay(said) : null;
    if (said?.said !== "command" || way === null) return null;
    const { icon, label } = wayWords(said, way);
    return { icon, text: label, run: () => void take(said, way) };
  });

  /** With `mends` it mends that step of the list that is gone through. */
  constructor(opening: string, mends: number | null = null) {
    this.#mends = mends;
    this.take(opening);
    this.reader = new Reader(() => (this.text.trim() === "" ? null : this.text));
  }

  /** Takes a text over: as much as can be shown at once. */
  take(all: string): void {
    const { now, later } = cut(all.replace(/\r\n?/g, "\n").replace(/\n+$/, ""));
    this.text = now;
    this.later = later;
    this.at = 0;
    this.completer.drop();
  }

  /** Goes on with what did not fit. */
  goOn(): void {
    this.take(this.later);
  }

  /** Asks for completions, where one command is typed. */
  complete(cursor: number): void {
    if (this.isCommand && !this.text.includes("\n")) void this.completer.ask(this.text, cursor);
    else this.completer.drop();
  }

  /** Inserts a completion; answers where the cursor goes. */
  insert(at?: number): number | null {
    const chosen = this.completer.chosen(at);
    if (chosen === null) return null;
    const kind = this.completer.items[at ?? Math.max(this.completer.at, 0)]?.kind;
    const more = (kind === "verb" || kind === "flag") && !chosen.word.endsWith("=") && chosen.to >= this.text.length;
    const done = put(this.text, chosen.from, chosen.to, more ? `${chosen.word} ` : chosen.word);
    this.text = done.text;
    if (more) this.complete(done.cursor);
    else this.completer.drop();
    return done.cursor;
  }

  /** Puts the word that was meant in the wrong place; answers where the cursor goes. */
  repair(): number | null {
    const line = this.line;
    if (line?.said.said !== "wrong" || line.said.similar === null) return null;
    const { from, to, similar } = line.said;
    const place = placeIn(this.text, line, { from, to });
    if (place === null) return null;
    const mended = put(this.text, place.from, place.to, similar);
    this.text = mended.text;
    this.completer.drop();
    return mended.cursor;
  }

  #isCommand(): boolean {
    if (this.text.trim() === "") return false;
    if (isCommand(this.text)) return true;
    return isRead(this.text, this.reader.now?.lines ?? [], this.#found.length > 0);
  }

  #isNothing(): boolean {
    return !this.isCommand && this.#found.length === 0 && (this.reader.now !== null || this.reader.failed !== null);
  }

  #said(): readonly Line[] {
    const now = this.reader.now;
    if (!this.isCommand || now === null) return [];
    // What was only searched for says nothing of the text behind it.
    return now.text === this.text || saysMore(now.lines) ? now.lines : [];
  }

  #isCurrent(): boolean {
    return this.text.trim() === "" || this.reader.failed !== null || this.reader.now?.text === this.text;
  }
}
