/** Reads a text that is being written: each time only from where it changed. */

import { type Dockerfile, parse, parseAgain } from "./parse";

/** Reads the states of one text, one after the other. */
export class Reader {
  #last: Dockerfile | null = null;

  /** The text as it is now. */
  read(text: string): Dockerfile {
    if (this.#last?.text !== text) this.#last = this.#last === null ? parse(text) : parseAgain(this.#last, text);
    return this.#last;
  }
}
