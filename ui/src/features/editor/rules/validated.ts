/** What `dockerfile-utils` finds in a text, stage by stage: a stage that stands as it stood is not read again. */

import "./buffer";
import { validate, ValidationCode as Code, ValidationSeverity } from "dockerfile-utils";
import type { Severity } from "../finding";
import type { Dockerfile } from "../syntax/parse";
import { isHeredoc } from "../syntax/sources";
import { plain, startsOf, type Place } from "./rule";

/** What it says of a place. */
export interface Told extends Place {
  /** Its own number for it. */
  code: number;
  severity: Severity;
  /** Its own words. */
  message: string;
}

const WARN = ValidationSeverity.WARNING;
// With settings of ours there are no others: each is named. A relative WORKDIR is common and does no harm.
const settings = {
  deprecatedMaintainer: WARN,
  directiveCasing: WARN,
  emptyContinuationLine: WARN,
  instructionCasing: ValidationSeverity.IGNORE,
  instructionCmdMultiple: WARN,
  instructionEntrypointMultiple: WARN,
  instructionHealthcheckMultiple: WARN,
  instructionJSONInSingleQuotes: ValidationSeverity.IGNORE,
  instructionWorkdirRelative: ValidationSeverity.IGNORE,
};

/** What a text holds for it that reaches over stages: it stands in a comment, and hides what is said of the next line. */
const HIDES = "dockerfile-utils: ignore";

/** Everything that it finds, with places in the file. */
export const validated = stageByStage(toldOf);

/** Has a file read in parts, each as if it were the file: only those that the file did not have when it was read last. */
export function stageByStage(read: (part: string) => readonly Told[]): (file: Dockerfile) => Told[] {
  let last: ReadonlyMap<string, readonly Told[]> = new Map();
  return (file) => {
    const text = atMargin(file, withoutHeredocs(file));
    const starts = text.includes(HIDES) ? [] : file.stages.slice(1).map((stage) => text.lastIndexOf("\n", stage.from.from - 1) + 1);
    // The directive that only the first part has is said to the others too.
    const directive = file.escape === "\\" ? "" : `# escape=${file.escape}\n`;
    const now = new Map<string, readonly Told[]>();
    const found = [0, ...starts].flatMap((from, at) => {
      const head = at === 0 ? "" : directive;
      const part = head + text.slice(from, starts[at]);
      const told = last.get(part) ?? now.get(part) ?? read(part);
      now.set(part, told);
      const shift = from - head.length;
      return told.map((it) => ({ ...it, from: it.from + shift, to: it.to + shift }));
    });
    last = now;
    return [...found, ...stagesTwice(file)];
  };
}

/** What it finds in a text; places count from the text's start. */
function toldOf(part: string): Told[] {
  const place = placesOf(part);
  return validate(part, settings).flatMap((it) => {
    const code = Number(it.code);
    // Names of stages are the whole file's matter.
    if (it.code === Code.DUPLICATE_BUILD_STAGE_NAME) return [];
    return { code, severity: it.severity === 1 ? "error" : "warning", from: place(it.range.start), to: place(it.range.end), message: messageOf(it.message) };
  });
}

/** Each stage whose name another one has too. */
function stagesTwice(file: Dockerfile): Told[] {
  const names = file.stages.flatMap(({ name }) => name ?? []);
  const times = new Map<string, number>();
  for (const { value } of names) times.set(value.toLowerCase(), (times.get(value.toLowerCase()) ?? 0) + 1);
  return names
    .filter(({ value }) => (times.get(value.toLowerCase()) ?? 0) > 1)
    .map(({ from, to }) => ({ code: Code.DUPLICATE_BUILD_STAGE_NAME, severity: "error", from, to, message: "" }));
}

/** The text with blanks for heredocs, whose lines are none of a Dockerfile, and plain words for what announces them. */
function withoutHeredocs(file: Dockerfile): string {
  let text = "";
  let at = 0;
  const hide = ({ from, to }: Place, by: string): void => {
    text += file.text.slice(at, from) + file.text.slice(from, to).replace(/[^\n]/g, by);
    at = to;
  };
  for (const it of file.instructions) {
    if (it.heredocs.length === 0) continue;
    for (const word of plain(it).words) if (isHeredoc(word.raw)) hide(word, "x");
    for (const heredoc of it.heredocs) hide(heredoc, " ");
  }
  return text + file.text.slice(at);
}

/** The text with line ends for the blanks before its first instruction: with a variable in it, `dockerfile-ast` would look for its stage without end. */
function atMargin({ instructions: [first] }: Dockerfile, text: string): string {
  if (first === undefined) return text;
  const line = text.lastIndexOf("\n", first.from - 1) + 1;
  return text.slice(0, line) + "\n".repeat(first.from - line) + text.slice(first.from);
}

/** Where lines and columns are in a text; what lies behind its end is its end. */
function placesOf(text: string): (position: { line: number; character: number }) => number {
  const starts = startsOf(text);
  return ({ line, character }) => Math.min((starts[line] ?? text.length) + character, text.length);
}

function messageOf(message: string | { value: string }): string {
  return typeof message === "string" ? message : message.value;
}
