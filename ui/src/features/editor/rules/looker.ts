/** Has a text looked at: in a worker, or in the page where there is none. */

import type { Looked } from ".";
import type { Around } from "./rule";

/** A text for the worker. */
export interface Asked {
  id: number;
  text: string;
  around: Around;
}

/** What it found. */
export interface Answered {
  id: number;
  looked: Looked;
}

interface Waiting extends Asked {
  done: (looked: Looked) => void;
  failed: (failure: unknown) => void;
}

/** How long a look may take, in milliseconds: a text that takes longer was made to. */
const LONGEST = 5_000;

/** One at a time: a newer text takes the place of one that waits. */
export class Looker {
  #worker: Worker | null = null;
  #broken = false;
  #next = 1;
  #now: Waiting | null = null;
  #then: Waiting | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What is found in a text; `null` when a newer one was asked about meanwhile. */
  look(text: string, around: Around): Promise<Looked | null> {
    return new Promise((resolve, reject) => {
      this.#then?.done(NOTHING);
      const waiting: Waiting = { id: this.#next++, text, around, done: (looked) => resolve(looked === NOTHING ? null : looked), failed: reject };
      this.#then = waiting;
      this.#step();
    });
  }

  /** Ends the worker. */
  close(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#now?.done(NOTHING);
    this.#then?.done(NOTHING);
    this.#now = null;
    this.#then = null;
  }

  #step(): void {
    if (this.#now !== null || this.#then === null) return;
    this.#now = this.#then;
    this.#then = null;
    const { id, text, around } = this.#now;
    const worker = this.#start();
    if (worker === null) return void this.#here();
    this.#timer = setTimeout(() => this.#giveUp(), LONGEST);
    worker.postMessage({ id, text, around } satisfies Asked);
  }

  /** Ends a look that does not end by itself; the next one gets a new worker. */
  #giveUp(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#now?.failed(new Error("the checks took too long"));
    this.#now = null;
    this.#step();
  }

  #start(): Worker | null {
    if (this.#worker !== null || this.#broken || typeof Worker === "undefined") return this.#worker;
    try {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "checks" });
      worker.addEventListener("message", ({ data }: MessageEvent<Answered>) => this.#answered(data));
      // A webview that will not load it, or a rule that fails: the page looks itself.
      worker.addEventListener("error", () => this.#without());
      this.#worker = worker;
    } catch {
      this.#broken = true;
    }
    return this.#worker;
  }

  #answered({ id, looked }: Answered): void {
    if (this.#now?.id !== id) return;
    clearTimeout(this.#timer);
    this.#now.done(looked);
    this.#now = null;
    this.#step();
  }

  #without(): void {
    clearTimeout(this.#timer);
    this.#broken = true;
    this.#worker?.terminate();
    this.#worker = null;
    if (this.#now) void this.#here();
  }

  async #here(): Promise<void> {
    const asked = this.#now;
    if (asked === null) return;
    try {
      const { look } = await import(".");
      this.#answered({ id: asked.id, looked: look(asked.text, asked.around) });
    } catch (failure) {
      this.#now = null;
      asked.failed(failure);
      this.#step();
    }
  }
}

const NOTHING: Looked = { findings: [], stages: [], sources: [] };
