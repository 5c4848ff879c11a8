/** Secrets in ENV and ARG. */

import type { Word } from "../syntax/joined";
import type { Dockerfile, Instruction } from "../syntax/parse";
import { finding, plain, text, wholeLines, type Place, type Rule } from "./rule";

const ID = "secrets";

// As BuildKit's own check has them, so that both say the same.
const SECRET = /(?:^|_)(?:apikey|auth|credential|credentials|key|password|pword|passwd|pwd|secret|token)(?:_|$)/i;
const PUBLIC = /(?:_|^)public(?:_|$)|(?:_|^)(?:file|path|dir|url|id|name|length|size|type|header|ttl|expiry)$/i;

/** The rule. */
export const secrets: Rule = {
  id: ID,
  check: (file) =>
    file.instructions.flatMap((instruction) => {
      const it = plain(instruction);
      const says = it.name === "ENV" ? text.secrets.env : it.name === "ARG" ? text.secrets.arg : null;
      if (says === null) return [];
      const why = it.name === "ENV" ? text.secrets.envWhy : text.secrets.argWhy;
      const pairs = pairsOf(it);
      return pairs.flatMap((word, at) => {
        const name = word.value.split("=")[0] ?? "";
        if (!isSecret(name)) return [];
        const fix = { label: text.secrets.fix, edits: [{ ...placeOf(file, instruction, pairs, at), insert: "" }] };
        return [finding(file, ID, "warning", { from: word.from, to: word.from + name.length }, says(name), why, fix)];
      });
    }),
};

function isSecret(name: string): boolean {
  return SECRET.test(name) && !PUBLIC.test(name);
}

/** The words that name something: all, or the first in the old form `ENV NAME value`. */
function pairsOf(it: Instruction): readonly Word[] {
  const [first] = it.words;
  return it.name === "ENV" && first && !first.value.includes("=") ? [first] : it.words;
}

/** What goes with a pair, so that the lines that stay still hang together: nothing may be continued by an empty line. */
function placeOf(file: Dockerfile, instruction: Instruction, pairs: readonly Word[], at: number): Place {
  const [before, pair, next] = [pairs[at - 1], pairs[at], pairs[at + 1]];
  if (!pair || (!before && !next)) return wholeLines(file, instruction);
  // All but the first go from the end of the one before, with the continued lines and the comments between the two.
  if (before) return { from: before.to, to: pair.to };
  // A comment behind the first is about the next one.
  const between = file.text.slice(pair.to, next?.from);
  return { from: pair.from, to: pair.to + (between.includes("#") ? (/^[^\S\n]*/.exec(between)?.[0].length ?? 0) : between.length) };
}
