/** What a build would be sent of its folder, with the ignore file as it is being edited. */

import { client } from "../../ipc/client";
import type { ContextLook } from "../../ipc/generated/ContextLook";
import type { Problem } from "../../ipc/generated/Problem";
import { toProblem } from "../../ipc/problem";

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
    try {
      const seen = await client().contextLook(folder, dockerfile, ignore);
      if (mine !== this.#asked) return;
      this.seen = seen;
      this.problem = null;
    } catch (failure) {
      // The app ends an older look for a newer one; only the newest one's end is of interest.
      if (mine === this.#asked) this.problem = toProblem(failure);
    } finally {
      if (mine === this.#asked) this.busy = false;
    }
  }

  /** Nobody waits for an answer any more. */
  leave(): void {
    this.#asked += 1;
    this.busy = false;
  }
}
