/** Programs that ask before they install need to be told yes. */

import { programOf, runCommands } from "../syntax/shell";
import { finding, text, type Rule } from "./rule";

const ID = "assume-yes";

interface Asks {
  verbs: RegExp;
  /** What answers. */
  yes: RegExp;
  flag: string;
}

const APT: Asks = { verbs: /^(install|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|build-dep)$/, yes: /^(-[a-zA-Z]*y[a-zA-Z]*|-qq|-[a-z]*qq[a-z]*|--yes|--assume-yes|--force-yes|-q=2)$/, flag: "-y" };
const RPM: Asks = { verbs: /^(install|localinstall|groupinstall|update|upgrade|remove|erase|reinstall)$/, yes: /^(-[a-zA-Z]*y[a-zA-Z]*|--assumeyes)$/, flag: "-y" };

const programs: Readonly<Record<string, Asks>> = {
  apt: APT,
  "apt-get": APT,
  aptitude: APT,
  yum: RPM,
  dnf: RPM,
  microdnf: RPM,
  zypper: { verbs: /^(install|in|update|up|remove|rm)$/, yes: /^(-[a-zA-Z]*[yn][a-zA-Z]*|--no-confirm|--non-interactive)$/, flag: "-y" },
  pacman: { verbs: /^-[SRU]\w*$/, yes: /^--noconfirm$/, flag: "--noconfirm" },
  conda: { verbs: /^(install|update|upgrade|create|remove|uninstall)$/, yes: /^(-y|--yes|-[a-z]*y[a-z]*)$/, flag: "-y" },
  mamba: { verbs: /^(install|update|upgrade|create|remove|uninstall)$/, yes: /^(-y|--yes|-[a-z]*y[a-z]*)$/, flag: "-y" },
};

/** The rule. */
export const assumeYes: Rule = {
  id: ID,
  check: (file) =>
    file.instructions.flatMap((instruction) => {
      const run = instruction.inner ?? instruction;
      if (run.name !== "RUN") return [];
      return runCommands(run).flatMap((command) => {
        const called = programOf(command);
        const asks = called && Object.hasOwn(programs, called.program) ? programs[called.program] : undefined;
        if (!called || !asks || command.after === "|") return [];
        const verb = called.args.find((word) => asks.verbs.test(word.value));
        const first = called.args.find((word) => !word.value.startsWith("-") || asks.verbs.test(word.value));
        if (!verb || verb !== first || called.args.some((word) => asks.yes.test(word.value))) return [];
        const fix = { label: text.assumeYes.fix(asks.flag), edits: [{ from: verb.to, to: verb.to, insert: ` ${asks.flag}` }] };
        return [finding(file, ID, "warning", command, text.assumeYes.message(`${called.program} ${verb.value}`), text.assumeYes.why, fix)];
      });
    }),
};
