import { describe, expect, it } from "vitest";
import { scrollToRow, slotOf, slotsFor, windowOf, type Piece, type View } from "./window";

const view: View = { count: 10_000, rowHeight: 56, top: 0, height: 560, overscan: 5, keep: null };

function rows(pieces: Piece[]): number[] {
  return pieces.flatMap((piece) => ("row" in piece ? [piece.row] : []));
}

function heightOf(pieces: Piece[]): number {
  return pieces.reduce((sum, piece) => sum + ("row" in piece ? 56 : piece.gap), 0);
}

describe("the rows that are drawn", () => {
  const cases: [string, Partial<View>, number, number][] = [
    ["at the top", {}, 0, 14],
    ["in the middle", { top: 280_000 }, 4995, 5014],
    ["between two rows", { top: 280_028 }, 4995, 5015],
    ["at the end", { top: 10_000 * 56 - 560 }, 9985, 9999],
    ["scrolled past the end, as a list that became shorter is", { top: 20_000 * 56 }, 0, -1],
    ["a short list", { count: 3 }, 0, 2],
  ];
  it.each(cases)("%s", (_name, part, first, last) => {
    const drawn = rows(windowOf({ ...view, ...part }));
    expect(drawn.length).toBe(last - first + 1);
    if (drawn.length > 0) expect([drawn[0], drawn.at(-1)]).toEqual([first, last]);
  });

  it.each([0, 17, 28_000, 559_439, 900_000])("keeps the whole height when scrolled by %i", (top) => {
    expect(heightOf(windowOf({ ...view, top }))).toBe(560_000);
  });

  it.each([0, 300, 9_999])("keeps the row %i with the focus, wherever it is", (keep) => {
    const pieces = windowOf({ ...view, top: 280_000, keep });
    expect(rows(pieces)).toContain(keep);
    expect(heightOf(pieces)).toBe(560_000);
    expect(rows(pieces)).toEqual([...rows(pieces)].sort((a, b) => a - b));
  });

  it("draws nothing of an empty list", () => {
    expect(windowOf({ ...view, count: 0, keep: 0 })).toEqual([]);
  });
});

describe("scrolling to a row", () => {
  it.each([
    ["above", 2, 560, 112],
    ["in sight", 12, 560, 560],
    ["below", 30, 560, 30 * 56 + 56 + 33 - 560],
  ])("that is %s", (_name, row, top, wanted) => {
    expect(scrollToRow(row, 56, top, 560, 33)).toBe(wanted);
  });
});

describe("the elements that draw the rows", () => {
  it.each([null, 0, 4_999, 5_007, 9_999])("are never shared by two rows in sight, with the focus on %s", (keep) => {
    const slots = slotsFor(view);
    for (const top of [0, 1, 28_000, 280_028, 559_440]) {
      const used = rows(windowOf({ ...view, top, keep })).map((row) => slotOf(row, slots, keep));
      expect(new Set(used).size).toBe(used.length);
    }
  });

  it("stay with the row that has the focus", () => {
    const slots = slotsFor(view);
    expect(slotOf(5_000, slots, 5_000)).toBe(5_000 % slots);
  });
});
