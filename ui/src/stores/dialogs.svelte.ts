import type { Action } from "../ipc/generated/Action";
import type { Blank } from "../ipc/generated/Blank";
import type { ContainerRow } from "../ipc/generated/ContainerRow";
import type { Note } from "../ipc/generated/Note";
import type { Problem } from "../ipc/generated/Problem";
import type { Task } from "../ipc/generated/Task";
import type { ImageName } from "./images.svelte";

/** What a written command says, for the dialog that opens filled in with it. */
export interface Written {
  action: Action;
  /** The placeholders in it: the dialog asks for them. */
  blanks: readonly Blank[];
  /** What there is to know about it. */
  notes: readonly Note[];
  /** The folder in which its paths begin, where that is known. */
  folder?: string | null;
}

/** What a dialog is asked to show. */
export type DialogRequest =
  | { kind: "run"; image?: string; written?: Written }
  | { kind: "pull"; image?: string; written?: Written }
  | { kind: "rename"; container: ContainerRow; name?: string }
  | { kind: "remove"; containers: readonly ContainerRow[]; written?: Written }
  | { kind: "remove"; images: readonly ImageName[]; written?: Written }
  | { kind: "prune"; what: "containers" | "images"; written?: Written }
  | { kind: "form"; verb: string; written?: Written; destroys?: boolean }
  | { kind: "answer"; action: Action }
  | { kind: "answer"; task: Task }
  | { kind: "help"; verb: string | null }
  | { kind: "clearTrail" }
  // A file of the editor that is not saved, by its id.
  | { kind: "closeFile"; file: number }
  | { kind: "problem"; problem: Problem; task?: Task }
  | { kind: "connect" }
  | { kind: "engineLog" }
  | { kind: "stopEngine" }
  // With `mends` what comes of it takes the place of that step of the list that is gone through.
  | { kind: "palette"; text?: string; mends?: number };

/** The request of one kind of dialog. */
export type RequestOf<K extends DialogRequest["kind"]> = Extract<DialogRequest, { kind: K }>;

/** What these show is an engine's, and so is what they do. */
const OF_ENGINE: ReadonlySet<DialogRequest["kind"]> = new Set(["run", "pull", "rename", "remove", "prune", "form", "answer", "problem"]);

/** A dialog that is open. */
export interface OpenDialog {
  id: number;
  request: DialogRequest;
  /** What had the focus before; it gets it back. */
  opener: HTMLElement | null;
}

class Dialogs {
  /** The open ones, the top one last. */
  stack = $state.raw<OpenDialog[]>([]);
  #next = 1;

  /** Whether any is open. */
  readonly any = $derived(this.stack.length > 0);

  /** Opens one above all others; answers its id. */
  open(request: DialogRequest): number {
    const id = this.#next++;
    const focused = document.activeElement;
    const opener = focused instanceof HTMLElement && focused !== document.body ? focused : null;
    this.stack = [...this.stack, { id, request, opener }];
    return id;
  }

  /** Closes one; without an id the top one. */
  close(id = this.stack.at(-1)?.id): void {
    this.stack = this.stack.filter((dialog) => dialog.id !== id);
  }

  /** Closes all. */
  closeAll(): void {
    this.stack = [];
  }

  /** Closes what was opened for an engine that is no longer in use. */
  leaveEngine(): void {
    this.stack = this.stack.filter(({ request }) => !OF_ENGINE.has(request.kind));
  }
}

/** The dialogs. */
export const dialogs = new Dialogs();
