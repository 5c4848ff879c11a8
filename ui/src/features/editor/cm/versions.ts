/** Two versions of a text side by side: the one on disk, and the one of the editor. */

import { MergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import type { FileKind } from "../kind";
import { dockerfileLanguage } from "./dockerfile-mode";
import { ignoreLanguage } from "./ignore-mode";
import { theme } from "./theme";

/** What is shown, and what each side is called. */
export interface Versions {
  kind: FileKind;
  disk: string;
  mine: string;
  diskName: string;
  mineName: string;
}

/** Shows both; answers how to take them away. */
export function showVersions(parent: HTMLElement, versions: Versions): () => void {
  const side = (doc: string, name: string) => ({ doc, extensions: [...common(versions.kind), EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0" })] });
  const view = new MergeView({
    parent,
    a: side(versions.disk, versions.diskName),
    b: side(versions.mine, versions.mineName),
    // A long file is compared roughly rather than for ever.
    diffConfig: { scanLimit: 500, timeout: 500 },
    collapseUnchanged: { margin: 3, minSize: 6 },
  });
  return () => view.destroy();
}

function common(kind: FileKind): Extension[] {
  return [
    EditorState.lineSeparator.of("\n"),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.lineWrapping,
    lineNumbers(),
    kind === "dockerfile" ? dockerfileLanguage : kind === "ignore" ? ignoreLanguage : [],
    theme,
  ];
}
