import { expect, it } from "vitest";
import type { ContainerRow } from "../../ipc/generated/ContainerRow";
import { containerRow } from "../../testing/rows";
import { hasFailed, statusOf } from "./words";

it.each<[Partial<ContainerRow>, string, string | null]>([
  [{ state: "running" }, "Running", null],
  [{ state: "paused" }, "Paused", null],
  [{ state: "created" }, "Not started", null],
  [{ state: "restarting" }, "Restarting", null],
  [{ state: "exited", exit_code: 0 }, "Stopped", null],
  [{ state: "exited", exit_code: null }, "Stopped", null],
  // Asked to end: nothing has failed.
  [{ state: "exited", exit_code: 143 }, "Stopped", null],
  [{ state: "exited", exit_code: 137 }, "Stopped", null],
  [{ state: "exited", exit_code: 1 }, "Failed", "exit code 1"],
  [{ state: "dead", exit_code: 1 }, "Failed", "exit code 1"],
  [{ state: "unknown" }, "Unknown", null],
])("%o is %s", (part, word, more) => {
  const status = statusOf(containerRow("a", part), undefined);
  expect([status.word, status.more]).toEqual([word, more]);
  expect(status.tone === "failed").toBe(hasFailed(containerRow("a", part)));
});

it.each([
  ["stop", "Stopping"],
  ["kill", "Stopping"],
  ["start", "Starting"],
  ["restart", "Restarting"],
  ["remove-container", "Removing"],
  ["rename", "Running"],
] as const)("while %s is under way it is %s", (verb, word) => {
  expect(statusOf(containerRow("a"), verb).word).toBe(word);
});
