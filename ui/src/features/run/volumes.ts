/** The rows of the volume table, and how they are written after `-v`. */

import { type AskingRow, rowKey } from "./rows";

/** One `-v`. */
export interface VolumeRow extends AskingRow {
  key: number;
  /** A folder of this computer or the name of a volume; empty makes a volume without a name. */
  source: string;
  /** The folder in the container. */
  target: string;
  /** What follows the second colon, such as `ro`. */
  options: string;
  /** What the command says where it does not have the usual shape; the other fields are empty then. */
  raw: string | null;
}

/** An empty row. */
export function blankVolume(): VolumeRow {
  return { key: rowKey(), source: "", target: "", options: "", raw: null };
}

/** Nothing was filled in, so nothing is written. */
export function isBlankVolume(row: VolumeRow): boolean {
  return row.raw === null && row.source.trim() === "" && row.target.trim() === "";
}

// A colon after a single letter belongs to a Windows path; the path in the container has none.
const SPEC = /^(?:((?:[A-Za-z]:[\\/])?[^:]+):)?([^:]+)(?::([^:]+))?$/;

/** Reads what stands after `-v`. */
export function parseVolume(text: string): VolumeRow {
  const row = blankVolume();
  const found = SPEC.exec(text);
  if (found !== null) {
    row.source = found[1] ?? "";
    row.target = found[2] ?? "";
    row.options = found[3] ?? "";
  }
  if (found === null || formatVolume(row) !== text) return { ...blankVolume(), raw: text };
  return row;
}

/** Writes a row as it stands after `-v`. */
export function formatVolume(row: VolumeRow): string {
  if (row.raw !== null) return row.raw.trim();
  const parts = [row.target.trim()];
  if (row.source.trim() !== "") parts.unshift(row.source.trim());
  if (row.options.trim() !== "") parts.push(row.options.trim());
  return parts.join(":");
}

/** What a source names. */
export type SourceKind = "folder" | "volume" | "none";

/** A path is a folder of this computer; a plain word is the name of a volume. */
export function sourceKind(source: string): SourceKind {
  const trimmed = source.trim();
  if (trimmed === "") return "none";
  return /^(?:[./~]|[A-Za-z]:[\\/]|\\\\)/.test(trimmed) ? "folder" : "volume";
}

/** Whether the container may only read it. */
export function isReadOnly(row: VolumeRow): boolean {
  return words(row.options).includes("ro");
}

/** The options with or without `ro`; the others stay. */
export function withReadOnly(options: string, readOnly: boolean): string {
  const others = words(options).filter((word) => word !== "ro" && word !== "rw");
  return (readOnly ? [...others, "ro"] : others).join(",");
}

function words(options: string): string[] {
  return options.split(",").filter((word) => word !== "");
}
