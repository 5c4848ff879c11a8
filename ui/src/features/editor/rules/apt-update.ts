/** `apt-get update` and `apt-get install` belong in one RUN. */

import type { Finding, Fix } from "../finding";
import { parentOf, type Dockerfile, type Instruction, type Stage } from "../syntax/parse";
import { programOf, runCommands, type Command } from "../syntax/shell";
import { callOf } from "./packages";
import { finding, text, type Rule } from "./rule";

const say = text.aptUpdate;
const ID = "apt-update";

/** Where the list of packages is: nobody fetched it, an earlier step left it in its layer, or took it away again. */
type Lists = "none" | "kept" | "gone";

interface Use {
  command: Command;
  program: string;
  /** What is done: `update`, `install`, another of its words, or `clear` where the list is taken away. */
  verb: string;
}

/** The rule. */
export const aptUpdate: Rule = {
  id: ID,
  check(file) {
    const left = new Map<Stage, Lists>();
    return file.stages.flatMap((stage) => {
      const parent = parentOf(file, stage);
      const { found, lists } = look(file, stage.instructions, (parent && left.get(parent)) ?? "none");
      left.set(stage, lists);
      return found;
    });
  },
};

function look(file: Dockerfile, instructions: readonly Instruction[], before: Lists): { found: Finding[]; lists: Lists } {
  const found: Finding[] = [];
  let lists = before;
  /** The install that was told to join the update above it. */
  let joined: Instruction | null = null;
  for (const [at, run] of instructions.entries()) {
    if (run.name !== "RUN" || mountsLists(run)) continue;
    const uses = usesOf(run);
    const update = uses.find((use) => use.verb === "update");
    const install = uses.find((use) => use.verb === "install");
    if (update && !install && !uses.some((use) => /upgrade$/.test(use.verb))) {
      const next = instructions[at + 1];
      joined = next?.name === "RUN" && usesOf(next).some((use) => use.verb === "install") ? next : null;
      found.push(joined ? finding(file, ID, "warning", update.command, say.apart, say.apartWhy, join(file, run, joined)) : finding(file, ID, "warning", update.command, say.alone, say.aloneWhy));
    } else if (install && run !== joined && (!update || update.command.from > install.command.from)) {
      found.push(missing(file, install, lists));
    }
    lists = uses.reduce((now, use) => (use.verb === "update" ? "kept" : use.verb === "clear" ? "gone" : now), lists);
  }
  return { found, lists };
}

/** An install without an update before it in its step: it fails, or takes what may be an old list. */
function missing(file: Dockerfile, install: Use, lists: Lists): Finding {
  if (lists === "kept") return finding(file, ID, "hint", install.command, say.earlier(install.program), say.earlierWhy, add(install));
  return finding(file, ID, "warning", install.command, say.none(install.program), lists === "gone" ? say.goneWhy : say.noneWhy, add(install));
}

function usesOf(run: Instruction): Use[] {
  return runCommands(run).flatMap((command): Use[] => {
    const call = callOf(command);
    if (call === null || !/^apt/.test(call.program)) return clears(command) ? [{ command, program: "", verb: "clear" }] : [];
    const [verb, ...packages] = call.operands.map((word) => word.value);
    // A package that is a file needs no list.
    if (verb === "install" && packages.length > 0 && packages.every((name) => /^\.{0,2}\//.test(name))) return [];
    return [{ command, program: call.program, verb: verb === "distclean" ? "clear" : (verb ?? "") }];
  });
}

/** Whether a command takes the list of packages away. */
function clears(command: Command): boolean {
  const called = programOf(command);
  const words = called?.args.map((word) => word.value) ?? [];
  const lists = words.some((word) => /^\/var\/lib\/(apt|\{[^}]*\bapt\b[^}]*\})(\/|$)/.test(word));
  return lists && (called?.program === "rm" || (called?.program === "find" && words.some((word) => /^(-delete|rm)$/.test(word))));
}

/** Whether a mount holds the list, so that what is in the layers says nothing. */
function mountsLists(run: Instruction): boolean {
  return run.flags.some((flag) => flag.name === "mount" && /\/var\/lib\/apt/.test(flag.value ?? ""));
}

/** Two RUNs become one; what the second one's flags are for would be lost, so such ones stay apart. */
function join(file: Dockerfile, first: Instruction, second: Instruction): Fix | null {
  if (first.flags.length + second.flags.length + first.heredocs.length + second.heredocs.length > 0) return null;
  if (first.exec !== null || second.exec !== null || /[;&|]\s*$/.test(first.args.text)) return null;
  // Behind a comment of the shell it would be one, too; and an `or` would also be one for the update.
  if (/(^|\s)#/.test(first.args.text) || runCommands(second).some((command) => command.after === "||")) return null;
  const [word] = second.words;
  // A comment between them must not end in the middle of the command.
  if (!word || file.text.slice(first.to, second.from).trim() !== "") return null;
  return { label: say.join(first.line, second.line), edits: [{ from: first.to, to: word.from, insert: " && " }] };
}

/** An update in front, where the two mean the same to what stands around them as the one did. */
function add({ command, program }: Use): Fix | null {
  if (/^\|/.test(command.after) || command.lead.includes("!")) return null;
  const name = program === "aptitude" ? "apt-get" : program;
  const sudo = command.words[0]?.value === "sudo" ? "sudo " : "";
  return { label: say.add(name), edits: [{ from: command.from, to: command.from, insert: `${sudo}${name} update && ` }] };
}
