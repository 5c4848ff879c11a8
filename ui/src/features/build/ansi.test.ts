import { describe, expect, it } from "vitest";
import { LINE_MAX, plainOf, spansOf, type Span } from "./ansi";

const plain = (text: string): Span => ({ text, class: "" });

describe("colours of a program", () => {
  it.each<[string, string, Span[]]>([
    ["plain text", "hello", [plain("hello")]],
    ["nothing", "", []],
    ["a colour and its end", "\x1b[31mred\x1b[0m on", [{ text: "red", class: "fg-1" }, plain(" on")]],
    ["an empty parameter as the end", "\x1b[31mred\x1b[m on", [{ text: "red", class: "fg-1" }, plain(" on")]],
    ["several at once", "\x1b[1;4;33;41mloud", [{ text: "loud", class: "fg-3 bg-1 bold under" }]],
    ["bright colours", "\x1b[92;103mx", [{ text: "x", class: "fg-10 bg-11" }]],
    ["taking one back", "\x1b[1;31ma\x1b[22mb\x1b[39mc", [{ text: "a", class: "fg-1 bold" }, { text: "b", class: "fg-1" }, plain("c")]],
    ["256 colours as the nearest of sixteen", "\x1b[38;5;196mx\x1b[38;5;9my", [{ text: "x", class: "fg-1" }, { text: "y", class: "fg-9" }]],
    ["16 million as the nearest of sixteen", "\x1b[38;2;10;10;12mx", [{ text: "x", class: "fg-0" }]],
    ["colours by colons", "\x1b[48:5:4mx", [{ text: "x", class: "bg-4" }]],
    ["a colour that is cut off", "\x1b[38;5mx\x1b[", [{ text: "x", class: "fg-0" }]],
    ["neighbours of one style as one piece", "\x1b[32ma\x1b[32mb", [{ text: "ab", class: "fg-2" }]],
    ["what a program hides, faintly", "\x1b[8msecret", [{ text: "secret", class: "dim" }]],
  ])("%s", (_, line, spans) => expect(spansOf(line)).toEqual(spans));
});

describe("everything else is dropped or made visible", () => {
  it.each([
    ["moves of the cursor", "a\x1b[2K\x1b[10;5Hb\x1b[?25lc", "abc"],
    ["a title with its bell", "\x1b]0;title\x07text", "text"],
    ["a link with its end", "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\", "click"],
    ["a string without an end, up to the next escape", "a\x1bPdata\x1b[31mb", "ab"],
    ["the eight-bit form", "\x9b31mred", "red"],
    ["two-character escapes", "\x1b(Ba\x1b7b", "ab"],
    ["markup as text", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
    ["control characters as pictures", "a\x00b\x08c\x7f", "a\u2400b\u2408c\u2421"],
    ["signs that turn the writing round", "a\u202egpj\u2066b", "a\ufffdgpj\ufffdb"],
    ["tabs as spaces", "a\tb", "a    b"],
    ["what was written over", "10 %\r50 %\r100 %", "100 %"],
    ["a return at the end", "100 %\r", "100 %"],
    ["only returns", "\r\r", ""],
  ])("%s", (_, line, text) => expect(plainOf(spansOf(line))).toBe(text));

  it("cuts what no page can show", () => {
    const shown = plainOf(spansOf("x".repeat(LINE_MAX * 3)));
    expect(shown).toHaveLength(LINE_MAX + 1);
    expect(shown.endsWith("…")).toBe(true);
  });

  it("reads a hostile line in one pass", () => {
    const began = "\x1b]".repeat(50_000) + "\x1b[".repeat(50_000);
    expect(plainOf(spansOf(began)).length).toBeLessThanOrEqual(LINE_MAX + 1);
  });
});
