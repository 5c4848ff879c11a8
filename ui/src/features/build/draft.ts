/** What the build page is filled with, and the action that it stands for. */

import type { Action } from "../../ipc/generated/Action";
import type { Blank } from "../../ipc/generated/Blank";
import type { FieldProblem } from "../../ipc/generated/FieldProblem";
import { emptied } from "../run/asks";
import { type EnvRow, formatEnv, isBlankEnv, maskedEnv, parseEnv, withKnownSecrets } from "../run/env";
import { type AskingRow, rowKey, type TextRow } from "../run/rows";
import { isAbsolute, join, within } from "./paths";

/** A `docker build`. */
export type BuildAction = Extract<Action, { verb: "build" }>;

/** The lists that are edited as plain lines. */
export type BuildList = "tag" | "platform" | "label" | "secret" | "ssh";

/** The names of the lists that are edited as plain lines. */
export const BUILD_LISTS: readonly BuildList[] = ["tag", "platform", "label", "secret", "ssh"];

/** A line in which a placeholder may have stood. */
export type AskingText = TextRow & AskingRow;

/** A build while it is filled in. */
export interface BuildDraft {
  /** The command that it was filled in with, for what has no control here. */
  base: BuildAction;
  /** The folder whose files the Dockerfile can use, from the root; `null` before one was chosen. */
  folder: string | null;
  /** A context that is no folder: an address, or `-`. */
  remote: string | null;
  /** The Dockerfile, from the folder on or from the root; empty for the one named `Dockerfile`. */
  file: string;
  lists: Record<BuildList, AskingText[]>;
  args: EnvRow[];
  target: string;
  network: string;
  noCache: boolean;
  pull: boolean;
}

/** The fields of the action that the page shows with controls of their own. */
export const OWN_FIELDS: readonly string[] = [...BUILD_LISTS, "file", "build_arg", "target", "network", "no_cache", "pull", "context"];

/** A build with nothing but its folder. */
export function blankBuild(): BuildAction {
  return { verb: "build", tag: [], file: null, build_arg: [], target: null, platform: [], no_cache: false, pull: false, quiet: false, label: [], progress: null, secret: [], ssh: [], network: null, add_host: [], context: "." };
}

/** What the page shows at first. */
export function newDraft(): BuildDraft {
  return draftOf(blankBuild(), null);
}

/** Whether an action is a build. */
export function isBuild(action: Action): action is BuildAction {
  return action.verb === "build";
}

/** Whether a context is no folder of this computer. */
export function isRemote(context: string): boolean {
  return context === "-" || /^([a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/i.test(context);
}

/**
 * The page's content for an action whose paths begin at `folder`; `null` where nobody knows that one,
 * and then the folder is still to be chosen. Placeholders are left empty, to be filled in.
 */
export function draftOf(action: BuildAction, folder: string | null, blanks: readonly Blank[] = []): BuildDraft {
  const at = (field: string, index: number): Blank[] => blanks.filter((blank) => blank.field === field && blank.index === index);
  const asked = (field: string): boolean => blanks.some((blank) => blank.field === field);
  const rows = (field: BuildList): AskingText[] => action[field].map((text, index) => emptied({ key: rowKey(), text }, at(field, index)));
  const remote = isRemote(action.context) ? action.context : null;
  const place = placeOf(action, asked("context") ? "." : action.context, remote, folder);
  const tags = rows("tag");
  return {
    base: action,
    folder: place.folder,
    remote,
    file: asked("file") ? "" : place.file,
    lists: { tag: tags.length > 0 ? tags : [{ key: rowKey(), text: "" }], platform: rows("platform"), label: rows("label"), secret: rows("secret"), ssh: rows("ssh") },
    args: action.build_arg.map((text, index) => emptied(parseEnv(text), at("build_arg", index))),
    target: asked("target") ? "" : (action.target ?? ""),
    network: action.network ?? "",
    noCache: action.no_cache,
    pull: action.pull,
  };
}

/** Where a command's context and Dockerfile are, seen from the context itself. */
function placeOf(action: BuildAction, context: string, remote: string | null, folder: string | null): { folder: string | null; file: string } {
  const file = action.file ?? "";
  if (remote !== null) return { folder, file };
  const begins = isAbsolute(context) ? context : folder === null ? null : join(folder, context);
  if (begins === null) return { folder: null, file: file === "" ? "" : (within(context, file) ?? file) };
  if (file === "" || (folder === null && !isAbsolute(file))) return { folder: begins, file };
  const whole = join(folder ?? begins, file);
  return { folder: begins, file: within(begins, whole) ?? whole };
}

/** The action that a draft stands for: its paths begin at the draft's folder, so the context is `.`; empty rows are left out. */
export function actionOf(draft: BuildDraft): BuildAction {
  return {
    ...draft.base,
    context: draft.remote ?? ".",
    file: draft.file.trim() === "" ? null : draft.file.trim(),
    tag: written(draft, "tag"),
    platform: written(draft, "platform"),
    label: written(draft, "label"),
    secret: written(draft, "secret"),
    ssh: written(draft, "ssh"),
    build_arg: writtenArgs(draft).map(formatEnv),
    target: draft.target.trim() === "" ? null : draft.target.trim(),
    network: draft.network.trim() === "" ? null : draft.network.trim(),
    no_cache: draft.noCache,
    pull: draft.pull,
  };
}

/** The same with dots where its arguments hold secrets: for showing, never for performing. */
export function shownAction(draft: BuildDraft): BuildAction {
  return actionOf({ ...draft, args: draft.args.map(maskedEnv) });
}

/** The rows of a list that say something. */
export function writtenRows(draft: BuildDraft, list: BuildList): AskingText[] {
  return draft.lists[list].filter((row) => row.text.trim() !== "");
}

/** The build arguments that say something. */
export function writtenArgs(draft: BuildDraft): EnvRow[] {
  return draft.args.filter((row) => !isBlankEnv(row));
}

/** The new draft with the secret values that the old one had, where the new one was made of a shown command. */
export function keepSecrets(draft: BuildDraft, before: BuildDraft): BuildDraft {
  return { ...draft, args: withKnownSecrets(draft.args, before.args) };
}

/** What is wrong with a value, or with one line of a list. */
export function problemAt(problems: readonly FieldProblem[], field: string, index = 0): string | null {
  if (index < 0) return null;
  return problems.find((problem) => problem.field === field && problem.index === index)?.message ?? null;
}

/** How many fields of More options are filled in, so that nothing set stays unseen. */
export function moreCount(draft: BuildDraft): number {
  const lists = BUILD_LISTS.filter((list) => list !== "tag" && writtenRows(draft, list).length > 0).length;
  return lists + (writtenArgs(draft).length > 0 ? 1 : 0) + [draft.target.trim(), draft.network.trim(), draft.noCache, draft.pull].filter(Boolean).length;
}

function written(draft: BuildDraft, list: BuildList): string[] {
  return writtenRows(draft, list).map((row) => row.text.trim());
}
