/** A build that is looked at: its steps as they are now. */

import { client } from "../../ipc/client";
import type { BuildStep } from "../../ipc/generated/BuildStep";
import type { BuildWhole } from "../../ipc/generated/BuildWhole";
import type { Problem } from "../../ipc/generated/Problem";
import { toProblem } from "../../ipc/problem";
import { follow } from "../../ipc/stream";
import { builds } from "../../stores/builds.svelte";
import { fold, linesById } from "./fold";
import { type Count, countOf } from "./steps";

/** After so long without a further byte it is not on its way any more, in milliseconds. */
const STALLED = 3_000;

/** One build; it is followed while a component shows it. */
export class LiveBuild {
  readonly id: number;
  /** Its lines are by the ids of the steps; `null` until the app has told. */
  whole = $state.raw<BuildWhole | null>(null);
  /** Why it can't be shown. */
  problem = $state.raw<Problem | null>(null);
  #speed = $state.raw<number | null>(null);
  #grew = $state.raw(0);
  /** Its steps; the same array until one of them changes, so that what is made of them is not made anew with each line. */
  readonly steps: readonly BuildStep[] = $derived(this.whole?.steps ?? []);
  /** How many are done. */
  readonly counted: Count = $derived(countOf(this.steps));
  #sent: { at: number; bytes: number } | null = null;

  constructor(id: number) {
    this.id = id;
  }

  /** Follows it to its end, or until `signal` says stop. */
  async follow(signal: AbortSignal): Promise<void> {
    try {
      const end = await follow({ stream: "build", build: this.id }, signal, (piece) => {
        if (piece.piece === "build") this.#take(linesById(piece.whole));
        else if (piece.piece === "build-news" && this.whole) this.#take(fold(this.whole, piece.news));
      });
      if (end?.end === "failed") this.problem = end.problem;
      // Its last words may have come after the last piece.
      if (end !== null && this.whole?.summary.state === "running") await this.again();
    } catch (failure) {
      if (!signal.aborted) this.problem = toProblem(failure);
    }
  }

  /** Asks for all of it anew. */
  async again(): Promise<void> {
    this.#take(linesById(await client().build(this.id)));
  }

  /** How fast the folder is sent, in bytes a second; `null` while that is not known, and where nothing was sent for a while at `now`. */
  speedAt(now: number): number | null {
    return now - this.#grew > STALLED ? null : this.#speed;
  }

  #take(whole: BuildWhole): void {
    this.whole = whole;
    // Each stream gathers for itself: without this, a button would say "Building" beside steps that say "Failed".
    builds.ended(whole.summary);
    const now = performance.now();
    const before = this.#sent;
    if (whole.sent.bytes !== before?.bytes) this.#grew = Date.now();
    if (whole.sent.done || whole.sent.bytes === 0) this.#speed = null;
    else if (before && now - before.at < 400) return;
    else if (before && whole.sent.bytes > before.bytes) this.#speed = ((whole.sent.bytes - before.bytes) * 1000) / (now - before.at);
    this.#sent = { at: now, bytes: whole.sent.bytes };
  }
}
