/** CMD and ENTRYPOINT in the shell form. */

import type { Fix } from "../finding";
import type { Instruction } from "../syntax/parse";
import { commandsOf } from "../syntax/shell";
import { meansExec } from "./exec-form";
import { finding, text, type Rule } from "./rule";

const ID = "shell-form";

/** The rule. Whoever set a SHELL wants one. */
export const shellForm: Rule = {
  id: ID,
  check: (file) =>
    file.stages.flatMap((stage) =>
      stage.instructions.some((it) => it.name === "SHELL")
        ? []
        : stage.instructions.flatMap((start) => {
            if (!/^(CMD|ENTRYPOINT)$/.test(start.name) || start.exec !== null || start.words.length === 0) return [];
            // `exec` hands the signals on; the exec form with a mistake in it is told by its own rule.
            if (start.words[0]?.value === "exec" || meansExec(start)) return [];
            return [finding(file, ID, "hint", { from: start.from, to: start.nameTo }, text.shellForm.message(start.name), text.shellForm.why, brackets(start))];
          }),
    ),
};

/** The same with brackets, where the shell had nothing to do but to part the words. */
function brackets(start: Instruction): Fix | null {
  const commands = commandsOf(start.args);
  const [command] = commands;
  const [first] = command?.words ?? [];
  if (!command || !first || commands.length > 1 || command.lead !== "" || start.heredocs.length > 0) return null;
  if (/[$`*?~<>#|;&(){}[\]\\]/.test(start.args.text) || /^\w+=/.test(first.value)) return null;
  const words = command.words.map((word) => JSON.stringify(word.value)).join(", ");
  return { label: text.shellForm.fix, edits: [{ from: first.from, to: command.to, insert: `[${words}]` }] };
}
