/** A piece of a long list: a row to draw, or the height that rows not drawn would take. */
export type Piece = { row: number } | { gap: number };

/** What of a long list is seen. */
export interface View {
  /** How many rows there are. */
  count: number;
  /** The height of one, in pixels. */
  rowHeight: number;
  /** How far it is scrolled, in pixels. */
  top: number;
  /** The height of what is seen, in pixels. */
  height: number;
  /** How many rows to draw beyond either edge, so that fast scrolling shows no blanks. */
  overscan: number;
  /** A row that is drawn wherever it is: the one with the focus. */
  keep: number | null;
}

/** The pieces to draw, top to bottom; their heights add up to the whole list's. */
export function windowOf({ count, rowHeight, top, height, overscan, keep }: View): Piece[] {
  const clamp = (row: number): number => Math.max(0, Math.min(count, row));
  const first = clamp(Math.floor(top / rowHeight) - overscan);
  const last = clamp(Math.ceil((top + height) / rowHeight) + overscan);
  const rows: number[] = [];
  for (let row = first; row < last; row += 1) rows.push(row);
  if (keep !== null && keep >= 0 && keep < count) {
    if (keep < first) rows.unshift(keep);
    else if (keep >= last) rows.push(keep);
  }
  const pieces: Piece[] = [];
  let next = 0;
  for (const row of rows) {
    if (row > next) pieces.push({ gap: (row - next) * rowHeight });
    pieces.push({ row });
    next = row + 1;
  }
  if (next < count) pieces.push({ gap: (count - next) * rowHeight });
  return pieces;
}

/** How far to scroll so that a row is seen whole, below a head of this height. */
export function scrollToRow(row: number, rowHeight: number, top: number, height: number, head: number): number {
  const begins = row * rowHeight;
  const ends = begins + rowHeight + head;
  if (begins < top) return begins;
  if (ends > top + height) return ends - height;
  return top;
}

/**
 * The name of the element that draws a row. A row that scrolls out of sight hands its element to one
 * that comes in, as changing a few texts is far cheaper than building a row; two rows in sight never
 * share one. The kept row keeps its own wherever it is.
 */
export function slotOf(row: number, slots: number, keep: number | null): number {
  const slot = row % slots;
  return keep !== null && row !== keep && keep % slots === slot ? slots : slot;
}

/** How many elements `slotOf` shares out, at least one more than are ever in sight. */
export function slotsFor({ rowHeight, height, overscan }: Pick<View, "rowHeight" | "height" | "overscan">): number {
  return Math.ceil(height / rowHeight) + 2 * overscan + 2;
}
