/** What could stand at a place of a Dockerfile. */

import { en } from "../../../text/en";
import { automaticArguments, flagsOf, instructionList, isInstruction } from "../syntax/instructions";
import { lineage, stageAt, type Dockerfile, type Instruction } from "../syntax/parse";
import type { Reader } from "../syntax/reader";

const text = en.dockerfile;

/** What is offered. */
export interface Offer {
  /** What it is called in the list, and typed. */
  label: string;
  /** What is typed, where that is more than the label. */
  apply?: string;
  /** A few words beside it. */
  detail?: string;
  /** A sentence about it. */
  info?: string;
  /** Stands further down: it is there, but left out. */
  low?: boolean;
  /** Typing goes on after it: the list opens again. */
  more?: boolean;
}

/** What is offered at a place: it takes the place of the text from `from` on. */
export interface Offers {
  from: number;
  offers: readonly Offer[];
  /** Few are meant: those that begin with what was typed, unless none does. */
  begins?: boolean;
}

/** What must be asked for: the paths of the context. */
export interface PathsWanted {
  from: number;
  prefix: string;
}

/** What is known of the world. */
export interface Known {
  /** References of local images. */
  images: readonly string[];
}

/** What is offered, or which paths have to be asked for; `null` where nothing helps. */
export type Completed = { offers: Offers } | { paths: PathsWanted } | null;

/** Platforms that people mean. */
const PLATFORMS = ["linux/amd64", "linux/arm64", "linux/arm/v7"];
/** How many of what BuildKit gives to ARG by itself are offered. */
const AUTOMATIC = 4;

/** What could stand at the end of what was typed; what follows the cursor says nothing about it. */
export function complete(before: string, reader: Reader, known: Known): Completed {
  const at = before.length;
  const file = reader.read(before);
  const it = file.instructions.at(-1) ?? null;
  const lineFrom = before.lastIndexOf("\n") + 1;
  if (it === null || at > it.to + trailingBlanks(before, it) || (it.nameTo >= at && it.line === it.lastLine)) {
    return typed(before, lineFrom);
  }
  if (it.heredocs.some((heredoc) => at >= heredoc.from && at <= heredoc.to)) return null;
  // The word behind ONBUILD is an instruction that may still be being typed.
  return inside(file, it.inner !== null && at > it.inner.nameTo ? it.inner : it, before, at, known);
}

/** Blanks behind an instruction still belong to it, up to the end of its line. */
function trailingBlanks(before: string, it: Instruction): number {
  return /^[^\S\n]*/.exec(before.slice(it.to))?.[0].length ?? 0;
}

/** The name of an instruction, at the start of a line. */
function typed(before: string, lineFrom: number): Completed {
  const line = before.slice(lineFrom);
  if (!/^\s*[A-Za-z]*$/.test(line)) return null;
  const from = lineFrom + (line.length - line.trimStart().length);
  return { offers: { from, offers: instructions(), begins: true } };
}

function instructions(): Offer[] {
  return instructionList
    .filter((name) => name !== "MAINTAINER")
    .map((name) => ({ label: name, apply: `${name} `, detail: text.short[name], info: text.does[name].join(" "), more: true }));
}

function inside(file: Dockerfile, it: Instruction, before: string, at: number, known: Known): Completed {
  const from = at - (/\S*$/.exec(before)?.[0].length ?? 0);
  const word = before.slice(from);
  const variable = /\$\{?\w*$/.exec(word);
  if (variable && it.name !== "RUN" && it.name !== "CMD") return { offers: { from: at - variable[0].length, offers: variables(file, it, at, variable[0].startsWith("${")) } };
  if (word.startsWith("-") && onlyFlags(it, from)) return flags(file, it, from, word, known);
  switch (it.name) {
    case "FROM":
      return base(file, it, from, at, known);
    case "COPY":
    case "ADD":
      if (it.flags.some((flag) => flag.name === "from")) return null;
      return pathsFor(from, word);
    case "ONBUILD":
      return { offers: { from, offers: instructions().filter((offer) => !/^(FROM|ONBUILD)$/.test(offer.label)) } };
    case "ARG":
      return { offers: { from, offers: [...globals(file, at), ...automaticArguments.slice(0, AUTOMATIC).map((label) => ({ label, detail: text.automatic }))] } };
    case "HEALTHCHECK":
      return it.words.length > 1 ? null : { offers: { from, offers: [{ label: "CMD", apply: "CMD " }, { label: "NONE" }] } };
    case "STOPSIGNAL":
      return { offers: { from, offers: ["SIGTERM", "SIGINT", "SIGQUIT", "SIGKILL"].map((label) => ({ label })) } };
    default:
      return null;
  }
}

/** A path of the context; what only leads to its folder stays as it was typed. */
function pathsFor(from: number, word: string): Completed {
  const lead = /^\[?"?(\.\/+|\/+)?/.exec(word)?.[0].length ?? 0;
  return { paths: { from: from + lead, prefix: word.slice(lead) } };
}

/** Behind FROM stands an image or a stage, then AS, then a name that nobody can know. */
function base(file: Dockerfile, it: Instruction, from: number, at: number, known: Known): Completed {
  const typed = it.words.filter((word) => word.to < at).length;
  if (typed > 1) return null;
  return { offers: { from, offers: typed === 0 ? [...stageNames(file, at), ...imageNames(known)] : [{ label: "AS", apply: "AS " }] } };
}

/** No argument was typed yet, so a flag may still stand there. */
function onlyFlags(it: Instruction, from: number): boolean {
  return isInstruction(it.name) && it.words.every((word) => word.from >= from);
}

function flags(file: Dockerfile, it: Instruction, from: number, word: string, known: Known): Completed {
  const value = /^--([\w-]+)=(.*)$/.exec(word);
  if (!value) {
    const used = new Set(it.flags.map((flag) => flag.name));
    const offers = flagsOf(it.name)
      .filter((name) => !used.has(name) || /^(mount|exclude)$/.test(name))
      .map((name): Offer => {
        const bare = /^(link|parents|keep-git-dir)$/.test(name);
        const info = text.flags[`${it.name} --${name}`];
        return { label: `--${name}`, apply: bare ? `--${name} ` : `--${name}=`, ...(info === undefined ? {} : { info }), more: true };
      });
    return offers.length === 0 ? null : { offers: { from, offers } };
  }
  const [, name = "", given = ""] = value;
  const start = from + word.length - given.length;
  switch (name) {
    case "from":
      return { offers: { from: start, offers: [...stageNames(file, start), ...imageNames(known)] } };
    case "platform":
      return { offers: { from: start, offers: [...PLATFORMS, "$BUILDPLATFORM"].map((label) => ({ label, apply: `${label} ` })) } };
    case "network":
      return { offers: { from: start, offers: ["default", "none", "host"].map((label) => ({ label, apply: `${label} ` })) } };
    case "security":
      return { offers: { from: start, offers: ["sandbox", "insecure"].map((label) => ({ label, apply: `${label} ` })) } };
    case "mount":
      return mount(start, given);
    default:
      return null;
  }
}

/** The parts of a mount, parted by commas. */
function mount(start: number, given: string): Completed {
  const part = given.slice(given.lastIndexOf(",") + 1);
  const from = start + given.length - part.length;
  if (part.startsWith("type=")) {
    return { offers: { from: from + "type=".length, offers: Object.entries(text.mounts).map(([label, info]) => ({ label, apply: `${label},`, info, more: true })) } };
  }
  const type = /(?:^|,)type=(\w+)/.exec(given)?.[1] ?? "bind";
  const keys: Readonly<Record<string, readonly string[]>> = {
    cache: ["target=", "id=", "sharing=", "from=", "source=", "mode=", "uid=", "gid="],
    bind: ["target=", "source=", "from=", "rw"],
    secret: ["id=", "target=", "required=", "env=", "mode="],
    ssh: ["id=", "target=", "required="],
    tmpfs: ["target=", "size="],
  };
  const known = given.includes("type=") ? [] : ["type="];
  return { offers: { from, offers: [...known, ...(keys[type] ?? [])].map((label) => ({ label, more: true })) } };
}

function stageNames(file: Dockerfile, at: number): Offer[] {
  const here = stageAt(file, at);
  return file.stages.flatMap((stage) => (stage.name && stage !== here ? [{ label: stage.name.value, detail: text.stage }] : []));
}

function imageNames(known: Known): Offer[] {
  return known.images.map((label) => ({ label, detail: text.here }));
}

/** The arguments above the first FROM, which a stage has to name again before it can use them. */
function globals(file: Dockerfile, at: number): Offer[] {
  return stageAt(file, at) === null ? [] : [...new Set(file.globals.flatMap(namesOf))].map((label) => ({ label, detail: text.variable }));
}

/** Variables that were set above: those of the stage and of what it goes on from; in FROM, and above it, the arguments before the first one. */
function variables(file: Dockerfile, it: Instruction, at: number, braces: boolean): Offer[] {
  const stage = it.name === "FROM" ? null : stageAt(file, at);
  const above = stage === null ? file.globals : lineage(file, stage).reverse().flatMap((each) => each.instructions);
  const names = above.filter((each) => each.to < at).flatMap(namesOf);
  return [...new Set(names)].map((name) => ({ label: braces ? `\${${name}}` : `$${name}`, detail: text.variable }));
}

/** The names that an ARG or an ENV sets. */
function namesOf(it: Instruction): string[] {
  if (!/^(ARG|ENV)$/.test(it.name)) return [];
  const pairs = it.name === "ENV" && it.words[0] && !it.words[0].value.includes("=") ? it.words.slice(0, 1) : it.words;
  return pairs.map((word) => word.value.split("=")[0] ?? word.value);
}
