// @vitest-environment jsdom
import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { Completions } from "../../ipc/generated/Completions";
import type { Line } from "../../ipc/generated/Line";
import { stop } from "../../ipc/actions";
import { line, saidCommand } from "../../testing/said";
import { Bar } from "./bar.svelte";
import { MOST } from "./typed";
import { alone, type AloneLine } from "../../testing/alone";
import { containers } from "../../stores/containers.svelte";
import { containerRow } from "../../testing/rows";

const real = client();
let answers: Map<string, (lines: Line[]) => void>;
let completions: Completions;
let leave: () => void = () => undefined;

beforeEach(() => {
  answers = new Map();
  completions = { from: 0, to: 0, items: [] };
  const fake: Partial<Client> = {
    read: (text) => new Promise((resolve) => answers.set(text, (lines) => resolve({ lines }))),
    complete: () => Promise.resolve(completions),
  };
  useClient({ ...real, ...fake });
});
afterEach(() => {
  leave();
  useClient(real);
});

function opened(text = ""): Bar {
  let bar: Bar | undefined;
  leave = $effect.root(() => {
    bar = new Bar(text);
  });
  flushSync();
  if (!bar) throw new Error("it is there");
  return bar;
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  flushSync();
}

async function type(bar: Bar, text: string): Promise<void> {
  bar.text = text;
  flushSync();
  await settled();
}

const wrong = (from: number, to: number, similar: string | null): Line => line({ said: "wrong", message: "No.", from, to, similar }, "docker imags");

describe("a line alone", () => {
  /** What the app says of a text, by what its own test has written down. */
  const readAs = (kinds: AloneLine["lines"]): Line[] =>
    kinds.map(({ said, known }) => {
      switch (said) {
        case "command":
          return line(saidCommand({ verb: "list-containers" }));
        case "help":
          return line({ said, verb: null });
        case "wrong":
          return wrong(0, 1, null);
        case "comment":
          return line({ said });
        case "other":
          return line({ said, message: "Elsewhere.", known: known === true });
      }
    });

  it.each(alone)("$text: read $read", async ({ text, read, lines }) => {
    const bar = opened(text);
    answers.get(text)?.(readAs(lines));
    await settled();
    expect(bar.isCommand).toBe(read);
    expect(bar.current).toBe(true);
    expect(bar.lines.length > 0).toBe(read);
  });

  test("is searched for while it is typed, until it says something", async () => {
    containers.apply(true, [containerRow("nginx")], []);
    const bar = opened();
    for (const text of ["n", "ngi", "nginx"]) {
      await type(bar, text);
      // At once, and the answer changes nothing.
      for (const answer of [() => undefined, () => answers.get(text)?.([line({ said: "other", message: "", known: text === "nginx" })])]) {
        answer();
        await settled();
        expect([bar.isCommand, bar.offers[0]?.text]).toEqual([false, "nginx"]);
      }
    }
    await type(bar, "nginx -v");
    answers.get("nginx -v")?.([line({ said: "other", message: "Inside.", known: true })]);
    await settled();
    expect([bar.isCommand, bar.go]).toEqual([true, null]);
    containers.apply(true, [], []);
  });

  test("that may be a name says nothing of the command behind it", async () => {
    const bar = opened("doccer");
    answers.get("doccer")?.([line({ said: "other", message: "No command.", known: false })]);
    await settled();
    expect(bar.isNothing).toBe(true);
    await type(bar, "docker");
    expect([bar.isCommand, bar.lines]).toEqual([true, []]);
  });
});

describe("the command bar", () => {
  test("searches, until it is a command", async () => {
    const bar = opened();
    expect(bar.go?.text).toBe("Run an image");
    await type(bar, "settings");
    expect(bar.offers.map((offer) => offer.text)).toEqual(["Settings"]);
    await type(bar, "docker stop hello");
    expect(bar.offers).toEqual([]);
    expect(bar.current).toBe(false);
    answers.get("docker stop hello")?.([line(saidCommand(stop(["hello"])), "docker stop hello")]);
    await settled();
    expect(bar.current).toBe(true);
    expect(bar.go?.text).toBe("Stop hello");
  });

  test("keeps what an earlier text said until the new one is read, and never goes back to it", async () => {
    const bar = opened("docker stop a");
    await type(bar, "docker stop ab");
    answers.get("docker stop ab")?.([line(saidCommand(stop(["ab"])))]);
    await settled();
    answers.get("docker stop a")?.([line(saidCommand(stop(["a"])))]);
    await settled();
    expect(bar.go?.text).toBe("Stop ab");
    expect(bar.current).toBe(true);
  });

  test("goes through several lines one by one", async () => {
    const bar = opened("docker ps\napt update\n");
    expect(bar.text).toBe("docker ps\napt update");
    answers.get(bar.text)?.([line(saidCommand({ verb: "list-containers" })), line({ said: "other", message: "Inside.", known: true })]);
    await settled();
    expect(bar.several).toBe(true);
    expect(bar.go?.text).toBe("Go through them one by one");
  });

  test("does nothing with lines that are nothing to do", async () => {
    const bar = opened("# a\n# b");
    answers.get(bar.text)?.([line({ said: "comment" }), line({ said: "comment" })]);
    await settled();
    expect(bar.go).toBeNull();
  });

  test("marks what is wrong, and repairs it", async () => {
    const bar = opened("$ docker imags");
    answers.get(bar.text)?.([{ ...wrong(7, 12, "images"), at: 2 }]);
    await settled();
    expect(bar.marked).toEqual({ from: 9, to: 14 });
    expect(bar.go).toBeNull();
    expect(bar.repair()).toBe(15);
    expect(bar.text).toBe("$ docker images");
  });

  test("does not call a word wrong that can still become one of those offered", async () => {
    const bar = opened("docker imags");
    answers.get(bar.text)?.([wrong(7, 12, null)]);
    completions = { from: 7, to: 12, items: [{ text: "imagsomething", kind: "verb", explain: "" }] };
    bar.complete(12);
    await settled();
    expect(bar.unfinished).toBe(true);
    bar.completer.drop();
    expect(bar.unfinished).toBe(false);
  });

  it.each([
    ["docker ima", 10, { from: 7, to: 10, items: [{ text: "image", kind: "verb", explain: "" }] }, "docker image ", 13],
    ["docker run --na", 15, { from: 11, to: 15, items: [{ text: "--name", kind: "flag", explain: "" }] }, "docker run --name ", 18],
    ["docker stop he", 14, { from: 12, to: 14, items: [{ text: "hello", kind: "container", explain: "" }] }, "docker stop hello", 17],
    ["docker run --na x", 15, { from: 11, to: 15, items: [{ text: "--name", kind: "flag", explain: "" }] }, "docker run --name x", 17],
  ] as [string, number, Completions, string, number][])("completes %j", async (text, cursor, found, completed, after) => {
    const bar = opened(text);
    completions = found;
    bar.complete(cursor);
    await settled();
    expect(bar.insert()).toBe(after);
    expect(bar.text).toBe(completed);
  });

  test("offers nothing where the only completion stands there already", async () => {
    const bar = opened("docker stop hello");
    completions = { from: 12, to: 17, items: [{ text: "hello", kind: "container", explain: "" }] };
    bar.complete(17);
    await settled();
    expect(bar.completer.items).toEqual([]);
  });

  test("the keys go round the completions", async () => {
    const bar = opened("docker s");
    completions = { from: 7, to: 8, items: [{ text: "start", kind: "verb", explain: "" }, { text: "stop", kind: "verb", explain: "" }] };
    bar.complete(8);
    await settled();
    expect(bar.completer.at).toBe(-1);
    bar.completer.move(-1);
    expect(bar.completer.at).toBe(1);
    bar.completer.move(1);
    expect(bar.completer.at).toBe(0);
  });

  test("shows and reads a part of a huge paste, and goes on with the rest", () => {
    const bar = opened("docker run ubuntu\n".repeat(60_000));
    expect(bar.text.length).toBeLessThanOrEqual(MOST);
    const left = bar.later.length;
    expect(bar.text.length + left).toBeGreaterThan(1_000_000);
    bar.goOn();
    expect(bar.later.length).toBeLessThan(left);
  });
});
