import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { Blank } from "../../ipc/generated/Blank";
import type { ImageFacts } from "../../ipc/generated/ImageFacts";
import type { PortCheck } from "../../ipc/generated/PortCheck";
import type { Rendered } from "../../ipc/generated/Rendered";
import type { Run } from "../../ipc/generated/Run";
import type { Written } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import { actionOf, blankRun } from "./draft";
import { DOTS } from "./env";
import { RunForm } from "./form.svelte";
import { formatPort } from "./ports";

const real = client();
const flask: ImageFacts = { present: true, id: "sha256:c41d", size: 1, created: 0, exposed: ["5050/tcp"], command: [], wants_terminal: false };
const ubuntu: ImageFacts = { ...flask, exposed: [], wants_terminal: true };
const rendered: Rendered = { tokens: [], line: "docker run", problems: [] };

let facts: Record<string, ImageFacts>;
let ports: Record<number, PortCheck>;
let performed: Action[];

beforeEach(() => {
  vi.useFakeTimers();
  facts = { flask_app_df: flask, ubuntu };
  ports = {};
  performed = [];
  const fake: Partial<Client> = {
    imageFacts: (reference) => Promise.resolve(facts[reference] ?? { ...flask, present: false, exposed: [] }),
    checkPort: (_address, port) => Promise.resolve(ports[port] ?? { state: "free" }),
    render: () => Promise.resolve(rendered),
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

afterEach(() => {
  vi.useRealTimers();
  useClient(real);
});

/** A command that was pasted. */
function written(run: Run, blanks: Blank[] = []): Written {
  return { action: { verb: "run", ...run }, blanks, notes: [] };
}

/** The image's answer, as the dialog gets it once nobody types. */
async function choose(form: RunForm, image: string): Promise<void> {
  form.draft.options.image = image;
  form.followImage(image);
  await vi.runAllTimersAsync();
  flushSync();
}

function published(form: RunForm): string[] {
  return form.draft.ports.map(formatPort);
}

test("a port that the image says is filled in, with a free one here, and it runs in the background", async () => {
  const form = new RunForm(undefined, undefined);
  await choose(form, "flask_app_df");
  expect(published(form)).toEqual(["127.0.0.1:5050:5050"]);
  expect(form.draft.options).toMatchObject({ detach: true, interactive: false, tty: false });
});

test("where the same port is taken here, the next free one is filled in", async () => {
  ports[5050] = { state: "taken", by: "container hello", next_free: 5051 };
  const form = new RunForm("flask_app_df", undefined);
  await choose(form, "flask_app_df");
  expect(published(form)).toEqual(["127.0.0.1:5051:5050"]);
});

test("a shell gets a terminal", async () => {
  const form = new RunForm(undefined, undefined);
  await choose(form, "ubuntu");
  expect(form.draft.options).toMatchObject({ detach: false, interactive: true, tty: true });
});

test("what people have set themselves stays when the image changes", async () => {
  const form = new RunForm(undefined, undefined);
  await choose(form, "ubuntu");
  form.setTerminal(false);
  form.setBackground(true);
  const row = form.draft.ports[0];
  if (row) form.changePort(row, { host: "9000", container: "9000" });
  await choose(form, "flask_app_df");
  expect(form.draft.options).toMatchObject({ detach: true, interactive: false, tty: false });
  expect(published(form)).toEqual(["127.0.0.1:9000:9000"]);
  expect(form.missing).toEqual(["5050"]);
});

test("a pasted command stays what it says", async () => {
  const form = new RunForm(undefined, written({ ...blankRun("flask_app_df"), publish: ["5000:5050"] }));
  await choose(form, "flask_app_df");
  expect(actionOf(form.draft)).toEqual({ verb: "run", ...blankRun("flask_app_df"), publish: ["5000:5050"] });
});

test("a command that shows dots for a secret keeps the secret", () => {
  const form = new RunForm(undefined, written({ ...blankRun("postgres"), env: ["POSTGRES_PASSWORD=hunter2"] }));
  expect(form.shown.env).toEqual([`POSTGRES_PASSWORD=${DOTS}`]);
  form.fill({ verb: "run", ...blankRun("postgres"), env: form.shown.env, detach: true });
  expect(actionOf(form.draft)).toMatchObject({ env: ["POSTGRES_PASSWORD=hunter2"], detach: true });
});

test("a port that was taken meanwhile keeps it from running", async () => {
  const form = new RunForm(undefined, undefined);
  await choose(form, "flask_app_df");
  ports[5050] = { state: "taken", by: "process gunicorn", next_free: 5051 };
  expect(await form.submit("run")).toBeNull();
  expect(performed).toEqual([]);
  expect(form.blocked).toBe("Port 5050 cannot be used. Choose another one.");
});

test("nothing runs without an image, and it is said only once it was asked for", async () => {
  const form = new RunForm(undefined, undefined);
  form.rendered = { ...rendered, problems: [{ field: "image", index: 0, message: "Say which image." }] };
  expect(form.problem("image")).toBeNull();
  await form.submit("run");
  expect(form.problem("image")).toBe("Say which image.");
  expect(performed).toEqual([]);
});

test("a refusal stays in the dialog with everything that was typed", async () => {
  const form = new RunForm(undefined, written({ ...blankRun("flask_app_df"), name: "hello" }));
  expect(await form.submit("create")).toBeNull();
  expect(performed.map((action) => action.verb)).toEqual(["create"]);
  expect(form.job.problem?.detail).toBe("enough for this test");
  expect(form.draft.options.name).toBe("hello");
});
