import { describe, expect, it } from "vitest";
import { buildStep as step } from "../../testing/builds";
import { onlyIn, pairsOf } from "./compare";
import { diffLines, isSame } from "./diff";

const signs = { same: " ", removed: "-", added: "+" } as const;
const shown = (before: string, after: string): string[] => diffLines(before, after).map((line) => signs[line.kind] + line.text);

describe("what changed in a text", () => {
  it.each([
    ["nothing", "a\nb\n", "a\nb", [" a", " b"]],
    ["a line in the middle", "a\nb\nc", "a\nx\nc", [" a", "-b", "+x", " c"]],
    ["a line more at the end", "a\n", "a\nb\n", [" a", "+b"]],
    ["everything", "a", "b", ["-a", "+b"]],
    ["from nothing", "", "a", ["+a"]],
    ["to nothing", "a\nb", "", ["-a", "-b"]],
    ["repeated lines", "a\na\nb\na", "a\nb\na\na", [" a", "-a", " b", "+a", " a"]],
    ["two places", "1\n2\n3\n4\n5", "1\nx\n3\n5", [" 1", "-2", "+x", " 3", "-4", " 5"]],
  ])("%s", (_, before, after, lines) => expect(shown(before, after)).toEqual(lines));

  it("gives up on the shortest answer for huge texts, and still says all of it", () => {
    const [before, after] = ["a", "b"].map((sign) => Array.from({ length: 3000 }, (_, index) => `${sign}${index}`).join("\n"));
    expect(diffLines(before ?? "", after ?? "")).toHaveLength(6000);
  });

  it("knows when nothing changed", () => {
    expect(isSame(diffLines("a\nb", "a\nb"))).toBe(true);
    expect(isSame(diffLines("a\nb", "a"))).toBe(false);
  });
});

describe("two builds side by side", () => {
  it("puts the same steps beside each other, and the others by themselves", () => {
    const earlier = [step(0, "load", { stage: null }), step(1, "FROM a"), step(2, "RUN b", { began: 0, ended: 1000 }), step(3, "RUN c", { state: "cached" })];
    const later = [step(1, "FROM a", { state: "cached" }), step(2, "RUN x"), step(3, "RUN b", { began: 0, ended: 4000 }), step(4, "RUN c")];
    expect(pairsOf(earlier, later).map((pair) => [pair.name, pair.earlier?.id ?? null, pair.later?.id ?? null, pair.difference])).toEqual([
      ["FROM a", 1, 1, null],
      ["RUN x", null, 2, null],
      ["RUN b", 2, 3, 3000],
      ["RUN c", 3, 4, null],
    ]);
  });

  it("finds the flags that only one command has", () => {
    const command = (...texts: string[]) => ({ tokens: texts.map((text) => ({ text, field: "x", explain: "" })), line: "", problems: [] });
    expect([...onlyIn(command("docker", "build", "-t a", "."), command("docker", "build", "-t b", "."))]).toEqual(["-t a"]);
  });
});
