/**
 * Takes the page's caret away while a change is drawn. WebKit paints the whole window anew when what is drawn again
 * holds its caret (the first letter of a line, a word that gets another colour): most of the time of such a key.
 */

import { ViewPlugin } from "@codemirror/view";

/**
 * For the editor. Plugins are told of a change before it is drawn; once it is, the editor looks where the caret is,
 * and puts it where it belongs.
 */
export const caretAway = ViewPlugin.define((view) => ({
  update: (update): void => {
    // An input method works on what is under the caret.
    if (update.docChanged && view.hasFocus && !view.compositionStarted) window.getSelection()?.removeAllRanges();
  },
}));
