/**
 * A program with its arguments as one line of text, the way people type it.
 *
 * Only for the field in the dialog: the command that is shown and copied is quoted on the Rust side.
 */

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Splits a typed line into words; quotes and backslashes work as in a POSIX shell, nothing is expanded. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word = "";
  let begun = false;
  let quote: "'" | '"' | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    const next = line.charAt(at + 1);
    if (quote === null && /\s/.test(sign)) {
      if (begun) words.push(word);
      word = "";
      begun = false;
    } else if (quote === null && (sign === "'" || sign === '"')) {
      quote = sign;
      begun = true;
    } else if (sign === quote) {
      quote = null;
    } else if (sign === "\\" && next !== "" && escapes(quote, next)) {
      word += next;
      begun = true;
      at += 1;
    } else {
      word += sign;
      begun = true;
    }
  }
  if (begun) words.push(word);
  return words;
}

/** Writes words as a line that `splitWords` takes apart again. */
export function joinWords(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

/** Whether a backslash before `next` is an escape: everywhere outside quotes, before `"` and `\` inside double ones. */
function escapes(quote: "'" | '"' | null, next: string): boolean {
  if (quote === null) return true;
  return quote === '"' && (next === '"' || next === "\\");
}

function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
