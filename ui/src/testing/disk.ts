// A disk with files and a desk, for tests of the editor.

import type { Client } from "../ipc/client";
import type { Desk } from "../ipc/generated/Desk";
import type { Saved } from "../ipc/generated/Saved";
import type { TextFile } from "../ipc/generated/TextFile";

/** A disk that tests write on, as other programs do. */
export class Disk {
  readonly files = new Map<string, string>();
  /** Files that begin with a byte order mark. */
  readonly marked = new Set<string>();
  /** Files that are UTF-16. */
  readonly utf16 = new Set<string>();
  /** What the app keeps of the editor. */
  desk: Desk = { open: [], front: null, recent: [], build: null, folder: null };
  /** Where the user lets a file be saved; `null` when they pick none. */
  picked: string | null = null;

  read(path: string): TextFile {
    const text = this.files.get(path);
    if (text === undefined) throw new Error(`no ${path}`);
    return { path, text, crlf: false, bom: this.marked.has(path), ...(this.utf16.has(path) ? { utf16: true } : {}), stamp: `stamp of ${text}`, read_only: false };
  }

  /** The app's part that answers from this disk. */
  client(): Client {
    const write = (path: string, text: string, bom: boolean): Saved => {
      this.files.set(path, text);
      this.utf16.delete(path);
      if (bom) this.marked.add(path);
      else this.marked.delete(path);
      return { saved: "done", path, stamp: `stamp of ${text}` };
    };
    return {
      desk: () => Promise.resolve(structuredClone(this.desk)),
      deskKeep: (draft) => {
        const at = this.desk.open.findIndex((it) => it.id === draft.id);
        if (at < 0) this.desk.open.push(draft);
        else this.desk.open[at] = draft;
        return Promise.resolve();
      },
      deskArrange: (desk) => {
        this.desk = { ...desk, open: this.desk.open };
        return Promise.resolve();
      },
      deskDrop: (id) => {
        this.desk.open = this.desk.open.filter((it) => it.id !== id);
        return Promise.resolve();
      },
      textOpen: async (path) => {
        await Promise.resolve();
        return this.read(path);
      },
      textSave: (path, text, _crlf, bom, stamp) => {
        const now = this.files.get(path);
        if (stamp === null) return Promise.resolve(write(path, text, bom));
        if (now === undefined) return Promise.resolve({ saved: "gone" });
        if (`stamp of ${now}` !== stamp) return Promise.resolve({ saved: "changed", disk: this.read(path) });
        return Promise.resolve(write(path, text, bom));
      },
      textSaveAs: (_folder, _name, text, _crlf, bom) => Promise.resolve(this.picked === null ? { saved: "not-picked" } : write(this.picked, text, bom)),
      textStamps: (paths) => Promise.resolve(paths.map((path) => (this.files.has(path) ? this.read(path).stamp : null))),
    } satisfies Partial<Client> as unknown as Client;
  }
}
