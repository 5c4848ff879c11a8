/** Flags that an instruction does not know. */

import type { Fix } from "../finding";
import { flagsOf, isInstruction } from "../syntax/instructions";
import type { Flag } from "../syntax/parse";
import { nearest } from "./near";
import { finding, plain, text, type Rule } from "./rule";

const say = text.syntax;

/** The rule. */
export const flags: Rule = {
  id: "unknown-flag",
  check: (file) =>
    file.instructions.flatMap((instruction) => {
      const it = plain(instruction);
      if (!isInstruction(it.name)) return [];
      const known = flagsOf(it.name);
      return it.flags.flatMap((flag) => {
        if (known.includes(flag.name)) return [];
        const at = { from: flag.from, to: flag.from + 2 + flag.name.length };
        const why = known.length === 0 ? say.noFlagsWhy(it.name) : say.unknownFlagWhy;
        return [finding(file, "unknown-flag", "error", at, say.unknownFlag(`--${flag.name}`, it.name), why, near(flag, known))];
      });
    }),
};

function near({ name, from }: Flag, known: readonly string[]): Fix | null {
  const best = nearest(name, known);
  return best === null ? null : { label: say.useInstead(`--${best}`), edits: [{ from: from + 2, to: from + 2 + name.length, insert: best }] };
}
