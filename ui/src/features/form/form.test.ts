import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { Form } from "../../ipc/generated/Form";
import type { FormField } from "../../ipc/generated/FormField";
import type { Rendered } from "../../ipc/generated/Rendered";
import type { Said } from "../../ipc/generated/Said";
import type { Written } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import { line, saidCommand } from "../../testing/said";
import { DOTS } from "../run/env";
import { askedFor } from "./blanks";
import { VerbForm } from "./form.svelte";
import { optionsOf } from "./names";
import { FieldValue } from "./values.svelte";
import { buttonWords, labelOf } from "./words";

const real = client();

function field(id: string, kind: FormField["kind"], part: Partial<FormField> = {}): FormField {
  return { id, flag: `--${id}`, short: null, kind, takes: null, explain: "", required: false, names: null, choices: [], ...part };
}

describe("a placeholder", () => {
  const blank = (text: string, ask: string): { field: string; index: number; text: string; ask: string } => ({ field: "f", index: 0, text, ask });
  it.each([
    ["<IMAGE ID>", [blank("<IMAGE ID>", "image id")], { ask: "image id", left: "", texts: ["<IMAGE ID>"] }],
    ["<NAME>:<TAG>", [blank("<NAME>", "name"), blank("<TAG>", "tag")], { ask: "name:tag", left: "", texts: ["<NAME>", "<TAG>"] }],
    ["YOUR_NAME/flask_app", [blank("YOUR_NAME", "name")], { ask: "name", left: "YOUR_NAME/flask_app", texts: ["YOUR_NAME"] }],
    ["ubuntu", [blank("<IMAGE>", "image")], null],
    ["ubuntu", [], null],
  ])("in %j", (value, blanks, asked) => expect(askedFor(value, blanks)).toEqual(asked));
});

describe("a field", () => {
  it.each<[FormField, unknown, unknown, boolean]>([
    [field("f", "switch"), true, true, true],
    [field("f", "switch"), false, false, false],
    [field("f", "switch"), null, undefined, false],
    [field("f", "text"), "a b", "a b", true],
    [field("f", "text"), null, undefined, false],
    [field("f", "text"), "", "", false],
    [field("f", "number"), 0, 0, true],
    [field("f", "number"), -1, -1, true],
    [field("f", "number"), null, undefined, false],
    [field("f", "list"), ["a", "b"], ["a", "b"], true],
    [field("f", "list"), [], undefined, false],
    [field("f", "words"), ["sh", "-c", "echo 'x y'"], ["sh", "-c", "echo 'x y'"], true],
  ])("%j that holds %j says %j", (of, value, said, set) => {
    const shown = new FieldValue(of, value, []);
    expect(shown.value()).toEqual(said);
    expect(shown.isSet).toBe(set);
  });

  test("says a number as it was typed where it is none, so that the app can say what is wrong", () => {
    const shown = new FieldValue(field("f", "number"), null, []);
    shown.text = "many";
    expect(shown.value()).toBe("many");
  });

  test("shows a secret as dots, and says what it is", () => {
    const password = new FieldValue(field("password", "text"), "hunter2", []);
    expect([password.value(), password.value(true)]).toEqual(["hunter2", DOTS]);
    const env = new FieldValue(field("env", "list"), ["TOKEN=x", "A=1"], []);
    expect(env.value(true)).toEqual([`TOKEN=${DOTS}`, "A=1"]);
  });

  test("that is taken out says nothing", () => {
    const shown = new FieldValue(field("f", "list"), ["a"], []);
    shown.clear();
    expect(shown.value()).toBeUndefined();
  });

  it.each([
    [["local", "nfs"], "", ["local", "nfs"]],
    [["local", "nfs"], "nf", ["nfs"]],
    [["local", "nfs"], "nfs", ["local", "nfs"]],
  ])("of %j offers for %j", (choices, typed, names) => expect(optionsOf(field("f", "text", { choices }), typed).map((option) => option.name)).toEqual(names));
});

it.each([
  ["driver_opts", "Driver opts"],
  ["name", "Name"],
])("the field %s is called %s", (id, label) => expect(labelOf(field(id, "text"))).toBe(label));

it.each([
  ["Make a volume.", "Make a volume"],
  ["Make a new image of what a container holds at this very moment.", "Run docker volume create"],
])("a verb that does %j has the button %j", (about, words) => expect(buttonWords({ verb: "create-volume", command: "docker volume create", about, fields: [] })).toBe(words));

describe("a form", () => {
  const tag: Form = {
    verb: "tag",
    command: "docker tag",
    about: "Give an image one more name.",
    fields: [field("source", "text", { flag: null, required: true, names: "image" }), field("target", "text", { flag: null, required: true })],
  };
  let rendered: Rendered;
  let said: Said;
  let performed: Action[];

  beforeEach(() => {
    rendered = { tokens: [], line: "docker tag a b", problems: [] };
    said = saidCommand({ verb: "tag" });
    performed = [];
    const fake: Partial<Client> = {
      form: (verb) => Promise.resolve(verb === "tag" ? tag : null),
      render: () => Promise.resolve(rendered),
      read: () => Promise.resolve({ lines: [line(said)] }),
      perform: (actions) => {
        performed.push(...actions);
        return Promise.reject(new Error("enough for this test"));
      },
    };
    useClient({ ...real, ...fake });
    const capabilities = { buildkit: true, swarm: true, limits: true, rootless: false };
    const state = { state: "ready", product: "Docker", version: "28.5.2", api: "1.51", platform: "linux/amd64", local: true, capabilities } as const;
    engine.apply([{ id: "x", name: "Docker", source: "", address: "", state }], "x");
  });
  afterEach(() => useClient(real));

  async function opened(source: string, target: string, part: Partial<Written> = {}): Promise<VerbForm> {
    const action: Action = { verb: "tag", source, target };
    const form = new VerbForm("tag", { action, blanks: [], notes: [], ...part });
    await form.load();
    await form.render(form.shown, "posix");
    flushSync();
    return form;
  }

  test("is filled in with what was written, and performs it", async () => {
    const form = await opened("a", "b");
    expect(form.action).toEqual({ verb: "tag", source: "a", target: "b" });
    expect(form.blocked).toBeNull();
    await form.submit();
    expect(performed).toEqual([{ verb: "tag", source: "a", target: "b" }]);
    expect(form.job.problem?.detail).toBe("enough for this test");
  });

  test("asks for a placeholder before it does anything", async () => {
    const form = await opened("<IMAGE ID>", "b", { blanks: [{ field: "source", index: 0, text: "<IMAGE ID>", ask: "image id" }] });
    expect(form.fields[0]?.text).toBe("");
    expect(form.blocked).toBe("Fill in first: image id.");
    await form.submit();
    expect(performed).toEqual([]);
    const source = form.fields[0];
    if (source) source.text = "9599";
    expect(form.blocked).toBeNull();
    expect(form.action).toEqual({ verb: "tag", source: "9599", target: "b" });
  });

  test("keeps a placeholder beside one's own words in sight, and waits until it is gone", async () => {
    const form = await opened("a", "YOUR_NAME/app", { blanks: [{ field: "target", index: 0, text: "YOUR_NAME", ask: "name" }] });
    expect(form.fields[1]?.text).toBe("YOUR_NAME/app");
    expect(form.blocked).toBe("Fill in first: name.");
    const target = form.fields[1];
    if (target) target.text = "ada/app";
    expect(form.blocked).toBeNull();
  });

  test("does not perform what Slipway only knows", async () => {
    said = saidCommand({ verb: "tag" }, { reach: "known", notes: [{ field: null, message: "Not yet." }] });
    const form = await opened("a", "b");
    expect(form.reach).toBe("known");
    expect(form.notes).toEqual([{ field: null, message: "Not yet." }]);
    await form.submit();
    expect(performed).toEqual([]);
  });

  test("says what is wrong with an empty field only once it was asked for", async () => {
    rendered = { ...rendered, problems: [{ field: "target", index: 0, message: "Say which name." }] };
    const form = await opened("a", "");
    const target = form.fields[1];
    expect(target && form.problem(target)).toBeNull();
    await form.submit();
    expect(target && form.problem(target)).toBe("Say which name.");
    expect(performed).toEqual([]);
  });

  test("of a verb that nobody knows says so", async () => {
    const form = new VerbForm("nothing", undefined);
    await form.load();
    expect(form.unknown).toBe(true);
  });

  test("keeps what no field stands for", async () => {
    const action = { verb: "tag", source: "a", target: "b", future: "kept" } as unknown as Action;
    const form = await opened("a", "b", { action });
    expect(form.action).toMatchObject({ future: "kept" });
  });
});
