/** Where the lines of a log stand when long ones take several rows. */

/** The heights of a log's lines, in rows: those that are known, and one row for each of the others. */
export class LineRows {
  /** What the known lines take beyond their first row, by line, sorted. */
  #extra: { line: number; rows: number }[] = [];

  /** Takes over how many rows a line takes; answers whether that is news. */
  set(line: number, rows: number): boolean {
    const at = this.#find(line);
    const known = this.#extra[at]?.line === line ? (this.#extra[at]?.rows ?? 0) : 0;
    if (known === rows - 1) return false;
    if (known > 0) this.#extra.splice(at, 1);
    if (rows > 1) this.#extra.splice(at, 0, { line, rows: rows - 1 });
    return true;
  }

  /** Forgets everything: the width has changed. */
  clear(): void {
    this.#extra = [];
  }

  /** The row in which a line begins. */
  rowOf(line: number): number {
    let row = line;
    for (const extra of this.#extra) {
      if (extra.line >= line) break;
      row += extra.rows;
    }
    return row;
  }

  /** The line that a row belongs to. */
  lineAt(row: number): number {
    let before = 0;
    for (const extra of this.#extra) {
      if (extra.line + before >= row) break;
      // The row lies within this line.
      if (row <= extra.line + before + extra.rows) return extra.line;
      before += extra.rows;
    }
    return Math.max(0, Math.floor(row - before));
  }

  #find(line: number): number {
    let low = 0;
    let high = this.#extra.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#extra[middle]?.line ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** How many rows a text takes at a width of so many signs. */
export function rowsOf(text: string, columns: number): number {
  return Math.max(1, Math.ceil(widthOf(text) / Math.max(1, columns)));
}

/** How many columns a text takes: signs of East Asian writing and pictures take two. */
function widthOf(text: string): number {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return text.length;
  let width = 0;
  for (const sign of text) width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(sign) ? 2 : 1;
  return width;
}
