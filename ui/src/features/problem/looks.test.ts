import { expect, test } from "vitest";
import type { Problem } from "../../ipc/generated/Problem";
import { isUnknown, lookOf, searchAddress } from "./looks";

function problem(code: Problem["code"], detail = ""): Problem {
  return { code, what: "", why: "", todo: "", command: null, fixes: [], detail };
}

test("only what no rule knows is unknown", () => {
  expect(isUnknown(problem("other"))).toBe(true);
  expect(isUnknown(problem("image-in-use"))).toBe(false);
  expect(lookOf(problem("other")).tone).toBe("bad");
});

test("a search carries the engine's words without ids or paths of this computer", () => {
  const address = searchAddress(
    problem("other", "open /home/ada/secret/plans.txt: no such file, container 7d3f0c52ab18 & <b>"),
  );
  expect(address).toBe("https://duckduckgo.com/?q=docker%20open%20%3A%20no%20such%20file%2C%20container%20%26%20%3Cb%3E");
});
