import { expect, test } from "vitest";
import { type Policy, policyOf, restartOf } from "./more-fields";

test.each<[string | null, Policy, string]>([
  [null, "", ""],
  ["no", "no", ""],
  ["on-failure", "on-failure", ""],
  ["on-failure:3", "on-failure", "3"],
  ["always", "always", ""],
  ["unless-stopped", "unless-stopped", ""],
])("--restart %s is read and written unchanged", (restart, policy, times) => {
  expect(policyOf(restart)).toEqual({ policy, times });
  expect(restartOf(policy, times)).toBe(restart);
});

test("a policy that nobody knows is told apart from the known ones", () => {
  expect(policyOf("sometimes").policy).toBe("other");
  expect(policyOf("always:3").policy).toBe("other");
});
