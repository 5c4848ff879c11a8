import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { Blank } from "../../ipc/generated/Blank";
import type { FormField } from "../../ipc/generated/FormField";
import { emptied } from "./asks";
import { blankRun, draftOf, type Runnable } from "./draft";
import { ExtraFlags } from "./extra.svelte";

const blank = (field: string, text: string, ask: string, index = 0): Blank => ({ field, index, text, ask });

it.each([
  [{ host: "<HOST_PORT>", container: "5050" }, [blank("publish", "<HOST_PORT>", "host port")], { host: "", container: "5050", asks: { host: "host port" } }],
  [{ source: "<A>-<B>" }, [blank("volume", "<A>", "a"), blank("volume", "<B>", "b")], { source: "-", asks: { source: "a, b" } }],
  [{ source: "/x" }, [], { source: "/x" }],
])("%j with %j", (row, blanks, left) => expect(emptied(row, blanks)).toEqual(left));

describe("placeholders of a pasted run", () => {
  const action: Runnable = {
    verb: "run",
    ...blankRun("<IMAGE NAME>"),
    name: "YOUR_NAME",
    publish: ["8080:80", "<HOST_PORT>:<CONTAINER_PORT>"],
    env: ["PASSWORD=<password>"],
    volume: ["<path>:/data"],
  };
  const blanks = [
    blank("image", "<IMAGE NAME>", "image name"),
    blank("name", "YOUR_NAME", "name"),
    blank("publish", "<HOST_PORT>", "host port", 1),
    blank("publish", "<CONTAINER_PORT>", "container port", 1),
    blank("env", "<password>", "password"),
    blank("volume", "<path>", "path"),
  ];

  test("leave their fields empty, and each field knows what is asked for", () => {
    const draft = draftOf(action, blanks);
    expect(draft.options).toMatchObject({ image: "", name: "", asks: { image: "image name", name: "name" } });
    expect(draft.ports[0]).toMatchObject({ host: "8080", container: "80" });
    expect(draft.ports[1]).toMatchObject({ host: "", container: "", asks: { host: "host port", container: "container port" } });
    expect(draft.env[0]).toMatchObject({ name: "PASSWORD", value: "", asks: { value: "password" } });
    expect(draft.volumes[0]).toMatchObject({ source: "", target: "/data", asks: { source: "path" } });
  });
});

describe("flags without a control of their own", () => {
  const real = client();
  const field = (id: string, kind: FormField["kind"]): FormField => ({ id, flag: `--${id}`, short: null, kind, takes: null, explain: "", required: false, names: null, choices: [] });
  beforeEach(() => {
    const fields = [field("name", "text"), field("cap_add", "list"), field("gpus", "text"), field("sig_proxy", "switch"), field("pids_limit", "number")];
    useClient({ ...real, form: () => Promise.resolve({ verb: "run", command: "docker run", about: "", fields }) } satisfies Client);
  });
  afterEach(() => useClient(real));

  const given: Runnable = { verb: "run", ...blankRun("ubuntu"), name: "hello", cap_add: ["SYS_ADMIN"], sig_proxy: false };

  async function filled(): Promise<ExtraFlags<Runnable>> {
    const extra = new ExtraFlags<Runnable>("run", Object.keys(blankRun()));
    extra.fill(given, []);
    await extra.load();
    return extra;
  }

  test("are kept before the app has told of them", () => {
    const extra = new ExtraFlags<Runnable>("run", Object.keys(blankRun()));
    extra.fill(given, []);
    expect(extra.into(given)).toBe(given);
  });

  test("are shown and kept, and a plain no too", async () => {
    const extra = await filled();
    expect(extra.shown.map((value) => value.field.id)).toEqual(["cap_add"]);
    expect(extra.into(given)).toEqual(given);
  });

  test("can be taken away and added", async () => {
    const extra = await filled();
    const [cap] = extra.shown;
    if (cap) extra.remove(cap);
    extra.add("pids_limit");
    const [pids] = extra.shown;
    if (pids) pids.text = "100";
    const { cap_add: _, ...rest } = given;
    expect(extra.into(given)).toEqual({ ...rest, pids_limit: 100 });
    expect(extra.left.map((one) => one.id)).toEqual(["cap_add", "gpus", "sig_proxy"]);
  });
});
