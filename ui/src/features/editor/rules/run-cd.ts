/** `cd` in a RUN where WORKDIR is meant. */

import type { Fix } from "../finding";
import { parentOf, type Dockerfile, type Instruction, type Stage } from "../syntax/parse";
import { runCommands, type Command } from "../syntax/shell";
import { finding, text, type Rule } from "./rule";

const ID = "run-cd";
const say = text.runCd;

/** A folder that WORKDIR takes for the same as `cd` does: no `~`, nothing that only the shell knows. */
const PLAIN = /^[\w./@+][\w./@+-]*$/;

/** The rule. */
export const runCd: Rule = {
  id: ID,
  check: (file) =>
    file.stages.flatMap((stage) =>
      stage.instructions.flatMap((run, at) => {
        const commands = run.name === "RUN" && run.heredocs.length === 0 ? runCommands(run) : [];
        const [first, second] = commands;
        const [cd, folder, more] = first?.words ?? [];
        // In brackets, or behind an `if`, it means something else.
        if (!first || first.after + first.lead !== "" || cd?.value !== "cd" || !folder || more) return [];
        if (!second) return [finding(file, ID, "warning", first, say.alone, say.aloneWhy, replace(run, folder.raw))];
        if (second.after !== "&&" || !folder.value.startsWith("/")) return [];
        // In front of other commands it works; it is only worth a word where nobody else begins in that folder then.
        const follows = whatFollows(file, stage, at);
        if (follows === "others") return [];
        const fix = follows === "workdir" ? split(file, run, folder.raw, commands) : null;
        return [finding(file, ID, "hint", first, say.first(folder.value), say.firstWhy, fix)];
      }),
    ),
};

/** What comes first below a step: a WORKDIR that says where the rest begins, something that begins where it stands, or the end of the image. */
function whatFollows(file: Dockerfile, stage: Stage, at: number): "workdir" | "others" | "end" {
  for (const next of stage.instructions.slice(at + 1)) {
    if (next.name === "WORKDIR" && next.words[0]?.value.startsWith("/")) return "workdir";
    if (/^(RUN|COPY|ADD|CMD|ENTRYPOINT|WORKDIR|HEALTHCHECK|ONBUILD|VOLUME)$/.test(next.name)) return "others";
  }
  // A stage that goes on from this one begins in its folder; and so do the containers, which is why no fix is sure here.
  return file.stages.some((each) => parentOf(file, each) === stage) ? "others" : "end";
}

function replace(run: Instruction, folder: string): Fix | null {
  if (run.flags.length > 0 || !PLAIN.test(folder)) return null;
  return { label: say.fix(folder), edits: [{ from: run.from, to: run.to, insert: `WORKDIR ${folder}` }] };
}

function split(file: Dockerfile, run: Instruction, folder: string, commands: readonly Command[]): Fix | null {
  const [first, second] = commands;
  if (!first || !second || run.flags.length > 0 || !PLAIN.test(folder)) return null;
  // A bracket that opens between the two stays, and so does a comment.
  if (!/^[\s\\`]*&&[\s\\`]*$/.test(file.text.slice(first.to, second.from)) || second.lead !== "") return null;
  // What stands behind an `or` ran also where the folder was missing; WORKDIR makes it.
  if (commands.some((command) => /^(\|\||&)$/.test(command.after))) return null;
  const name = file.text.slice(run.from, run.nameTo);
  return { label: say.fix(folder), edits: [{ from: run.from, to: second.from, insert: `WORKDIR ${folder}\n${name} ` }] };
}
