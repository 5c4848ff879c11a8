/** Colours Dockerfiles, line by line, as BuildKit reads them: directives, continuations, heredocs. */

import { StreamLanguage, type StringStream } from "@codemirror/language";
import { instructionNames } from "../syntax/instructions";

interface Heredoc {
  /** The line that ends it. */
  end: string;
  /** Leading tabs do not count (`<<-`). */
  tabs: boolean;
}

interface State {
  /** Nothing but directives so far, so a comment may be one. */
  top: boolean;
  /** What continues a line: `\`, or what the `escape` directive says. */
  escape: string;
  /** The instruction whose arguments follow; `null` at the start of one. */
  instruction: string | null;
  /** The line before ended with the escape character. */
  continued: boolean;
  /** No flag any more: the first argument was seen. */
  args: boolean;
  /** The quote that is open. */
  quote: string | null;
  /** Heredocs that were announced, or that we are in. */
  heredocs: readonly Heredoc[];
  /** We are in the first of them. */
  inside: boolean;
}

const DIRECTIVE = /^#\s*(syntax|escape|check)\s*=\s*(\S.*)$/i;
const HEREDOC = /^\d*<<(-?)\s*(["']?)([A-Za-z_][\w.-]*)\2(?=\s|$)/;
const VARIABLE = /^\$(?:[A-Za-z_]\w*|\{[^}\s]*\})/;
const FLAG = /^--[A-Za-z][\w-]*/;
/** A piece of a word without a sign that means something. */
const PLAIN = /[^\s"'$\\`]+/y;
const TAKES_HEREDOC: ReadonlySet<string> = new Set(["RUN", "COPY", "ADD"]);
const NUMBERS: ReadonlySet<string> = new Set(["EXPOSE"]);

function token(stream: StringStream, state: State): string | null {
  if (stream.sol()) {
    const heredoc = state.inside ? state.heredocs[0] : undefined;
    if (heredoc) return heredocLine(stream, state, heredoc);
    const special = lineStart(stream, state);
    if (special !== null) return special;
  }
  if (stream.eatSpace()) return null;
  if (state.instruction === null) return keyword(stream, state);
  return argument(stream, state, state.instruction);
}

function heredocLine(stream: StringStream, state: State, heredoc: Heredoc): string {
  const line = heredoc.tabs ? stream.string.replace(/^\t+/, "") : stream.string;
  stream.skipToEnd();
  if (line !== heredoc.end) return "string";
  state.heredocs = state.heredocs.slice(1);
  state.inside = state.heredocs.length > 0;
  if (!state.inside) begin(state);
  return "keyword";
}

/** What only the start of a line can be: a comment, a directive. Answers `null` for anything else. */
function lineStart(stream: StringStream, state: State): string | null {
  // A blank line inside a continuation is skipped, and the continuation goes on.
  if (!state.continued) begin(state);
  if (!/^\s*#/.test(stream.string)) {
    state.top = false;
    state.continued = false;
    return null;
  }
  stream.skipToEnd();
  const directive = state.top ? DIRECTIVE.exec(stream.string.trim()) : null;
  if (!directive) {
    state.top = false;
    return "comment";
  }
  if (directive[1]?.toLowerCase() === "escape") state.escape = directive[2]?.trim() ?? "\\";
  return "meta";
}

function begin(state: State): void {
  state.instruction = null;
  state.continued = false;
  state.args = false;
  state.quote = null;
}

function keyword(stream: StringStream, state: State): string | null {
  const word = /^\S+/.exec(stream.string.slice(stream.pos))?.[0] ?? "";
  stream.pos += word.length;
  if (word === state.escape) return continues(stream, state);
  state.instruction = word.toUpperCase();
  return instructionNames.has(state.instruction) || (stream.eol() && begins(state.instruction)) ? "keyword" : "invalid";
}

/** Whether an instruction may be on its way: nobody is told that a word is wrong while it is typed. */
function begins(word: string): boolean {
  for (const name of instructionNames) if (name.startsWith(word)) return true;
  return false;
}

function argument(stream: StringStream, state: State, instruction: string): string | null {
  // What can begin here is told by one character: most words are plain, and cost one look.
  const first = stream.string.charAt(stream.pos);
  if (first === state.escape && rest(stream).trimEnd() === state.escape) return continues(stream, state);
  const variable = first === "$" ? VARIABLE.exec(rest(stream)) : null;
  if (state.quote !== null && (state.quote === "'" || !variable)) return quoted(stream, state, state.quote);
  if (variable) return take(stream, variable[0], "variableName");
  const flag = first === "-" && !state.args ? FLAG.exec(rest(stream)) : null;
  if (flag) return take(stream, flag[0], "attributeName");
  if (instruction === "ONBUILD" && !state.args) {
    begin(state);
    return keyword(stream, state);
  }
  const heredoc = /[<\d]/.test(first) && TAKES_HEREDOC.has(instruction) ? HEREDOC.exec(rest(stream)) : null;
  if (heredoc) {
    state.heredocs = [...state.heredocs, { end: heredoc[3] ?? "", tabs: heredoc[1] === "-" }];
    state.args = true;
    return take(stream, heredoc[0], "keyword");
  }
  if (first === '"' || first === "'") {
    state.args = true;
    state.quote = first;
    stream.next();
    return quoted(stream, state, first);
  }
  return word(stream, state, instruction);
}

/** What is left of the line. */
function rest(stream: StringStream): string {
  return stream.string.slice(stream.pos);
}

/** A word up to what has a colour of its own. A value of a flag goes on being one. */
function word(stream: StringStream, state: State, instruction: string): string | null {
  const flagValue = !state.args && stream.pos > 0 && /--[\w-]+(=\S*)?$/.test(stream.string.slice(0, stream.pos));
  PLAIN.lastIndex = stream.pos;
  const plain = PLAIN.exec(stream.string)?.[0] ?? stream.string.charAt(stream.pos);
  stream.pos += plain.length;
  if (flagValue) return null;
  state.args = true;
  if (instruction === "FROM" && /^as$/i.test(plain)) return "keyword";
  if (instruction === "HEALTHCHECK" && /^(CMD|NONE)$/i.test(plain)) return "keyword";
  if (NUMBERS.has(instruction) && /^\d[\d-]*(\/\w+)?$/.test(plain)) return "number";
  if (instruction === "RUN" && /^(&&|\|\||[;|])+$/.test(plain)) return "operator";
  return null;
}

/** The rest of a quoted text, up to its end, a variable, or the end of the line. */
function quoted(stream: StringStream, state: State, quote: string): string {
  while (!stream.eol()) {
    const next = stream.string.charAt(stream.pos);
    if (next === state.escape && rest(stream).trimEnd() === state.escape) break;
    if (next === "$" && quote === '"' && VARIABLE.test(rest(stream))) break;
    stream.next();
    if (next === state.escape && quote === '"') stream.next();
    else if (next === quote) {
      state.quote = null;
      break;
    }
  }
  return "string";
}

function continues(stream: StringStream, state: State): string {
  stream.skipToEnd();
  state.continued = true;
  return "operator";
}

function take(stream: StringStream, text: string, style: string | null): string | null {
  stream.pos += text.length;
  return style;
}

/** The language of Dockerfiles. */
export const dockerfileLanguage = StreamLanguage.define<State>({
  name: "dockerfile",
  startState: () => ({ top: true, escape: "\\", instruction: null, continued: false, args: false, quote: null, heredocs: [], inside: false }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    const style = token(stream, state);
    // A heredoc begins on the line after the one that announces it, unless that one goes on.
    if (stream.eol() && state.heredocs.length > 0 && !state.continued) state.inside = true;
    return style;
  },
  blankLine(state) {
    if (!state.inside && !state.continued) begin(state);
  },
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } },
});
