/** Hands the checks' findings to CodeMirror: underlined, told on hover and by F8, mended from there. */

import { linter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import type { Extension, TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { en } from "../../../text/en";
import type { Finding, Fix } from "../finding";
import { setFound } from "./marks";

const text = en.editor;

/** What can be done with a finding. */
export interface FindingWork {
  mend(fix: Fix): void;
  leave(finding: Finding): void;
}

/** Lint without a source: findings come from outside, when the checks have them. */
export const findingsShown: Extension = linter(null);

/** Shows these findings instead of the ones before. */
export function showFindings(view: EditorView, findings: readonly Finding[], work: FindingWork): void {
  const length = view.state.doc.length;
  // The text may have moved on; findings of it follow.
  const fitting = findings.filter((finding) => finding.to <= length);
  const spec: TransactionSpec = setDiagnostics(view.state, fitting.map((finding) => diagnostic(finding, work)));
  const lint = spec.effects === undefined ? [] : [spec.effects].flat();
  view.dispatch({ effects: [...lint, setFound.of(fitting)] });
}

function diagnostic(finding: Finding, work: FindingWork): Diagnostic {
  const { fix } = finding;
  return {
    from: finding.from,
    to: Math.max(finding.to, finding.from),
    severity: finding.severity,
    message: `${finding.message} ${finding.why}`,
    renderMessage: () => {
      const says = document.createElement("div");
      says.className = "cm-says";
      const what = document.createElement("strong");
      what.textContent = finding.message;
      const why = document.createElement("p");
      why.textContent = finding.why;
      says.append(what, why);
      return says;
    },
    actions: [
      ...(fix === null ? [] : [{ name: fix.label, apply: () => work.mend(fix) }]),
      ...(finding.severity === "error" ? [] : [{ name: text.leave, apply: () => work.leave(finding) }]),
    ],
  };
}
