/** What a build would be sent of its folder, with its ignore files as they are edited. */

import { client } from "../../ipc/client";
import type { ContextLook } from "../../ipc/generated/ContextLook";
import type { EditedIgnore } from "../../ipc/generated/EditedIgnore";
import type { Problem } from "../../ipc/generated/Problem";
import { toProblem } from "../../ipc/problem";

/** How long a look that was ended waits, in milliseconds. */
const PAUSE = 300;

/**
 * Looks at a folder. The app looks for one at a time, so a look that another one ended is made once more:
 * unless nobody waits for it any more, as it would then end the newer one in turn.
 */
export async function lookAt(folder: string, dockerfile: string | null, edited: readonly EditedIgnore[], left = (): boolean => false): Promise<ContextLook> {
  try {
    return await client().contextLook(folder, dockerfile, edited);
  } catch (failure) {
    if (left()) throw failure;
    await new Promise((again) => setTimeout(again, PAUSE));
    if (left()) throw failure;
    return await client().contextLook(folder, dockerfile, edited);
  }
}

/** The look at the folder of a build. */
export class FolderLook {
  /** The folder that it is about; `null` for none. */
  folder = $state<string | null>(null);
  /** What was seen last of it; `null` before that, and while it cannot be read. */
  seen = $state.raw<ContextLook | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  #asked = 0;
  #newest: Promise<ContextLook | null> = Promise.resolve(null);

  /** Looks; a newer look takes the place of an older one, and answers for it too. `null` where the folder cannot be read, or was left. */
  look(folder: string, dockerfile: string | null, edited: readonly EditedIgnore[]): Promise<ContextLook | null> {
    if (folder !== this.folder) this.#forget(folder);
    this.busy = true;
    this.#newest = this.#look(++this.#asked, folder, dockerfile, edited);
    return this.#newest;
  }

  async #look(mine: number, folder: string, dockerfile: string | null, edited: readonly EditedIgnore[]): Promise<ContextLook | null> {
    const left = (): boolean => mine !== this.#asked;
    let seen: ContextLook | null = null;
    let problem: Problem | null = null;
    try {
      seen = await lookAt(folder, dockerfile, edited, left);
    } catch (failure) {
      problem = toProblem(failure);
    }
    if (left()) return await this.#newest;
    this.seen = seen;
    this.problem = problem;
    this.busy = false;
    return seen;
  }

  /** There is no folder to look at any more. */
  leave(): void {
    this.#asked += 1;
    this.#newest = Promise.resolve(null);
    this.busy = false;
    this.#forget(null);
  }

  #forget(folder: string | null): void {
    this.folder = folder;
    this.seen = null;
    this.problem = null;
  }
}
