/** What a whole line does, in one or two sentences. */

import { en } from "../../../text/en";
import { lineage, stageAt, type Dockerfile, type Instruction } from "../syntax/parse";
import { commandsOf, programOf, runCommands, startedWords } from "../syntax/shell";
import { argument } from "./argument";
import { copied } from "./copied";
import { short } from "./short";

const text = en.dockerfile;
const say = text.whole;

/** What the whole line does; `null` where that is no more than what the instruction does. */
export function wholeLine(file: Dockerfile, it: Instruction): string | null {
  const words = it.words.map((word) => word.value);
  const [first] = words;
  if (first === undefined) return null;
  switch (it.name) {
    case "FROM": {
      const name = words[1]?.toLowerCase() === "as" ? short(words[2] ?? "") : "";
      const stage = file.stages.some((each) => each.from.from < it.from && each.name?.value.toLowerCase() === first.toLowerCase());
      return (stage ? say.fromStage : say.from)(short(first), name === "" ? null : name);
    }
    case "COPY":
    case "ADD":
      return copied(it);
    case "WORKDIR":
      return say.workdir(restOf(it));
    case "ENV":
      return say.env(text.and(namesOf(words)));
    case "ARG":
      return words.map((word) => argument(file, it, word)).join(" ");
    case "EXPOSE":
      return say.expose(text.and(words.map(short)));
    case "CMD":
      return commandOf(file, it);
    case "ENTRYPOINT":
      return starts(it);
    case "USER":
      return say.user(restOf(it));
    case "RUN":
      return runs(it);
    case "VOLUME":
      return say.volume(short(text.and(it.exec ?? words)));
    case "LABEL":
      return say.label(text.and(namesOf(words)));
    case "HEALTHCHECK":
      return checked(it);
    case "SHELL":
      return it.exec === null ? null : say.shell(short(it.exec.join(" ")));
    case "STOPSIGNAL":
      return say.stopSignal(short(first));
    case "ONBUILD":
      return it.inner === null ? null : [say.onbuild, wholeLine(file, it.inner) ?? ""].join(" ").trim();
    case "MAINTAINER":
      return say.maintainer(restOf(it));
    default:
      return null;
  }
}

/** All arguments as one, where docker takes the rest of the line. */
function restOf(it: Instruction): string {
  return short(it.args.text.trim().replace(/^(["'])(.*)\1$/, "$2"));
}

/** The names of `NAME=value`, or of the one in the old form `NAME value`. */
function namesOf(words: readonly string[]): string[] {
  const pairs = words[0]?.includes("=") ? words : words.slice(0, 1);
  return pairs.map((word) => short(word.split("=")[0] ?? word));
}

function starts(it: Instruction): string | null {
  const program = startedWords(it)?.[0];
  return program === undefined ? null : say.start(short(program));
}

/** What a CMD does beside an ENTRYPOINT: it only gives that its arguments. */
function commandOf(file: Dockerfile, it: Instruction): string | null {
  const stage = stageAt(file, it.from);
  const entry = stage && lineage(file, stage).flatMap((each) => each.instructions.findLast((other) => other.name === "ENTRYPOINT") ?? [])[0];
  if (!entry || entry.exec?.length === 0) return starts(it);
  const [program] = entry.exec ?? [];
  if (program === undefined) return say.ignored(entry.line);
  const given = it.exec ?? ["/bin/sh -c", it.args.text.trim()];
  return given.length === 0 ? null : say.givesArguments(short(baseOf(program)), short(given.join(" ")));
}

function runs(it: Instruction): string | null {
  const commands = runCommands(it);
  const [first] = commands;
  const [program = "", ...args] = it.exec ?? (first ? calledBy(first) : []);
  if (program === "") return null;
  // A test, a loop and their like are no program that anybody would know it by.
  if (first && (first.lead !== "" || /^(\[\[?|test|for|case|select|function)$/.test(program))) return say.script;
  return say.run(Math.max(commands.length, 1), short([program, args.find((word) => /^[a-z]/.test(word)) ?? ""].join(" ").trim()));
}

function calledBy(command: ReturnType<typeof runCommands>[number]): string[] {
  const called = programOf(command);
  return called === null ? [] : [called.program, ...called.args.map((word) => word.value)];
}

function checked(it: Instruction): string | null {
  const [type, ...rest] = it.words;
  if (type?.value.toUpperCase() === "NONE") return say.noCheck;
  const lead = /^\s*CMD\s+/i.exec(it.args.text)?.[0].length ?? 0;
  const [first] = commandsOf(it.args.slice(lead));
  const program = /^\[\s*"([^"]*)"/.exec(it.args.text.slice(lead))?.[1] ?? (first ? calledBy(first)[0] : undefined);
  if (program === undefined || rest.length === 0) return null;
  return say.check(short(baseOf(program)), it.flags.find((flag) => flag.name === "interval")?.value ?? "30s");
}

function baseOf(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}
