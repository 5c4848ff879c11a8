/** Whether the ports of this computer that a draft asks for are free. */

import { SvelteMap } from "svelte/reactivity";
import { client } from "../../ipc/client";
import type { PortCheck } from "../../ipc/generated/PortCheck";
import { fewPorts, type PortRow, takesOneOf } from "./ports";

/** What is known of a row's port, or of the port of its range that stands in the way. */
export type Check = (PortCheck & { port?: number }) | { state: "asking" } | { state: "unchecked" };

/** How long nobody types before a port is looked at, in milliseconds. */
const PAUSE = 300;

/** The looked-at ports of one dialog, by the row's key. */
export class PortChecks {
  readonly #known = new SvelteMap<number, { question: string; check: Check }>();

  /** What is known of this row's port as it is now; `null` when there is nothing to look at. */
  of(row: PortRow): Check | null {
    if (fewPorts(row.host) === null) return null;
    const known = this.#known.get(row.key);
    return known?.question === questionOf(row) ? known.check : { state: "asking" };
  }

  /** Looks at a row's port soon; answers how to leave it. */
  follow(row: PortRow): () => void {
    const asked = { ...row };
    const left = new AbortController();
    const timer = setTimeout(() => void this.look(asked, left.signal), PAUSE);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }

  /** Looks at a row's port now, or at those of its range one after the other, until `left` says that nobody waits. */
  async look(row: PortRow, left?: AbortSignal): Promise<void> {
    const ports = fewPorts(row.host);
    if (ports === null) return;
    const question = questionOf(row);
    const oneOf = takesOneOf(row);
    let check: Check = { state: "free" };
    for (const port of ports) {
      check = await checkOf(row.address, port, row.protocol);
      if (left?.aborted) return;
      if (check.state === "taken") check = { ...check, port };
      // One that is free is enough where only one is taken; elsewhere one that is not is too many.
      if (oneOf ? check.state !== "taken" : check.state !== "free") break;
    }
    this.#known.set(row.key, { question, check });
  }

  /** Looks at all of them once more. */
  async lookAtAll(rows: readonly PortRow[]): Promise<void> {
    await Promise.all(rows.map((row) => this.look(row)));
  }
}

/** A port that nothing holds, near `wanted` and not among `others`; `null` when none is known. */
export async function freePort(wanted: number, protocol: string, others: ReadonlySet<number>): Promise<number | null> {
  let port = wanted;
  while (others.has(port)) port += 1;
  const check = await checkOf("127.0.0.1", port, protocol);
  if (check.state !== "taken" && check.state !== "privileged") return port;
  const next = check.next_free;
  return next === null || !others.has(next) ? next : await freePort(next + 1, protocol, others);
}

async function checkOf(address: string, port: number, protocol: string): Promise<Check> {
  try {
    return await client().checkPort(address.trim() === "" ? null : address.trim(), port, protocol || "tcp");
  } catch {
    // The engine decides when the container starts; here it is only said that nobody looked.
    return { state: "unchecked" };
  }
}

function questionOf(row: PortRow): string {
  return `${row.address.trim()} ${row.host.trim()} ${row.protocol || "tcp"} ${String(takesOneOf(row))}`;
}
