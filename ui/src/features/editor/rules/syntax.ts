/** What `dockerfile-utils` finds wrong, in our words. */

import "./buffer";
import { validate, ValidationCode as Code, ValidationSeverity } from "dockerfile-utils";
import type { Finding, Fix, Severity } from "../finding";
import { flagsOf, instructionList } from "../syntax/instructions";
import { instructionAt, type Dockerfile, type Instruction } from "../syntax/parse";
import { nearest } from "./near";
import { finding, plain, text, wholeLines, type Place, type Rule } from "./rule";

const say = text.syntax;

/** What it says at a place, of an instruction with this name. */
interface Says {
  id: string;
  says: (name: string, at: string) => readonly string[];
  fix?: (file: Dockerfile, it: Instruction | null, at: Place) => Fix | null;
  /** Where its own severity is not ours. */
  severity?: Severity;
}

function always(id: string, says: readonly string[], more: Partial<Says> = {}): Says {
  return { id, says: () => says, ...more };
}

function of(id: string, what: (name: string) => string, why: string, more: Partial<Says> = {}): Says {
  return { id, says: (name) => [what(name), why], ...more };
}

const table: Readonly<Partial<Record<Code, Says>>> = {
  [Code.CASING_INSTRUCTION]: always("casing", say.casing, { severity: "hint", fix: (file, _it, at) => change(at, file.text.slice(at.from, at.to).toUpperCase(), say.upper) }),
  [Code.CASING_DIRECTIVE]: always("casing", say.directiveCasing, { severity: "hint", fix: (file, _it, at) => change(at, file.text.slice(at.from, at.to).toLowerCase(), say.upper) }),
  [Code.ARGUMENT_MISSING]: of("arguments", say.argumentMissing, say.argumentMissingWhy),
  [Code.ARGUMENT_EXTRA]: always("arguments", [say.argumentExtra, say.argumentExtraWhy]),
  [Code.ARGUMENT_REQUIRES_ONE]: of("arguments", say.exactlyOne, say.argumentsWhy),
  [Code.ARGUMENT_REQUIRES_AT_LEAST_ONE]: of("arguments", say.atLeastOne, say.argumentsWhy),
  [Code.ARGUMENT_REQUIRES_TWO]: of("arguments", say.exactlyTwo, say.argumentsWhy),
  [Code.ARGUMENT_REQUIRES_AT_LEAST_TWO]: of("arguments", say.atLeastTwo, say.argumentsWhy),
  [Code.ARGUMENT_REQUIRES_ONE_OR_THREE]: always("arguments", [say.oneOrThree, say.argumentsWhy]),
  [Code.ARGUMENT_UNNECESSARY]: always("arguments", [say.unnecessary, say.unnecessaryWhy]),
  [Code.DUPLICATE_BUILD_STAGE_NAME]: always("stage-twice", [say.stageTwice, say.stageTwiceWhy]),
  [Code.EMPTY_CONTINUATION_LINE]: always("empty-line", say.emptyContinuation, { fix: emptyLine }),
  [Code.INVALID_BUILD_STAGE_NAME]: always("stage-name", say.stageName),
  [Code.FLAG_AT_LEAST_ONE]: always("flag-value", say.flagAtLeastOne),
  [Code.FLAG_DUPLICATE]: always("flag-twice", [say.flagTwice, say.flagTwiceWhy]),
  [Code.FLAG_INVALID_DURATION]: always("duration", say.duration),
  [Code.FLAG_LESS_THAN_1MS]: always("duration", say.duration),
  [Code.FLAG_MISSING_DURATION]: always("duration", say.duration),
  [Code.FLAG_UNKNOWN_UNIT]: always("duration", say.duration),
  [Code.FLAG_MISSING_VALUE]: always("flag-value", [say.flagValue, say.flagValueWhy]),
  [Code.FLAG_EXPECTED_BOOLEAN_VALUE]: always("flag-value", say.flagBoolean),
  [Code.FLAG_INVALID_FROM_VALUE]: always("flag-value", say.fromValue),
  [Code.NO_SOURCE_IMAGE]: always("no-from", [say.noFrom, say.noFromWhy], { fix: (_file, it) => (it === null ? null : { label: say.addFrom, edits: [{ from: it.from, to: it.from, insert: "FROM ubuntu:22.04\n" }] }) }),
  [Code.INVALID_ESCAPE_DIRECTIVE]: always("escape", say.escape),
  [Code.DUPLICATED_ESCAPE_DIRECTIVE]: always("escape", say.escapeTwice),
  [Code.INVALID_AS]: always("as", say.as),
  [Code.INVALID_DESTINATION]: always("destination", say.destination, { fix: (file, _it, at) => change(at, `${file.text.slice(at.from, at.to)}/`, say.useInstead) }),
  [Code.INVALID_PORT]: always("port", say.port),
  [Code.INVALID_PROTO]: always("port", say.protocol),
  [Code.INVALID_REFERENCE_FORMAT]: always("reference", say.reference),
  [Code.INVALID_SIGNAL]: always("signal", say.signal),
  [Code.INVALID_SYNTAX]: always("syntax", say.syntaxError),
  [Code.ONBUILD_CHAINING_DISALLOWED]: always("onbuild", say.onbuildOnbuild),
  [Code.ONBUILD_TRIGGER_DISALLOWED]: always("onbuild", say.onbuildTrigger),
  [Code.SHELL_JSON_FORM]: always("shell", say.shellJson),
  [Code.SHELL_REQUIRES_ONE]: always("shell", say.shellJson),
  [Code.SYNTAX_MISSING_EQUALS]: always("pairs", say.equals),
  [Code.SYNTAX_MISSING_NAMES]: always("pairs", say.names),
  [Code.SYNTAX_MISSING_SINGLE_QUOTE]: always("quote", say.quote, { fix: (_file, _it, at) => append(at, "'") }),
  [Code.SYNTAX_MISSING_DOUBLE_QUOTE]: always("quote", say.quote, { fix: (_file, _it, at) => append(at, '"') }),
  [Code.MULTIPLE_INSTRUCTIONS]: of("several", say.several, say.severalWhy, { fix: (file, it) => (it === null ? null : { label: say.remove, edits: [{ ...wholeLines(file, it), insert: "" }] }) }),
  [Code.UNKNOWN_INSTRUCTION]: { id: "unknown-instruction", says: (_name, at) => [say.unknown(at), say.unknownWhy], fix: nearInstruction },
  [Code.UNKNOWN_ADD_FLAG]: unknownFlag(),
  [Code.UNKNOWN_COPY_FLAG]: unknownFlag(),
  [Code.UNKNOWN_FROM_FLAG]: unknownFlag(),
  [Code.UNKNOWN_HEALTHCHECK_FLAG]: unknownFlag(),
  [Code.UNKNOWN_TYPE]: always("health", say.healthType),
  [Code.UNSUPPORTED_MODIFIER]: always("variable", say.modifier),
  [Code.DEPRECATED_MAINTAINER]: always("maintainer", say.maintainer, { severity: "hint", fix: label }),
  [Code.HEALTHCHECK_CMD_ARGUMENT_MISSING]: always("health", say.healthCommand),
  [Code.JSON_IN_SINGLE_QUOTES]: always("single-quotes", say.singleQuotes, { fix: doubleQuotes }),
  [Code.BASE_NAME_EMPTY]: always("reference", say.baseEmpty),
};

const WARN = ValidationSeverity.WARNING;
// With settings of ours there are no others: each is named. A relative WORKDIR is common and does no harm.
const settings = {
  deprecatedMaintainer: WARN,
  directiveCasing: WARN,
  emptyContinuationLine: WARN,
  instructionCasing: WARN,
  instructionCmdMultiple: WARN,
  instructionEntrypointMultiple: WARN,
  instructionHealthcheckMultiple: WARN,
  instructionJSONInSingleQuotes: WARN,
  instructionWorkdirRelative: ValidationSeverity.IGNORE,
};

/** The rule: everything that docker would refuse, and a little more. */
export const syntax: Rule = {
  id: "syntax",
  check(file) {
    if (file.instructions.length === 0) return [];
    const starts = lineStarts(file.text);
    return validate(file.text, settings).flatMap((diagnostic) => {
      const { start, end } = diagnostic.range;
      const at = { from: (starts[start.line] ?? 0) + start.character, to: (starts[end.line] ?? 0) + end.character };
      const found = told(file, Number(diagnostic.code), diagnostic.severity === 1 ? "error" : "warning", at, messageOf(diagnostic.message));
      return found === null ? [] : [found];
    });
  },
};

function told(file: Dockerfile, code: number, severity: Severity, at: Place, message: string): Finding | null {
  const holder = instructionAt(file, at.from);
  const it = holder === null ? null : plain(holder);
  const words = file.text.slice(at.from, at.to);
  // Its list of flags is older than ours.
  if (unknownFlags.has(code) && it !== null && flagsOf(it.name).includes(words.replace(/^-+/, "").split("=")[0] ?? "")) return null;
  const says = (table as Readonly<Partial<Record<number, Says>>>)[code];
  if (!says) return finding(file, `syntax-${code}`, severity, at, say.other, message);
  const [what = "", why = ""] = says.says(it?.name ?? "", words);
  return finding(file, says.id, says.severity ?? severity, at, what, why, says.fix?.(file, it, at) ?? null);
}

const unknownFlags: ReadonlySet<number> = new Set([Code.UNKNOWN_ADD_FLAG, Code.UNKNOWN_COPY_FLAG, Code.UNKNOWN_FROM_FLAG, Code.UNKNOWN_HEALTHCHECK_FLAG]);

function change(at: Place, insert: string, label: (word: string) => string): Fix {
  return { label: label(insert), edits: [{ ...at, insert }] };
}

function append(at: Place, quote: string): Fix {
  return { label: say.useInstead(`…${quote}`), edits: [{ from: at.to, to: at.to, insert: quote }] };
}

function nearInstruction(file: Dockerfile, _it: Instruction | null, at: Place): Fix | null {
  const near = nearest(file.text.slice(at.from, at.to).toUpperCase(), instructionList.filter((name) => name !== "MAINTAINER"));
  return near === null ? null : change(at, near, say.useInstead);
}

function unknownFlag(): Says {
  return {
    id: "unknown-flag",
    says: (name, at) => [say.unknownFlag(at.startsWith("-") ? at : `--${at}`, name), say.unknownFlagWhy],
    fix: (file, it, at) => {
      const dashes = /^-*/.exec(file.text.slice(at.from, at.to))?.[0].length ?? 0;
      const word = file.text.slice(at.from + dashes, at.to).split("=")[0] ?? "";
      const near = nearest(word, flagsOf(it?.name ?? ""));
      return near === null ? null : { label: say.useInstead(`--${near}`), edits: [{ from: at.from + dashes, to: at.from + dashes + word.length, insert: near }] };
    },
  };
}

function emptyLine(file: Dockerfile, _it: Instruction | null, at: Place): Fix {
  const from = file.text.lastIndexOf("\n", at.from - 1) + 1;
  const end = file.text.indexOf("\n", Math.max(at.from, at.to - 1));
  return { label: say.remove, edits: [{ from, to: end < 0 ? file.text.length : end + 1, insert: "" }] };
}

function label(_file: Dockerfile, it: Instruction | null): Fix | null {
  if (it === null) return null;
  const name = it.args.text.trim().replace(/^"(.*)"$/, "$1");
  return { label: say.useLabel, edits: [{ from: it.from, to: it.to, insert: `LABEL org.opencontainers.image.authors=${JSON.stringify(name)}` }] };
}

function doubleQuotes(file: Dockerfile, it: Instruction | null): Fix | null {
  if (it === null || it.args.text.includes('"')) return null;
  const from = it.args.place(0);
  return { label: say.doubleQuotes, edits: [{ from, to: it.to, insert: file.text.slice(from, it.to).replaceAll("'", '"') }] };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function messageOf(message: string | { value: string }): string {
  return typeof message === "string" ? message : message.value;
}
