/** What changed from one text to another, line by line. */

/** A line that stayed, went, or came. */
export interface DiffLine {
  kind: "same" | "removed" | "added";
  text: string;
}

/** How much work is done for the shortest answer, in comparisons of lines. */
const WORK = 4_000_000;

/** The lines of both texts in one list, with as few changes as can be found. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [one, other] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < one.length - start && end < other.length - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const same = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind: "same", text }));
  return [...same(one.slice(0, start)), ...middle(one.slice(start, one.length - end), other.slice(start, other.length - end)), ...same(one.slice(one.length - end))];
}

/** Whether anything changed. */
export function isSame(lines: readonly DiffLine[]): boolean {
  return lines.every((line) => line.kind === "same");
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The longest common run of lines, by the lengths that are left from each pair of places on. */
function middle(one: readonly string[], other: readonly string[]): DiffLine[] {
  const all = (kind: "removed" | "added", lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind, text }));
  if (one.length * other.length > WORK) return [...all("removed", one), ...all("added", other)];
  const width = other.length + 1;
  const left = new Uint32Array((one.length + 1) * width);
  const at = (row: number, column: number): number => left[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      left[row * width + column] = one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < one.length && column < other.length) {
    if (one[row] === other[column]) {
      lines.push({ kind: "same", text: one[row] ?? "" });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) lines.push({ kind: "removed", text: one[row++] ?? "" });
    else lines.push({ kind: "added", text: other[column++] ?? "" });
  }
  return [...lines, ...all("removed", one.slice(row)), ...all("added", other.slice(column))];
}
