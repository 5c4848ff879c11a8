/** Programs that install packages, as far as the rules know their words. */

import type { Word } from "../syntax/joined";
import { programOf, type Command } from "../syntax/shell";

/** How a program is told what to do, and what keeps it from asking. */
interface Manager {
  /** What it can be told that makes it ask whether to go on. */
  verbs: RegExp;
  /** Options whose value is the next word. */
  values: RegExp;
  /** What answers, or makes it only say what it would do. */
  yes: RegExp;
  /** What answers, as a fix adds it. */
  flag: string;
  /** Where the verb is not all that decides it: whether it asks. */
  asks?: (verb: string, operands: readonly Word[]) => boolean;
}

const APT: Manager = {
  verbs: /^(install|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|build-dep)$/,
  values: /^(-[a-zA-Z]*[octaP]|--(option|config-file|target-release|default-release|host-architecture|build-profiles))$/,
  yes: /^(-[a-zA-Z]*y[a-zA-Z]*|-qq|-[a-z]*qq[a-z]*|--yes|--assume-yes|--force-yes|-q=2|(-o|--option=)?APT::Get::Assume-Yes=("?)(true|yes|1)\3|-[a-zA-Z]*s|--simulate|--just-print|--dry-run|--no-act)$/i,
  flag: "-y",
};
const RPM: Manager = {
  verbs: /^(install|localinstall|groupinstall|update|upgrade|remove|erase|reinstall)$/,
  values: /^(-[cdexR]|--(config|exclude|setopt|installroot|releasever|enablerepo|disablerepo|repo|repoid|forcearch|repofrompath|comment))$/,
  yes: /^(-[a-zA-Z]*y[a-zA-Z]*|--assumeyes|--assumeno)$/,
  flag: "-y",
};
const CONDA: Manager = {
  verbs: /^(install|update|upgrade|create|remove|uninstall)$/,
  values: /^(-[ncp]|--(name|channel|prefix|file))$/,
  yes: /^(-y|--yes|-[a-z]*y[a-z]*|-d|--dry-run)$/,
  flag: "-y",
};

const managers: Readonly<Record<string, Manager>> = {
  apt: APT,
  "apt-get": APT,
  aptitude: APT,
  yum: RPM,
  dnf: RPM,
  microdnf: RPM,
  zypper: {
    verbs: /^(install|in|update|up|remove|rm)$/,
    values: /^(-[cRDr]|--(config|root|reposd-dir|repo|cache-dir))$/,
    yes: /^(-[a-zA-Z]*[yn][a-zA-Z]*|--no-confirm|--non-interactive|-D|--dry-run)$/,
    flag: "-y",
  },
  pacman: {
    verbs: /^-[SRU]\w*$/,
    values: /^(-[br]|--(dbpath|root|arch|cachedir|config|gpgdir|hookdir|logfile|overwrite|ignore))$/,
    yes: /^--noconfirm$/,
    flag: "--noconfirm",
    // It looks up, lists and prints without a word; a fresh list of packages alone changes nothing that is installed.
    asks: (verb, operands) => !/[silgp]/.test(verb) && (/[cu]/.test(verb) || operands.length > 0),
  },
  conda: CONDA,
  mamba: CONDA,
};

/** A call of such a program. */
export interface Call {
  program: string;
  manager: Manager;
  args: readonly Word[];
  /** What it is told to do; `null` where that is nothing that it asks about. */
  verb: Word | null;
  /** The words that are no options and no values of options, such as the verb and the packages. */
  operands: readonly Word[];
}

/** The call that a command is; `null` for another program. */
export function callOf(command: Command): Call | null {
  const called = programOf(command);
  const manager = called && Object.hasOwn(managers, called.program) ? managers[called.program] : undefined;
  if (!called || !manager) return null;
  const { program, args } = called;
  const operands = args.filter((word, at) => !word.value.startsWith("-") && !manager.values.test(args[at - 1]?.value ?? ""));
  // Its verb is an option for one, and the first word that is none for the others.
  const verb = args.find((word) => word === operands[0] || (word.value.startsWith("-") && manager.verbs.test(word.value)));
  return { program, manager, args, verb: verb && manager.verbs.test(verb.value) ? verb : null, operands };
}
