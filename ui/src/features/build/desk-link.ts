/** What ties the form to the open files: the Dockerfile that is built is the one that is edited. */

import { type Desk, desk } from "../editor/desk.svelte";
import { kindOf } from "../editor/kind";
import { isSecret } from "../run/env";
import { actionOf, type BuildDraft, isBuild } from "./draft";
import type { BuildForm } from "./form.svelte";
import { nameOf, within } from "./paths";

/** How long nobody changes anything before the form is kept, in milliseconds. */
const PAUSE = 400;

/** Fills the form with the build that was left, unless somebody has filled it already. */
export function restore(form: BuildForm, from: Desk = desk): void {
  if (!form.placeless || from.build === null || !isBuild(from.build)) return;
  form.fill(from.build, from.folder);
}

/** Keeps what is filled in across restarts, once nobody changes anything; answers how to leave it. */
export function keepPlan(form: BuildForm): () => void {
  const action = form.extra.into(actionOf(withoutSecrets(form.draft)));
  const folder = form.draft.folder;
  const timer = setTimeout(() => void desk.load().then(() => keepIfNew(JSON.stringify(action), folder, () => desk.plan(action, folder))), PAUSE);
  return () => clearTimeout(timer);
}

function keepIfNew(action: string, folder: string | null, keep: () => void): void {
  if (folder !== null && (JSON.stringify(desk.build) !== action || desk.folder !== folder)) keep();
}

/** Secret values are not written to the disk: their names stay, and the value is asked for again. */
function withoutSecrets(draft: BuildDraft): BuildDraft {
  return { ...draft, args: draft.args.map((row) => (isSecret(row.name) ? { ...row, value: null } : row)) };
}

/**
 * Takes the file in front for the one to build, where the form has none: a new Dockerfile was saved,
 * or one was opened before a folder was chosen.
 */
export async function adopt(form: BuildForm, path: string | null, from: Desk = desk): Promise<void> {
  const file = from.front;
  if (path === null || file === null || file.path !== path || kindOf(file.name) !== "dockerfile") return;
  const folder = form.draft.folder;
  if (form.placeless) {
    if (file.folder === null) return;
    form.chooseFolder(file.folder);
    form.chooseFile(path);
  } else if (folder !== null && form.fileless) {
    form.chooseFile(path);
    await form.readFiles();
  } else if (folder !== null && within(folder, path) === nameOf(path) && form.files !== null && !form.files.includes(nameOf(path))) {
    // Saved into the folder just now: whoever writes a new Dockerfile means to build it.
    form.chooseFile(path);
    await form.readFiles();
  }
}

/** Saves what is not saved; a new Dockerfile that the form waits for is saved first. Answers whether the build can begin. */
export async function saveForBuild(form: BuildForm, from: Desk = desk): Promise<boolean> {
  const front = from.front;
  if ((form.fileless || form.placeless) && front !== null && front.path === null && kindOf(front.name) === "dockerfile") {
    if (!(await from.save(front.id))) return false;
    await adopt(form, front.path, from);
  }
  return await from.saveAll();
}

/** The names of the stages in the Dockerfile, as it is in the editor. */
export function stagesIn(path: string | null, from: Desk = desk): string[] {
  const file = path === null ? undefined : from.files.find((one) => one.path === path);
  void file?.settled;
  return [...(file?.text ?? "").matchAll(/^[ \t]*FROM[ \t]+\S.*?[ \t]AS[ \t]+([\w.-]+)[ \t]*$/gim)].flatMap((found) => found[1] ?? []);
}
