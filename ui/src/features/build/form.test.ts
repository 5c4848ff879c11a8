import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { ContextLook } from "../../ipc/generated/ContextLook";
import type { TextFile } from "../../ipc/generated/TextFile";
import { builds } from "../../stores/builds.svelte";
import { engine } from "../../stores/engine.svelte";
import { buildSummary } from "../../testing/builds";
import { Desk } from "../editor/desk.svelte";
import { adopt, restore, saveForBuild, stagesIn } from "./desk-link";
import { blankBuild } from "./draft";
import { BuildForm, buildForm } from "./form.svelte";
import { dockerfileOf, room } from "./room.svelte";

const real = client();
const look: ContextLook = { files: 1, bytes: 10, left_out: 0, biggest: [], first: [], ignore_file: null, ignore_wrong: [], asks: [], warnings: [".git"], cut: false };
let performed: { action: Action; folder: string | null | undefined }[] = [];
let asks: string[] = [];
let files: string[] = [];
let texts: Record<string, string> = {};

const text = (path: string): TextFile => ({ path, text: texts[path] ?? "", crlf: false, bom: false, stamp: "s", read_only: false });

beforeEach(() => {
  performed = [];
  asks = [];
  files = ["Dockerfile"];
  texts = {};
  useClient({
    ...real,
    perform: (actions, _engine, folder) => {
      performed.push(...actions.map((action) => ({ action, folder })));
      return Promise.resolve([performed.length]);
    },
    render: () => Promise.resolve({ tokens: [], line: "docker build .", problems: [] }),
    dockerfiles: () => Promise.resolve(files),
    contextLook: () => Promise.resolve({ ...look, asks }),
    textOpen: (path) => Promise.resolve(text(path)),
    textSaveAs: (_folder, name) => Promise.resolve({ saved: "done", path: `/home/ada/app/${name}`, stamp: "s" }),
    desk: () => Promise.resolve({ open: [], front: null, recent: [], build: null, folder: null }),
    deskArrange: () => Promise.resolve(),
    deskKeep: () => Promise.resolve(),
  } satisfies Client);
  engine.apply([{ id: "a", name: "a", place: "", own: false, state: { state: "ready", name: "Docker", version: "28", api: "1.47", system: "linux", capabilities: {} } } as never], "a");
});
afterEach(() => useClient(real));

const saved = (): Promise<boolean> => Promise.resolve(true);

describe("what the form builds", () => {
  it("needs a folder, and a Dockerfile in it", async () => {
    const form = new BuildForm();
    expect(form.blocked).toBe("Choose the folder with your files first.");
    form.chooseFolder("/home/ada/app");
    files = [];
    await form.readFiles();
    expect(form.blocked).toBe("The folder has no Dockerfile yet.");
    files = ["Dockerfile"];
    await form.readFiles();
    expect(form.blocked).toBeNull();
    expect(form.path).toBe("/home/ada/app/Dockerfile");
  });

  it("takes the only Dockerfile there is, and leaves one alone that a command says", async () => {
    files = ["app.dockerfile"];
    const form = new BuildForm();
    form.chooseFolder("/home/ada/app");
    await form.readFiles();
    expect(form.action.file).toBe("app.dockerfile");
    const other = new BuildForm();
    other.fill({ ...blankBuild(), file: "other.dockerfile" }, "/home/ada/app");
    await other.readFiles();
    expect(other.action.file).toBe("other.dockerfile");
  });

  it("is performed from its folder, so that the command is short", async () => {
    const form = new BuildForm();
    form.fill({ ...blankBuild(), file: "app/my.dockerfile", tag: ["app"], context: "app", quiet: true }, "/home/ada");
    expect(await form.submit(saved)).toBe(1);
    expect(performed).toEqual([{ action: { ...blankBuild(), file: "my.dockerfile", tag: ["app"], quiet: true }, folder: "/home/ada/app" }]);
  });

  it("keeps what belongs to another folder only by its whole path", () => {
    const form = new BuildForm();
    form.fill({ ...blankBuild(), file: "docker/my.dockerfile" }, "/home/ada/app");
    form.chooseFolder("/home/ada/app/docker");
    expect(form.draft.file).toBe("my.dockerfile");
    form.chooseFile("/srv/Dockerfile");
    expect(form.draft.file).toBe("/srv/Dockerfile");
    form.chooseFile("/home/ada/app/docker/Dockerfile");
    expect(form.draft.file).toBe("");
  });

  it("means the same folder by the same command, however often it is pasted", () => {
    const form = new BuildForm();
    form.chooseFolder("/home/ada");
    const pasted = { ...blankBuild(), context: "app", file: "app/my.dockerfile" };
    for (let time = 0; time < 3; time += 1) {
      form.fill(pasted);
      expect([form.draft.folder, form.draft.file]).toEqual(["/home/ada/app", "my.dockerfile"]);
    }
    form.fill({ ...blankBuild(), context: "." });
    expect(form.draft.folder).toBe("/home/ada");
    // From a folder that is chosen, paths begin anew.
    form.chooseFolder("/srv");
    form.fill(pasted);
    expect(form.draft.folder).toBe("/srv/app");
    // And so they do from the one that a command brings with it.
    form.fill(pasted, "/opt");
    form.fill(pasted);
    expect(form.draft.folder).toBe("/opt/app");
  });

  it("asks before it sends what is hardly meant", async () => {
    asks = ["This is your home folder."];
    const form = new BuildForm();
    form.chooseFolder("/home/ada");
    expect(await form.submit(saved)).toBeNull();
    expect(form.asking).toEqual(asks);
    expect(performed).toEqual([]);
    expect(await form.submit(saved, true)).toBe(1);
    expect(form.asking).toEqual([]);
    // Who has said so once is not asked again, but for another folder.
    expect(await form.submit(saved)).toBe(2);
    form.chooseFolder("/");
    expect(await form.submit(saved)).toBeNull();
    expect(form.asking).toEqual(asks);
  });

  it("looks at the folder once more when another look ended its own", async () => {
    let looks = 0;
    useClient({ ...client(), contextLook: () => ((looks += 1) === 1 ? Promise.reject(new Error("ended")) : Promise.resolve(look)) });
    const form = new BuildForm();
    form.chooseFolder("/home/ada/app");
    expect(await form.submit(saved)).toBe(1);
    expect(looks).toBe(2);
  });

  it("does not ask about what is only advice, and says why a folder cannot be read", async () => {
    const form = new BuildForm();
    form.chooseFolder("/home/ada/app");
    expect(await form.submit(saved)).toBe(1);
    expect(form.look?.warnings).toEqual([".git"]);
    useClient({ ...client(), contextLook: () => Promise.reject(new Error("no such folder")) });
    expect(await form.submit(saved)).toBeNull();
    expect([form.problem?.detail, form.sending]).toEqual(["no such folder", false]);
  });

  it("builds nothing while something is not saved", async () => {
    const form = new BuildForm();
    form.chooseFolder("/home/ada/app");
    expect(await form.submit(() => Promise.resolve(false))).toBeNull();
    expect(performed).toEqual([]);
  });

  it("tells why it could not be asked for", async () => {
    useClient({ ...client(), perform: () => Promise.reject(new Error("no engine")) });
    const form = new BuildForm();
    form.chooseFolder("/home/ada/app");
    expect(await form.submit(saved)).toBeNull();
    expect(form.problem?.detail).toBe("no engine");
    expect(form.sending).toBe(false);
  });
});

describe("the form and the open files", () => {
  it("builds the new Dockerfile that was saved, in the folder where it lies", async () => {
    files = [];
    const desk = new Desk();
    const form = new BuildForm();
    await desk.load();
    desk.freshText("my.dockerfile", "FROM ubuntu\n", null);
    files = ["my.dockerfile"];
    expect(await form.submit(() => saveForBuild(form, desk))).toBe(1);
    expect(performed[0]?.folder).toBe("/home/ada/app");
    expect(performed[0]?.action).toMatchObject({ file: "my.dockerfile", context: "." });
  });

  it("leaves a chosen Dockerfile alone when another file is opened", async () => {
    texts = { "/home/ada/app/app.py": "", "/srv/Dockerfile": "" };
    const desk = new Desk();
    const form = new BuildForm();
    form.chooseFolder("/home/ada/app");
    await form.readFiles();
    for (const path of Object.keys(texts)) {
      await desk.open(path);
      await adopt(form, path, desk);
    }
    expect([form.draft.folder, form.draft.file]).toEqual(["/home/ada/app", ""]);
  });

  it("fills itself in with what was left, unless it is filled in already", () => {
    const kept = Object.assign(new Desk(), { build: { ...blankBuild(), tag: ["left"] }, folder: "/home/ada/left" });
    const form = new BuildForm();
    restore(form, kept);
    expect([form.draft.folder, form.action.tag]).toEqual(["/home/ada/left", ["left"]]);
    form.chooseFolder("/elsewhere");
    restore(form, kept);
    expect(form.draft.folder).toBe("/elsewhere");
  });

  it("reads the stages of the Dockerfile", async () => {
    texts = { "/a/Dockerfile": "FROM node:22 AS front\nRUN x\nfrom --platform=linux/amd64 python as Final \n# FROM a AS no\nFROM x\n" };
    const desk = new Desk();
    await desk.open("/a/Dockerfile");
    expect(stagesIn("/a/Dockerfile", desk)).toEqual(["front", "Final"]);
    expect(stagesIn(null, desk)).toEqual([]);
  });
});

it("is busy while its own build runs, and free for another when it is changed", () => {
  buildForm.fill({ ...blankBuild(), tag: ["app"] }, "/home/ada/app");
  builds.apply({ reset: true, changed: [buildSummary(7, { state: "running" })], removed: [] });
  room.begun(7);
  expect(room.busy).toBe(true);
  const row = buildForm.draft.lists.tag[0];
  if (row) row.text = "other";
  expect(room.busy).toBe(false);
  if (row) row.text = "app";
  builds.apply({ reset: false, changed: [buildSummary(7)], removed: [] });
  expect(room.busy).toBe(false);
});

it("shows on arrival what runs, and then what ended unseen", () => {
  room.shown = null;
  builds.apply({ reset: true, changed: [buildSummary(1), buildSummary(2, { state: "running" }), buildSummary(3, { state: "running" })], removed: [] });
  room.arrive();
  expect(room.shown).toBe(3);
  builds.apply({ reset: false, changed: [buildSummary(2), buildSummary(3)], removed: [] });
  room.shown = null;
  room.arrive();
  expect(room.shown).toBe(3);
});

it("shows what begins elsewhere, unless what is shown runs", () => {
  builds.apply({ reset: true, changed: [buildSummary(1)], removed: [] });
  room.shown = 1;
  room.follow();
  expect(room.shown).toBe(1);
  builds.apply({ reset: false, changed: [buildSummary(2, { state: "running" })], removed: [] });
  room.follow();
  expect(room.shown).toBe(2);
  builds.apply({ reset: false, changed: [buildSummary(3, { state: "running" })], removed: [] });
  room.follow();
  expect(room.shown).toBe(2);
  // One that was begun from the form may not be told of yet.
  room.begun(4);
  room.follow();
  expect(room.shown).toBe(4);
});

it.each([
  [{}, "/home/ada/app/Dockerfile"],
  [{ file: "my.dockerfile" }, "/home/ada/app/my.dockerfile"],
  [{ file: "/srv/x" }, "/srv/x"],
  [{ context: "sub" }, "/home/ada/app/sub/Dockerfile"],
  [{ context: "https://example.com/a.git" }, null],
])("knows the Dockerfile of a build by %o", (part, path) => expect(dockerfileOf(buildSummary(1, { action: { ...blankBuild(), ...part } }))).toBe(path));
