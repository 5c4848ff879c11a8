import { afterEach, beforeEach, expect, it, test } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { HelpGroup } from "../../ipc/generated/HelpGroup";
import { line, saidCommand } from "../../testing/said";
import { Help, matching } from "./help.svelte";

const real = client();
const groups: HelpGroup[] = [
  { title: "Flags", items: [{ term: "-d, --detach", explain: "Runs in the background.", verb: null, note: null }, { term: "--name", explain: "Gives it a name.", verb: null, note: null }] },
  { title: "Commands", items: [{ term: "run", explain: "Make a container.", verb: "run", note: null }] },
];

it.each([
  ["", ["-d, --detach", "--name", "run"]],
  ["background", ["-d, --detach"]],
  ["NAME gives", ["--name"]],
  ["container", ["run"]],
  ["nothing of it", []],
])("looking for %j finds %j", (query, terms) => expect(matching(groups, query).flatMap((group) => group.items.map((item) => item.term))).toEqual(terms));

let asked: string[];
beforeEach(() => {
  asked = [];
  const fake: Partial<Client> = {
    help: (verb) => Promise.resolve(verb === "nothing" ? null : { title: `docker ${verb ?? ""}`.trim(), about: "", usage: [], groups }),
    read: (text) => {
      asked.push(text);
      // It needs one name before it can be read.
      const said = text === "docker tag <name>" ? saidCommand({ verb: "tag" }) : ({ said: "wrong", message: "", from: 0, to: 0, similar: null } as const);
      return Promise.resolve({ lines: [line(said)] });
    },
  };
  useClient({ ...real, ...fake });
});
afterEach(() => useClient(real));

test("pages lead to each other and back", async () => {
  const help = new Help();
  await help.open(null);
  expect([help.page?.title, help.canGoBack, help.form]).toEqual(["docker", false, null]);
  await help.open("tag");
  expect([help.page?.title, help.canGoBack, help.form]).toEqual(["docker tag", true, "tag"]);
  await help.back();
  expect([help.page?.title, help.canGoBack]).toEqual(["docker", false]);
});

test("a page that is not there is said, and can be left", async () => {
  const help = new Help();
  await help.open("nothing");
  expect([help.page, help.missing]).toEqual([null, true]);
  await help.open(null);
  expect([help.missing, help.canGoBack]).toEqual([false, true]);
});

test("a page of several commands has no form", async () => {
  const help = new Help();
  await help.open("container");
  expect(help.form).toBeNull();
});
