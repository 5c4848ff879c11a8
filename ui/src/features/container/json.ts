/** A piece of a line of JSON, and what it is. */
export interface JsonPart {
  text: string;
  kind: "key" | "string" | "number" | "word" | "mark";
}

const part = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b|([^"\d\w-]+|.)/g;

/** Splits a line of indented JSON into its pieces, for their colours. */
export function jsonParts(line: string): JsonPart[] {
  const parts: JsonPart[] = [];
  for (const [whole, quoted, colon, digits, word] of line.matchAll(part)) {
    if (quoted !== undefined) {
      parts.push({ text: quoted, kind: colon === undefined ? "string" : "key" });
      if (colon !== undefined) parts.push({ text: colon, kind: "mark" });
    } else parts.push({ text: whole, kind: digits !== undefined ? "number" : word !== undefined ? "word" : "mark" });
  }
  return parts;
}

/** A piece of text, and whether it is what was looked for. */
export interface Found {
  text: string;
  hit: boolean;
}

/** Splits a text around every place where `wanted` occurs, small and capital letters alike. */
export function splitFound(text: string, wanted: string): Found[] {
  if (wanted === "") return [{ text, hit: false }];
  const low = text.toLowerCase();
  const want = wanted.toLowerCase();
  // Letters that change length in lower case would shift the places; then nothing is marked.
  if (low.length !== text.length) return [{ text, hit: false }];
  const found: Found[] = [];
  let from = 0;
  for (let at = low.indexOf(want); at >= 0; at = low.indexOf(want, from)) {
    if (at > from) found.push({ text: text.slice(from, at), hit: false });
    found.push({ text: text.slice(at, at + want.length), hit: true });
    from = at + want.length;
  }
  if (from < text.length || found.length === 0) found.push({ text: text.slice(from), hit: false });
  return found;
}

/** JSON with two spaces for each level; what is not JSON stays as it is. */
export function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
