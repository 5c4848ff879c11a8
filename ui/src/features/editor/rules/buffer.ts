/** `dockerfile-ast` asks Node's `Buffer` for the bytes of a character, to find a byte order mark; a page has none. */

interface WithBuffer {
  Buffer?: unknown;
}

const here = globalThis as WithBuffer;
here.Buffer ??= { from: (text: string) => new TextEncoder().encode(text) };
