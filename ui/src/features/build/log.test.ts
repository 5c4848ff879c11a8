import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import { plainOf } from "./ansi";
import { StepLines } from "./log.svelte";
import { hitsIn, LogSearch } from "./log-search.svelte";
import { LineRows, rowsOf } from "./rows";

const real = client();
let asked: string[] = [];
let printed = 0;

function serve(part: Partial<Client>): void {
  useClient({ ...real, ...part });
}

beforeEach(() => {
  asked = [];
  printed = 200_000;
  serve({
    buildLines: (build, step, from, count) => {
      asked.push(`${build}/${step}/${from}`);
      return Promise.resolve(Array.from({ length: Math.max(0, Math.min(count, printed - from)) }, (_, index) => `line ${from + index}`));
    },
    buildFind: (_build, _step, text) => Promise.resolve(text === "error" ? [{ step: 1, line: 7 }, { step: 1, line: 90 }, { step: 1, line: 4000 }] : []),
  });
});
afterEach(() => useClient(real));

/** A line as it is read. */
function read(lines: StepLines, index: number): string | undefined {
  const line = lines.line(index);
  return line && plainOf(line);
}

/** Lets every answer that is under way arrive. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("the lines in sight", () => {
  it("fetches the pieces that are needed, once", async () => {
    const lines = new StepLines(3, 1);
    lines.need(190, 230, printed);
    lines.need(190, 230, printed);
    await settle();
    lines.need(200, 240, printed);
    expect(asked).toEqual(["3/1/0", "3/1/200"]);
    expect([read(lines, 199), read(lines, 200), read(lines, 400)]).toEqual(["line 199", "line 200", undefined]);
  });

  it("holds a few pieces of many", async () => {
    const lines = new StepLines(3, 1);
    for (let from = 0; from < printed; from += 2000) {
      lines.need(from, from + 40, printed);
      await settle();
    }
    expect(lines.held).toBeLessThanOrEqual(24);
    expect(read(lines, 0)).toBeUndefined();
    lines.need(0, 40, printed);
    await settle();
    expect(read(lines, 0)).toBe("line 0");
  });

  it("fetches the last piece again when the log grows, and leaves whole ones alone", async () => {
    const lines = new StepLines(3, 1);
    printed = 250;
    lines.need(190, 250, 250);
    await settle();
    printed = 300;
    lines.need(190, 300, 300);
    await settle();
    expect(asked).toEqual(["3/1/0", "3/1/200", "3/1/200"]);
    expect(read(lines, 299)).toBe("line 299");
  });

  it("fetches once more what grew while it was on its way", async () => {
    const lines = new StepLines(3, 1);
    printed = 10;
    lines.need(0, 10, 10);
    printed = 20;
    lines.need(0, 20, 20);
    await settle();
    expect(read(lines, 19)).toBe("line 19");
  });

  it("reads how a line is drawn once", async () => {
    const lines = new StepLines(3, 1);
    lines.need(0, 40, printed);
    await settle();
    expect(lines.line(7)).toBe(lines.line(7));
  });

  it("asks for what is wanted now, and piles up nothing while the app is slow", async () => {
    const answers: (() => void)[] = [];
    serve({
      buildLines: (_build, _step, from, count) => {
        asked.push(String(from));
        return new Promise((answer) => answers.push(() => answer(Array.from({ length: count }, (_, index) => `line ${from + index}`))));
      },
    });
    const lines = new StepLines(3, 1);
    for (let count = 1_000; count <= 100_000; count += 1_000) lines.need(count - 40, count, count);
    expect(asked).toEqual(["800"]);
    answers.forEach((answer) => answer());
    await settle();
    expect(asked.slice(1)).toEqual(["99800"]);
  });

  it("draws what was wanted together at once, and lines that grow without end all the same", async () => {
    const answers: (() => void)[] = [];
    serve({ buildLines: (_build, _step, from, count) => new Promise((answer) => answers.push(() => answer(Array.from({ length: count }, (_, index) => `line ${from + index}`)))) });
    const lines = new StepLines(3, 1);
    lines.need(180, 220, 220);
    answers[0]?.();
    await settle();
    expect([lines.version, lines.reached]).toEqual([0, 0]);
    // The log has grown meanwhile: what is there is drawn before more is asked for.
    lines.need(1_180, 1_220, 1_220);
    answers[1]?.();
    await settle();
    expect([lines.version, lines.reached]).toEqual([1, 400]);
    expect(answers).toHaveLength(4);
  });

  it("says when lines can't be read, and does not ask again by itself", async () => {
    let tries = 0;
    serve({ buildLines: () => ((tries += 1), Promise.reject(new Error("gone"))) });
    const silent = vi.spyOn(console, "error").mockReturnValue(undefined);
    const lines = new StepLines(3, 1);
    lines.need(0, 10, 10);
    await settle();
    silent.mockRestore();
    expect([tries, lines.failed]).toEqual([1, true]);
  });
});

describe("looking for a text", () => {
  it("goes round through the places", async () => {
    const search = new LogSearch(3, 1);
    search.query = "error";
    const seen: (number | null)[] = [];
    for (const by of [1, 1, 1, 1, -1] as const) seen.push(await search.go(by));
    expect(seen).toEqual([7, 90, 4000, 7, 4000]);
    expect([search.has(90), search.has(91)]).toEqual([true, false]);
  });

  it("begins at the end when it goes back, and finds nothing in nothing", async () => {
    const search = new LogSearch(3, 1);
    search.query = "error";
    expect(await search.go(-1)).toBe(4000);
    search.query = "nowhere";
    expect(await search.go(1)).toBeNull();
    search.query = "";
    expect(await search.go(1)).toBeNull();
    expect(search.has(90)).toBe(false);
  });

  it.each([
    ["an ERROR and an error", "error", ["an ", "*ERROR", " and an ", "*error"]],
    ["aaa", "aa", ["*aa", "a"]],
    ["nothing here", "x", ["nothing here"]],
    ["İx", "x", ["İx"]],
    ["abc", "", ["abc"]],
  ])("marks in %s where %s is", (text, query, pieces) => expect(hitsIn(text, query).map((piece) => (piece.hit ? "*" : "") + piece.text)).toEqual(pieces));
});

describe("the rows of long lines", () => {
  it("keeps rows and lines in step", () => {
    const rows = new LineRows();
    expect(rows.set(2, 3)).toBe(true);
    expect(rows.set(2, 3)).toBe(false);
    rows.set(5, 2);
    rows.set(0, 1);
    expect([0, 1, 2, 3, 5, 6].map((line) => rows.rowOf(line))).toEqual([0, 1, 2, 5, 7, 9]);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((row) => rows.lineAt(row))).toEqual([0, 1, 2, 2, 2, 3, 4, 5, 5, 6]);
    rows.set(2, 1);
    expect(rows.rowOf(6)).toBe(7);
    rows.clear();
    expect(rows.rowOf(6)).toBe(6);
  });

  it("finds a line's row among many tall ones as one that adds them up", () => {
    const rows = new LineRows();
    const heights = new Map<number, number>();
    // In no order, some of them twice, some of them low again.
    for (let turn = 0; turn < 600; turn += 1) {
      const [line, height] = [(turn * 7919) % 1009, 1 + ((turn * 31) % 4)];
      heights.set(line, height);
      rows.set(line, height);
      if (turn % 50 === 0) rows.rowOf(500);
    }
    let row = 0;
    for (let line = 0; line < 1009; line += 1) {
      expect(rows.rowOf(line)).toBe(row);
      const next = row + (heights.get(line) ?? 1);
      for (; row < next; row += 1) expect(rows.lineAt(row)).toBe(line);
    }
  });

  it.each([["", 80, 1], ["x".repeat(80), 80, 1], ["x".repeat(81), 80, 2], ["日本".repeat(21), 80, 2], ["é".repeat(80), 80, 1]])("a text takes the rows of its width", (text, columns, count) =>
    expect(rowsOf(text, columns)).toBe(count));
});
