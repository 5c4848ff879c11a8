/** A text whose lines were joined, which still knows where each character came from. */

/** A piece of the file without the ends of its continued lines, and without the comments between them. */
export class Joined {
  constructor(
    readonly text: string,
    /** Where each character stands in the file, and one more for the end. */
    private readonly places: readonly number[],
  ) {}

  /** Where a character stands in the file. */
  place(at: number): number {
    return this.places[Math.min(at, this.places.length - 1)] ?? 0;
  }

  /** The end in the file of what ends before `at`: not on the next line, where the next character may be. */
  end(at: number): number {
    return at === 0 ? this.place(0) : Math.min(this.place(at - 1) + 1, this.place(at));
  }

  /** A part of it. */
  slice(from: number, to = this.text.length): Joined {
    return new Joined(this.text.slice(from, to), [...this.places.slice(from, to), this.end(to)]);
  }
}

/** A word and its place in the file. */
export interface Word {
  /** As it is written. */
  raw: string;
  /** Without its quotes. */
  value: string;
  from: number;
  to: number;
}

/** What announces a heredoc; its name may follow behind blanks. */
const ANNOUNCES = /^\d*<<-?\s*$/;

/** The words of a text, parted by blanks; quotes hold together and are taken off. */
export function wordsOf(joined: Joined, escape = "\\"): Word[] {
  const words: Word[] = [];
  const { text } = joined;
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    let value = "";
    let quote = "";
    for (; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (quote === "" && /\s/.test(character) && !ANNOUNCES.test(text.slice(start, at))) break;
      if (quote !== "'" && character === escape && at + 1 < text.length) {
        at += 1;
        value += text.charAt(at);
      } else if (quote === "" && (character === '"' || character === "'")) quote = character;
      else if (character === quote) quote = "";
      else value += character;
    }
    words.push({ raw: text.slice(start, at), value, from: joined.place(start), to: joined.end(at) });
  }
  return words;
}

/** The quote that a text leaves open, as a word of Dockerfiles is read; `null` where each is closed. */
export function openQuote(text: string, escape = "\\"): { quote: string; at: number } | null {
  let open: { quote: string; at: number } | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    // Nothing is escaped between single quotes.
    if (character === escape && open?.quote !== "'") at += 1;
    else if (open === null && (character === '"' || character === "'")) open = { quote: character, at };
    else if (character === open?.quote) open = null;
  }
  return open;
}
