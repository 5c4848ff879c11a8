/** The marks at the edge of lines: what the checks found, where the build is, where it failed. */

import { RangeSet, StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, gutter, gutterLineClass, GutterMarker, type DecorationSet } from "@codemirror/view";
import type { IconName } from "../../../components/icons";
import { en } from "../../../text/en";
import type { Finding, LineMark, Severity } from "../finding";

const text = en.editor;

/** What a mark stands for, the strongest first: a line shows one. */
type Kind = LineMark["kind"] | Severity;
const order: readonly Kind[] = ["failed", "running", "error", "warning", "hint"];
const icons: Readonly<Record<Kind, IconName>> = { failed: "fail", running: "spinner", error: "fail", warning: "warn", hint: "bulb" };

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the page's sprite. */
function icon(name: IconName, label: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", name === "spinner" ? "i i-14 spin" : "i i-14");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

class Mark extends GutterMarker {
  constructor(
    readonly kind: Kind,
    readonly says: string,
  ) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof Mark && other.kind === this.kind && other.says === this.says;
  }

  override toDOM(): Node {
    const mark = document.createElement("span");
    mark.className = `cm-mark cm-mark-${this.kind}`;
    mark.dataset["tip"] = this.says;
    mark.append(icon(icons[this.kind], this.says));
    return mark;
  }
}

/** Colours the edge of a line as the line itself. */
const atEdge = new (class extends GutterMarker {
  override elementClass = "cm-at";
})();

/** Says what the checks found. */
export const setFound = StateEffect.define<readonly Finding[]>();
/** Says where the build is. */
export const setBuilt = StateEffect.define<readonly LineMark[]>();

const found = StateField.define<RangeSet<Mark>>({
  create: () => RangeSet.of<Mark>([]),
  update(marks, change) {
    for (const effect of change.effects) {
      if (!effect.is(setFound)) continue;
      const doc = change.newDoc;
      return RangeSet.of(
        effect.value.filter((it) => it.from <= doc.length).map((it) => new Mark(it.severity, `${text.severities[it.severity]}: ${it.message}`).range(doc.lineAt(it.from).from)),
        true,
      );
    }
    return marks.map(change.changes);
  },
});

const built = StateField.define<{ marks: RangeSet<Mark>; lines: DecorationSet }>({
  create: () => ({ marks: RangeSet.of<Mark>([]), lines: Decoration.none }),
  update(value, change) {
    for (const effect of change.effects) if (effect.is(setBuilt)) return builtAt(change.newDoc, effect.value);
    return change.docChanged ? { marks: value.marks.map(change.changes), lines: value.lines.map(change.changes) } : value;
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.lines),
});

function builtAt(doc: Text, marks: readonly LineMark[]): { marks: RangeSet<Mark>; lines: DecorationSet } {
  const known = marks.filter(({ line }) => line >= 1 && line <= doc.lines);
  return {
    marks: RangeSet.of(known.map((mark) => new Mark(mark.kind, mark.message || text[mark.kind]).range(doc.line(mark.line).from)), true),
    lines: Decoration.set(
      known.map((mark) => Decoration.line({ class: "cm-at" }).range(doc.line(mark.line).from)),
      true,
    ),
  };
}

function edges(marks: RangeSet<Mark>): RangeSet<GutterMarker> {
  const places: number[] = [];
  for (const at = marks.iter(); at.value !== null; at.next()) places.push(at.from);
  return RangeSet.of([...new Set(places)].map((place) => atEdge.range(place)));
}

/** Of all marks of a line, the strongest. */
function strongest(view: EditorView, from: number): Mark | null {
  const marks: Mark[] = [];
  for (const set of [view.state.field(built).marks, view.state.field(found)]) {
    set.between(from, from, (_from, _to, mark) => void marks.push(mark));
  }
  marks.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  return marks[0] ?? null;
}

/** The edge with its marks, and the lines that they colour. */
export const lineMarks: Extension = [
  found,
  built,
  gutterLineClass.compute([built], (state) => edges(state.field(built).marks)),
  gutter({
    class: "cm-marks",
    renderEmptyElements: true,
    lineMarker: (view, block) => strongest(view, block.from),
    lineMarkerChange: (update) => update.startState.field(found) !== update.state.field(found) || update.startState.field(built) !== update.state.field(built),
  }),
];
