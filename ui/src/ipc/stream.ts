// One reader for every stream. The page pulls: one request is under way at a time, so order,
// back-pressure and an end are there by construction.

import { client } from "./client";
import type { BuildNews } from "./generated/BuildNews";
import type { BuildsNews } from "./generated/BuildsNews";
import type { BuildWhole } from "./generated/BuildWhole";
import type { Change } from "./generated/Change";
import type { PreviewNews } from "./generated/PreviewNews";
import type { StreamEnd } from "./generated/StreamEnd";
import type { StreamKind } from "./generated/StreamKind";
import { begunChanges } from "./told";

/** What one answer of a stream carries. */
export type Piece =
  | { piece: "bytes"; bytes: Uint8Array }
  | { piece: "changes"; changes: Change[] }
  | { piece: "end"; end: StreamEnd }
  | { piece: "build"; whole: BuildWhole }
  | { piece: "build-news"; news: BuildNews }
  | { piece: "builds"; news: BuildsNews }
  | { piece: "preview"; news: PreviewNews }
  | { piece: "skipped"; bytes: number };

const utf8 = new TextDecoder();

/** Reads an answer of `stream_next`: its first byte says what follows. */
export function decode(answer: ArrayBuffer): Piece {
  const bytes = new Uint8Array(answer);
  const body = bytes.subarray(1);
  switch (bytes[0]) {
    case 0:
      return { piece: "bytes", bytes: body };
    case 1:
      return { piece: "changes", changes: JSON.parse(utf8.decode(body)) as Change[] };
    case 2:
      return { piece: "end", end: JSON.parse(utf8.decode(body)) as StreamEnd };
    case 3:
      return { piece: "skipped", bytes: JSON.parse(utf8.decode(body)) as number };
    case 4:
      return { piece: "build", whole: JSON.parse(utf8.decode(body)) as BuildWhole };
    case 5:
      return { piece: "build-news", news: JSON.parse(utf8.decode(body)) as BuildNews };
    case 6:
      return { piece: "builds", news: JSON.parse(utf8.decode(body)) as BuildsNews };
    case 7:
      return { piece: "preview", news: JSON.parse(utf8.decode(body)) as PreviewNews };
    default:
      throw new Error(`A stream sent a piece of the unknown kind ${String(bytes[0])}.`);
  }
}

/**
 * A stream of the app, read with `for await`. The last piece is always its end; leaving the loop
 * early closes the stream, and so does `close`.
 */
export class Stream implements AsyncIterable<Piece> {
  readonly #id: number;
  /** The answer to a question that is asked already. */
  #asked: Promise<ArrayBuffer> | null;
  #open = true;

  private constructor(id: number, asked: Promise<ArrayBuffer> | null) {
    this.#id = id;
    this.#asked = asked;
  }

  /** Opens a stream of this kind; the changes are open already when the program begins. */
  static async open(kind: StreamKind): Promise<Stream> {
    const begun = kind.stream === "changes" ? await begunChanges() : null;
    return begun ? new Stream(begun.id, begun.first) : new Stream(await client().streamOpen(kind), null);
  }

  /** Ends the stream; a loop that waits for the next piece ends with it. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await client().streamClose(this.#id);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Piece, void, void> {
    try {
      while (this.#isOpen()) {
        const asked = this.#asked ?? client().streamNext(this.#id);
        this.#asked = null;
        const piece = decode(await asked);
        // What was under way when the stream was closed is nobody's any more.
        if (!this.#isOpen()) return;
        if (piece.piece === "end") {
          // The app has forgotten an ended stream already: there is nothing left to close.
          this.#open = false;
          yield piece;
          return;
        }
        yield piece;
      }
    } finally {
      await this.close();
    }
  }

  /** A method, as a field would count as unchanged across an `await`. */
  #isOpen(): boolean {
    return this.#open;
  }
}

/**
 * Opens a stream and gives each piece to `take`, which may take its time: the next piece is asked
 * for when it is done. Answers how the stream ended, or `null` when `signal` ended it.
 */
export async function follow(
  kind: StreamKind,
  signal: AbortSignal,
  take: (piece: Exclude<Piece, { piece: "end" }>) => void | Promise<void>,
): Promise<StreamEnd | null> {
  const stream = await Stream.open(kind);
  const stop = (): void => void stream.close();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const piece of stream) {
      if (piece.piece === "end") return signal.aborted ? null : piece.end;
      await take(piece);
    }
    return null;
  } catch (failure) {
    // A request that was under way when we closed is refused; that is no failure.
    if (signal.aborted) return null;
    throw failure;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
