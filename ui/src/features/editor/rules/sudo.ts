/** `sudo` in a RUN. */

import { runCommands } from "../syntax/shell";
import { finding, plain, text, type Rule } from "./rule";

const ID = "sudo";

/** The rule. Who changed USER may mean it. */
export const sudo: Rule = {
  id: ID,
  check: (file) =>
    file.stages.flatMap((stage) => {
      const user = stage.instructions.find((it) => it.name === "USER");
      return stage.instructions.flatMap((instruction) => {
        const run = plain(instruction);
        if (run.name !== "RUN" || (user && user.from < run.from)) return [];
        return runCommands(run).flatMap((command) => {
          const [first, second] = command.words;
          if (first?.value !== "sudo" || !second) return [];
          const fix = second.value.startsWith("-") ? null : { label: text.sudo.fix, edits: [{ from: first.from, to: second.from, insert: "" }] };
          return [finding(file, ID, "warning", first, text.sudo.message, text.sudo.why, fix)];
        });
      });
    }),
};
