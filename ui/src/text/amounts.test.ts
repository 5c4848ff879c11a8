import { describe, expect, it } from "vitest";
import { age, ago, bytes, took } from "./amounts";

const DAY = 86_400;

describe("amounts as people read them", () => {
  it.each([
    [0, "0 B"],
    [-5, "0 B"],
    [999, "999 B"],
    [1000, "1 kB"],
    [10_072, "10.1 kB"],
    [25.4e6, "25.4 MB"],
    [78.1e6, "78.1 MB"],
    [122e6, "122 MB"],
    [99.96e6, "100 MB"],
    [999_600, "1 MB"],
    [1.08e9, "1.08 GB"],
    [1.8e9, "1.8 GB"],
    [4.2e18, "4200 PB"],
  ])("%d bytes are %s", (count, words) => expect(bytes(count)).toBe(words));

  it.each([
    [-3, "now"],
    [59, "now"],
    [60, "1 min"],
    [59 * 60, "59 min"],
    [3600, "1 h"],
    [DAY - 1, "23 h"],
    [DAY, "1 day"],
    [13 * DAY, "13 days"],
    [14 * DAY, "2 weeks"],
    [35 * DAY, "5 weeks"],
    [61 * DAY, "2 months"],
    [364 * DAY, "11 months"],
    [366 * DAY, "1 year"],
    [750 * DAY, "2 years"],
  ])("%d seconds are %s", (seconds, words) => expect(age(seconds)).toBe(words));

  it("has a direction", () => {
    expect(ago(44 * 60)).toBe("44 min ago");
    expect(ago(2)).toBe("just now");
  });

  it.each([
    [0, "0.0 s"],
    [700, "0.7 s"],
    [31_400, "31.4 s"],
    [59_949, "59.9 s"],
    [59_951, "1 min 0 s"],
    [250_000, "4 min 10 s"],
    [7_500_000, "2 h 5 min"],
  ])("%d ms took %s", (milliseconds, words) => expect(took(milliseconds)).toBe(words));
});
