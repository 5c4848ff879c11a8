import { client } from "../../ipc/client";
import type { Probe } from "../../ipc/generated/Probe";
import { en } from "../../text/en";

/** How long a program has until its silence is explained, in milliseconds. */
const PATIENCE = 10_000;
/** Between two questions, at first and later. */
const SOON = 500;
const LATER = 3_000;

/** How it stands with the page of a port. */
export type Phase = "waiting" | "answers" | "silent";

/** Asks a port again and again until it answers. */
export class Probing {
  phase = $state<Phase>("waiting");
  /** The last answer. */
  probe = $state.raw<Probe | null>(null);

  /** Asks until a web page answers, or `signal` says stop. */
  async until(host: string, port: number, signal: AbortSignal): Promise<void> {
    const began = Date.now();
    this.phase = "waiting";
    this.probe = null;
    while (!signal.aborted) {
      const probe = await ask(host, port);
      if (signal.aborted) return;
      this.probe = probe;
      if (probe.answer === "http") {
        this.phase = "answers";
        return;
      }
      const early = Date.now() - began < PATIENCE;
      if (!early) this.phase = "silent";
      await new Promise((resolve) => setTimeout(resolve, early ? SOON : LATER));
    }
  }

  /** Asks once more, for the line below a page that is shown. */
  async once(host: string, port: number): Promise<void> {
    const probe = await ask(host, port);
    this.probe = probe;
  }
}

async function ask(host: string, port: number): Promise<Probe> {
  try {
    return await client().probe(host, port);
  } catch (failure) {
    const why = typeof failure === "object" && failure !== null && "what" in failure ? String(failure.what) : String(failure);
    return { answer: "failed", why };
  }
}

/** Why no page is shown: a heading, and what may be the matter. */
export function silence(probe: Probe | null, port: number): { title: string; why: string } {
  const words = en.container.preview;
  switch (probe?.answer) {
    case "reset":
      return { title: words.none(port), why: words.resetWhy };
    case "not-http":
      return { title: words.notHttp(port), why: words.notHttpWhy };
    case "timeout":
      return { title: words.none(port), why: words.timeoutWhy };
    case "failed":
      return { title: words.none(port), why: probe.why };
    case "refused":
    case "http":
    case undefined:
      return { title: words.none(port), why: words.noneWhy };
  }
}
