/** What the rows of the dialog's tables have in common. */

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
