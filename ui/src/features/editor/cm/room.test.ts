// @vitest-environment jsdom
import { undo } from "@codemirror/commands";
import { forEachDiagnostic } from "@codemirror/lint";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { useClient, type Client } from "../../../ipc/client";
import { OpenFile } from "../open-file.svelte";
import { look } from "../rules";
import { Room } from "./room";

let room: Room;
let did: string[];

function open(): Room {
  const said = (word: string) => (): void => void did.push(word);
  return new Room(document.body, { save: said("save"), saveAs: said("saveAs"), close: said("close"), format: said("format"), left: said("left"), mend: said("mend"), leave: said("leave") }, () => []);
}

beforeEach(() => {
  // jsdom lays nothing out; the editor only asks where text is, to scroll to it.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  useClient({ deskKeep: () => Promise.resolve() } satisfies Partial<Client> as unknown as Client);
  did = [];
  room = open();
});

afterEach(() => room.destroy());

let ids = 100;

function fileOf(text: string, name = "Dockerfile"): OpenFile {
  return new OpenFile({ id: ids++, path: null, name, text, saved: text });
}

function type(text: string): void {
  room.view.dispatch({ changes: { from: 0, insert: text }, userEvent: "input.type" });
}

describe("the editor", () => {
  test("is called what it is", () => {
    room.show(fileOf(""));
    expect(room.view.contentDOM.getAttribute("aria-label")).toBe("Dockerfile");
    room.show(fileOf("", ".dockerignore"));
    expect(room.view.contentDOM.getAttribute("aria-label")).toBe(".dockerignore");
  });

  test("tells the file what is typed", () => {
    const file = fileOf("FROM a\n");
    room.show(file);
    type("# hello\n");
    expect(file.text).toBe("# hello\nFROM a\n");
    expect(file.unsaved).toBe(true);
  });

  test("each file keeps its text and its undo", () => {
    const [one, two] = [fileOf("one"), fileOf("two")];
    room.show(one);
    type("x");
    room.show(two);
    type("y");
    room.show(one);
    expect(room.view.state.doc.toString()).toBe("xone");
    undo(room.view);
    expect([one.text, two.text]).toEqual(["one", "ytwo"]);
  });

  test("undo works after the page was left", () => {
    const file = fileOf("one");
    room.show(file);
    type("x");
    room.destroy();
    room = open();
    room.show(file);
    expect(room.view.state.doc.toString()).toBe("xone");
    undo(room.view);
    expect(file.text).toBe("one");
  });

  test("a text that came from the disk can be undone, and is not asked for twice", () => {
    const file = fileOf("FROM a\nRUN b\n");
    room.show(file);
    file.replace("FROM c\nRUN b\n");
    room.show(file);
    expect(room.view.state.doc.toString()).toBe("FROM c\nRUN b\n");
    undo(room.view);
    room.show(file);
    expect(file.text).toBe("FROM a\nRUN b\n");
  });

  test("keeps lone carriage returns as they are", () => {
    const file = fileOf("FROM a\rb\n");
    room.show(file);
    type("x");
    expect(file.text).toBe("xFROM a\rb\n");
  });

  test("a file that could not be read cannot be typed into", () => {
    const file = fileOf("");
    file.unread = true;
    room.show(file);
    expect(room.view.state.readOnly).toBe(true);
    file.unread = false;
    room.show(file);
    expect(room.view.state.readOnly).toBe(false);
  });

  test("a fix of another text is not made", () => {
    const text = "FROM a:1\nADD x y\n";
    const file = fileOf(text);
    room.show(file);
    const fix = look(text, { images: [] }).findings[0]?.fix;
    type("#\n");
    expect(room.edit(fix?.edits ?? [], text)).toBe(false);
    undo(room.view);
    expect(room.edit(fix?.edits ?? [], text)).toBe(true);
    expect(file.text).toBe("FROM a:1\nCOPY x y\n");
  });

  test("shows what was found, and where the build is", () => {
    const text = "FROM a:1\nADD x y\nRUN z\n";
    room.show(fileOf(text));
    room.found(look(text, { images: [] }).findings);
    room.mark([{ line: 3, kind: "failed", message: "" }, { line: 99, kind: "running", message: "" }]);
    const found: string[] = [];
    forEachDiagnostic(room.view.state, (diagnostic) => found.push(...(diagnostic.actions ?? []).map((action) => action.name)));
    expect(found).toEqual(["Use COPY", "Leave it"]);
    expect(room.view.dom.querySelectorAll(".cm-line.cm-at")).toHaveLength(1);
  });

  test("tidies as one step", () => {
    const file = fileOf("from a\nrun b  \n");
    room.show(file);
    room.tidy();
    expect(file.text).toBe("FROM a\nRUN b\n");
    undo(room.view);
    expect(file.text).toBe("from a\nrun b  \n");
  });

  test("its keys do what the menus do, and Ctrl Enter is left to the page", () => {
    room.show(fileOf("FROM a\n"));
    const press = (key: string, code: number, shiftKey = false): boolean => {
      const event = new KeyboardEvent("keydown", { key, ctrlKey: true, shiftKey, bubbles: true, cancelable: true });
      // What tells the key under a capital letter; jsdom sets none.
      Object.defineProperty(event, "keyCode", { value: code });
      return room.view.contentDOM.dispatchEvent(event);
    };
    press("s", 83);
    press("S", 83, true);
    press("w", 87);
    expect(did).toEqual(["save", "saveAs", "close"]);
    expect(press("Enter", 13)).toBe(true);
    expect(room.view.state.doc.toString()).toBe("FROM a\n");
  });

  test("a file that was closed is forgotten", () => {
    const file = fileOf("one");
    room.show(file);
    type("x");
    room.show(fileOf("two"));
    room.keepOnly([]);
    room.show(file);
    expect(undo(room.view)).toBe(false);
  });
});
