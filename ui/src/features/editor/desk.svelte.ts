/** The desk: the files that are open in the editor. It outlives the page, a crash, and a restart. */

import { client } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { Desk as Kept } from "../../ipc/generated/Desk";
import type { Draft } from "../../ipc/generated/Draft";
import type { EditedIgnore } from "../../ipc/generated/EditedIgnore";
import type { Problem } from "../../ipc/generated/Problem";
import type { Stamp } from "../../ipc/generated/Stamp";
import type { TextFile } from "../../ipc/generated/TextFile";
import { toProblem } from "../../ipc/problem";
import { dialogs } from "../../stores/dialogs.svelte";
import { kindOf } from "./kind";
import { OpenFile } from "./open-file.svelte";
import { templateOf, type TemplateFile, type TemplateId } from "./templates";

/** How many files are remembered as opened lately. */
const RECENT = 12;

/** The last part of a path of any system. */
export function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** A file in a folder, written as the folder is. */
export function within(folder: string, name: string): string {
  const mark = folder.includes("\\") && !folder.includes("/") ? "\\" : "/";
  return folder.endsWith(mark) ? folder + name : folder + mark + name;
}

/** The desk; tests lay out several, the app has one. */
export class Desk {
  /** The open files, in the order of their tabs. */
  files = $state.raw<readonly OpenFile[]>([]);
  /** The id of the one in front. */
  frontId = $state<number | null>(null);
  /** Files that were open lately, newest first, absolute paths. */
  recent = $state.raw<readonly string[]>([]);
  /** Why a file could not be opened, or the desk not be kept. */
  problem = $state.raw<Problem | null>(null);
  /** What of it could not be read again, as sentences. */
  lost = $state.raw<readonly string[]>([]);
  /** Files that a new Dockerfile needs and its folder does not have; they are made when somebody says so. */
  needed = $state.raw<{ folder: string; files: readonly TemplateFile[] } | null>(null);
  /** Counts up when files were made in a folder. */
  made = $state(0);
  /** What was left has been laid out. */
  ready = $state(false);
  /** The build that is filled in, and the folder in which its paths begin; the build page's to set, through `plan`. */
  build = $state.raw<Action | null>(null);
  folder = $state.raw<string | null>(null);

  #loading: Promise<void> | null = null;
  /** What was left is known: only then may something else be kept in its place. */
  #known = false;
  #nextId = 1;
  #arranged: Promise<void> = Promise.resolve();

  /** The file in front; `null` when none is open. */
  readonly front = $derived(this.files.find((file) => file.id === this.frontId) ?? null);
  /** Whether anything is not saved. */
  readonly unsaved = $derived(this.files.some((file) => file.unsaved));

  /** Lays out what was left, once; later calls wait for the same. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    try {
      const kept = await client().desk();
      this.#nextId = Math.max(0, ...kept.open.map((draft) => draft.id)) + 1;
      this.recent = kept.recent;
      this.lost = kept.lost ?? [];
      this.build = kept.build;
      this.folder = kept.folder;
      const files = await Promise.all(kept.open.map(layOut));
      // What was opened while this was read stays.
      this.files = [...files, ...this.files];
      this.frontId ??= files.find((file) => file.id === kept.front)?.id ?? files[0]?.id ?? null;
      this.#known = true;
    } catch (failure) {
      this.problem = toProblem(failure);
      // What was left stays as it is: new files get ids that none of it has, and the next call looks again.
      this.#nextId = Math.max(this.#nextId, Math.floor(Date.now() / 1000));
      this.#loading = null;
    }
    this.ready = true;
  }

  /** The open file with this id. */
  file(id: number): OpenFile | null {
    return this.files.find((file) => file.id === id) ?? null;
  }

  /** Opens a file, or brings it to the front; answers it, `null` when it could not be read. */
  async open(path: string): Promise<OpenFile | null> {
    await this.load();
    const already = this.files.find((file) => file.path === path);
    if (already) return this.#toFront(already);
    try {
      const disk = await client().textOpen(path);
      this.problem = null;
      // It may have been opened twice, or under another writing of its path.
      const same = this.files.find((file) => file.path === disk.path);
      return this.#toFront(same ?? this.#add(fromDisk(this.#nextId++, disk)));
    } catch (failure) {
      this.problem = toProblem(failure);
      this.#forget(path);
      return null;
    }
  }

  /** Lets the user pick a file, and opens it. */
  async pick(title: string): Promise<OpenFile | null> {
    try {
      const path = await client().pickFile(title);
      return path === null ? null : await this.open(path);
    } catch (failure) {
      this.problem = toProblem(failure);
      return null;
    }
  }

  /** A new file made from a template, not saved yet; `folder` is where it would go. */
  async fresh(template: TemplateId | null, folder: string | null): Promise<OpenFile> {
    await this.load();
    const made = template === null ? null : templateOf(template);
    return this.freshText(made?.name ?? "Dockerfile", made?.text ?? "", folder);
  }

  /** A new file with a text, not saved yet. */
  freshText(name: string, text: string, folder: string | null): OpenFile {
    const file = new OpenFile({ id: this.#nextId++, path: null, name, text, saved: null });
    this.#folders.set(file.id, folder);
    void file.keep();
    return this.#toFront(this.#add(file));
  }

  /** Whether a file is on disk. */
  async exists(path: string): Promise<boolean> {
    try {
      const [stamp] = await client().textStamps([path]);
      return stamp != null;
    } catch (failure) {
      this.problem = toProblem(failure);
      return false;
    }
  }

  /** Looks which files of a template its folder does not have. */
  async need(template: TemplateId, folder: string): Promise<void> {
    this.needed = null;
    const missing = await this.#missing(templateOf(template).files, folder);
    if (missing.length > 0) this.needed = { folder, files: missing };
  }

  /** Makes them; one that came meanwhile stays as it is. */
  async makeNeeded(): Promise<void> {
    const needed = this.needed;
    if (needed === null) return;
    this.needed = null;
    try {
      for (const { name, text } of await this.#missing(needed.files, needed.folder)) {
        await client().textSave(within(needed.folder, name), text, false, false, null);
      }
    } catch (failure) {
      this.problem = toProblem(failure);
    }
    this.made += 1;
  }

  async #missing(files: readonly TemplateFile[], folder: string): Promise<TemplateFile[]> {
    try {
      const stamps = await client().textStamps(files.map(({ name }) => within(folder, name)));
      return files.filter((_, at) => stamps[at] == null);
    } catch (failure) {
      this.problem = toProblem(failure);
      return [];
    }
  }

  /** Where a file that was never saved would go. */
  readonly #folders = new Map<number, string | null>();

  /** The folder of a file, or the one for which it was made. */
  folderOf(file: OpenFile): string | null {
    return file.folder ?? this.#folders.get(file.id) ?? null;
  }

  /** Where a file is, or where it goes when it is saved for the first time; `null` where nobody knows. */
  placeOf(file: OpenFile): string | null {
    const folder = this.folderOf(file);
    return file.path ?? (folder === null ? null : within(folder, file.name));
  }

  /** The ignore files that are not saved, as they are at the last pause in typing. */
  editedIgnores(): EditedIgnore[] {
    return this.files.flatMap((file): EditedIgnore[] => {
      if (kindOf(file.name) !== "ignore" || !file.unsaved) return [];
      void [file.settled, file.replaced];
      const path = this.placeOf(file);
      return path === null ? [] : [{ path, text: file.text }];
    });
  }

  /** Brings a file to the front. */
  show(id: number): void {
    if (this.frontId === id || this.file(id) === null) return;
    this.frontId = id;
    this.arrange();
  }

  /** Saves a file; one that never was asks where. Answers whether it is saved now. */
  async save(id: number): Promise<boolean> {
    const file = this.file(id);
    if (file === null || file.unread) return false;
    const path = file.path ?? (await this.#ownPlace(file));
    if (path === null) return await this.saveAs(id);
    const { text } = file;
    try {
      const saved = await client().textSave(path, text, file.crlf, file.bom, file.stamp);
      switch (saved.saved) {
        case "done":
          this.#wasSaved(file, text, saved.path, saved.stamp);
          return true;
        case "changed":
          return this.#meet(file, saved.disk, text);
        case "gone":
          file.onDisk = { now: "gone" };
          return false;
        case "not-picked":
          return false;
      }
    } catch (failure) {
      file.problem = toProblem(failure);
      return false;
    }
  }

  /** An ignore file has one place where it counts; while nothing is there, nobody needs to be asked. */
  async #ownPlace(file: OpenFile): Promise<string | null> {
    const path = kindOf(file.name) === "ignore" ? this.placeOf(file) : null;
    return path === null || (await this.exists(path)) ? null : path;
  }

  /** Saves a file under a name that the user picks. */
  async saveAs(id: number): Promise<boolean> {
    const file = this.file(id);
    if (file === null || file.unread) return false;
    const text = file.text;
    try {
      const saved = await client().textSaveAs(this.folderOf(file), file.name, text, file.crlf, file.bom);
      if (saved.saved !== "done") return false;
      this.#wasSaved(file, text, saved.path, saved.stamp);
      this.#remember(saved.path);
      return true;
    } catch (failure) {
      file.problem = toProblem(failure);
      return false;
    }
  }

  #wasSaved(file: OpenFile, text: string, path: string, stamp: Stamp): void {
    file.wasSaved(text, path, nameOf(path), stamp);
    this.#besides(file, { path, text, crlf: file.crlf, bom: file.bom, stamp, read_only: false });
  }

  /** Other tabs of the file that `file` holds now: one with nothing of its own goes, and what is not saved in one stays, to be chosen from. */
  #besides(file: OpenFile, disk: TextFile): void {
    for (const other of this.files.filter((each) => each !== file && each.path === disk.path)) {
      if (!other.unsaved || other.text === disk.text) void this.#remove(other);
      else other.onDisk = { now: "changed", disk, here: true };
    }
  }

  /** Saves what is not saved, before a build. Answers whether all of it is saved; what could not be is brought to the front. */
  async saveAll(): Promise<boolean> {
    for (const file of this.files.filter((each) => each.unsaved)) {
      if (file.path === null && (await this.#ownPlace(file)) === null) continue;
      if (await this.save(file.id)) continue;
      this.show(file.id);
      return false;
    }
    return true;
  }

  /** Closes a file; one that is not saved asks first. */
  async close(id: number): Promise<void> {
    const file = this.file(id);
    if (file === null) return;
    const empty = file.path === null && file.text.trim() === "";
    if (file.unsaved && !file.unread && !empty) dialogs.open({ kind: "closeFile", file: id });
    else await this.#remove(file);
  }

  /** Closes a file and what was not saved of it. */
  async discard(id: number): Promise<void> {
    const file = this.file(id);
    if (file !== null) await this.#remove(file);
  }

  /** Looks whether somebody changed the files on disk: when the window comes back. */
  async look(): Promise<void> {
    const files = this.files.filter((file) => file.path !== null && file.onDisk === null);
    if (files.length === 0) return;
    try {
      const stamps = await client().textStamps(files.map((file) => file.path ?? ""));
      for (const [at, file] of files.entries()) {
        const stamp = stamps[at] ?? null;
        if (stamp === null) file.onDisk = { now: "gone" };
        else if (file.unread || stamp !== file.stamp) await this.#readAgain(file);
      }
    } catch (failure) {
      this.problem = toProblem(failure);
    }
  }

  async #readAgain(file: OpenFile): Promise<void> {
    if (file.path === null) return;
    try {
      const disk = await client().textOpen(file.path);
      if (file.unread) file.wasRead(disk, !file.unsaved);
      else this.#meet(file, disk, file.text);
    } catch (failure) {
      file.problem = toProblem(failure);
    }
  }

  /** Another text is on disk. Who has changed nothing takes it; the same text is no difference. Answers whether all is settled. */
  #meet(file: OpenFile, disk: TextFile, text: string): boolean {
    if (disk.text === text || !file.unsaved) {
      file.wasRead(disk, true);
      return true;
    }
    file.onDisk = { now: "changed", disk };
    return false;
  }

  /** Of two versions, keeps the one of the editor: it is written over the other. */
  async keepMine(id: number): Promise<boolean> {
    const file = this.file(id);
    if (file?.onDisk == null) return false;
    file.stamp = file.onDisk.now === "changed" ? file.onDisk.disk.stamp : null;
    file.onDisk = null;
    return await this.save(id);
  }

  /** Of two versions, takes the one on disk. The editor's undo still has the other. */
  takeDisk(id: number): void {
    const file = this.file(id);
    if (file?.onDisk?.now !== "changed") return;
    const { disk } = file.onDisk;
    file.wasRead(disk, true);
    this.#besides(file, disk);
  }

  /** Keeps everything at once: when the window loses the focus, or is closed. */
  keepAll(): void {
    for (const file of this.files) if (file.pending) void file.keep();
  }

  /** The build that is filled in, kept with the desk. */
  plan(build: Action | null, folder: string | null): void {
    this.build = build;
    this.folder = folder;
    this.arrange();
  }

  /** Keeps which files are open, and the build; newest last. */
  arrange(): void {
    if (!this.#known) return;
    const kept: Kept = {
      open: this.files.map((file) => ({ ...file.draft(), text: null })),
      front: this.frontId,
      recent: [...this.recent],
      build: this.build,
      folder: this.folder,
    };
    this.#arranged = this.#arranged.then(async () => {
      try {
        await client().deskArrange(kept);
      } catch (failure) {
        this.problem = toProblem(failure);
      }
    });
  }

  #add(file: OpenFile): OpenFile {
    this.files = [...this.files, file];
    return file;
  }

  #toFront(file: OpenFile): OpenFile {
    this.frontId = file.id;
    if (file.path !== null) {
      void file.keep();
      this.#remember(file.path);
    } else this.arrange();
    return file;
  }

  async #remove(file: OpenFile): Promise<void> {
    const at = this.files.indexOf(file);
    this.files = this.files.filter((other) => other !== file);
    if (this.frontId === file.id) this.frontId = (this.files[at] ?? this.files[at - 1])?.id ?? null;
    this.#folders.delete(file.id);
    try {
      await file.drop();
      await client().deskDrop(file.id);
    } catch (failure) {
      this.problem = toProblem(failure);
    }
    this.arrange();
  }

  #remember(path: string): void {
    this.recent = [path, ...this.recent.filter((other) => other !== path)].slice(0, RECENT);
    this.arrange();
  }

  #forget(path: string): void {
    this.recent = this.recent.filter((other) => other !== path);
    this.arrange();
  }
}

function fromDisk(id: number, disk: TextFile): OpenFile {
  const { path, text, stamp, crlf, bom, utf16 = false } = disk;
  return new OpenFile({ id, path, name: nameOf(path), text, saved: text, stamp, crlf, bom, utf16, readOnly: disk.read_only });
}

/** A file as it was left, with what is on disk by now. What was not saved is never given up for it. */
async function layOut(draft: Draft): Promise<OpenFile> {
  const { id, path, name, stamp, crlf, bom = false } = draft;
  const file = new OpenFile({ id, path, name, text: draft.text ?? "", saved: draft.text === null ? "" : null, stamp, crlf, bom });
  if (path === null) return file;
  try {
    const disk = await client().textOpen(path);
    if (draft.text === null || draft.text === disk.text || disk.stamp === stamp) file.wasRead(disk, draft.text === null);
    else file.onDisk = { now: "changed", disk };
  } catch (failure) {
    file.problem = toProblem(failure);
    file.unread = draft.text === null;
    if (draft.text !== null) file.onDisk = null;
  }
  return file;
}

/** The desk. */
export const desk = new Desk();
