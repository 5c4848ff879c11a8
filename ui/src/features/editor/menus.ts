/** The menus of the editor's head. */

import type { MenuItem } from "../../components/menu";
import { settings } from "../../stores/settings.svelte";
import { en } from "../../text/en";
import { desk, nameOf, within } from "./desk.svelte";
import { kindOf } from "./kind";
import { templateIds, templateOf, type TemplateId } from "./templates";

const text = en.editor;

/** What the editor itself can do with the file in front. */
export interface EditorWork {
  find: () => void;
  format: () => void;
}

/** How many of the files that were open lately are offered. */
const SHOWN = 6;

/** What can be opened or begun. */
export function newMenu(context: string | null): MenuItem[] {
  const open = new Set(desk.files.map((file) => file.path));
  const recent = desk.recent.filter((path) => !open.has(path)).slice(0, SHOWN);
  return [
    { label: text.open, icon: "folder", run: () => void desk.pick(text.openTitle) },
    "rule",
    ...templateIds.map((id): MenuItem => ({ label: text.templates[id].name, icon: "plus", run: () => void begin(id, context) })),
    { label: text.empty, icon: "file", run: () => void desk.fresh(null, context) },
    ...(recent.length > 0 ? (["rule"] as const) : []),
    ...recent.map((path): MenuItem => ({ label: shortPath(path), icon: "clock", run: () => void desk.open(path) })),
  ];
}

/** What can be done with the file in front. */
export function fileMenu(context: string | null, work: EditorWork): MenuItem[] {
  const front = desk.front;
  if (front === null) return [];
  const docker = kindOf(front.name) === "dockerfile";
  const folder = context ?? desk.folderOf(front);
  return [
    { label: text.save, icon: "download", keys: `${settings.mod} S`, run: () => void desk.save(front.id) },
    { label: text.saveAs, icon: "file", keys: `${settings.mod} Shift S`, run: () => void desk.saveAs(front.id) },
    "rule",
    { label: text.find, icon: "search", keys: `${settings.mod} F`, run: work.find },
    ...(docker ? [{ label: text.format, icon: "check", keys: "Shift Alt F", run: work.format } as const] : []),
    ...(docker && folder !== null ? [{ label: text.ignoreFile, icon: "folder", run: () => void openIgnore(folder, front.path) } as const] : []),
    "rule",
    { label: text.close, icon: "x", keys: `${settings.mod} W`, run: () => void desk.close(front.id) },
  ];
}

/** Begins a Dockerfile from a template, or empty; with a template, a folder without an ignore file gets a fitting one beside it. */
export async function begin(id: TemplateId | null, folder: string | null): Promise<void> {
  const file = await desk.fresh(id, folder);
  if (id !== null && folder !== null) await desk.need(id, folder);
  const ignore = id === null ? null : templateOf(id).ignore;
  if (ignore === null || folder === null || (await desk.exists(within(folder, ".dockerignore")))) return;
  desk.freshText(".dockerignore", ignore, folder);
  desk.show(file.id);
}

/** Opens the ignore file that counts for a Dockerfile of a folder: its own, or else that of the folder; one that is not there is begun. */
export async function openIgnore(folder: string, dockerfile: string | null): Promise<void> {
  const usual = within(folder, ".dockerignore");
  for (const path of dockerfile === null ? [usual] : [`${dockerfile}.dockerignore`, usual]) {
    const open = desk.files.find((file) => desk.placeOf(file) === path);
    if (open) return desk.show(open.id);
    if (await desk.exists(path)) return void (await desk.open(path));
  }
  desk.freshText(".dockerignore", "", folder);
}

/** The end of a path: the folder and the name. */
export function shortPath(path: string): string {
  const name = nameOf(path);
  const folder = nameOf(path.slice(0, -name.length - 1));
  return folder === "" ? name : `${folder} / ${name}`;
}
