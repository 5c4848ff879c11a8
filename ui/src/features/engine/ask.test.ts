import { beforeEach, expect, it } from "vitest";
import { useClient, type Client } from "../../ipc/client";
import type { Settings } from "../../ipc/generated/Settings";
import { settings } from "../../stores/settings.svelte";
import { lookAgain, startOwn, useEngine } from "./ask";

const first: Settings = { theme: "system", engine: "context:one", shell: "posix", trail_open: false, no_letter_keys: false };

let asked: string[] = [];

beforeEach(() => {
  asked = [];
  settings.now = first;
  useClient({
    chooseEngine: (id: string | null) => {
      asked.push(`choose ${String(id)}`);
      return Promise.resolve({ ...first, engine: id });
    },
    lookForEngines: () => {
      asked.push("look");
      return Promise.resolve();
    },
    ownEngineStart: () => Promise.resolve({ ...first, engine: "own" }),
  } as Partial<Client> as Client);
});

it("takes a choice back, which is not the same as looking again", async () => {
  await useEngine(null);
  expect([asked, settings.now.engine]).toEqual([["choose null"], null]);
  await lookAgain();
  expect([asked, settings.now.engine]).toEqual([["choose null", "look"], null]);
});

it("knows what the app has chosen with the start of its own engine", async () => {
  await startOwn();
  expect(settings.now.engine).toBe("own");
});

it("leaves what was changed here meanwhile", async () => {
  const begun = useEngine("context:two");
  settings.now = { ...settings.now, trail_open: true };
  await begun;
  expect(settings.now).toEqual({ ...first, engine: "context:two", trail_open: true });
});
