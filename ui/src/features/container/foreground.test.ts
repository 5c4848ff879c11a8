import { expect, it } from "vitest";
import type { Task } from "../../ipc/generated/Task";
import { plainRun } from "../../ipc/fake/run";
import { task } from "../../testing/rows";
import { foregroundRun } from "./foreground";

function run(id: number, detach: boolean, container: string | null): Task {
  const base = task(id, "done");
  return { ...base, action: { ...plainRun("hello-world"), detach }, outcome: { ...base.outcome, id: container } };
}

it("is the newest run in the foreground that made the container", () => {
  const trail = [run(1, false, "a"), run(2, false, "a"), run(3, true, "a"), run(4, false, "b"), task(5, "done")];
  expect(foregroundRun(trail, "a")?.id).toBe(2);
  expect(foregroundRun(trail, "c")).toBeNull();
});
