/** Names of instructions in capitals and in small letters, mixed. */

import { isInstruction } from "../syntax/instructions";
import { finding, text, type Rule } from "./rule";

const say = text.syntax;

/** The rule, as BuildKit has it: whichever of the two most of them have is right, and neither is better. */
export const casing: Rule = {
  id: "casing",
  check(file) {
    const names = file.stages
      .flatMap((stage) => [stage.from, ...stage.instructions])
      .filter((it) => isInstruction(it.name))
      .map((it) => ({ from: it.from, to: it.nameTo, written: file.text.slice(it.from, it.nameTo), upper: it.name, lower: it.name.toLowerCase() }));
    const small = names.filter(({ written, lower }) => written === lower).length;
    const big = names.filter(({ written, upper }) => written === upper).length;
    return names.flatMap(({ from, to, written, upper, lower }) => {
      const right = small > big ? lower : upper;
      if (written === right) return [];
      return [finding(file, "casing", "hint", { from, to }, small > big ? say.casing.small : say.casing.capitals, say.casing.why, { label: say.upper(right), edits: [{ from, to, insert: right }] })];
    });
  },
};
