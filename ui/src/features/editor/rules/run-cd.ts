/** `cd` in a RUN where WORKDIR is meant. */

import type { Fix } from "../finding";
import type { Dockerfile, Instruction } from "../syntax/parse";
import { programOf, runCommands } from "../syntax/shell";
import { finding, text, type Rule } from "./rule";

const ID = "run-cd";
const say = text.runCd;

/** The rule. */
export const runCd: Rule = {
  id: ID,
  check: (file) =>
    file.stages.flatMap((stage) =>
      stage.instructions.flatMap((run, at) => {
        const commands = run.name === "RUN" && run.heredocs.length === 0 ? runCommands(run) : [];
        const [first, second] = commands;
        const called = first ? programOf(first) : null;
        const folder = called?.program === "cd" ? called.args[0] : undefined;
        if (!first || !folder || called?.args.length !== 1) return [];
        if (!second) return [finding(file, ID, "warning", first, say.alone, say.aloneWhy, replace(run, folder.raw))];
        // In front of other commands it works; it is only worth a word where a WORKDIR changes nothing else.
        if (second.after !== "&&" || !folder.value.startsWith("/") || !isLast(stage.instructions, at)) return [];
        return [finding(file, ID, "hint", first, say.first(folder.value), say.firstWhy, split(file, run, folder.raw, second.from))];
      }),
    ),
};

/** Nothing below begins in the working directory, up to the next WORKDIR that says where that is. */
function isLast(instructions: readonly Instruction[], at: number): boolean {
  for (const next of instructions.slice(at + 1)) {
    if (next.name === "WORKDIR" && next.words[0]?.value.startsWith("/")) return true;
    if (/^(RUN|COPY|ADD|CMD|ENTRYPOINT|WORKDIR|HEALTHCHECK|ONBUILD|VOLUME)$/.test(next.name)) return false;
  }
  return true;
}

function replace(run: Instruction, folder: string): Fix | null {
  if (run.flags.length > 0) return null;
  return { label: say.fix(folder), edits: [{ from: run.from, to: run.to, insert: `WORKDIR ${folder}` }] };
}

function split(file: Dockerfile, run: Instruction, folder: string, rest: number): Fix | null {
  if (run.flags.length > 0) return null;
  const name = file.text.slice(run.from, run.nameTo);
  return { label: say.fix(folder), edits: [{ from: run.from, to: rest, insert: `WORKDIR ${folder}\n${name} ` }] };
}
