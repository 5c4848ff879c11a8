/** The editor itself: one CodeMirror view, and the state of each open file that is not in front. */

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyField, historyKeymap, indentLess, indentMore, redo } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorSelection, EditorState, type Extension, type TransactionSpec } from "@codemirror/state";
import { drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { en } from "../../../text/en";
import type { Edit, Finding, LineMark } from "../finding";
import { kindOf, type FileKind } from "../kind";
import type { OpenFile } from "../open-file.svelte";
import { format } from "../syntax/format";
import { caretAway } from "./caret";
import { dockerfileLanguage } from "./dockerfile-mode";
import { findingsShown, showFindings, type FindingWork } from "./findings";
import { ignoreLanguage } from "./ignore-mode";
import { lineMarks, setBuilt } from "./marks";
import { phrases } from "./phrases";
import { theme } from "./theme";
import { typedAtOnce } from "./typed";

const text = en.editor;

/** What the editor tells, and what its keys do. */
export interface RoomWork extends FindingWork {
  save(): void;
  saveAs(): void;
  close(): void;
  format(): void;
  /** The focus has left. */
  left(): void;
}

/** A file that was shown before: its text, its undo history, its place. */
interface Left {
  state: EditorState;
  replaced: number;
  scroll: ReturnType<EditorView["scrollSnapshot"]>;
}

/** The same of an editor that is gone: the page was left. Undo works when it comes back. */
interface Stored {
  json: unknown;
  replaced: number;
}

const stored = new Map<number, Stored>();
const storedFields = { history: historyField };

/** What a Dockerfile is helped with beside its colours: completion and hover. */
export type Help = (file: OpenFile) => Extension;

/** The editor. */
export class Room {
  readonly view: EditorView;
  #file: OpenFile | null = null;
  readonly #left = new Map<number, Left>();
  readonly #named = new Compartment();
  readonly #locked = new Compartment();

  constructor(
    parent: HTMLElement,
    private readonly work: RoomWork,
    private readonly help: Help,
  ) {
    this.view = new EditorView({ parent, state: EditorState.create({ doc: "" }) });
  }

  /** The file that is shown. */
  get file(): OpenFile | null {
    return this.#file;
  }

  /** Shows a file; one that was shown before is as it was left. */
  show(file: OpenFile): void {
    if (this.#file?.id === file.id) return this.#follow(file);
    this.#put();
    this.#file = file;
    const left = this.#left.get(file.id);
    this.view.setState(left?.state ?? this.#stateOf(file));
    if (left) this.view.dispatch({ effects: left.scroll });
    this.#replaced = left?.replaced ?? stored.get(file.id)?.replaced ?? file.replaced;
    stored.delete(file.id);
    this.#follow(file);
  }

  #replaced = 0;

  /** Takes over what changed from outside: the text, the name, whether it can be edited. */
  #follow(file: OpenFile): void {
    if (this.#replaced !== file.replaced) {
      this.#replaced = file.replaced;
      this.#become(file.text);
    }
    this.view.dispatch({
      effects: [this.#named.reconfigure(this.#name(file)), this.#locked.reconfigure(EditorState.readOnly.of(file.unread))],
    });
  }

  /** Another text, as one step that can be undone; what is the same at both ends stays, and so does the cursor in it. */
  #become(now: string): void {
    const before = this.view.state.doc.toString();
    if (before === now) return;
    let from = 0;
    const shorter = Math.min(before.length, now.length);
    while (from < shorter && before.charCodeAt(from) === now.charCodeAt(from)) from += 1;
    let end = 0;
    while (end < shorter - from && before.charCodeAt(before.length - 1 - end) === now.charCodeAt(now.length - 1 - end)) end += 1;
    this.view.dispatch({ changes: { from, to: before.length - end, insert: now.slice(from, now.length - end) } });
  }

  #put(): void {
    if (this.#file === null) return;
    this.#left.set(this.#file.id, { state: this.view.state, replaced: this.#replaced, scroll: this.view.scrollSnapshot() });
  }

  /** Forgets the files that are no longer open. */
  keepOnly(files: readonly OpenFile[]): void {
    const open = new Set(files.map((file) => file.id));
    for (const id of this.#left.keys()) if (!open.has(id)) this.#left.delete(id);
    for (const id of stored.keys()) if (!open.has(id)) stored.delete(id);
    if (this.#file !== null && !open.has(this.#file.id)) this.#file = null;
  }

  /** Shows what the checks found in the file in front. */
  found(findings: readonly Finding[]): void {
    showFindings(this.view, findings, this.work);
  }

  /** Shows where the build is. */
  mark(marks: readonly LineMark[]): void {
    this.view.dispatch({ effects: setBuilt.of(marks) });
  }

  /** Brings a line into view, with the cursor at its start. */
  reveal(line: number): void {
    const doc = this.view.state.doc;
    const at = doc.line(Math.max(1, Math.min(line, doc.lines))).from;
    this.view.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.view.focus();
  }

  /** Makes edits of the text `of` as one step that can be undone; when another text stands here by now, none. Answers whether it did. */
  edit(edits: readonly Edit[], of: string): boolean {
    const { doc } = this.view.state;
    if (doc.length !== of.length || doc.toString() !== of || this.view.state.readOnly) return false;
    const spec: TransactionSpec = { changes: edits.map(({ from, to, insert }) => ({ from, to, insert })), userEvent: "input.complete", scrollIntoView: true };
    this.view.dispatch(spec);
    return true;
  }

  /** Tidies the file that is shown. */
  tidy(): void {
    if (this.#file === null || kindOf(this.#file.name) !== "dockerfile") return;
    const now = this.view.state.doc.toString();
    this.edit(format(now), now);
  }

  /** Opens the panel that finds and replaces. */
  find(): void {
    openSearchPanel(this.view);
  }

  /** Gives the editor the focus. */
  focus(): void {
    this.view.focus();
  }

  /** Takes the editor away; what was undone can still be undone when another one shows the file. */
  destroy(): void {
    this.#put();
    for (const [id, { state, replaced }] of this.#left) stored.set(id, { json: state.toJSON(storedFields), replaced });
    this.view.destroy();
  }

  #name(file: OpenFile): Extension {
    const kind = kindOf(file.name);
    const label = kind === "dockerfile" ? text.label : file.name;
    return [EditorView.contentAttributes.of({ "aria-label": label, "aria-description": file.name, tabindex: "0" }), languageOf(kind), kind === "dockerfile" ? this.help(file) : []];
  }

  #stateOf(file: OpenFile): EditorState {
    const before = stored.get(file.id);
    const extensions = this.#extensions(file);
    return before ? EditorState.fromJSON(before.json, { extensions }, storedFields) : EditorState.create({ doc: file.text, extensions });
  }

  #extensions(file: OpenFile): Extension {
    return [
        // Lone carriage returns stay what they are; those of CRLF files were taken off when they were read.
        EditorState.lineSeparator.of("\n"),
        EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
        lineMarks,
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        caretAway,
        dropCursor(),
        indentUnit.of("    "),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightSelectionMatches({ minSelectionLength: 2 }),
        search({ top: true }),
        findingsShown,
        tooltips({ parent: document.body, position: "fixed" }),
        EditorState.phrases.of(phrases),
        EditorView.contentAttributes.of({ "aria-multiline": "true", spellcheck: "false" }),
        typedAtOnce,
        this.#keys(),
        this.#named.of(this.#name(file)),
        this.#locked.of(EditorState.readOnly.of(file.unread)),
        theme,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            const doc = update.state.doc;
            if (!file.unread) file.edited(() => doc.toString());
          }
          if (update.focusChanged && !update.view.hasFocus) this.work.left();
        }),
      ];
  }

  #keys(): Extension {
    const does = (work: () => void) => (): boolean => {
      work();
      return true;
    };
    // Ctrl Enter builds, wherever the focus is; CodeMirror would add a line.
    const usual = defaultKeymap.filter((binding) => binding.key !== "Mod-Enter");
    return keymap.of([
      { key: "Mod-s", run: does(() => this.work.save()), shift: does(() => this.work.saveAs()), preventDefault: true },
      { key: "Mod-w", run: does(() => this.work.close()), preventDefault: true },
      { key: "Shift-Alt-f", run: does(() => this.work.format()) },
      { key: "Mod-Shift-z", run: redo, preventDefault: true },
      // Esc, then Tab leaves: CodeMirror lets the Tab after an Esc through.
      { key: "Tab", run: indentMore, shift: indentLess },
      ...closeBracketsKeymap,
      ...usual,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]);
  }
}

function languageOf(kind: FileKind): Extension {
  switch (kind) {
    case "dockerfile":
      return dockerfileLanguage;
    case "ignore":
      return ignoreLanguage;
    case "text":
      return [];
  }
}
