/** CodeMirror's own words, in ours. */

import { en } from "../../../text/en";

/** What CodeMirror says, and what it says here. */
export const phrases: Readonly<Record<string, string>> = en.editor.codemirror;
