import type { Change } from "../generated/Change";
import type { StreamEnd } from "../generated/StreamEnd";
import type { StreamKind } from "../generated/StreamKind";

interface OpenStream {
  kind: StreamKind;
  queue: ArrayBuffer[];
  waiting: ((piece: ArrayBuffer) => void) | null;
}

/** Puts a tag before a body, as the app does. */
export function piece(tag: 0 | 1 | 2 | 3 | 4 | 5 | 6, body: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = tag;
  bytes.set(body, 1);
  return bytes.buffer;
}

/** Pretend streams. */
export class FakeStreams {
  readonly #open = new Map<number, OpenStream>();
  #next = 1;
  /** Called when a stream opens, to give it its first pieces. */
  opened: (id: number, kind: StreamKind) => void = () => undefined;

  open(kind: StreamKind): number {
    const id = this.#next++;
    this.#open.set(id, { kind, queue: [], waiting: null });
    this.opened(id, kind);
    return id;
  }

  next(id: number): Promise<ArrayBuffer> {
    const stream = this.#open.get(id);
    if (!stream) return Promise.reject(new Error("no such stream"));
    const first = stream.queue.shift();
    if (first) return Promise.resolve(first);
    return new Promise((resolve) => {
      stream.waiting = resolve;
    });
  }

  close(id: number): void {
    this.end(id, { end: "closed" });
    this.#open.delete(id);
  }

  end(id: number, end: StreamEnd): void {
    this.#give(id, piece(2, encode(JSON.stringify(end))));
  }

  print(id: number, text: string): void {
    this.#give(id, piece(0, encode(text)));
  }

  tell(id: number, changes: Change[]): void {
    this.#give(id, piece(1, encode(JSON.stringify(changes))));
  }

  /** Tells the streams of a build, or of all builds. */
  tellOf(matches: (kind: StreamKind) => boolean, tag: 4 | 5 | 6, body: unknown): void {
    for (const [id, stream] of this.#open) if (matches(stream.kind)) this.tellJson(id, tag, body);
  }

  tellJson(id: number, tag: 4 | 5 | 6, body: unknown): void {
    this.#give(id, piece(tag, encode(JSON.stringify(body))));
  }

  /** Ends the streams that are about something. */
  endOf(matches: (kind: StreamKind) => boolean): void {
    for (const [id, stream] of this.#open) if (matches(stream.kind)) this.end(id, { end: "finished" });
  }

  /** Tells every stream of changes. */
  broadcast(changes: Change[]): void {
    for (const [id, stream] of this.#open) if (stream.kind.stream === "changes") this.tell(id, changes);
  }

  #give(id: number, bytes: ArrayBuffer): void {
    const stream = this.#open.get(id);
    if (!stream) return;
    if (stream.waiting) {
      stream.waiting(bytes);
      stream.waiting = null;
    } else stream.queue.push(bytes);
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
