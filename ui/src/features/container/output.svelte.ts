import { untrack } from "svelte";
import type { Problem } from "../../ipc/generated/Problem";
import type { StreamKind } from "../../ipc/generated/StreamKind";
import { toProblem } from "../../ipc/problem";
import { follow } from "../../ipc/stream";
import { en } from "../../text/en";
import type { Screen } from "./screen";

/** How often the plain text follows the screen, in milliseconds. */
const SPEAK = 400;
/** How long an ended output of a living program rests before it is asked for again. */
const AGAIN = 700;

/** What a program prints, on its way from the app to a screen. */
export class Output {
  phase = $state<"reading" | "ended" | "broken">("reading");
  problem = $state.raw<Problem | null>(null);
  /** The last lines, for those who don't see the screen. */
  lines = $state.raw<string[]>([]);
  #speaking: ReturnType<typeof setTimeout> | undefined;

  /** Follows a stream until `signal` says stop; `alive` tells whether the program still runs. */
  async follow(kind: StreamKind, screen: Screen, alive: () => boolean, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      screen.reset();
      this.#start();
      try {
        const end = await follow(kind, signal, async (piece) => {
          if (piece.piece === "bytes") await screen.write(piece.bytes);
          if (piece.piece === "skipped") await screen.write(`\r\n\x1b[2m${en.container.output.skipped(piece.bytes)}\x1b[0m\r\n`);
          this.#speak(screen);
        });
        if (end === null) return;
        if (end.end === "failed") return this.#fail(end.problem);
      } catch (failure) {
        return this.#fail(toProblem(failure));
      }
      this.phase = "ended";
      // A restart ends the output and begins a new one before anybody sees the program stopped.
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
      if (!untrack(alive)) return;
    }
  }

  /** Stops what would still happen. */
  dispose(): void {
    clearTimeout(this.#speaking);
  }

  #start(): void {
    this.phase = "reading";
    this.problem = null;
    this.lines = [];
  }

  #fail(problem: Problem): void {
    this.problem = problem;
    this.phase = "broken";
  }

  #speak(screen: Screen): void {
    this.#speaking ??= setTimeout(() => {
      this.#speaking = undefined;
      this.lines = screen.lastLines();
    }, SPEAK);
  }
}
