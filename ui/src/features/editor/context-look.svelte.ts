/** What a build would be sent of its folder, with the ignore file as it is being edited. */

import { client } from "../../ipc/client";
import type { ContextLook } from "../../ipc/generated/ContextLook";
import type { Problem } from "../../ipc/generated/Problem";
import { toProblem } from "../../ipc/problem";

/** How long a look that was ended waits, in milliseconds. */
const PAUSE = 300;

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
    this.busy = true;
    for (const last of [false, true]) {
      try {
        const seen = await client().contextLook(folder, dockerfile, ignore);
        if (mine !== this.#asked) return;
        this.seen = seen;
        this.problem = null;
        break;
      } catch (failure) {
        if (mine !== this.#asked) return;
        // The app looks for one at a time: a look that others ended is made once more.
        if (last) this.problem = toProblem(failure);
        else await new Promise((again) => setTimeout(again, PAUSE));
        if (mine !== this.#asked) return;
      }
    }
    this.busy = false;
  }

  /** Nobody waits for an answer any more. */
  leave(): void {
    this.#asked += 1;
    this.busy = false;
  }
}
