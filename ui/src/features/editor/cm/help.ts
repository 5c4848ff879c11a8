/** Completion and hover for Dockerfiles. */

import { acceptCompletion, autocompletion, completionStatus, moveCompletionSelection, selectedCompletion, startCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { Prec, StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import { client } from "../../../ipc/client";
import { images } from "../../../stores/images.svelte";
import { en } from "../../../text/en";
import { complete, type Offer, type Offers } from "../help/complete";
import { explainAt, type Card } from "../help/explain";
import { instructionAt } from "../syntax/parse";
import { Reader } from "../syntax/reader";

const text = en.dockerfile;

/** A file longer than this is not read again for a hover or a list: nobody would see the difference from none. */
const LONGEST = 400_000;

/**
 * How long after a letter its list is made, in milliseconds: once the letter is painted, and before any hand is at
 * the next key. Until then the list before it stays as it was.
 */
const AFTER_PAINT = 25;

/** What the help needs to know of the build. */
export interface HelpWorld {
  /** The folder that is sent. */
  context(): string | null;
  /** The path of the file that is edited. */
  path(): string | null;
}

/** What helps while a Dockerfile is written. */
export function help(world: HelpWorld): Extension {
  // One for the text above the cursor, one for the whole of it: each changes little from one look to the next.
  const [above, whole] = [new Reader(), new Reader()];
  const options = new Options();
  // Its keys come before the editor's own.
  return Prec.high([
    // Enter ends the line unless somebody chose from the list: what is typed as it stands must stay so.
    autocompletion({ override: [(wanted) => completions(wanted, world, above, options)], icons: false, maxRenderedOptions: 100, selectOnOpen: false, activateOnTypingDelay: AFTER_PAINT }),
    hoverTooltip((view, at) => hovered(view, at, whole), { hoverTime: 300, hideOnChange: true }),
    asked,
    keymap.of([
      { key: "Tab", run: takeFirst },
      { key: "F1", run: (view) => explainHere(view, whole) },
      { key: "Escape", run: (view) => view.state.field(asked) !== null && (view.dispatch({ effects: setAsked.of(null) }), true) },
    ]),
  ]);
}

/** The card for what is under the pointer. */
export function hovered(view: EditorView, at: number, reader: Reader): Tooltip | null {
  const card = view.state.doc.length > LONGEST ? null : explainAt(reader.read(view.state.doc.toString()), at);
  return card === null ? null : { pos: card.from, end: card.to, create: () => ({ dom: cardOf(card) }) };
}

/** Takes the chosen completion, or the first where none is chosen. */
function takeFirst(view: EditorView): boolean {
  if (completionStatus(view.state) !== "active") return false;
  if (selectedCompletion(view.state) === null) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
}

/** The card that was asked for with a key. */
const setAsked = StateEffect.define<Tooltip | null>();
const asked = StateField.define<Tooltip | null>({
  create: () => null,
  update(card, change) {
    for (const effect of change.effects) if (effect.is(setAsked)) return effect.value;
    return change.docChanged || change.selection ? null : card;
  },
  provide: (field) => showTooltip.from(field),
});

/** Explains the line of the cursor, or the flag at it, to who has no pointer: shown, and said aloud. */
function explainHere(view: EditorView, reader: Reader): boolean {
  if (view.state.doc.length > LONGEST) return false;
  const file = reader.read(view.state.doc.toString());
  const at = view.state.selection.main.head;
  const holder = instructionAt(file, at);
  const card = explainAt(file, at) ?? (holder === null ? null : explainAt(file, holder.from));
  if (card === null) return false;
  view.dispatch({ effects: [setAsked.of({ pos: card.from, create: () => ({ dom: cardOf(card) }) }), EditorView.announce.of([card.title, ...card.paragraphs].join(" "))] });
  return true;
}

// No list says how long it is good for: CodeMirror would make the next one before the letter is painted.
async function completions(wanted: CompletionContext, world: HelpWorld, reader: Reader, options: Options): Promise<CompletionResult | null> {
  if (wanted.state.doc.length > LONGEST) return null;
  const known = { images: images.names.flatMap((name) => (name.repository === null ? [] : [name.reference])).sort() };
  const found = complete(wanted.state.sliceDoc(0, wanted.pos), reader, known);
  if (found === null) return null;
  if ("offers" in found) {
    // A blank line offers everything only when it is asked to.
    if (!wanted.explicit && found.offers.from === wanted.pos && !/[\s=]$/.test(wanted.state.sliceDoc(Math.max(0, wanted.pos - 1), wanted.pos))) return null;
    if (!wanted.explicit && wanted.state.doc.lineAt(wanted.pos).text.trim() === "") return null;
    const offers = meant(found.offers, wanted.state.sliceDoc(found.offers.from, wanted.pos));
    return { from: found.offers.from, options: options.of(offers) };
  }
  const context = world.context();
  if (context === null) return null;
  const { from, prefix } = found.paths;
  try {
    const paths = await client().contextPaths(context, world.path(), prefix);
    if (wanted.aborted) return null;
    const offers = paths.filter((it) => !/[\s"\\]/.test(it.path)).map((it): Offer => ({ label: it.path, detail: it.left_out ? text.leftOut : it.folder ? text.folder : "", low: it.left_out, more: it.folder }));
    return { from, options: options.of(offers), filter: true };
  } catch {
    // No folder, no list: what is typed stays as it is.
    return null;
  }
}

/** Offers as CodeMirror takes them. What the list before had too is the same thing: what was chosen in it stays chosen. */
class Options {
  #last: ReadonlyMap<string, Completion> = new Map();

  of(offers: readonly Offer[]): Completion[] {
    const now = new Map<string, Completion>();
    const options = offers.map((offer) => {
      const key = JSON.stringify(offer);
      const same = this.#last.get(key) ?? option(offer);
      now.set(key, same);
      return same;
    });
    this.#last = now;
    return options;
  }
}

/** Those of the offers that may be meant by what was typed: a list is short, and little is drawn for the next letter. */
function meant({ offers, begins }: Offers, typed: string): readonly Offer[] {
  if (!begins) return offers;
  const beginning = offers.filter((offer) => offer.label.toLowerCase().startsWith(typed.toLowerCase()));
  return beginning.length === 0 ? offers : beginning;
}

function option(offer: Offer): Completion {
  const insert = offer.apply ?? offer.label;
  return {
    label: offer.label,
    ...(offer.detail ? { detail: offer.detail } : {}),
    ...(offer.info === undefined ? {} : { info: offer.info }),
    boost: offer.low ? -50 : 0,
    apply: (view: EditorView, _completion, from, to) => {
      view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input.complete" });
      if (offer.more) startCompletion(view);
    },
  };
}

function cardOf(card: Card): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "cm-card";
  dom.setAttribute("role", "tooltip");
  const head = document.createElement("h3");
  const title = document.createElement("code");
  title.textContent = card.title;
  const where = document.createElement("span");
  where.textContent = card.where;
  head.append(title, where);
  dom.append(head);
  for (const paragraph of card.paragraphs) {
    const element = document.createElement("p");
    element.textContent = paragraph;
    dom.append(element);
  }
  return dom;
}
