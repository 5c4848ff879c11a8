/** How the editor looks: every colour is one of the page's tokens, so both themes are the same rules. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--syn-arg)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "22px", fontVariantLigatures: "none", overscrollBehavior: "contain", contain: "content" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 16px 0 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)", borderLeftWidth: "1.5px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--accent-soft)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--hover)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--text-3)", border: "0" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "32px", padding: "0 12px 0 0", fontSize: "12px" },
  ".cm-marks .cm-gutterElement": { display: "grid", placeItems: "center", width: "24px", paddingLeft: "8px" },
  ".cm-mark": { display: "grid", color: "var(--warn-mark)" },
  ".cm-mark-hint": { color: "var(--text-3)" },
  ".cm-mark-error, .cm-mark-failed": { color: "var(--bad-mark)" },
  ".cm-mark-running": { color: "var(--accent-text)" },
  ".cm-line.cm-at, &.cm-focused .cm-line.cm-at": { backgroundColor: "var(--accent-faint)" },
  ".cm-gutterElement.cm-at": { backgroundColor: "var(--accent-faint)" },
  ".cm-marks .cm-gutterElement.cm-at": { boxShadow: "inset 2px 0 var(--accent)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--tint-name-bg)" },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn-line)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent-line)" },
  ".cm-selectionMatch": { backgroundColor: "var(--surface-3)" },
  ".cm-lintRange": { backgroundImage: "none !important", textUnderlineOffset: "4px", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--bad-mark) 1px" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--warn-mark) 1px" },
  ".cm-lintRange-hint, .cm-lintRange-info": { textDecoration: "underline dotted var(--line-control) 1.5px" },
  ".cm-lintRange-active": { backgroundColor: "var(--warn-soft)" },
  ".cm-lintPoint::after": { display: "none" },
});

const cards = EditorView.theme({
  ".cm-tooltip": { backgroundColor: "var(--overlay)", color: "var(--text)", border: "1px solid var(--line-strong)", borderRadius: "8px", boxShadow: "var(--shadow-2)", font: "var(--t-body)", overflow: "hidden" },
  ".cm-tooltip .cm-tooltip-section:not(:first-child)": { borderTop: "1px solid var(--line)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "12.5px", maxHeight: "240px", padding: "4px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "baseline", gap: "12px", minHeight: "24px", padding: "2px 8px", borderRadius: "4px", color: "var(--text)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--text)" },
  // While the next list is made, the last one does not blink.
  ".cm-tooltip.cm-tooltip-autocomplete.cm-tooltip-autocomplete-disabled > ul > li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--text)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600", color: "var(--accent-text)" },
  ".cm-completionDetail": { marginLeft: "auto", fontStyle: "normal", font: "var(--t-caption)", color: "var(--text-3)" },
  ".cm-tooltip.cm-completionInfo": { width: "280px", padding: "10px 14px", color: "var(--text-2)" },
  ".cm-tooltip-lint": { maxWidth: "360px" },
  ".cm-diagnostic": { padding: "12px 14px", borderLeft: "0 !important", whiteSpace: "normal" },
  ".cm-says strong": { display: "block", fontWeight: "500", color: "var(--text)" },
  ".cm-says p, .cm-card p": { margin: "4px 0 0", color: "var(--text-2)" },
  ".cm-card": { width: "320px", padding: "12px 14px" },
  ".cm-card h3": { display: "flex", justifyContent: "space-between", alignItems: "baseline", gap: "8px", margin: "0", font: "var(--t-body-strong)" },
  ".cm-card h3 code": { fontFamily: "var(--mono)", fontSize: "13px", color: "var(--syn-key)" },
  ".cm-card h3 span": { font: "var(--t-caption)", color: "var(--text-3)" },
  ".cm-diagnosticAction, .cm-button": { height: "28px", margin: "8px 8px 0 0", padding: "0 10px", border: "1px solid var(--line-strong)", borderRadius: "6px", backgroundColor: "var(--surface)", backgroundImage: "none", color: "var(--text)", font: "var(--t-body-strong)" },
  ".cm-diagnosticAction:hover, .cm-button:hover": { backgroundColor: "var(--surface-3)", backgroundImage: "none" },
});

const panels = EditorView.theme({
  ".cm-panels": { backgroundColor: "var(--surface-2)", color: "var(--text)", font: "var(--t-body)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "8px 32px 8px 16px" },
  ".cm-panel.cm-search label": { font: "var(--t-caption)", color: "var(--text-2)" },
  ".cm-panel.cm-search .cm-button": { margin: "2px 4px 2px 0" },
  ".cm-panel.cm-search [name=close]": { top: "8px", right: "8px", width: "24px", height: "24px", color: "var(--text-2)" },
  ".cm-textfield": { height: "28px", padding: "0 8px", border: "1px solid var(--line-control)", borderRadius: "6px", backgroundColor: "var(--surface)", color: "var(--text)", fontSize: "13px" },
  ".cm-panel :focus-visible": { outline: "2px solid var(--focus)", outlineOffset: "1px" },
  // Of two versions side by side.
  "&.cm-merge-a .cm-changedText": { background: "var(--bad-soft)" },
  "&.cm-merge-b .cm-changedText": { background: "var(--accent-soft)" },
  "&.cm-merge-a .cm-changedLineGutter, &.cm-merge-a .cm-deletedLineGutter": { background: "var(--bad-mark)" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--accent)" },
  "&.cm-merge-a .cm-changedLine, &.cm-merge-b .cm-changedLine": { backgroundColor: "var(--surface-2)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--syn-key)", fontWeight: "500" },
  { tag: [tags.string, tags.content], color: "var(--syn-str)" },
  { tag: [tags.comment, tags.meta], color: "var(--syn-com)" },
  { tag: [tags.number, tags.variableName, tags.attributeName], color: "var(--syn-num)" },
  { tag: tags.operator, color: "var(--syn-key)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

/** Everything about its look. */
export const theme = [look, cards, panels, syntaxHighlighting(colours)];
