// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { MenuAction } from "../../components/menu";
import { type Client, client, useClient } from "../../ipc/client";
import { pruneImages, stop } from "../../ipc/actions";
import type { Action } from "../../ipc/generated/Action";
import type { EngineChoice } from "../../ipc/generated/EngineChoice";
import type { Line } from "../../ipc/generated/Line";
import type { Problem } from "../../ipc/generated/Problem";
import type { Shell } from "../../ipc/generated/Shell";
import type { Task } from "../../ipc/generated/Task";
import { dialogs } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import { tasks } from "../../stores/tasks.svelte";
import { toasts } from "../../stores/toasts.svelte";
import { en } from "../../text/en";
import { task } from "../../testing/rows";
import { line, saidCommand } from "../../testing/said";
import { copyAll, trailMenu } from "./actions";
import { elsewhere } from "./words";

const text = en.trail;
const real = client();
const refused: Problem = { code: "other", what: "Refused", why: "", todo: "", command: null, fixes: [], detail: "" };

/** What the app was asked. */
let asked: { actions: readonly Action[]; engine: string; folder: string | null | undefined }[];
let rendered: Shell[];
let copied: string[];
/** A click is being handled. */
let clicked = false;
/** What the app makes of a line that it reads. */
let said: Line[];
/** How what it begins ends. */
let ends: Partial<Task>;

function choice(id: string, ready = true): EngineChoice {
  const capabilities = { buildkit: true, swarm: true, limits: true, rootless: false };
  return {
    id,
    name: `engine ${id}`,
    source: "",
    address: "unix:///x",
    state: ready
      ? { state: "ready", product: "Docker", version: "28", api: "1.51", platform: "linux/amd64", local: true, capabilities }
      : { state: "connecting" },
  };
}

/** What goes to the clipboard. */
class Item {
  constructor(readonly parts: Readonly<Record<string, Promise<Blob>>>) {}
}

/** What jsdom's blob holds: it has no `text()`. */
function read(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(blob);
  });
}

/** Runs an entry of the menu as a click does. */
function click(of: MenuAction): void {
  clicked = true;
  of.run();
  clicked = false;
}

beforeEach(() => {
  [asked, rendered, copied, said, ends] = [[], [], [], [], {}];
  const fake: Partial<Client> = {
    perform: (actions, on, folder) => {
      asked.push({ actions, engine: on, folder });
      const done = task(700 + asked.length, "done", ends);
      queueMicrotask(() => tasks.apply([done]));
      return Promise.resolve([done.id]);
    },
    render: (action, shell) => {
      rendered.push(shell);
      return Promise.resolve({ tokens: [], line: `${shell}: ${action.verb}`, problems: [] });
    },
    read: () => Promise.resolve({ lines: said }),
  };
  useClient({ ...real, ...fake });
  // As WebKit has it: open only while a click is being handled.
  const denied = (): Promise<never> => Promise.reject(new DOMException("denied", "NotAllowedError"));
  const clipboard = {
    writeText: (words: string): Promise<void> => (clicked ? Promise.resolve(void copied.push(words)) : denied()),
    write: async ([item]: readonly Item[]): Promise<void> => {
      if (!clicked) return denied();
      const blob = await item?.parts["text/plain"]?.catch(denied);
      copied.push(blob ? await read(blob) : "");
    },
  };
  vi.stubGlobal("ClipboardItem", Item);
  Object.defineProperty(navigator, "clipboard", { value: clipboard, configurable: true });
  dialogs.closeAll();
  toasts.list = [];
  engine.apply([choice("a"), choice("b")], "a");
});
afterEach(() => useClient(real));

function entry(of: Task, label: string): MenuAction {
  const found = trailMenu(of).find((item) => item !== "rule" && item.label === label);
  if (found === undefined || found === "rule") throw new Error(`${label} is not in the menu`);
  return found;
}

const labels = (of: Task): string[] => trailMenu(of).map((item) => (item === "rule" ? "—" : item.label));
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const open = (): string[] => dialogs.stack.map(({ request }) => request.kind);

describe("the menu of a line", () => {
  const always = [text.copySh, text.copyPs1, "—", text.again, text.reopen];

  it.each<[string, Task, string[]]>([
    ["that worked", task(1, "done"), []],
    ["that failed", task(1, "failed", { problem: refused }), ["—", text.why]],
    ["that was a question", task(1, "done", { outcome: { ...task(1, "done").outcome, text: "an answer" } }), ["—", text.answer]],
    ["that runs", task(1, "running"), ["—", text.cancel]],
    ["that waits", task(1, "waiting"), ["—", text.cancel]],
  ])("%s offers what fits it", (_, of, more) => {
    expect(labels(of)).toEqual([...always, ...more]);
  });

  it("opens what went wrong", () => {
    entry(task(1, "failed", { problem: refused }), text.why).run();
    expect(open()).toEqual(["problem"]);
  });

  it.each<[string, string, Shell]>([
    ["a shell", text.copySh, "posix"],
    ["PowerShell", text.copyPs1, "powershell"],
  ])("copies for %s, whatever is shown", async (_, label, shell) => {
    click(entry(task(1, "done"), label));
    await vi.waitFor(() => expect(copied).toEqual([`${shell}: stop`]));
    await settled();
    expect(rendered).toEqual([shell]);
    expect(toasts.list.map((toast) => toast.text)).toEqual([en.common.copied]);
  });

  it("tells why it could not copy", async () => {
    useClient({ ...client(), render: () => Promise.reject(Object.assign(new Error("refused"), refused)) });
    click(entry(task(1, "done"), text.copySh));
    await settled();
    expect(dialogs.stack.map(({ request }) => request)).toMatchObject([{ kind: "problem", problem: { what: "Refused" } }]);
    expect(copied).toEqual([]);
  });

  it("opens the form filled in, where the paths began", () => {
    const of = task(1, "done", { action: stop(["one"]), folder: "/home/ada" });
    entry(of, text.reopen).run();
    expect(dialogs.stack[0]?.request).toMatchObject({ kind: "form", verb: "stop", written: { action: stop(["one"]), folder: "/home/ada" } });
  });
});

describe("doing it again", () => {
  it("sends the same, to the engine that it was for", async () => {
    said = [line(saidCommand(stop(["hello"])))];
    const { run } = entry(task(1, "done", { folder: "/home/ada" }), text.again);
    // The menu was open while another engine was chosen.
    engine.apply([choice("a"), choice("b")], "b");
    run();
    await settled();
    expect(asked).toEqual([{ actions: [stop(["hello"])], engine: "a", folder: "/home/ada" }]);
    expect(open()).toEqual([]);
  });

  it("shows what a question is answered", async () => {
    said = [line(saidCommand(stop(["hello"])))];
    ends = { outcome: { ...task(1, "done").outcome, text: "an answer" } };
    entry(task(1, "done"), text.again).run();
    await settled();
    expect(open()).toEqual(["answer"]);
  });

  it.each<[string, Line[], boolean]>([
    ["what removes something is asked first", [line(saidCommand(pruneImages(true), { destroys: true }))], true],
    ["what is done in a terminal opens its form", [line(saidCommand(stop(["hello"]), { reach: "known" }))], false],
    ["what can't be read opens its form", [], false],
  ])("%s", async (_, lines, destroys) => {
    said = lines;
    entry(task(1, "done"), text.again).run();
    await settled();
    expect(asked).toEqual([]);
    expect(dialogs.stack[0]?.request).toMatchObject({ kind: "form", verb: "stop", destroys });
  });

  it("is refused by the app where the engine was switched meanwhile", async () => {
    said = [line(saidCommand(stop(["hello"])))];
    const { run } = entry(task(1, "done"), text.again);
    useClient({ ...client(), perform: () => Promise.reject(Object.assign(new Error("another engine"), refused)) });
    run();
    await settled();
    expect(open()).toEqual(["problem"]);
  });

  it.each<[string, () => Task, string | null]>([
    ["all is well", () => task(1, "done"), null],
    ["it was for another engine", () => task(1, "done", { engine: "b" }), text.doneElsewhere("engine b · local")],
    ["that engine is not known any more", () => task(1, "done", { engine: "context:gone" }), text.doneElsewhere("context:gone")],
    ["its secrets are gone", () => task(1, "done", { action: { ...stop(["hello"]), signal: "PASSWORD=***" } as Action }), text.secretsGone],
    [
      "no engine answers",
      () => {
        engine.apply([choice("a", false)], "a");
        return task(1, "done");
      },
      en.common.noEngine,
    ],
  ])("says why not when %s", (_, of, why) => {
    expect(entry(of(), text.again).disabledReason).toBe(why);
  });
});

test("a line says which engine it was for, where that is another one", () => {
  expect(elsewhere(task(1, "done"))).toBeNull();
  expect(elsewhere(task(1, "done", { engine: "b" }))).toBe("engine b · local");
  engine.apply([], null);
  expect(elsewhere(task(1, "done"))).toBeNull();
});

test("all lines are copied, oldest first", async () => {
  tasks.apply([task(9001, "done", { command: { tokens: [], line: "docker ps", problems: [] } }), task(9002, "done")]);
  clicked = true;
  const all = copyAll();
  clicked = false;
  await all;
  expect(copied[0]).toMatch(/docker ps\ndocker stop hello\n$/u);
});
