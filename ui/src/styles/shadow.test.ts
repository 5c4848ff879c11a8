import { describe, expect, it } from "vitest";
import baseFile from "./base.css?raw";
import tokensFile from "./tokens.css?raw";

const [base, tokens] = [baseFile, tokensFile].map((file) => file.replace(/\/\*[\s\S]*?\*\//g, "")) as [string, string];

/** What a token stands for, once for each theme. */
function valuesOf(token: string): string[] {
  return [...tokens.matchAll(new RegExp(`${token}:\\s*([^;]+);`, "g"))].flatMap((found) => found[1] ?? []);
}

/** The shadows of a list, without their colours. */
function shadowsIn(value: string): string[] {
  return value.replace(/rgba?\([^)]*\)/g, "").split(",").map((shadow) => shadow.trim());
}

/** How far a shadow is blurred, in pixels. */
function blurOf(shadow: string): number {
  return Number.parseFloat(shadow.replace(/\binset\b/, "").trim().split(/\s+/)[2] ?? "0");
}

describe("what a page is painted on", () => {
  const rules = [...base.matchAll(/^\.panel\s*\{([^}]*)\}/gm)].map((found) => found[1] ?? "");
  const named = rules.flatMap((rule) => [...rule.matchAll(/box-shadow:\s*var\((--[\w-]+)\)/g)].flatMap((found) => found[1] ?? []));

  it("has one shadow, in each theme", () => {
    expect(named).toHaveLength(1);
    expect(named.flatMap(valuesOf)).toHaveLength(3);
  });

  it("has no blur: that would be painted anew with each letter on it", () => {
    expect(named.flatMap(valuesOf).flatMap(shadowsIn).map(blurOf)).toEqual([0, 0, 0]);
  });

  it("is told from one with a blur", () => {
    expect(valuesOf("--shadow-1").flatMap(shadowsIn).map(blurOf)).toEqual([2, 2, 2]);
  });
});
