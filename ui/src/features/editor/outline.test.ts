// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import { engine } from "../../stores/engine.svelte";
import { checks } from "./checks.svelte";
import { OpenFile } from "./open-file.svelte";
import Outline from "./Outline.svelte";

const real = client();
let shown: object;
let revealed: number[];

beforeEach(() => {
  engine.choices = [];
  revealed = [];
  useClient({ ...real, deskKeep: () => Promise.resolve(), contextSources: () => Promise.resolve([]) } satisfies Client);
  shown = mount(Outline, { target: document.body, props: { reveal: (line: number) => void revealed.push(line) } });
});
afterEach(async () => {
  await unmount(shown);
  checks.rest();
  useClient(real);
});

let ids = 1;

/** What the outline offers for a text. */
async function outlined(text: string): Promise<HTMLButtonElement[]> {
  ids += 1;
  await checks.look(new OpenFile({ id: ids, path: `/app/${ids}/Dockerfile`, name: "Dockerfile", text, saved: text }), { context: null, edited: [] });
  flushSync();
  return [...document.querySelectorAll<HTMLButtonElement>('nav[aria-label="Stages"] button')];
}

test("the stages are named with what they begin with, and lead to their lines", async () => {
  const stages = await outlined("# one\nFROM node:22 AS web\nRUN x\n\nFROM web AS tests\nFROM nginx\nCOPY --from=web /a /a\n");
  expect(stages.map((stage) => stage.textContent.trim())).toEqual(["web, from node:22", "tests, from web", "from nginx"]);
  for (const stage of stages) stage.click();
  expect(revealed).toEqual([2, 5, 6]);
});

test.each([
  ["one stage", "FROM a:1\nRUN x\n"],
  ["no stage yet", "# only words\n"],
  ["nothing", ""],
])("%s needs no outline", async (_what, text) => {
  expect(await outlined(text)).toEqual([]);
});

test("a stage that comes or goes while it is typed changes the outline", async () => {
  expect(await outlined("FROM a:1 AS one\nFROM one\n")).toHaveLength(2);
  expect(await outlined("FROM a:1 AS one\n")).toHaveLength(0);
  expect(await outlined("FROM a:1 AS one\nFROM one\nFROM scratch\n")).toHaveLength(3);
});
