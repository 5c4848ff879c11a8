import { afterEach, describe, expect, it, vi } from "vitest";
import type { Client } from "./client";
import { useClient } from "./client";
import type { StreamEnd } from "./generated/StreamEnd";
import { decode, follow, Stream } from "./stream";

function piece(tag: number, body: string): ArrayBuffer {
  const text = new TextEncoder().encode(body);
  const bytes = new Uint8Array(text.length + 1);
  bytes[0] = tag;
  bytes.set(text, 1);
  return bytes.buffer;
}

/** An app whose one stream hands out these pieces, and then waits for ever. */
class Scripted {
  readonly closed: number[] = [];
  underWay = 0;
  mostUnderWay = 0;
  readonly #pieces: (ArrayBuffer | Error)[];
  #stuck: ((piece: ArrayBuffer) => void) | null = null;

  constructor(pieces: (ArrayBuffer | Error)[]) {
    this.#pieces = pieces;
    const client: Partial<Client> = {
      streamOpen: () => Promise.resolve(7),
      streamNext: () => this.#next(),
      streamClose: (id) => {
        this.closed.push(id);
        this.#stuck?.(piece(2, '{"end":"closed"}'));
        return Promise.resolve();
      },
    };
    useClient(client as Client);
  }

  async #next(): Promise<ArrayBuffer> {
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      const next = this.#pieces.shift();
      if (next instanceof Error) throw next;
      if (next) return next;
      return await new Promise<ArrayBuffer>((resolve) => {
        this.#stuck = resolve;
      });
    } finally {
      this.underWay -= 1;
    }
  }
}

const finished = piece(2, '{"end":"finished"}');
const original: Client = {} as Client;
afterEach(() => useClient(original));

describe("a piece", () => {
  it.each([
    [piece(0, "hi"), { piece: "bytes", bytes: Uint8Array.of(104, 105) }],
    [piece(0, ""), { piece: "bytes", bytes: new Uint8Array() }],
    [piece(1, "[]"), { piece: "changes", changes: [] }],
    [finished, { piece: "end", end: { end: "finished" } }],
    [piece(3, "4096"), { piece: "skipped", bytes: 4096 }],
  ])("is read by its first byte", (answer, wanted) => expect(decode(answer)).toEqual(wanted));

  it.each([piece(9, ""), new ArrayBuffer(0)])("of an unknown kind is refused", (answer) => {
    expect(() => decode(answer)).toThrow(/unknown kind/);
  });
});

describe("a stream", () => {
  it("hands on its pieces in order, one request at a time, and ends with its end", async () => {
    const app = new Scripted([piece(0, "a"), piece(3, "5"), piece(0, "b"), finished]);
    const seen: string[] = [];
    for await (const one of await Stream.open({ stream: "changes" })) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      seen.push(one.piece);
    }
    expect(seen).toEqual(["bytes", "skipped", "bytes", "end"]);
    expect(app.mostUnderWay).toBe(1);
    expect(app.closed, "an ended stream needs no closing").toEqual([]);
  });

  it("of changes begins with the one that the window has opened, and is opened anew after that", async () => {
    const app = new Scripted([piece(0, "second"), finished, piece(0, "anew")]);
    const page = { __SLIPWAY_CHANGES__: Promise.resolve({ id: 3, first: Promise.resolve(piece(0, "first")) }) };
    vi.stubGlobal("window", page);
    const texts = async (stream: Stream): Promise<string[]> => {
      const seen: string[] = [];
      for await (const one of stream) {
        if (one.piece !== "bytes") continue;
        seen.push(new TextDecoder().decode(one.bytes));
        if (seen.at(-1) === "anew") break;
      }
      return seen;
    };
    expect(await texts(await Stream.open({ stream: "builds" })), "another kind has nothing to do with it").toEqual(["second"]);
    expect(await texts(await Stream.open({ stream: "changes" }))).toEqual(["first", "anew"]);
    expect(app.closed, "by its own number").toEqual([3]);
    new Scripted([finished]);
    expect(await texts(await Stream.open({ stream: "changes" }))).toEqual([]);
    vi.unstubAllGlobals();
  });

  it("is closed when the loop is left early", async () => {
    const app = new Scripted([piece(0, "a"), piece(0, "b")]);
    for await (const one of await Stream.open({ stream: "changes" })) {
      expect(one.piece).toBe("bytes");
      break;
    }
    expect(app.closed).toEqual([7]);
  });

  it("that waits ends when it is closed, without another piece", async () => {
    const app = new Scripted([piece(0, "a")]);
    const stream = await Stream.open({ stream: "changes" });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const one of stream) seen.push(one.piece);
    })();
    await new Promise((resolve) => setTimeout(resolve, 1));
    await stream.close();
    await reading;
    expect(seen).toEqual(["bytes"]);
    expect(app.closed).toEqual([7]);
  });
});

describe("following a stream", () => {
  const nobody = (): AbortSignal => new AbortController().signal;

  it("answers how it ended", async () => {
    new Scripted([piece(0, "a"), finished]);
    const taken: string[] = [];
    const end: StreamEnd | null = await follow({ stream: "changes" }, nobody(), (one) => void taken.push(one.piece));
    expect(end).toEqual({ end: "finished" });
    expect(taken).toEqual(["bytes"]);
  });

  it("throws when a request is refused, and closes", async () => {
    const app = new Scripted([new Error("gone")]);
    await expect(follow({ stream: "changes" }, nobody(), () => undefined)).rejects.toThrow("gone");
    expect(app.closed).toEqual([7]);
  });

  it("stops quietly when told to", async () => {
    const app = new Scripted([]);
    const stop = new AbortController();
    const following = follow({ stream: "changes" }, stop.signal, () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort();
    expect(await following).toBeNull();
    expect(app.closed).toEqual([7]);
  });
});
