// @vitest-environment jsdom
import { completionStatus, currentCompletions, selectedCompletion, startCompletion } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { useClient, type Client } from "../../../ipc/client";
import type { ContextPath } from "../../../ipc/generated/ContextPath";
import { images } from "../../../stores/images.svelte";
import { imageRow } from "../../../testing/rows";
import { Reader } from "../syntax/reader";
import { help, hovered } from "./help";

let view: EditorView;
let asked: string[];
let paths: ContextPath[];

beforeEach(() => {
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  asked = [];
  paths = [];
  useClient({
    contextPaths: (_folder, _dockerfile, prefix) => {
      asked.push(prefix);
      return Promise.resolve(paths);
    },
  } satisfies Partial<Client> as unknown as Client);
});

afterEach(() => view.destroy());

/** An editor with the cursor at `|`. */
function open(marked: string, context: string | null = "/app"): void {
  const at = marked.indexOf("|");
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({ doc: marked.replace("|", ""), selection: { anchor: at }, extensions: [help({ context: () => context, path: () => "/app/Dockerfile" })] }),
  });
}

function press(key: string): void {
  view.contentDOM.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

async function offered(): Promise<string[]> {
  startCompletion(view);
  await vi.waitFor(() => expect(completionStatus(view.state)).not.toBe("pending"));
  return currentCompletions(view.state).map((offer) => offer.label);
}

describe("F1", () => {
  test("explains the line of the cursor, and Esc takes it away", () => {
    open("FROM a\nRUN pip insta|ll x\n");
    press("F1");
    expect(view.dom.ownerDocument.querySelector(".cm-card")?.textContent).toContain("Runs pip install.");
    press("Escape");
    expect(document.querySelector(".cm-card")).toBeNull();
  });

  test("says nothing where nothing stands", () => {
    open("# a|\nFROM a\n");
    press("F1");
    expect(document.querySelector(".cm-card")).toBeNull();
  });
});

describe("the pointer", () => {
  test.each([
    ["an instruction", "FROM a\nR|UN make", "RUN", "Runs make."],
    ["a flag", "FROM a\nCOPY --fr|om=x a b", "--from=x", "from another stage"],
    ["an instruction in another one", "FROM a\nONBUILD R|UN make", "RUN", "Runs make."],
  ])("has %s explained", (_what, marked, over, says) => {
    open(marked);
    const card = hovered(view, view.state.selection.main.head, new Reader());
    expect(card && view.state.sliceDoc(card.pos, card.end)).toBe(over);
    expect(card?.create(view).dom.textContent).toContain(says);
    expect(card?.create(view).dom.getAttribute("role")).toBe("tooltip");
  });

  test("has words and comments left alone, and a file that is too long", () => {
    open("# a\nFROM a\nRUN ma|ke\n");
    expect([1, 15].map((at) => hovered(view, at, new Reader()))).toEqual([null, null]);
    view.dispatch({ changes: { from: view.state.doc.length, insert: "# a word\n".repeat(50_000) } });
    expect(hovered(view, 5, new Reader())).toBeNull();
  });
});

describe("completion", () => {
  test("offers instructions, and typing goes on behind them", async () => {
    open("FROM a\nWORK|");
    expect(await offered()).toEqual(["WORKDIR"]);
  });

  test("offers the instructions that begin with what was typed, and similar ones where none does", async () => {
    open("FROM a\nR|");
    expect(await offered()).toEqual(["RUN"]);
    // Another letter in its place asks anew.
    view.dispatch({ changes: { from: 7, to: 8, insert: "a" }, userEvent: "input.type" });
    expect(await offered()).toEqual(["ADD", "ARG"]);
    open("FROM a\nwkdr|");
    expect(await offered()).toEqual(["WORKDIR"]);
  });

  test("what is chosen stays chosen while typing goes on", async () => {
    open("FROM a\nE|");
    expect(await offered()).toEqual(["ENTRYPOINT", "ENV", "EXPOSE"]);
    // The list takes no keys in its first moment.
    await vi.waitFor(() => {
      press("ArrowUp");
      expect(selectedCompletion(view.state)?.label).toBe("EXPOSE");
    });
    press("ArrowUp");
    expect(selectedCompletion(view.state)?.label).toBe("ENV");
    view.dispatch({ changes: { from: 8, insert: "N" }, selection: { anchor: 9 }, userEvent: "input.type" });
    // The letter is not held up by its list: the one before stands until it is here.
    expect(completionStatus(view.state)).toBe("pending");
    expect(view.dom.querySelectorAll(".cm-tooltip-autocomplete li")).toHaveLength(3);
    await vi.waitFor(() => expect(completionStatus(view.state)).toBe("active"));
    expect(currentCompletions(view.state).map((offer) => offer.label)).toEqual(["ENTRYPOINT", "ENV"]);
    expect(selectedCompletion(view.state)?.label).toBe("ENV");
    press("Enter");
    expect(view.state.doc.toString()).toBe("FROM a\nENV ");
  });

  test("Enter ends the line as it was typed; Tab takes the first", async () => {
    images.apply(true, [imageRow("a", ["docker.io/library/ubuntu_other:1"]), imageRow("b", ["docker.io/library/ubuntu:1"])], []);
    open("FROM ubun|");
    expect(await offered()).toEqual(["ubuntu_other:1", "ubuntu:1"]);
    // The list takes no keys in its first moment.
    await vi.waitFor(() => {
      press("Tab");
      expect(view.state.doc.toString()).toBe("FROM ubuntu_other:1");
    });
    view.destroy();
    open("FROM ubun|");
    await offered();
    press("Enter");
    expect(view.state.doc.toString()).toBe("FROM ubun");
    images.clear();
  });

  test("asks the app for the files of the folder; what is left out comes last, and names that need quotes not at all", async () => {
    paths = [
      { path: "src/z.py", folder: false, left_out: true },
      { path: "src/b c.py", folder: false, left_out: false },
      { path: "src/lib/", folder: true, left_out: false },
    ];
    open("FROM a\nCOPY src/|");
    expect(await offered()).toEqual(["src/lib/", "src/z.py"]);
    expect(asked).toEqual(["src/"]);
  });

  test("asks nobody without a folder, and a folder that cannot be read is no list", async () => {
    open("FROM a\nCOPY |", null);
    expect(await offered()).toEqual([]);
    expect(asked).toEqual([]);
    view.destroy();
    useClient({ contextPaths: () => Promise.reject(new Error("no")) } satisfies Partial<Client> as unknown as Client);
    open("FROM a\nCOPY |");
    expect(await offered()).toEqual([]);
  });
});
