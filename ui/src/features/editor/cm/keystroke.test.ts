// @vitest-environment jsdom
import { Text } from "@codemirror/state";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Client, useClient } from "../../../ipc/client";
import { OpenFile } from "../open-file.svelte";
import { look } from "../rules";
import * as reading from "../syntax/parse";
import { dockerfileLanguage } from "./dockerfile-mode";
import { help } from "./help";
import { Room } from "./room";

vi.mock("../syntax/parse", { spy: true });

/** What is done before a key is answered. */
interface Work {
  /** Characters of the document that were made a string. */
  read: number;
  /** Pieces of the text that were coloured. */
  coloured: number;
  /** Times that the Dockerfile was parsed. */
  parsed: number;
  /** Times that the app was asked for something, or told. */
  asked: number;
}

let room: Room;
let read: number;
let asked: number;

beforeEach(() => {
  vi.useFakeTimers();
  // jsdom lays nothing out; the editor only asks where text is, to scroll to it.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  const ask = (): Promise<never> => ((asked += 1), new Promise(() => undefined));
  useClient({ deskKeep: ask, contextPaths: ask, contextSources: ask, dockerfileCheck: ask } satisfies Partial<Client> as unknown as Client);
  const nothing = (): void => undefined;
  room = new Room(document.body, { save: nothing, saveAs: nothing, close: nothing, format: nothing, left: nothing, mend: nothing, leave: nothing }, () => help({ context: () => "/app", path: () => "/app/Dockerfile" }));
});

afterEach(() => {
  room.destroy();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function dockerfileOf(lines: number): string {
  const kinds = ["RUN apt-get update && \\", "    apt-get install -y curl", "COPY src /app", "ENV NAME=value", "# a word"];
  return `FROM ubuntu\n${Array.from({ length: lines - 1 }, (_, line) => kinds[line % kinds.length] ?? "").join("\n")}\n`;
}

let ids = 500;

/** Types a line in the middle of a file and tells the most that was done for one of its letters. */
function type(lines: number, at: number): Work {
  const text = dockerfileOf(lines);
  const file = new OpenFile({ id: ids++, path: null, name: "Dockerfile", text, saved: text });
  room.show(file);
  room.found(look(text, { images: [] }).findings);
  vi.runAllTimers();
  // Each kind of node has a way of its own to make a string.
  for (const node of [Text.of(["a"]), Text.of(Array.from({ length: 4_000 }, () => "a"))]) {
    const proto = Object.getPrototypeOf(node) as Text;
    const plain = Object.getOwnPropertyDescriptor(proto, "sliceString")?.value as Text["sliceString"];
    let depth = 0;
    vi.spyOn(proto, "sliceString").mockImplementation(function (this: Text, from, to = this.length, mark) {
      if (depth === 0) read += Math.min(to, this.length) - from;
      depth += 1;
      try {
        return plain.call(this, from, to, mark);
      } finally {
        depth -= 1;
      }
    });
  }
  const colour = vi.spyOn((dockerfileLanguage as unknown as { streamParser: { token: () => string | null } }).streamParser, "token");
  const parse = [vi.mocked(reading.parse), vi.mocked(reading.parseAgain)];
  const most: Work = { read: 0, coloured: 0, parsed: 0, asked: 0 };
  room.view.dispatch({ selection: { anchor: at } });
  for (const letter of "\nRUN pip install flask") {
    [read, asked] = [0, 0];
    colour.mockClear();
    for (const each of parse) each.mockClear();
    const head = room.view.state.selection.main.head;
    room.view.dispatch({ changes: { from: head, insert: letter }, selection: { anchor: head + 1 }, userEvent: "input.type" });
    const now: Work = { read, coloured: colour.mock.calls.length, parsed: parse.reduce((sum, each) => sum + each.mock.calls.length, 0), asked };
    for (const what of ["read", "coloured", "parsed", "asked"] as const) most[what] = Math.max(most[what], now[what]);
  }
  expect(file.unsaved).toBe(true);
  return most;
}

describe("a key", () => {
  test("costs no more in 8,000 lines than in 500", () => {
    const at = dockerfileOf(500).length / 2;
    const short = type(500, at);
    vi.restoreAllMocks();
    expect(type(8_000, at)).toEqual(short);
    expect(short).toMatchObject({ parsed: 0, asked: 0 });
    // A screen of text, and not the file.
    expect(short.read).toBeLessThan(5_000);
    expect(short.coloured).toBeLessThan(2_000);
  });
});
