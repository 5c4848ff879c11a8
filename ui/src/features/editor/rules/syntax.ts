/** What `dockerfile-utils` finds wrong, in our words. */

import { ValidationCode as Code } from "dockerfile-utils";
import type { Finding, Fix, Severity } from "../finding";
import { instructionList } from "../syntax/instructions";
import { openQuote } from "../syntax/joined";
import { instructionAt, type Dockerfile, type Instruction } from "../syntax/parse";
import { isDuration } from "./durations";
import { meansExec } from "./exec-form";
import { nearest } from "./near";
import { isSignal } from "./signals";
import { finding, plain, text, wholeLines, type Place, type Rule } from "./rule";
import { validated, type Told } from "./validated";

const say = text.syntax;

/** What it says at a place, of an instruction with this name. */
interface Says {
  id: string;
  says: (name: string, at: string) => readonly string[];
  fix?: (file: Dockerfile, it: Instruction | null, at: Place) => Fix | null;
  /** Where its own severity is not ours. */
  severity?: Severity | ((at: string) => Severity);
  /** Where it is wrong: docker takes what stands there, or another rule tells it better. */
  unless?: (file: Dockerfile, it: Instruction | null, at: Place) => boolean;
}

function always(id: string, says: readonly string[], more: Partial<Says> = {}): Says {
  return { id, says: () => says, ...more };
}

function of(id: string, what: (name: string) => string, why: string, more: Partial<Says> = {}): Says {
  return { id, says: (name) => [what(name), why], ...more };
}

const table: Readonly<Partial<Record<Code, Says>>> = {
  [Code.CASING_DIRECTIVE]: always("casing", say.directiveCasing, { severity: "hint", fix: (file, _it, at) => change(at, file.text.slice(at.from, at.to).toLowerCase(), say.upper) }),
  [Code.ARGUMENT_MISSING]: of("arguments", say.argumentMissing, say.argumentMissingWhy),
  [Code.ARGUMENT_EXTRA]: always("arguments", [say.argumentExtra, say.argumentExtraWhy]),
  [Code.ARGUMENT_REQUIRES_ONE]: of("arguments", say.exactlyOne, say.argumentsWhy),
  [Code.ARGUMENT_REQUIRES_AT_LEAST_ONE]: of("arguments", say.atLeastOne, say.argumentsWhy),
  [Code.ARGUMENT_REQUIRES_TWO]: of("arguments", say.exactlyTwo, say.argumentsWhy),
  [Code.ARGUMENT_REQUIRES_AT_LEAST_TWO]: of("arguments", say.atLeastTwo, say.argumentsWhy, { unless: brackets }),
  [Code.ARGUMENT_REQUIRES_ONE_OR_THREE]: always("arguments", [say.oneOrThree, say.argumentsWhy]),
  [Code.ARGUMENT_UNNECESSARY]: always("arguments", [say.unnecessary, say.unnecessaryWhy]),
  [Code.DUPLICATE_BUILD_STAGE_NAME]: always("stage-twice", [say.stageTwice, say.stageTwiceWhy]),
  [Code.EMPTY_CONTINUATION_LINE]: always("empty-line", say.emptyContinuation, { fix: (_file, _it, at) => ({ label: say.remove, edits: [{ ...at, insert: "" }] }) }),
  [Code.INVALID_BUILD_STAGE_NAME]: always("stage-name", say.stageName),
  [Code.FLAG_AT_LEAST_ONE]: always("flag-value", say.flagAtLeastOne, { unless: (file, _it, at) => Number(file.text.slice(at.from, at.to)) === 0 }),
  [Code.FLAG_DUPLICATE]: always("flag-twice", [say.flagTwice, say.flagTwiceWhy]),
  [Code.FLAG_INVALID_DURATION]: always("duration", say.duration, { unless: takenDuration }),
  [Code.FLAG_LESS_THAN_1MS]: always("duration", say.duration, { unless: takenDuration }),
  [Code.FLAG_MISSING_DURATION]: always("duration", say.duration, { unless: takenDuration }),
  [Code.FLAG_UNKNOWN_UNIT]: always("duration", say.duration, { unless: takenDuration }),
  [Code.FLAG_MISSING_VALUE]: always("flag-value", [say.flagValue, say.flagValueWhy]),
  [Code.FLAG_EXPECTED_BOOLEAN_VALUE]: always("flag-value", say.flagBoolean),
  [Code.FLAG_INVALID_FROM_VALUE]: always("flag-value", say.fromValue),
  [Code.NO_SOURCE_IMAGE]: always("no-from", [say.noFrom, say.noFromWhy], { fix: (_file, it) => (it === null ? null : { label: say.addFrom, edits: [{ from: it.from, to: it.from, insert: "FROM ubuntu:22.04\n" }] }) }),
  [Code.INVALID_ESCAPE_DIRECTIVE]: always("escape", say.escape),
  [Code.DUPLICATED_ESCAPE_DIRECTIVE]: always("escape", say.escapeTwice),
  [Code.INVALID_AS]: always("as", say.as),
  [Code.INVALID_DESTINATION]: { id: "destination", severity: (at) => (at === "." ? "hint" : "warning"), says: (_name, at) => (at === "." ? say.destinationHere : say.destination), fix: folder, unless: brackets },
  [Code.INVALID_REFERENCE_FORMAT]: always("reference", say.reference),
  [Code.INVALID_SIGNAL]: always("signal", say.signal, { unless: (file, _it, at) => isSignal(file.text.slice(at.from, at.to)) }),
  [Code.INVALID_SYNTAX]: always("syntax", say.syntaxError),
  [Code.ONBUILD_CHAINING_DISALLOWED]: always("onbuild", say.onbuildOnbuild),
  [Code.ONBUILD_TRIGGER_DISALLOWED]: always("onbuild", say.onbuildTrigger),
  [Code.SHELL_JSON_FORM]: always("shell", say.shellJson, { unless: brackets }),
  [Code.SHELL_REQUIRES_ONE]: always("shell", say.shellJson),
  [Code.SYNTAX_MISSING_EQUALS]: always("pairs", say.equals),
  [Code.SYNTAX_MISSING_NAMES]: always("pairs", say.names),
  [Code.MULTIPLE_INSTRUCTIONS]: of("several", say.several, say.severalWhy, { fix: (file, it) => (it === null ? null : { label: say.remove, edits: [{ ...wholeLines(file, it), insert: "" }] }) }),
  [Code.UNKNOWN_INSTRUCTION]: { id: "unknown-instruction", says: (_name, at) => [say.unknown(at), say.unknownWhy], fix: nearInstruction },
  [Code.UNKNOWN_TYPE]: always("health", say.healthType),
  [Code.UNSUPPORTED_MODIFIER]: always("variable", say.modifier, { unless: shellVariable }),
  [Code.DEPRECATED_MAINTAINER]: always("maintainer", say.maintainer, { severity: "hint", fix: label }),
  [Code.HEALTHCHECK_CMD_ARGUMENT_MISSING]: always("health", say.healthCommand),
  [Code.BASE_NAME_EMPTY]: always("reference", say.baseEmpty),
};

/** What rules of our own tell: `dockerfile-utils` refuses there what docker takes, or does not know enough. */
const ours: ReadonlySet<number> = new Set([
  Code.INVALID_PORT, Code.INVALID_PROTO, Code.SYNTAX_MISSING_SINGLE_QUOTE, Code.SYNTAX_MISSING_DOUBLE_QUOTE,
  Code.UNKNOWN_ADD_FLAG, Code.UNKNOWN_COPY_FLAG, Code.UNKNOWN_FROM_FLAG, Code.UNKNOWN_HEALTHCHECK_FLAG,
]);

/** The rule: everything that docker would refuse, and a little more. */
export const syntax: Rule = {
  id: "syntax",
  check(file) {
    if (file.instructions.length === 0) return [];
    const found = validated(file).flatMap((told) => findingOf(file, told) ?? []);
    // A FROM with a slip in it is no missing one.
    const slips = new Set(found.filter((it) => it.rule === "unknown-instruction" && it.fix?.edits[0]?.insert === "FROM").map((it) => it.from));
    return found.filter((it) => it.rule !== "no-from" || !slips.has(it.from));
  },
};

function findingOf(file: Dockerfile, { code, severity, message, ...at }: Told): Finding | null {
  const holder = instructionAt(file, at.from);
  const it = holder === null ? null : plain(holder);
  const says = (table as Readonly<Partial<Record<number, Says>>>)[code];
  if (ours.has(code) || says?.unless?.(file, it, at)) return null;
  if (!says) return finding(file, `syntax-${code}`, severity, at, say.other, message);
  const words = file.text.slice(at.from, at.to);
  const [what = "", why = ""] = says.says(it?.name ?? "", words);
  const weight = typeof says.severity === "function" ? says.severity(words) : (says.severity ?? severity);
  return finding(file, says.id, weight, at, what, why, says.fix?.(file, it, at) ?? null);
}

function change(at: Place, insert: string, label: (word: string) => string): Fix {
  return { label: label(insert), edits: [{ ...at, insert }] };
}

function nearInstruction(file: Dockerfile, _it: Instruction | null, at: Place): Fix | null {
  const near = nearest(file.text.slice(at.from, at.to).toUpperCase(), instructionList.filter((name) => name !== "MAINTAINER"));
  return near === null ? null : change(at, near, say.useInstead);
}

/** A slash behind the target. A quote there is half of one: docker parts words at every blank. */
function folder(file: Dockerfile, _it: Instruction | null, at: Place): Fix | null {
  const target = file.text.slice(at.from, at.to);
  return /["']/.test(target) ? null : change(at, `${target}/`, say.useInstead);
}

/** The form with brackets has a slip, which is told by itself. */
function brackets(_file: Dockerfile, it: Instruction | null): boolean {
  return it !== null && meansExec(it);
}

/** The place is that of the value, or that of the flag's name. */
function takenDuration(_file: Dockerfile, it: Instruction | null, at: Place): boolean {
  return isDuration(it?.flags.find((flag) => flag.from <= at.from && at.from < flag.to)?.value ?? "");
}

/** A variable that the shell reads, and docker does not. */
function shellVariable(file: Dockerfile, it: Instruction | null, at: Place): boolean {
  if (it === null || /^(RUN|CMD|ENTRYPOINT|HEALTHCHECK|SHELL|MAINTAINER)$/.test(it.name)) return true;
  const word = it.words.find((each) => each.from <= at.from && at.from < each.to);
  return word !== undefined && openQuote(file.text.slice(word.from, at.from), file.escape)?.quote === "'";
}

function label(_file: Dockerfile, it: Instruction | null): Fix | null {
  if (it === null) return null;
  const name = it.args.text.trim().replace(/^"(.*)"$/, "$1");
  return { label: say.useLabel, edits: [{ from: it.from, to: it.to, insert: `LABEL org.opencontainers.image.authors=${JSON.stringify(name)}` }] };
}
