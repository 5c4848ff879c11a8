/** Where the lines of a log stand when long ones take several rows. */

/** A line that takes more than its first row. */
interface Tall {
  line: number;
  /** The rows beyond its first. */
  rows: number;
}

/** The heights of a log's lines, in rows: those that are known, and one row for each of the others. */
export class LineRows {
  /** The lines that are known to take several rows, sorted. */
  readonly #tall: Tall[] = [];
  /** What those before each of them take beyond their first rows; known for the first few, as far as anybody asked. */
  readonly #before: number[] = [0];

  /** Takes over how many rows a line takes; answers whether that is news. */
  set(line: number, rows: number): boolean {
    const at = this.#find((tall) => tall.line >= line);
    const known = this.#tall[at]?.line === line ? (this.#tall[at]?.rows ?? 0) : 0;
    if (known === rows - 1) return false;
    this.#tall.splice(at, known > 0 ? 1 : 0, ...(rows > 1 ? [{ line, rows: rows - 1 }] : []));
    this.#before.length = Math.min(this.#before.length, at + 1);
    return true;
  }

  /** Forgets everything: the width has changed. */
  clear(): void {
    this.#tall.length = 0;
    this.#before.length = 1;
  }

  /** The row in which a line begins. */
  rowOf(line: number): number {
    return line + this.#extra(this.#find((tall) => tall.line >= line));
  }

  /** The line that a row belongs to. */
  lineAt(row: number): number {
    const at = this.#find((tall, index) => tall.line + this.#extra(index) >= row);
    const before = this.#tall[at - 1];
    // The row may lie within the line before.
    if (before !== undefined && row <= before.line + this.#extra(at)) return before.line;
    return Math.max(0, Math.floor(row - this.#extra(at)));
  }

  /** What the first so many of the tall lines take beyond their first rows. */
  #extra(count: number): number {
    for (let at = this.#before.length; at <= count; at += 1) this.#before.push((this.#before[at - 1] ?? 0) + (this.#tall[at - 1]?.rows ?? 0));
    return this.#before[count] ?? 0;
  }

  /** The first of the tall lines for which something is so, which is then so for all that follow. */
  #find(is: (tall: Tall, index: number) => boolean): number {
    let low = 0;
    let high = this.#tall.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const tall = this.#tall[middle];
      if (tall !== undefined && is(tall, middle)) high = middle;
      else low = middle + 1;
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
