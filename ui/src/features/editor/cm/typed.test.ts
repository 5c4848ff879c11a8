// @vitest-environment jsdom
import { closeBrackets } from "@codemirror/autocomplete";
import { history, undo } from "@codemirror/commands";
import { EditorSelection, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test } from "vitest";
import { typedAtOnce } from "./typed";

let view: EditorView;

beforeEach(() => {
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
});

afterEach(() => view.destroy());

/** An editor with what is selected between bars. */
function open(marked: string, readOnly = false): void {
  const [from, to] = [marked.indexOf("|"), marked.lastIndexOf("|") - 1];
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc: marked.replaceAll("|", ""),
      selection: { anchor: from, head: to },
      extensions: [EditorState.allowMultipleSelections.of(true), EditorState.readOnly.of(readOnly), history(), closeBrackets(), typedAtOnce],
    }),
  });
}

/** Types; answers whether it was put into the text here. */
function type(data: string, more: InputEventInit = {}): boolean {
  return !view.contentDOM.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertText", data, bubbles: true, cancelable: true, ...more }));
}

test("a letter takes the place of what is selected, and can be undone", () => {
  open("FROM |x|\n");
  expect(type("a")).toBe(true);
  expect(type("b")).toBe(true);
  expect(view.state.doc.toString()).toBe("FROM ab\n");
  expect(view.state.selection.main).toMatchObject({ from: 7, to: 7 });
  undo(view);
  expect(view.state.doc.toString()).toBe("FROM x\n");
});

test("a letter goes to every cursor", () => {
  open("a\nb||\n");
  view.dispatch({ selection: EditorSelection.create([EditorSelection.cursor(1), EditorSelection.cursor(3)]) });
  type("c");
  expect(view.state.doc.toString()).toBe("ac\nbc\n");
});

test("what the editor does with a letter, it does still", () => {
  open("RUN ||");
  type("[");
  expect(view.state.doc.toString()).toBe("RUN []");
  type("]");
  expect(view.state.doc.toString()).toBe("RUN []");
  expect(view.state.selection.main.head).toBe(6);
});

test.each([
  ["an accent", "é", {}],
  ["two signs at once", ". ", {}],
  ["a part of a composition", "a", { isComposing: true }],
  ["a correction", "a", { inputType: "insertReplacementText" }],
  ["nothing", "", { data: null }],
] satisfies [string, string, InputEventInit][])("%s is left to the webview", (_what, data, more) => {
  open("a||");
  expect(type(data, more)).toBe(false);
  expect(view.state.doc.toString()).toBe("a");
});

test("nothing is typed into a text that cannot be edited", () => {
  open("a||", true);
  type("b");
  expect(view.state.doc.toString()).toBe("a");
});
