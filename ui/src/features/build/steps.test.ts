import { describe, expect, it } from "vitest";
import type { BuildNews } from "../../ipc/generated/BuildNews";
import type { BuildStep } from "../../ipc/generated/BuildStep";
import type { StepState } from "../../ipc/generated/StepState";
import { buildStep as step, buildSummary, buildWhole } from "../../testing/builds";
import { fold, linesById } from "./fold";
import { graphOf, levelsOf } from "./graph";
import { countOf, groupsOf, lengthOf, opensItself, sentWords, spanOf, stateOf, stateWords } from "./steps";
import { cachedShare, endWords, nameOfBuild } from "./words";

const news = (part: Partial<BuildNews>): BuildNews => ({ summary: null, steps: [], lines: [], sent: null, findings: [], ...part });

describe("what the app tells is folded into what is known", () => {
  const whole = buildWhole([step(0, "FROM a"), step(1, "RUN b", { state: "running", ended: null })], { lines: [0, 3] });

  it("takes new and changed steps, in the order of their ids", () => {
    const folded = fold(whole, news({ steps: [step(3, "RUN d"), step(1, "RUN b"), step(2, "RUN c", { state: "waiting" })] }));
    expect(folded.steps.map((one) => `${one.id} ${one.state}`)).toEqual(["0 done", "1 done", "2 waiting", "3 done"]);
    expect(folded.lines).toEqual([0, 3, 0, 0]);
  });

  it("counts the lines of a step that comes with them", () => {
    expect(fold(whole, news({ steps: [step(2, "RUN c")], lines: [[2, 7], [1, 4]] })).lines).toEqual([0, 4, 7]);
  });

  it("counts lines by the ids of steps, also where an id is missing", () => {
    const told = buildWhole([step(1, "RUN b"), step(4, "RUN e")], { lines: [3, 9] });
    expect(linesById(told).lines).toEqual([0, 3, 0, 0, 9]);
    expect(fold(linesById(told), news({ lines: [[4, 12]] })).lines).toEqual([0, 3, 0, 0, 12]);
  });

  it("keeps what is not told, and never changes what was shown", () => {
    const folded = fold(whole, news({}));
    expect(folded.steps).toBe(whole.steps);
    expect(folded.summary).toBe(whole.summary);
    expect(fold(whole, news({ summary: buildSummary(1, { state: "failed" }) })).summary.state).toBe("failed");
    expect(whole.lines).toEqual([0, 3]);
  });
});

describe("the steps by stages", () => {
  const steps = [
    step(0, "load build context", { stage: null }),
    step(1, "FROM node", { stage: "front", number: { at: 1, of: 2 } }),
    step(2, "RUN npm ci", { stage: "front", number: { at: 2, of: 2 }, inputs: [1], state: "running", ended: null }),
    step(4, "COPY --from=front /dist .", { stage: "app", number: { at: 2, of: 3 }, inputs: [3, 5], state: "waiting", began: null, ended: null }),
    step(3, "FROM python", { stage: "app", number: { at: 1, of: 3 }, state: "cached" }),
    step(5, "copy of the files", { stage: null, inputs: [2] }),
    step(6, "exporting to image", { stage: null, state: "waiting", began: null, ended: null }),
  ];

  it("puts what the builder does of itself before and after", () => {
    const groups = groupsOf(steps);
    expect(groups.before.steps.map((one) => one.id)).toEqual([0, 5]);
    expect(groups.stages.map((one) => [one.stage, one.steps.map((each) => each.id)])).toEqual([["front", [1, 2]], ["app", [3, 4]]]);
    expect(groups.after.steps.map((one) => one.id)).toEqual([6]);
  });

  it("counts the Dockerfile's steps, those too that were not named yet", () => {
    expect(countOf(steps)).toEqual({ done: 2, of: 5, cached: 1, at: 3 });
    expect(countOf([])).toEqual({ done: 0, of: 0, cached: 0, at: 0 });
  });

  it("draws an arrow where a stage uses another, also through a step of the builder's own", () => {
    const graph = graphOf(steps);
    expect(graph.boxes.map((box) => [box.stage, box.column, box.row, box.state])).toEqual([["front", 0, 0, "running"], ["app", 1, 0, "running"]]);
    expect(graph.edges).toEqual([{ from: 0, to: 1 }]);
  });

  it("puts stages on one level that wait for none of the others there", () => {
    const of = (stage: string, id: number, inputs: number[]): BuildStep => step(id, "RUN x", { stage, inputs });
    const many = [of("base", 0, []), of("first", 1, [0]), of("second", 2, [0]), of("lone", 3, []), of("last", 4, [1, 2, 3])];
    expect(levelsOf(groupsOf(many).stages, many).map((level) => level.map((group) => group.stage))).toEqual([["base", "lone"], ["first", "second"], ["last"]]);
    expect(levelsOf(groupsOf(steps).stages, steps).map((level) => level.length)).toEqual([1, 1]);
  });

  it("does not make one stage wait for another because both begin with the same image", () => {
    const image = step(0, "FROM docker.io/library/ubuntu:latest", { stage: "second" });
    const of = (stage: string, id: number, inputs: number[]): BuildStep => step(id, "RUN x", { stage, inputs });
    const both = [image, of("second", 1, [0]), of("first", 2, [0]), of("last", 3, [0, 1, 2])];
    expect(levelsOf(groupsOf(both).stages, both).map((level) => level.map((group) => group.stage))).toEqual([["second", "first"], ["last"]]);
    // A stage that is nothing but an image is built on by its only step.
    const named = [{ ...image, stage: "base" }, of("app", 1, [0])];
    expect(levelsOf(groupsOf(named).stages, named).map((level) => level.map((group) => group.stage))).toEqual([["base"], ["app"]]);
  });

  it("ends with stages in a circle, which no builder makes", () => {
    const circle = graphOf([step(0, "a", { stage: "a", inputs: [1] }), step(1, "b", { stage: "b", inputs: [0] })]);
    expect(circle.boxes).toHaveLength(2);
  });
});

it.each<[StepState[], StepState]>([
  [[], "waiting"],
  [["waiting", "waiting"], "waiting"],
  [["done", "waiting"], "running"],
  [["cached", "running"], "running"],
  [["cached", "cached"], "cached"],
  [["cached", "done"], "done"],
  [["done", "failed", "cancelled"], "failed"],
  [["done", "cancelled"], "cancelled"],
])("steps that are %s are %s together", (states, whole) => expect(stateOf(states.map((state, id) => step(id, "RUN", { state })))).toBe(whole));

it("takes the time of a step, and of several that overlap", () => {
  const running = step(1, "RUN", { state: "running", began: 5000, ended: null });
  expect(lengthOf(running, 8600)).toBe(3600);
  expect(lengthOf({ ...running, state: "waiting", began: null }, 8600)).toBeNull();
  expect(lengthOf(step(1, "RUN", { state: "cancelled", ended: null }), 9000)).toBeNull();
  expect(spanOf([step(0, "a", { began: 1000, ended: 4000 }), step(1, "b", { began: 2000, ended: 3000 })], 0)).toBe(3000);
});

it.each<[StepState, number | null, string]>([
  ["done", 11_200, "Done · 11.2 s"],
  ["cached", 20, "Cached"],
  ["waiting", null, "Waiting"],
  ["running", 8600, "Running · 8.6 s"],
])("%s after %s ms is said as %s", (state, length, words) => expect(stateWords(state, length)).toBe(words));

it("opens what runs, what failed and what was cut off by itself", () => {
  expect(opensItself(step(0, "RUN", { state: "running" }))).toBe(true);
  expect(opensItself(step(0, "load context", { state: "running", stage: null }))).toBe(false);
  expect(opensItself(step(0, "load context", { state: "failed", stage: null }))).toBe(true);
  expect(opensItself(step(0, "RUN"))).toBe(false);
  expect(opensItself(step(0, "RUN", { state: "cancelled" }))).toBe(true);
  expect(opensItself(step(0, "load context", { state: "cancelled", stage: null }))).toBe(false);
  // Beside other stages, where there is little room, only what failed does.
  expect(opensItself(step(0, "RUN", { state: "running" }), true)).toBe(false);
  expect(opensItself(step(0, "RUN", { state: "cancelled" }), true)).toBe(false);
  expect(opensItself(step(0, "RUN", { state: "failed" }), true)).toBe(true);
});

it("says how much of the folder was sent", () => {
  const sent = (files: number, bytes: number, done: boolean, speed: number | null = null): string | null => sentWords(buildWhole([], { sent: { files, bytes, done } }), speed);
  expect(sent(0, 0, false)).toBeNull();
  expect(sent(2, 12e6, false)).toBe("12 MB of the folder sent");
  expect(sent(2, 12e6, false, 35e6)).toBe("12 MB of the folder sent, 35 MB a second");
  expect(sent(2, 12e6, true)).toBe("12 MB of the folder sent, 2 files");
  expect(sent(0, 0, true)).toBe("Nothing of the folder had to be sent");
});

it("says what came of a build", () => {
  expect(endWords(buildSummary(1, { size: 1.08e9 }))).toBe("app, 1.08 GB");
  expect(endWords(buildSummary(1, { state: "failed", at: "RUN pip" }))).toBe("app, failed at RUN pip");
  expect(endWords(buildSummary(1, { state: "interrupted" }))).toBe("app, interrupted");
  expect(nameOfBuild(buildSummary(1, { action: { ...buildSummary(1).action, tag: [] } as never, image: "sha256:0123456789abcdef" }))).toBe("0123456789ab");
  expect(cachedShare(buildSummary(1))).toBe(50);
  expect(cachedShare(buildSummary(1, { steps: 0 }))).toBeNull();
});
