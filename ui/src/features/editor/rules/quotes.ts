/** A quote in ENV, LABEL or ARG that nothing closes. */

import type { Fix } from "../finding";
import { openQuote } from "../syntax/joined";
import { finding, plain, text, type Rule } from "./rule";

const [what = "", why = ""] = text.syntax.quote;

/** The rule. */
export const quotes: Rule = {
  id: "quote",
  check: (file) =>
    file.instructions.flatMap((instruction) => {
      const it = plain(instruction);
      const word = /^(ENV|LABEL|ARG)$/.test(it.name) ? it.words.at(-1) : undefined;
      // An open quote takes everything behind it, so it is in the last word.
      const open = word ? openQuote(word.raw, file.escape) : null;
      if (!word || !open) return [];
      const start = it.args.text.length - word.raw.length;
      const at = { from: it.args.place(start + open.at), to: it.to };
      return [finding(file, "quote", "error", at, what, why, close(word.raw, open, it.to))];
    }),
};

/** The quote at the end of the instruction, where the value began with it and no other pair follows that it could have ended before. */
function close(raw: string, { quote, at }: { quote: string; at: number }, end: number): Fix | null {
  const begins = at === 0 || raw.charAt(at - 1) === "=";
  if (!begins || /\s\S+=/.test(raw.slice(at)) || /[\\`]\s*$/.test(raw)) return null;
  return { label: text.syntax.useInstead(`…${quote}`), edits: [{ from: end, to: end, insert: quote }] };
}
