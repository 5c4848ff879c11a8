// The first list needs a third of the program. The rest is read when that list is on the screen, or as
// soon as somebody asks for a page or a dialog of it.

type Rooms = typeof import("./rooms");

class Rest {
  /** The pages and dialogs beside the first list; `null` until they are read. */
  now = $state.raw<Rooms | null>(null);
  /** Somebody has asked for something of it that no other store tells of. */
  wanted = $state(false);
  #reading: Promise<void> | null = null;

  /** Reads them, once. */
  load(): Promise<void> {
    this.#reading ??= import("./rooms").then((rooms) => void (this.now = rooms));
    return this.#reading;
  }
}

/** What follows the first list. */
export const rest = new Rest();
