/** What is said beside a row of the port table. */

import type { IconName } from "../../components/icons";
import { en } from "../../text/en";
import type { Check } from "./port-checks.svelte";
import { fewPorts, onePort, type PortRow, rangeOf, takesOneOf } from "./ports";

const text = en.run;

/** A word beside a row, and the port that mends it. */
export interface PortNote {
  tone: "ok" | "warn" | "quiet";
  icon: IconName;
  text: string;
  /** A port to use instead. */
  use: number | null;
  /** The container can't start like this. */
  blocks: boolean;
  /** It fits beside the row; a longer one stands below. */
  short: boolean;
}

const QUIET = { tone: "quiet", icon: "info", use: null, blocks: false, short: false } as const;
const WARNS = { tone: "warn", icon: "warn", use: null, blocks: false, short: false } as const;

/** What to say of a row; `null` when there is nothing to say. */
export function portNote(row: PortRow, check: Check | null, twice: boolean): PortNote | null {
  const port = onePort(row.host);
  if (row.raw !== null) return null;
  // Docker takes it for “any”, which is what an empty field says; as a number it only looks like a port.
  if (/^0+$/.test(row.host.trim())) return { ...WARNS, text: text.portZero, blocks: true };
  if (port === null) {
    if (rangeOf(row.host) !== null && fewPorts(row.host) !== null) return rangeNote(row, check);
    const text = otherWords(row);
    return text === null ? null : { ...QUIET, text };
  }
  if (twice) return { ...WARNS, text: text.portTwice(port), blocks: true };
  switch (check?.state) {
    case undefined:
      return null;
    case "asking":
      return { ...QUIET, icon: "wait", text: text.portChecking(port), short: true };
    case "unchecked":
      return { ...QUIET, text: text.portUnchecked(port) };
    case "elsewhere":
      return { ...QUIET, text: text.portElsewhere(port) };
    case "free":
      return port < 1024
        ? { ...WARNS, text: text.portLow(port) }
        : { tone: "ok", icon: "done", text: text.portFree(port), use: null, blocks: false, short: true };
    case "taken":
      return { ...WARNS, text: text.portTaken(port, check.by), use: check.next_free, blocks: true };
    case "privileged":
      // Not blocked: whoever set the engine up may have given it this right (on Linux to the program rootlesskit),
      // which nobody else can see. The engine decides, and its refusal comes with a fix.
      return { ...WARNS, text: text.portPrivileged(port), use: check.next_free };
  }
}

/** What to say of a range whose ports were looked at. */
function rangeNote(row: PortRow, check: Check | null): PortNote | null {
  const range = row.host.trim();
  const first = rangeOf(range)?.first ?? 0;
  switch (check?.state) {
    case undefined:
      return null;
    case "asking":
      return { ...QUIET, icon: "wait", text: text.rangeChecking(range) };
    case "unchecked":
    case "elsewhere":
      return { ...QUIET, text: text.rangeUnchecked };
    case "free":
      return { ...QUIET, tone: "ok", icon: "done", text: takesOneOf(row) ? text.rangeOneFree(range) : text.rangeFree(range) };
    case "taken":
      return { ...WARNS, text: takesOneOf(row) ? text.rangeTaken(range) : text.rangeHolds(check.port ?? first, check.by), blocks: true };
    case "privileged":
      return { ...WARNS, text: text.portPrivileged(first) };
  }
}

/** Words for a row without one port of this computer: a random one, or a range. */
function otherWords(row: PortRow): string | null {
  if (row.host.trim() === "") return row.container.trim() === "" ? null : text.randomMeans;
  return /^\d+-\d+$/.test(row.host.trim()) ? text.rangeUnchecked : null;
}

/** What an address means for who can open the port; `null` where it needs no words. */
export function reachWords(address: string): string | null {
  const trimmed = address.trim();
  if (trimmed === "") return text.noAddressMeans;
  return trimmed === "0.0.0.0" || trimmed === "[::]" ? text.everyoneMeans : null;
}
