/** Letters go straight into the text. */

import { EditorView } from "@codemirror/view";

/** What one key types, and nothing else does: no accents, no corrections, no input methods. */
const KEY = /^[ -~]$/;

/**
 * A plain letter is put into the text here. Left to themselves, the webview edits the page first, and the editor then
 * reads the page to find out what was typed: both at the cost of a part of each key.
 */
export const typedAtOnce = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const typed = event.data ?? "";
    if (event.inputType !== "insertText" || !KEY.test(typed) || event.isComposing || view.composing) return false;
    // Where the webview has an EditContext, the editor is told what was typed as it is.
    if (view.state.readOnly || ("editContext" in view.contentDOM && view.contentDOM.editContext)) return false;
    const { from, to } = view.state.selection.main;
    const insert = (): ReturnType<typeof view.state.update> => view.state.update(view.state.replaceSelection(typed), { userEvent: "input.type", scrollIntoView: true });
    const handled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, typed, insert));
    if (!handled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});
