// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { client, useClient, type Client } from "../../ipc/client";
import type { BuildFinding } from "../../ipc/generated/BuildFinding";
import type { SourceCheck } from "../../ipc/generated/SourceCheck";
import { engine } from "../../stores/engine.svelte";
import { images } from "../../stores/images.svelte";
import { imageRow } from "../../testing/rows";
import { withBuildkit } from "./buildkit";
import { checks } from "./checks.svelte";
import { byWeight } from "./finding";
import { leave, leaveNothing, leftFor } from "./left";
import { OpenFile } from "./open-file.svelte";
import { look } from "./rules";
import { Looker } from "./rules/looker";

const around = { context: "/app", edited: [] };

let sources: Partial<Record<string, SourceCheck["found"]>>;
let theirs: BuildFinding[];
let asked: string[];

beforeEach(() => {
  localStorage.clear();
  sources = {};
  theirs = [];
  asked = [];
  engine.choices = [];
  images.apply(true, [imageRow("a", ["docker.io/library/ubuntu:22.04"], { digests: ["x"] })], []);
  useClient({
    contextSources: (_folder, _dockerfile, _ignore, wanted) => {
      asked.push(...wanted);
      return Promise.resolve(wanted.map((source) => ({ source, found: sources[source] ?? "here", similar: null }) as SourceCheck));
    },
    dockerfileCheck: () => Promise.resolve(theirs),
    deskKeep: () => Promise.resolve(),
  } satisfies Partial<Client> as unknown as Client);
});

let ids = 1;

function fileOf(text: string, name = "Dockerfile"): OpenFile {
  return new OpenFile({ id: ids++, path: `/app/${ids}/${name}`, name, text, saved: text });
}

describe("the file in front", () => {
  test("is looked at, and the first advice is the worst", async () => {
    await checks.look(fileOf("FROM a:1\nRUN sudo x\nRNU y\n"), around);
    expect(checks.findings.map((it) => it.rule)).toEqual(["sudo", "unknown-instruction"]);
    expect(checks.advice?.finding.rule).toBe("unknown-instruction");
    expect(checks.advice?.fix?.label).toBe("Change it to RUN");
    expect(checks.errors).toBe(1);
  });

  test.each<[string, string, string[], boolean]>([
    ["pulled", "docker.io/library/ubuntu:latest", ["ubuntu@sha256:b"], true],
    ["built here", "docker.io/library/flask_app_df:latest", [], false],
    ["built by Podman", "localhost/flask_app_df:latest", ["localhost/flask_app_df@sha256:b"], false],
    ["built into Docker’s containerd store", "docker.io/library/flask_app_df:latest", ["flask_app_df@sha256:a"], false],
    ["pulled into Docker’s containerd store", "docker.io/library/ubuntu:latest", ["ubuntu@sha256:a"], true],
    ["pulled from elsewhere", "ghcr.io/me/app:latest", ["ghcr.io/me/app@sha256:b"], true],
  ])("is told of a missing tag unless its image is made here: %s", async (_what, tag, digests, told) => {
    images.apply(true, [imageRow("a", [tag], { digests })], []);
    const name = tag.replace(/^(docker\.io\/library|localhost)\//, "").replace(":latest", "");
    await checks.look(fileOf(`FROM ${name}\n`), around);
    expect(checks.findings.map((it) => it.rule)).toEqual(told ? ["image-tag"] : []);
  });

  test("is not looked at where it is too long, and that is said", async () => {
    await checks.look(fileOf(`FROM a:1\nRNU y\n${"# more\n".repeat(150_000)}`), around);
    expect([checks.findings, checks.tooLong, checks.failed]).toEqual([[], true, false]);
    await checks.look(fileOf("# more\n".repeat(150_000), "notes.txt"), around);
    expect(checks.tooLong).toBe(false);
    await checks.look(fileOf("FROM a:1\n"), around);
    expect(checks.tooLong).toBe(false);
  });

  test("does not blink while the folder is asked, and does not wait for a slow one", async () => {
    vi.useFakeTimers();
    const path = "/app/blink/Dockerfile";
    const file = (text: string): OpenFile => new OpenFile({ id: ids++, path, name: "Dockerfile", text, saved: text });
    const rules = (): string[] => checks.all.map((it) => it.rule);
    sources["none"] = "missing";
    await checks.look(file("FROM a:1\nCOPY none /\n"), around);
    expect(rules()).toEqual(["copy-source"]);
    let answer: () => void = () => undefined;
    useClient({
      ...client(),
      contextSources: (_folder, _dockerfile, _ignore, wanted) =>
        new Promise((resolve) => (answer = () => resolve(wanted.map((source) => ({ source, found: "missing", similar: null }))))),
    });
    const looked = checks.look(file("FROM a:1\nCOPY none /\nRNU y\n"), around);
    await vi.advanceTimersByTimeAsync(100);
    expect(rules()).toEqual(["copy-source"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(rules()).toEqual(["unknown-instruction"]);
    answer();
    await looked;
    expect(rules()).toEqual(["copy-source", "unknown-instruction"]);
    vi.useRealTimers();
  });

  test("is not disturbed by an engine that cannot read what is half typed", async () => {
    vi.useFakeTimers();
    const refused = vi.fn(() => Promise.reject(new Error("dockerfile parse error on line 2: unknown instruction: RU")));
    useClient({ ...client(), dockerfileCheck: refused });
    engine.apply([{ id: "a", name: "a", place: "", own: false, state: { state: "ready", name: "Docker", version: "28", api: "1.47", system: "linux", capabilities: {} } } as never], "a");
    const file = fileOf("FROM a:1\nRU\n");
    await checks.look(file, around);
    const before = checks.findings;
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    // What nobody catches ends the whole run.
    expect(refused).toHaveBeenCalledOnce();
    expect(checks.findings).toEqual(before);
    expect([checks.failed, checks.busy, file.problem]).toEqual([false, false, null]);
  });

  test("says what COPY will not find", async () => {
    sources["b"] = "missing";
    await checks.look(fileOf("FROM a:1\nCOPY a b /\n"), around);
    expect(asked).toEqual(["a", "b"]);
    expect(checks.findings.map((it) => [it.rule, it.line])).toEqual([["copy-source", 2]]);
  });

  test("is not asked about COPY without a folder", async () => {
    await checks.look(fileOf("FROM a:1\nCOPY a b /\n"), { context: null, edited: [] });
    expect(asked).toEqual([]);
  });

  test.each([[".dockerignore"], ["notes.txt"]])("is left alone when it is %s", async (name) => {
    await checks.look(fileOf("RNU x\n", name), around);
    expect(checks.all).toEqual([]);
  });

  test("forgets the one before at once", async () => {
    await checks.look(fileOf("RNU x\n"), around);
    const looking = checks.look(fileOf("FROM a:1\n"), around);
    expect(checks.all).toEqual([]);
    await looking;
  });

  test("an answer to an older text changes nothing", async () => {
    const file = fileOf("RNU x\n");
    const older = checks.look(file, around);
    file.edited(() => "FROM a:1\n");
    await Promise.all([older, checks.look(file, around)]);
    expect(checks.of).toBe("FROM a:1\n");
    expect(checks.all).toEqual([]);
  });
});

describe("a rule that is left", () => {
  test("is not said again for that file, and is for others", async () => {
    const text = "FROM a:1\nRUN sudo x\n";
    const file = fileOf(text);
    await checks.look(file, around);
    const [finding] = checks.findings;
    if (finding) checks.leave(finding);
    expect([checks.findings.length, checks.leftOut]).toEqual([0, 1]);
    await checks.look(fileOf(text), around);
    expect(checks.findings).toHaveLength(1);
    await checks.look(file, around);
    expect(checks.findings).toHaveLength(0);
    checks.leaveNothing();
    expect(checks.findings).toHaveLength(1);
  });

  test("is kept for a while, and strange things in the storage do no harm", () => {
    leave("a", "x");
    leave("a", "y");
    leave("a", "x");
    expect(leftFor("a")).toEqual(["x", "y"]);
    for (let at = 0; at < 300; at += 1) leave(`f${at}`, "x");
    expect(leftFor("a")).toEqual([]);
    leaveNothing("f299");
    expect(leftFor("f299")).toEqual([]);
    for (const strange of ["{", "[]", "7", '{"f298":3}']) {
      localStorage.setItem("slipway.editor.left", strange);
      expect(leftFor("f298")).toEqual([]);
    }
  });
});

describe("BuildKit's findings", () => {
  const text = "FROM a:1\nWORKDIR x\nCMD run $A\n";
  const row = (rule: string, line: number | null, part: Partial<BuildFinding> = {}): BuildFinding => ({ rule, message: `${rule} says`, about: "In general", url: null, line, last_line: line, ...part });

  test.each<[string, BuildFinding[], string[]]>([
    ["something new", [row("WorkdirRelativePath", 2)], ["buildkit-WorkdirRelativePath@2", "shell-form@3"]],
    ["what one of ours says", [row("JSONArgsRecommended", 3)], ["shell-form@3"]],
    ["the same rule elsewhere", [row("JSONArgsRecommended", 2)], ["buildkit-JSONArgsRecommended@2", "shell-form@3"]],
    ["no line", [row("X", null)], ["buildkit-X@1", "shell-form@3"]],
    ["a line that is not there", [row("X", 99)], ["shell-form@3", "buildkit-X@4"]],
  ])("%s", (_name, found, want) => {
    const ours = look(text, { images: [] }).findings;
    expect(withBuildkit(text, ours, found).map((it) => `${it.rule}@${it.line}`)).toEqual(want);
  });

  test("only web addresses are opened", () => {
    const urls = ["https://docs.docker.com/x", "file:///etc/passwd", "javascript:x"].map((url) => withBuildkit(text, [], [row("X", 1, { url })])[0]?.url);
    expect(urls).toEqual(["https://docs.docker.com/x", null, null]);
  });
});

test("a worker that fails leaves the work to the page", async () => {
  class Broken extends EventTarget {
    postMessage(): void {
      this.dispatchEvent(new Event("error"));
    }
    terminate(): void {
      this.dispatchEvent(new Event("ended"));
    }
  }
  vi.stubGlobal("Worker", Broken);
  try {
    const looker = new Looker();
    expect((await looker.look("RNU x\n", { images: [] }))?.findings).not.toEqual([]);
    const [older, newest] = await Promise.all([looker.look("FROM a:1\n", { images: [] }), looker.look("RNU\n", { images: [] }), looker.look("RNU y\n", { images: [] })]);
    expect(older?.findings).toEqual([]);
    expect(newest).toBeNull();
  } finally {
    vi.unstubAllGlobals();
  }
});

test("a look that does not end is given up, and the next one is made", async () => {
  let silent = true;
  class Slow extends EventTarget {
    postMessage(asked: { id: number }): void {
      if (!silent) queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data: { id: asked.id, looked: { findings: [], stages: [], sources: [] } } })));
    }
    terminate(): void {
      silent = false;
    }
  }
  vi.stubGlobal("Worker", Slow);
  vi.useFakeTimers();
  try {
    const looker = new Looker();
    const first = expect(looker.look("a", { images: [] })).rejects.toThrow("too long");
    const second = looker.look("b", { images: [] });
    await vi.advanceTimersByTimeAsync(6_000);
    await first;
    expect(await second).not.toBeNull();
  } finally {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  }
});

test("the worst comes first, then the topmost", () => {
  const findings = look("FROM ubuntu\nRUN sudo x\nRNU y\nRUN sudo z\n", { images: [] }).findings;
  expect([...findings].sort(byWeight).map((it) => it.line)).toEqual([3, 2, 4, 1]);
});
