/** What a build would be sent of its folder, with the ignore file as it is being edited. */

import { client } from "../../ipc/client";
import type { ContextLook } from "../../ipc/generated/ContextLook";
import type { Problem } from "../../ipc/generated/Problem";
import { toProblem } from "../../ipc/problem";

/** How long a look that was ended waits, in milliseconds. */
const PAUSE = 300;

/**
 * Looks at a folder. The app looks for one at a time, so a look that another one ended is made once more:
 * unless nobody waits for it any more, as it would then end the newer one in turn.
 */
export async function lookAt(folder: string, dockerfile: string | null, ignore: string | null, left = (): boolean => false): Promise<ContextLook> {
  try {
    return await client().contextLook(folder, dockerfile, ignore);
  } catch (failure) {
    if (left()) throw failure;
    await new Promise((again) => setTimeout(again, PAUSE));
    if (left()) throw failure;
    return await client().contextLook(folder, dockerfile, ignore);
  }
}

/** The look at one folder. */
export class FolderLook {
  /** What was seen last; `null` before the first look. */
  seen = $state.raw<ContextLook | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  #asked = 0;

  /** Looks; a newer look takes the place of an older one. */
  async look(folder: string, dockerfile: string | null, ignore: string | null): Promise<void> {
    const mine = ++this.#asked;
    const left = (): boolean => mine !== this.#asked;
    this.busy = true;
    try {
      const seen = await lookAt(folder, dockerfile, ignore, left);
      if (left()) return;
      this.seen = seen;
      this.problem = null;
    } catch (failure) {
      if (left()) return;
      this.problem = toProblem(failure);
    }
    this.busy = false;
  }

  /** Nobody waits for an answer any more. */
  leave(): void {
    this.#asked += 1;
    this.busy = false;
  }
}
