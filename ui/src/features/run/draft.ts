/** What the run dialog is filled with, and the action that it stands for. */

import type { Action } from "../../ipc/generated/Action";
import type { Blank } from "../../ipc/generated/Blank";
import type { FieldProblem } from "../../ipc/generated/FieldProblem";
import type { Run } from "../../ipc/generated/Run";
import { type EnvRow, formatEnv, isBlankEnv, maskedEnv, parseEnv } from "./env";
import { formatPort, isBlankPort, parsePort, type PortRow } from "./ports";
import { emptied } from "./asks";
import { type AskingRow, type TextRow, textRows } from "./rows";
import { formatVolume, isBlankVolume, parseVolume, type VolumeRow } from "./volumes";
import { joinWords, splitWords } from "./words";

/** The lists that are edited as plain lines. */
export type PlainList = "network" | "env_file" | "label" | "add_host" | "expose";

/** The names of the lists that are edited as plain lines. */
export const PLAIN_LISTS: readonly PlainList[] = ["network", "env_file", "label", "add_host", "expose"];

/** The action while it is filled in: lists are rows with keys, the command is the text that was typed. */
export interface Draft {
  verb: "run" | "create";
  /** The single values; the lists and the command in it are not used. */
  options: Run & AskingRow;
  command: string;
  ports: PortRow[];
  env: EnvRow[];
  volumes: VolumeRow[];
  lists: Record<PlainList, TextRow[]>;
}

/** An action with nothing filled in. */
export function blankRun(image = ""): Run {
  return {
    detach: false,
    image,
    command: [],
    interactive: false,
    tty: false,
    rm: false,
    publish: [],
    publish_all: false,
    name: null,
    env: [],
    env_file: [],
    volume: [],
    workdir: null,
    user: null,
    entrypoint: null,
    network: [],
    hostname: null,
    restart: null,
    memory: null,
    cpus: null,
    label: [],
    add_host: [],
    expose: [],
    init: false,
    read_only: false,
    privileged: false,
    platform: null,
    pull: null,
    stop_signal: null,
    stop_timeout: null,
  };
}

/** What the dialog opens with. */
export function newDraft(image = ""): Draft {
  return draftOf({ verb: "run", ...blankRun(image) });
}

/** The two verbs that this dialog fills in. */
export type Runnable = Extract<Action, { verb: "run" | "create" }>;

/** Whether the dialog can show this action. */
export function isRunnable(action: Action): action is Runnable {
  return action.verb === "run" || action.verb === "create";
}

/** The dialog's content for an action; placeholders are left empty, to be filled in. */
export function draftOf(action: Runnable, blanks: readonly Blank[] = []): Draft {
  const at = (field: string, index: number): Blank[] => blanks.filter((blank) => blank.field === field && blank.index === index);
  const single = blanks.filter((blank) => !Array.isArray(action[blank.field as keyof Runnable]));
  return {
    verb: action.verb,
    options: emptied({ ...blankRun(), ...withoutVerb(action) }, single),
    command: joinWords(action.command),
    ports: action.publish.map((text, index) => emptied(parsePort(text), at("publish", index))),
    env: action.env.map((text, index) => emptied(parseEnv(text), at("env", index))),
    volumes: action.volume.map((text, index) => emptied(parseVolume(text), at("volume", index))),
    lists: {
      network: textRows(action.network),
      env_file: textRows(action.env_file),
      label: textRows(action.label),
      add_host: textRows(action.add_host),
      expose: textRows(action.expose),
    },
  };
}

/** The action that a draft stands for; empty rows are left out. */
export function actionOf(draft: Draft, verb: Draft["verb"] = draft.verb): Runnable {
  const { asks: _, ...options } = draft.options;
  const run: Run = {
    ...options,
    image: draft.options.image.trim(),
    command: splitWords(draft.command),
    publish: writtenPorts(draft).map(formatPort),
    env: writtenEnv(draft).map(formatEnv),
    volume: writtenVolumes(draft).map(formatVolume),
    network: writtenLines(draft, "network"),
    env_file: writtenLines(draft, "env_file"),
    label: writtenLines(draft, "label"),
    add_host: writtenLines(draft, "add_host"),
    expose: writtenLines(draft, "expose"),
  };
  if (verb === "run") return { verb, ...run };
  const { detach: _detach, ...create } = run;
  return { verb, ...create };
}

/** The same action with dots where its environment holds secrets: for showing, never for performing. */
export function shownAction(draft: Draft, verb: Draft["verb"] = draft.verb): Runnable {
  return actionOf({ ...draft, env: draft.env.map(maskedEnv) }, verb);
}

/** The rows of the port table that are written, in the order of the action's list. */
export function writtenPorts(draft: Draft): PortRow[] {
  return draft.ports.filter((row) => !isBlankPort(row));
}

/** The rows of the environment table that are written, in the order of the action's list. */
export function writtenEnv(draft: Draft): EnvRow[] {
  return draft.env.filter((row) => !isBlankEnv(row));
}

/** The rows of the volume table that are written, in the order of the action's list. */
export function writtenVolumes(draft: Draft): VolumeRow[] {
  return draft.volumes.filter((row) => !isBlankVolume(row));
}

function writtenLines(draft: Draft, list: PlainList): string[] {
  return draft.lists[list].filter((row) => row.text !== "").map((row) => row.text);
}

/** What is wrong with a single value, or null. */
export function problemOf(problems: readonly FieldProblem[], field: string): string | null {
  return problems.find((problem) => problem.field === field)?.message ?? null;
}

/** What is wrong with one row of a list; `written` are the rows that made the action's list. */
export function rowProblem<Row>(problems: readonly FieldProblem[], field: string, written: readonly Row[], row: Row): string | null {
  const index = written.indexOf(row);
  if (index < 0) return null;
  return problems.find((problem) => problem.field === field && problem.index === index)?.message ?? null;
}

/** The fields that More options holds. */
export const MORE_FIELDS: ReadonlySet<string> = new Set([
  "entrypoint",
  "workdir",
  "user",
  "hostname",
  "restart",
  "memory",
  "cpus",
  "platform",
  "pull",
  "stop_signal",
  "stop_timeout",
  "rm",
  "init",
  "read_only",
  "privileged",
  "publish_all",
  ...PLAIN_LISTS,
]);

/** How many of the folded fields are filled in, so that nothing set stays unseen. */
export function moreCount(draft: Draft): number {
  const blank = blankRun();
  const single = (Object.keys(blank) as (keyof Run)[]).filter((field) => MORE_FIELDS.has(field) && !Array.isArray(blank[field]));
  const values = single.filter((field) => draft.options[field] !== blank[field]).length + (draft.command.trim() === "" ? 0 : 1);
  return values + PLAIN_LISTS.filter((list) => writtenLines(draft, list).length > 0).length;
}

function withoutVerb<Verbed extends Runnable>(action: Verbed): Omit<Verbed, "verb"> {
  const { verb: _, ...rest } = action;
  return rest;
}
