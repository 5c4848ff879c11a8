/** The rows of the environment table, and how they are written after `-e`. */

import { ANYWHERE, AS_A_PART, HIDDEN } from "../../ipc/generated/secretWords";
import { type AskingRow, rowKey } from "./rows";

/** One `-e`. */
export interface EnvRow extends AskingRow {
  key: number;
  name: string;
  /** Null for a bare name, which takes the value that the variable has outside. */
  value: string | null;
}

/** An empty row. */
export function blankEnv(): EnvRow {
  return { key: rowKey(), name: "", value: "" };
}

/** Nothing was filled in, so nothing is written. */
export function isBlankEnv(row: EnvRow): boolean {
  return row.name === "" && (row.value === null || row.value === "");
}

/** Reads what stands after `-e`. */
export function parseEnv(text: string): EnvRow {
  const at = text.indexOf("=");
  if (at < 0) return { key: rowKey(), name: text, value: null };
  return { key: rowKey(), name: text.slice(0, at), value: text.slice(at + 1) };
}

/** Writes a row as it stands after `-e`. */
export function formatEnv(row: EnvRow): string {
  return row.value === null ? row.name : `${row.name}=${row.value}`;
}

/** Whether a variable's name says that its value is nobody's business: as in the action crate's `secret.rs`, which hides it from the trail. */
export function isSecret(name: string): boolean {
  const upper = name.toUpperCase();
  // The working folder, which every shell has in its environment.
  if (upper === "PWD") return false;
  const joined = upper.replaceAll(/[^A-Z0-9]/g, "");
  return ANYWHERE.some((word) => joined.includes(word)) || upper.split(/[^A-Z0-9]/).some((part) => AS_A_PART.includes(part));
}

/** What stands for a secret value in a shown command. */
export const DOTS = "••••••";

/** Gives rows that carry dots, or what stands for a hidden secret, the values that they had, so that a shown or kept command can be edited without showing them. */
export function withKnownSecrets(rows: readonly EnvRow[], before: readonly EnvRow[]): EnvRow[] {
  return rows.map((row) => {
    if (row.value !== DOTS && row.value !== HIDDEN) return row;
    const known = before.find((other) => other.name === row.name);
    return known === undefined ? row : { ...row, value: known.value };
  });
}

/** The row as it may be shown: a secret value becomes dots. What stands for a hidden one is none, and stays, so that it is complained about. */
export function maskedEnv(row: EnvRow): EnvRow {
  return row.value !== null && row.value !== "" && row.value !== HIDDEN && isSecret(row.name) ? { ...row, value: DOTS } : row;
}
