/** Whether the ports of this computer that a draft asks for are free. */

import { SvelteMap } from "svelte/reactivity";
import { client } from "../../ipc/client";
import type { PortCheck } from "../../ipc/generated/PortCheck";
import { onePort, type PortRow } from "./ports";

/** What is known of a row's port. */
export type Check = PortCheck | { state: "asking" } | { state: "unchecked" };

/** How long nobody types before a port is looked at, in milliseconds. */
const PAUSE = 300;

/** The looked-at ports of one dialog, by the row's key. */
export class PortChecks {
  readonly #known = new SvelteMap<number, { question: string; check: Check }>();

  /** What is known of this row's port as it is now; `null` when there is nothing to look at. */
  of(row: PortRow): Check | null {
    if (onePort(row.host) === null) return null;
    const known = this.#known.get(row.key);
    return known?.question === questionOf(row) ? known.check : { state: "asking" };
  }

  /** Looks at a row's port soon; answers how to leave it. */
  follow(row: PortRow): () => void {
    const asked = { ...row };
    const timer = setTimeout(() => void this.look(asked), PAUSE);
    return () => clearTimeout(timer);
  }

  /** Looks at a row's port now. */
  async look(row: PortRow): Promise<void> {
    const port = onePort(row.host);
    if (port === null) return;
    const question = questionOf(row);
    const check = await checkOf(row.address, port, row.protocol);
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
  return `${row.address.trim()} ${row.host.trim()} ${row.protocol || "tcp"}`;
}
