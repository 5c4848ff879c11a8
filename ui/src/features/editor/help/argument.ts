/** Where an ARG has its value from. */

import { en } from "../../../text/en";
import { isAutomatic } from "../syntax/instructions";
import { lineage, stageAt, type Dockerfile, type Instruction } from "../syntax/parse";
import { short } from "./short";

const say = en.dockerfile.whole;

/** Says which value a word of an ARG, `NAME` or `NAME=value`, has as long as the build is given none. */
export function argument(file: Dockerfile, it: Instruction, word: string): string {
  const [name, value] = pair(word);
  if (value !== null) return say.arg(short(name), short(value));
  const stage = stageAt(file, it.from);
  const set = (instructions: readonly Instruction[], names: RegExp): string | null => valueIn(instructions.filter((each) => names.test(each.name) && each.from < it.from), name);
  // In a stage it takes over the value of the same name above the first FROM.
  const above = stage && set(file.globals, /^ARG$/);
  if (above !== null) return say.argAbove(short(name), short(above));
  if (isAutomatic(name)) return say.argAutomatic(name);
  const kept = stage && lineage(file, stage).some((each) => set(each.instructions, /^(ARG|ENV)$/) !== null);
  return kept ? say.argKept(short(name)) : say.arg(short(name), null);
}

/** The last value that these give a name. */
function valueIn(instructions: readonly Instruction[], name: string): string | null {
  return instructions.flatMap((it) => it.words.map((word) => pair(word.value))).findLast(([each, value]) => each === name && value !== null)?.[1] ?? null;
}

function pair(word: string): [name: string, value: string | null] {
  const equals = word.indexOf("=");
  return equals < 0 ? [word, null] : [word.slice(0, equals), word.slice(equals + 1)];
}
