/** What the rows of the forms' tables have in common. */

import { tick } from "svelte";

let last = 0;

/** A key for a new row, so that a table keeps its rows apart while people type in them. */
export function rowKey(): number {
  last += 1;
  return last;
}

/** A row in which placeholders may have stood. */
export interface AskingRow {
  /** What is asked for, by the cell in which the placeholder stood. */
  asks?: Readonly<Record<string, string>>;
}

/** A row that is one text: a label, a known host, a file. */
export interface TextRow {
  key: number;
  text: string;
}

/** Rows of texts. */
export function textRows(texts: readonly string[]): TextRow[] {
  return texts.map((text) => ({ key: rowKey(), text }));
}

/** Where the focus of a table can go. */
export interface Table {
  group: HTMLElement;
  /** Selects what has the focus in each row. */
  inRow: string;
  /** Selects the button that adds a row. */
  adds: string;
}

/** Adds a row by hand: the focus goes to it. */
export async function addRow<Row>(rows: Row[], row: Row, table: Table): Promise<void> {
  rows.push(row);
  await focusRow(rows.length - 1, table);
}

/** Takes a row away by hand: the focus goes to the one in its place, or to where one is added. */
export async function removeRow(rows: unknown[], index: number, table: Table): Promise<void> {
  rows.splice(index, 1);
  if (rows.length > 0) await focusRow(Math.min(index, rows.length - 1), table);
  else table.group.querySelector<HTMLElement>(table.adds)?.focus();
}

async function focusRow(index: number, { group, inRow }: Table): Promise<void> {
  await tick();
  group.querySelectorAll<HTMLElement>(inRow)[index]?.focus();
}
