// @vitest-environment jsdom
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { caretAway } from "./caret";

let view: EditorView;
/** What the page held each time that the caret was taken away. */
let held: string[];

beforeEach(() => {
  // jsdom lays nothing out; the editor only asks where text is, to scroll to it.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  view = new EditorView({ parent: document.body, state: EditorState.create({ doc: "FROM a\nRUN b", selection: { anchor: 9 }, extensions: caretAway }) });
  held = [];
  vi.spyOn(Selection.prototype, "removeAllRanges").mockImplementation(function (this: Selection) {
    held.push(view.contentDOM.textContent);
    // The same, by its other name.
    this.empty();
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  view.destroy();
});

/** Where the page's own caret is, in characters of the text; `null` where there is none. */
function caret(): number | null {
  const selection = getSelection();
  return selection?.focusNode && selection.rangeCount > 0 ? view.posAtDOM(selection.focusNode, selection.focusOffset) : null;
}

describe("the caret", () => {
  test("is away when a change is drawn, and where it belongs after it", () => {
    view.focus();
    view.dispatch({ changes: { from: 9, insert: "x" }, selection: { anchor: 10 } });
    expect(held).toEqual(["FROM aRUN b"]);
    expect(caret()).toBe(10);
  });

  test("comes back also when what changes is out of sight", () => {
    const lines = "FROM a\n".repeat(20_000);
    view.setState(EditorState.create({ doc: lines, selection: { anchor: 3 }, extensions: caretAway }));
    view.focus();
    view.dispatch({ changes: { from: lines.length, insert: "x" } });
    expect(held).toHaveLength(1);
    expect(caret()).toBe(3);
  });

  test("comes back as the selection that it was", () => {
    view.focus();
    view.dispatch({ selection: { anchor: 12, head: 7 } });
    view.dispatch({ changes: { from: 0, to: 4, insert: "from" } });
    expect([getSelection()?.toString(), caret()]).toEqual(["RUN b", 7]);
  });

  test("stays while nothing is changed, where the focus is elsewhere, and under an input method", () => {
    view.focus();
    view.dispatch({ selection: { anchor: 3 } });
    view.contentDOM.dispatchEvent(new CompositionEvent("compositionstart"));
    view.dispatch({ changes: { from: 3, insert: "x" } });
    view.contentDOM.dispatchEvent(new CompositionEvent("compositionend"));
    view.contentDOM.blur();
    view.dispatch({ changes: { from: 3, insert: "y" } });
    expect(held).toEqual([]);
  });
});
