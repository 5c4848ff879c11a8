/** Secrets in ENV and ARG. */

import type { Finding, Fix } from "../finding";
import type { Dockerfile, Instruction } from "../syntax/parse";
import { finding, plain, text, wholeLines, type Rule } from "./rule";

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
      if (it.name === "ENV") return env(file, it);
      return it.name === "ARG" ? arg(file, it) : [];
    }),
};

function isSecret(name: string): boolean {
  return SECRET.test(name) && !PUBLIC.test(name);
}

function env(file: Dockerfile, it: Instruction): Finding[] {
  const [first] = it.words;
  // The old form `ENV NAME value` has one name.
  const pairs = first && !first.value.includes("=") ? [first] : it.words;
  return pairs.flatMap((word) => {
    const name = word.value.split("=")[0] ?? "";
    if (!isSecret(name)) return [];
    return [finding(file, ID, "warning", { from: word.from, to: word.from + name.length }, text.secrets.env(name), text.secrets.envWhy, takeOut(file, it, pairs.length, word))];
  });
}

function arg(file: Dockerfile, it: Instruction): Finding[] {
  return it.words.flatMap((word) => {
    const name = word.value.split("=")[0] ?? "";
    if (!isSecret(name)) return [];
    return [finding(file, ID, "warning", { from: word.from, to: word.from + name.length }, text.secrets.arg(name), text.secrets.argWhy, takeOut(file, it, it.words.length, word))];
  });
}

function takeOut(file: Dockerfile, it: Instruction, pairs: number, word: { from: number; to: number }): Fix {
  if (pairs === 1) return { label: text.secrets.fix, edits: [{ ...wholeLines(file, it), insert: "" }] };
  const blank = /^[^\S\n]*/.exec(file.text.slice(word.to))?.[0].length ?? 0;
  return { label: text.secrets.fix, edits: [{ from: word.from, to: word.to + blank, insert: "" }] };
}
