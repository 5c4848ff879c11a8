// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import { useClient, type Client } from "../../ipc/client";
import type { ContextLook } from "../../ipc/generated/ContextLook";
import type { EditedIgnore } from "../../ipc/generated/EditedIgnore";
import { FolderLook, lookAt } from "./context-look.svelte";

const looked = (files: number): ContextLook => ({ files, bytes: 0, left_out: 0, biggest: [], first: [], ignore_file: null, ignore_wrong: [], asks: [], warnings: [], cut: false });

let answers: (() => Promise<ContextLook>)[];
let asked: string[];

const edit = (text: string): EditedIgnore[] => [{ path: "/app/.dockerignore", text }];

beforeEach(() => {
  answers = [];
  asked = [];
  useClient({
    contextLook: (_folder, _dockerfile, edited) => {
      asked.push(...edited.map(({ text }) => text));
      return (answers.shift() ?? (() => Promise.resolve(looked(0))))();
    },
  } satisfies Partial<Client> as unknown as Client);
});

test("the newest look counts, in whichever order the answers come", async () => {
  const look = new FolderLook();
  let slow: (seen: ContextLook) => void = () => undefined;
  answers = [() => new Promise((resolve) => (slow = resolve)), () => Promise.resolve(looked(2))];
  const first = look.look("/app", null, edit("a"));
  await look.look("/app", null, edit("b"));
  slow(looked(1));
  // Who waited for the older one hears of the newer.
  expect((await first)?.files).toBe(2);
  expect(asked).toEqual(["a", "b"]);
  expect([look.seen?.files, look.busy]).toEqual([2, false]);
});

test("a look that others ended is made again; one that fails twice says why", async () => {
  vi.useFakeTimers();
  try {
    const look = new FolderLook();
    const ended = (): Promise<ContextLook> => Promise.reject(new Error("ended"));
    answers = [ended, () => Promise.resolve(looked(3))];
    let looking = look.look("/app", null, []);
    await vi.runAllTimersAsync();
    await looking;
    expect([look.seen?.files, look.problem]).toEqual([3, null]);
    answers = [ended, ended];
    looking = look.look("/app", null, []);
    await vi.runAllTimersAsync();
    await looking;
    expect([look.seen, look.problem?.detail, look.busy]).toEqual([null, "ended", false]);
  } finally {
    vi.useRealTimers();
  }
});

test("a look that nobody waits for any more is not made again: it would end the newer one", async () => {
  vi.useFakeTimers();
  try {
    let gone = false;
    answers = [() => Promise.reject(new Error("ended"))];
    const looking = lookAt("/app", null, edit("a"), () => gone).catch((failure: unknown) => failure);
    gone = true;
    await vi.runAllTimersAsync();
    expect(await looking).toBeInstanceOf(Error);
    expect(asked).toEqual(["a"]);
  } finally {
    vi.useRealTimers();
  }
});

test("another folder is not shown with what the one before held", async () => {
  const look = new FolderLook();
  answers = [() => Promise.resolve(looked(3)), () => new Promise(() => undefined)];
  await look.look("/app", null, []);
  void look.look("/other", null, []);
  expect([look.folder, look.seen, look.busy]).toEqual(["/other", null, true]);
  look.leave();
  expect([look.folder, look.busy]).toEqual([null, false]);
});
