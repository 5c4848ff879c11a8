import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { stop } from "../../ipc/actions";
import { type Client, client, useClient } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { TaskState } from "../../ipc/generated/TaskState";
import { dialogs } from "../../stores/dialogs.svelte";
import { applyChanges } from "../../stores/feed";
import { containers } from "../../stores/containers.svelte";
import { tasks } from "../../stores/tasks.svelte";
import { containerRow, task } from "../../testing/rows";
import { line, saidCommand } from "../../testing/said";
import { blankRun } from "../run/draft";
import { type Step, steps } from "./steps.svelte";
import { isStep } from "./words";

const real = client();
let next = 5000;

beforeEach(() => {
  vi.stubGlobal("document", { activeElement: null, querySelector: () => null });
  vi.stubGlobal("HTMLElement", Object);
  useClient({ ...real, perform: () => Promise.resolve([(next += 1)]) } satisfies Client);
  dialogs.closeAll();
});
afterEach(() => {
  useClient(real);
  vi.unstubAllGlobals();
});

const pull: Action = { verb: "pull", all_tags: false, platform: null, quiet: false, image: "ubuntu" };
const lines = [
  line(saidCommand(pull), "docker pull ubuntu"),
  line({ said: "comment" }, "# then"),
  line({ said: "other", message: "It runs inside the container.", known: true }, "apt update"),
  line(saidCommand(stop(["hello"])), "docker stop hello"),
  line({ said: "help", verb: null }, "docker --help"),
];

function begun(): Step[] {
  steps.begin(lines);
  return [...steps.toDo];
}

function tell(state: TaskState): void {
  applyChanges([{ kind: "task", task: task(next, state) }]);
}

async function performed(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

it.each([
  [saidCommand(pull), true],
  [{ said: "help", verb: null } as const, true],
  [{ said: "wrong", message: "", from: 0, to: 1, similar: null } as const, true],
  [{ said: "other", message: "", known: true } as const, false],
  [{ said: "comment" } as const, false],
])("a line that is %j is something to do: %s", (said, todo) => expect(isStep(said)).toBe(todo));

describe("going through commands", () => {
  test("what acts at once follows its task", async () => {
    const [, stopping] = begun();
    if (!stopping) throw new Error("there is such a step");
    expect(steps.toDo.length).toBe(3);
    expect(steps.stateOf(stopping)).toBe("next");
    steps.open(stopping);
    await performed();
    expect(steps.stateOf(stopping)).toBe("waiting");
    tell("running");
    expect(steps.stateOf(stopping)).toBe("running");
    tell("done");
    expect(steps.stateOf(stopping)).toBe("done");
    expect([steps.done, steps.behind]).toEqual([1, 1]);
  });

  test("what a dialog performs counts for the step that opened it, and only while it is open", async () => {
    const [pulling] = begun();
    if (!pulling) throw new Error("there is such a step");
    steps.open(pulling);
    expect(dialogs.stack.map((dialog) => dialog.request.kind)).toEqual(["pull"]);
    await tasks.perform(stop(["other"]));
    expect(steps.stateOf(pulling)).toBe("next");
    await tasks.perform({ ...pull, platform: "linux/arm64" });
    tell("failed");
    expect(steps.stateOf(pulling)).toBe("failed");
    expect(steps.current).toBe(pulling);
    // Once more from the same dialog.
    await tasks.perform(pull);
    tell("done");
    expect(steps.stateOf(pulling)).toBe("done");
    dialogs.closeAll();
    await tasks.perform(pull);
    tell("failed");
    expect(steps.stateOf(pulling)).toBe("done");
  });

  test("a run that is only created counts too", async () => {
    steps.begin([line(saidCommand({ verb: "run", ...blankRun("ubuntu") }))]);
    const [step] = steps.toDo;
    if (!step) throw new Error("there is such a step");
    steps.open(step);
    const { detach: _, ...create } = blankRun("ubuntu");
    await tasks.perform({ verb: "create", ...create });
    tell("done");
    expect(steps.stateOf(step)).toBe("done");
  });

  test("a step can be passed over and taken back", () => {
    const [first, second] = begun();
    if (!first) throw new Error("there is such a step");
    steps.skip(first);
    expect([steps.stateOf(first), steps.current, steps.done, steps.behind]).toEqual(["skipped", second, 0, 1]);
    steps.skip(first);
    expect([steps.stateOf(first), steps.current]).toEqual(["next", first]);
  });

  test("a help page was looked at once it is open", () => {
    const help = begun()[2];
    if (!help) throw new Error("there is such a step");
    steps.open(help);
    expect(dialogs.stack.map((dialog) => dialog.request.kind)).toEqual(["help"]);
    expect(steps.stateOf(help)).toBe("done");
  });

  test("a line that was mended goes on as the step that it was", async () => {
    steps.begin([line({ said: "wrong", message: "No.", from: 7, to: 10, similar: "stop" }, "docker stp hello")]);
    const [step] = steps.toDo;
    if (!step) throw new Error("there is such a step");
    steps.open(step);
    expect(dialogs.stack.map((dialog) => dialog.request)).toEqual([{ kind: "palette", text: "docker stp hello", mends: step.id }]);
    dialogs.closeAll();
    steps.mend(step.id, line(saidCommand(stop(["hello"])), "docker stop hello"));
    await performed();
    tell("done");
    expect(steps.toDo.map((one) => [one.line.text, steps.stateOf(one)])).toEqual([["docker stop hello", "done"]]);
  });

  test("what can only be explained here is behind once its command was copied", () => {
    const copy = saidCommand({ verb: "copy", source: "a", target: "hello:/a" }, { reach: "known" });
    steps.begin([line(copy, "docker cp a hello:/a"), line(saidCommand({ verb: "login" }, { reach: "known" }), "docker login")]);
    const [first, second] = steps.toDo;
    if (!first || !second) throw new Error("there are such steps");
    steps.open(first);
    expect(dialogs.stack.map((dialog) => dialog.request.kind)).toEqual(["form"]);
    expect(steps.stateOf(first)).toBe("next");
    // Somebody else's dialog is not this step's.
    steps.leave("login", "copied");
    expect(steps.behind).toBe(0);
    steps.leave("copy", "copied");
    expect([steps.stateOf(first), steps.current]).toEqual(["copied", second]);
    dialogs.closeAll();
    steps.leave("copy", "copied");
    steps.copied(second);
    expect([steps.done, steps.behind, steps.current]).toEqual([2, 2, null]);
  });

  test("what a screen shows is behind once it is shown", () => {
    vi.stubGlobal("location", { hash: "" });
    containers.apply(true, [containerRow("hello")], []);
    const asked = saidCommand({ verb: "logs", container: "" }, { reach: "screen", command: { tokens: [], line: "", problems: [{ field: "container", index: 0, message: "Say which." }] } });
    steps.begin([line(saidCommand({ verb: "attach", container: "hello" }, { reach: "known" })), line(asked)]);
    const [attach, logs] = steps.toDo;
    if (!attach || !logs) throw new Error("there are such steps");
    steps.open(attach);
    expect(steps.stateOf(attach)).toBe("done");
    steps.open(logs);
    expect(steps.stateOf(logs)).toBe("next");
    steps.leave("logs", "seen");
    expect([steps.stateOf(logs), steps.current]).toEqual(["done", null]);
  });

  test("the list ends when it is closed", () => {
    begun();
    steps.close();
    expect([steps.list, steps.current]).toEqual([[], null]);
  });
});
