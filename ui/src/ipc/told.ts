// What is there before the page's first line: `src-tauri/src/window.rs` writes it into the window. Nothing has
// to be asked and waited for before the first picture, and the lists are asked for while the program is read.

import type { StartUp } from "./generated/StartUp";

/** A stream that is open, and the answer to the first question about it. */
export interface BegunStream {
  id: number;
  first: Promise<ArrayBuffer>;
}

declare global {
  interface Window {
    __SLIPWAY_START_UP__?: StartUp;
    __SLIPWAY_CHANGES__?: Promise<BegunStream> | null;
  }
}

/** The start as it was when the window opened; `null` in a plain browser. */
export function told(): StartUp | null {
  return globalThis.window?.__SLIPWAY_START_UP__ ?? null;
}

/** The stream of changes that was opened ahead of the program, for whoever asks first; `null` after that. */
export function begunChanges(): Promise<BegunStream> | null {
  const page = globalThis.window;
  const begun = page?.__SLIPWAY_CHANGES__ ?? null;
  if (begun) page.__SLIPWAY_CHANGES__ = null;
  return begun;
}
