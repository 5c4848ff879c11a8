/** A file that is open in the editor: what it holds, what of it is saved, and what became of it on disk. */

import { client } from "../../ipc/client";
import type { Draft } from "../../ipc/generated/Draft";
import type { Problem } from "../../ipc/generated/Problem";
import type { Stamp } from "../../ipc/generated/Stamp";
import type { TextFile } from "../../ipc/generated/TextFile";
import { toProblem } from "../../ipc/problem";

/** How long nobody types before an unsaved text is kept, in milliseconds. */
const PAUSE = 250;
/** Somebody who never pauses is kept as often as this, in milliseconds. */
const LONGEST = 2_000;

/** What happened to a file while it was open: another text, or no file any more. */
export type OnDisk =
  | {
      now: "changed";
      disk: TextFile;
      /** It was another tab of this editor that saved it. */
      here?: boolean;
    }
  | { now: "gone" };

/** What a file is opened with. */
export interface Opened {
  id: number;
  path: string | null;
  name: string;
  text: string;
  /** What the file holds; `null` when it was never saved. */
  saved: string | null;
  stamp?: Stamp | null;
  crlf?: boolean;
  bom?: boolean;
  utf16?: boolean;
  readOnly?: boolean;
}

/** One open file. */
export class OpenFile {
  /** Keeps across restarts. */
  readonly id: number;
  /** Its absolute path; `null` when it was never saved. */
  path = $state<string | null>(null);
  /** The name on its tab. */
  name = $state("");
  /** It differs from what is saved. */
  unsaved = $state(false);
  /** It cannot be written where it is. */
  readOnly = $state(false);
  /** It could not be read, so there is nothing to edit yet. */
  unread = $state(false);
  /** It is UTF-16 on disk, which docker cannot read; saving makes it UTF-8. */
  utf16 = $state(false);
  /** What happened to it on disk; `null` when that is what we saved or read. */
  onDisk = $state.raw<OnDisk | null>(null);
  /** What went wrong with it last: reading, saving, keeping. */
  problem = $state.raw<Problem | null>(null);
  /** Counts up when the text was replaced from outside the editor. */
  replaced = $state(0);
  /** Counts up at each pause in typing, for who follows the text. */
  settled = $state(0);

  stamp: Stamp | null;
  crlf: boolean;
  bom: boolean;
  #saved: string | null;
  #text: string;
  /** Makes the text of what the editor holds: a document is made a string only when somebody asks. */
  #source: (() => string) | null = null;
  /** Runs out at a pause in typing. */
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** Runs out when something was not kept for long. */
  #overdue: ReturnType<typeof setTimeout> | undefined;
  /** Ends when everything that was handed over is on disk, in order. */
  #kept: Promise<void> = Promise.resolve();
  #dropped = false;

  constructor(opened: Opened) {
    this.id = opened.id;
    this.path = opened.path;
    this.name = opened.name;
    this.stamp = opened.stamp ?? null;
    this.crlf = opened.crlf ?? false;
    this.bom = opened.bom ?? false;
    this.utf16 = opened.utf16 ?? false;
    this.readOnly = opened.readOnly ?? false;
    this.#text = opened.text;
    this.#saved = opened.saved;
    this.unsaved = opened.text !== opened.saved;
  }

  /** What it holds now, with `\n` at the ends of its lines. */
  get text(): string {
    if (this.#source !== null) {
      this.#text = this.#source();
      this.#source = null;
    }
    return this.#text;
  }

  /** What the file holds; `null` when it was never saved. */
  get saved(): string | null {
    return this.#saved;
  }

  /** The folder it lies in; `null` when it was never saved. */
  get folder(): string | null {
    const end = this.path === null ? -1 : Math.max(this.path.lastIndexOf("/"), this.path.lastIndexOf("\\"));
    return this.path === null || end < 0 ? null : this.path.slice(0, end) || "/";
  }

  /** It was changed in the editor; `source` makes the text of it. */
  edited(source: () => string): void {
    this.#source = source;
    if (!this.unsaved) this.unsaved = true;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.keep(), PAUSE);
    // Who goes on typing has the text kept, and is not held up by what follows a pause.
    this.#overdue ??= setTimeout(() => void this.#store(), LONGEST);
  }

  /** Puts another text in its place, such as the one on disk. */
  replace(text: string): void {
    this.#source = null;
    this.#text = text;
    this.replaced += 1;
    void this.keep();
  }

  /** Keeps what is not saved, at once; it is on disk when this answers. */
  keep(): Promise<void> {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.settled += 1;
    return this.#store();
  }

  #store(): Promise<void> {
    clearTimeout(this.#overdue);
    this.#overdue = undefined;
    this.unsaved = this.text !== this.#saved;
    const draft = this.draft();
    this.#kept = this.#kept.then(async () => {
      if (this.#dropped) return;
      try {
        await client().deskKeep(draft);
      } catch (failure) {
        this.problem = toProblem(failure);
      }
    });
    return this.#kept;
  }

  /** Something waits to be kept. */
  get pending(): boolean {
    return this.#pause !== undefined;
  }

  /** Nothing of it is kept any more: it was closed. Answers when the last keeping has ended. */
  drop(): Promise<void> {
    clearTimeout(this.#pause);
    clearTimeout(this.#overdue);
    this.#dropped = true;
    return this.#kept;
  }

  /** As the app keeps it. A file that could not be read keeps what was kept of it. */
  draft(): Draft {
    return {
      id: this.id,
      path: this.path,
      name: this.name,
      text: this.unsaved ? this.text : null,
      stamp: this.stamp,
      crlf: this.crlf,
      ...(this.bom ? { bom: true } : {}),
    };
  }

  /** The file holds `text` now. */
  wasSaved(text: string, path: string, name: string, stamp: Stamp): void {
    this.#saved = text;
    this.path = path;
    this.name = name;
    this.stamp = stamp;
    this.readOnly = false;
    this.utf16 = false;
    this.onDisk = null;
    this.problem = null;
    void this.keep();
  }

  /** What is on disk was read: it becomes what is saved, and with `take` also what is edited. */
  wasRead(disk: TextFile, take: boolean): void {
    this.#saved = disk.text;
    this.stamp = disk.stamp;
    this.crlf = disk.crlf;
    this.bom = disk.bom;
    this.utf16 = disk.utf16 ?? false;
    this.readOnly = disk.read_only;
    this.unread = false;
    this.onDisk = null;
    this.problem = null;
    if (take && this.text !== disk.text) this.replace(disk.text);
    else void this.keep();
  }
}
