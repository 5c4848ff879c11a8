/** The rows of the port table, and how they are written after `-p`. */

import { type AskingRow, rowKey } from "./rows";

/** Reaches the container from this computer alone: what a new row says. */
export const ONLY_HERE = "127.0.0.1";
/** Reaches the container from every computer of the network. */
export const EVERYONE = "0.0.0.0";

/** One `-p`. */
export interface PortRow extends AskingRow {
  key: number;
  /** The address on this computer; empty when the command names none. */
  address: string;
  /** A port or a range; empty lets the engine pick one. */
  host: string;
  /** A port or a range. */
  container: string;
  /** `tcp`, `udp`, `sctp`; empty when the command names none, which means `tcp`. */
  protocol: string;
  /** What the command says where it does not have the usual shape; the other fields are empty then. */
  raw: string | null;
  /** Filled in by the dialog and not touched by anybody yet. */
  suggested: boolean;
}

/** An empty row, for this computer only. */
export function blankPort(): PortRow {
  return { key: rowKey(), address: ONLY_HERE, host: "", container: "", protocol: "", raw: null, suggested: false };
}

/** Nothing was filled in, so nothing is written. */
export function isBlankPort(row: PortRow): boolean {
  return row.raw === null && row.host.trim() === "" && row.container.trim() === "";
}

const SPEC = /^(?:(\[[^\]]*\]|[^:[\]]*):)?(?:([^:]*):)?([^:/]*)(?:\/(.*))?$/;

/** Reads what stands after `-p`. */
export function parsePort(text: string): PortRow {
  const row = { ...blankPort(), address: "" };
  const found = SPEC.exec(text);
  if (found !== null) {
    const [, first, second, container = "", protocol] = found;
    // With one colon, what stands before it is the port; the address needs two.
    row.address = second === undefined ? "" : (first ?? "");
    row.host = second ?? first ?? "";
    row.container = container;
    row.protocol = protocol ?? "";
  }
  if (found === null || formatPort(row) !== text) {
    return { ...row, address: "", host: "", container: "", protocol: "", raw: text };
  }
  return row;
}

/** Writes a row as it stands after `-p`. */
export function formatPort(row: PortRow): string {
  if (row.raw !== null) return row.raw.trim();
  const [address, host, container] = [row.address.trim(), row.host.trim(), row.container.trim()];
  const end = row.protocol === "" ? container : `${container}/${row.protocol}`;
  if (address !== "") return `${address}:${host}:${end}`;
  return host === "" ? end : `${host}:${end}`;
}

/** Rows for ports that an image says it uses, such as `5050/tcp`. */
export function parseExposed(exposed: string): { container: string; protocol: string } {
  const [container = "", protocol = "tcp"] = exposed.split("/");
  return { container, protocol: protocol === "tcp" ? "" : protocol };
}

/** The port on this computer to try first for one in the container: the same, or one above 1023 that reads like it. */
export function firstTry(container: number): number {
  if (container >= 1024) return container;
  return container === 443 ? 8443 : 8000 + container;
}

/** A single port number, or null for nothing, a range or anything else. */
export function onePort(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,5}$/.test(trimmed)) return null;
  const port = Number(trimmed);
  return port >= 1 && port <= 65535 ? port : null;
}

/** A longer range is not looked at port by port. */
const LOOKED_AT = 50;

/** The ports of this computer that a row names, where they are few enough to look at each; null where it names none. */
export function fewPorts(text: string): number[] | null {
  const one = onePort(text);
  if (one !== null) return [one];
  const ends = rangeOf(text);
  if (ends === null || ends.last - ends.first >= LOOKED_AT) return null;
  return Array.from({ length: ends.last - ends.first + 1 }, (_, at) => ends.first + at);
}

/** A range that runs forwards, such as `8000-8010`. */
export function rangeOf(text: string): { first: number; last: number } | null {
  const [from = "", to = "", more] = text.trim().split("-");
  const [first, last] = [onePort(from), onePort(to)];
  return more === undefined && first !== null && last !== null && first <= last ? { first, last } : null;
}

/** A range before one port of the container: the engine takes the first of them that is free. */
export function takesOneOf(row: PortRow): boolean {
  return rangeOf(row.host) !== null && onePort(row.container) !== null;
}

/** The rows before `row` ask for the same port of this computer. */
export function asksTwice(rows: readonly PortRow[], row: PortRow): boolean {
  if (onePort(row.host) === null) return false;
  const place = rows.indexOf(row);
  return rows.slice(0, place).some((other) => other.host.trim() === row.host.trim() && sameProtocol(other, row) && sharesAddress(other, row));
}

function sameProtocol(one: PortRow, other: PortRow): boolean {
  return (one.protocol || "tcp") === (other.protocol || "tcp");
}

function sharesAddress(one: PortRow, other: PortRow): boolean {
  const wide = (address: string) => address === "" || address === EVERYONE || address === "[::]";
  return one.address === other.address || wide(one.address) || wide(other.address);
}
