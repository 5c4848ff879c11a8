/** Programs that ask before they install need to be told yes. */

import { runCommands } from "../syntax/shell";
import { callOf } from "./packages";
import { finding, plain, text, type Rule } from "./rule";

const ID = "assume-yes";

/** The rule. */
export const assumeYes: Rule = {
  id: ID,
  check: (file) =>
    file.instructions.flatMap((instruction) => {
      const run = plain(instruction);
      if (run.name !== "RUN") return [];
      return runCommands(run).flatMap((command) => {
        const call = callOf(command);
        if (call?.verb == null || command.after === "|") return [];
        const { program, manager, args, verb, operands } = call;
        if (args.some((word) => manager.yes.test(word.value)) || manager.asks?.(verb.value, operands) === false) return [];
        const fix = { label: text.assumeYes.fix(manager.flag), edits: [{ from: verb.to, to: verb.to, insert: ` ${manager.flag}` }] };
        return [finding(file, ID, "warning", command, text.assumeYes.message(`${program} ${verb.value}`), text.assumeYes.why, fix)];
      });
    }),
};
