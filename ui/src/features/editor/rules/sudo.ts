/** `sudo` in a RUN. */

import { runCommands } from "../syntax/shell";
import { finding, plain, text, type Rule } from "./rule";
import { userAt } from "./user";

const ID = "sudo";
const say = text.sudo;

/** The rule. Whoever changed USER may mean it, and so may whoever begins with an image that could have changed it. */
export const sudo: Rule = {
  id: ID,
  check: (file) =>
    file.stages.flatMap((stage) =>
      stage.instructions.flatMap((instruction) => {
        const run = plain(instruction);
        if (run.name !== "RUN") return [];
        return runCommands(run).flatMap((command) => {
          const [first, second] = command.words;
          if (first?.value !== "sudo" || !second) return [];
          // What an ONBUILD holds runs as whoever the whole stage ends with.
          const user = userAt(file, stage, instruction.inner === null ? run.from : file.text.length);
          if (user === "other") return [];
          if (user === "unknown") return [finding(file, ID, "hint", first, say.unknown, say.unknownWhy)];
          const fix = second.value.startsWith("-") ? null : { label: say.fix, edits: [{ from: first.from, to: second.from, insert: "" }] };
          return [finding(file, ID, "warning", first, say.message, say.why, fix)];
        });
      }),
    ),
};
