/**
 * A line that a program printed, as pieces of text with the colours that the program chose. Only
 * colours and weights are kept (SGR); every other sequence is dropped. The text is hostile: it comes
 * out as plain strings for text nodes, with what is invisible or turns the writing round made visible.
 */

/** A piece of a line in one style. */
export interface Span {
  text: string;
  /** Class names; empty for plain text. */
  class: string;
}

/** What is shown of a line at most, in characters. */
export const LINE_MAX = 4000;

interface Style {
  fg: number | null;
  bg: number | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
  hidden: boolean;
  strike: boolean;
}

const PLAIN: Style = { fg: null, bg: null, bold: false, dim: false, italic: false, underline: false, inverse: false, hidden: false, strike: false };

// CSI with its parameters, strings up to their end (OSC, DCS, APC, PM, SOS), two-character escapes, and the eight-bit forms of them.
// eslint-disable-next-line no-control-regex
const ESCAPE = /(?:\x1b\[|\x9b)([0-?]*)([ -/]*)([@-~]?)|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Reads a line. What stands before a lone carriage return was overwritten by what follows it. */
export function spansOf(line: string): Span[] {
  const shown = lastWritten(line);
  const cut = shown.length > LINE_MAX ? shown.slice(0, LINE_MAX) : shown;
  const spans: Span[] = [];
  let style = PLAIN;
  let at = 0;
  for (const found of cut.matchAll(ESCAPE)) {
    push(spans, cut.slice(at, found.index), style);
    if (found[3] === "m" && found[2] === "") style = styled(style, found[1] ?? "");
    at = found.index + found[0].length;
  }
  push(spans, cut.slice(at), style);
  if (cut.length < shown.length) push(spans, "…", { ...PLAIN, dim: true });
  return spans;
}

/** A line without any style. */
export function plainOf(spans: readonly Span[]): string {
  return spans.map((span) => span.text).join("");
}

function lastWritten(line: string): string {
  if (!line.includes("\r")) return line;
  return line.split("\r").findLast((part) => part !== "") ?? "";
}

function push(spans: Span[], raw: string, style: Style): void {
  if (raw === "") return;
  const text = raw.replaceAll("\t", "    ").replace(INVISIBLE, visible);
  const name = classOf(style);
  const last = spans.at(-1);
  if (last?.class === name) last.text += text;
  else spans.push({ text, class: name });
}

/** Control characters as their pictures; what turns the writing round as the sign for what can't be shown. */
function visible(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}

function styled(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)));
  let style = { ...before };
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const [color, used] = extended(codes.slice(at + 1));
      at += used;
      style = code === 38 ? { ...style, fg: color } : { ...style, bg: color };
    } else style = one(style, code);
  }
  return style;
}

function one(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 7) return { ...style, inverse: true };
  if (code === 8) return { ...style, hidden: true };
  if (code === 9) return { ...style, strike: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 23) return { ...style, italic: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 27) return { ...style, inverse: false };
  if (code === 28) return { ...style, hidden: false };
  if (code === 29) return { ...style, strike: false };
  if (code === 39) return { ...style, fg: null };
  if (code === 49) return { ...style, bg: null };
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, fg: code - 82 };
  if (code >= 100 && code <= 107) return { ...style, bg: code - 92 };
  return style;
}

/** A colour of 256 or of 16 million, as the nearest of the sixteen; and how many numbers it took. */
function extended(codes: readonly number[]): [color: number | null, used: number] {
  if (codes[0] === 5) return [from256(codes[1] ?? 0), 2];
  if (codes[0] === 2) return [nearest(codes[1] ?? 0, codes[2] ?? 0, codes[3] ?? 0), 4];
  return [null, codes.length];
}

function from256(code: number): number | null {
  if (code < 0 || code > 255) return null;
  if (code < 16) return code;
  if (code >= 232) return nearest(8 + (code - 232) * 10, 8 + (code - 232) * 10, 8 + (code - 232) * 10);
  const level = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  const cube = code - 16;
  return nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

/** The sixteen colours as most terminals have them. */
const SIXTEEN: readonly (readonly [number, number, number])[] = [
  [0, 0, 0], [205, 49, 49], [13, 188, 121], [229, 229, 16], [36, 114, 200], [188, 63, 188], [17, 168, 205], [204, 204, 204],
  [102, 102, 102], [241, 76, 76], [35, 209, 139], [245, 245, 67], [59, 142, 234], [214, 112, 214], [41, 184, 219], [255, 255, 255],
];

function nearest(red: number, green: number, blue: number): number {
  const far = ([r, g, b]: readonly [number, number, number]): number => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  return SIXTEEN.reduce((best, color, index) => (far(color) < far(SIXTEEN[best] ?? color) ? index : best), 0);
}

function classOf(style: Style): string {
  // Black and white text on the log's own ground would be unreadable or is what plain text looks like.
  const names = [
    style.fg !== null && `fg-${style.fg}`,
    style.bg !== null && `bg-${style.bg}`,
    style.bold && "bold",
    style.dim && "dim",
    style.italic && "italic",
    style.underline && "under",
    style.strike && "strike",
    style.inverse && "inverse",
    // What a program hides is still shown, faintly: a log keeps no secrets from its reader.
    style.hidden && "dim",
  ];
  return [...new Set(names.filter((name) => name !== false))].join(" ");
}
