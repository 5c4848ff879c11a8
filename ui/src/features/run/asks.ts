/** Placeholders of a pasted command, in the dialog's rows and fields. */

import type { Blank } from "../../ipc/generated/Blank";
import type { AskingRow } from "./rows";

/** The same values without the placeholders that stood in them, and what each of them asks for. */
export function emptied<Row extends object>(row: Row, blanks: readonly Blank[]): Row & AskingRow {
  if (blanks.length === 0) return row;
  const cells = Object.entries(row) as [string, unknown][];
  const asks: Record<string, string> = {};
  for (const [cell, value] of cells) {
    const mine = typeof value === "string" ? blanks.filter((blank) => value.includes(blank.text)) : [];
    if (mine.length > 0) asks[cell] = mine.map((blank) => blank.ask).join(", ");
  }
  const left = cells.map(([cell, value]) => [cell, typeof value === "string" ? blanks.reduce((text, blank) => text.replace(blank.text, ""), value) : value]);
  return { ...(Object.fromEntries(left) as Row), asks };
}
