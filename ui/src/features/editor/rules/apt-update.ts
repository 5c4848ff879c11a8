/** `apt-get update` and `apt-get install` belong in one RUN. */

import type { Finding, Fix } from "../finding";
import type { Dockerfile, Instruction } from "../syntax/parse";
import { programOf, runCommands, type Command } from "../syntax/shell";
import { finding, text, type Rule } from "./rule";

const say = text.aptUpdate;
const ID = "apt-update";

interface Use {
  command: Command;
  program: string;
  verb: string;
}

function usesOf(run: Instruction): Use[] {
  return runCommands(run).flatMap((command) => {
    const called = programOf(command);
    if (called === null || !/^(apt|apt-get|aptitude)$/.test(called.program)) return [];
    const verb = called.args.find((word) => !word.value.startsWith("-"))?.value ?? "";
    return [{ command, program: called.program, verb }];
  });
}

/** The rule. */
export const aptUpdate: Rule = {
  id: ID,
  check: (file) => file.stages.flatMap((stage) => stageFindings(file, stage.instructions)),
};

function stageFindings(file: Dockerfile, instructions: readonly Instruction[]): Finding[] {
  const found: Finding[] = [];
  let updated = false;
  for (const [at, run] of instructions.entries()) {
    if (run.name !== "RUN") continue;
    const uses = usesOf(run);
    const update = uses.find((use) => use.verb === "update");
    const install = uses.find((use) => use.verb === "install");
    if (update && !install && !uses.some((use) => /upgrade$/.test(use.verb))) {
      const next = instructions[at + 1];
      const follows = next?.name === "RUN" && usesOf(next).some((use) => use.verb === "install");
      found.push(finding(file, ID, "warning", update.command, follows ? say.apart : say.alone, follows ? say.apartWhy : say.aloneWhy, follows ? join(file, run, next) : null));
    } else if (install && !updated && !copiesLists(run) && (!update || update.command.from > install.command.from)) {
      found.push(finding(file, ID, "warning", install.command, say.none(install.program), say.noneWhy, add(install)));
    }
    updated ||= update !== undefined;
  }
  return found;
}

/** Whether a mount brings the list of packages, or the exec form hides what is done. */
function copiesLists(run: Instruction): boolean {
  return run.flags.some((flag) => flag.name === "mount" && /\/var\/lib\/apt/.test(flag.value ?? ""));
}

/** Two RUNs become one; what the second one's flags are for would be lost, so such ones stay apart. */
function join(file: Dockerfile, first: Instruction, second: Instruction): Fix | null {
  if (first.flags.length + second.flags.length + first.heredocs.length + second.heredocs.length > 0) return null;
  if (first.exec !== null || second.exec !== null || /[;&|]\s*$/.test(first.args.text)) return null;
  const [word] = second.words;
  // A comment between them must not end in the middle of the command.
  if (!word || file.text.slice(first.to, second.from).trim() !== "") return null;
  return { label: say.join(first.line, second.line), edits: [{ from: first.to, to: word.from, insert: " && " }] };
}

function add(use: Use): Fix {
  const [first] = use.command.words;
  const program = use.program === "aptitude" ? "apt-get" : use.program;
  const sudo = first?.value === "sudo" ? "sudo " : "";
  return { label: say.add(program), edits: [{ from: use.command.from, to: use.command.from, insert: `${sudo}${program} update && ` }] };
}
