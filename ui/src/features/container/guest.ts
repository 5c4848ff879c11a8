// The webview that shows a page over the window: opened, moved and hidden by the app, never touched
// by this page.

import { client } from "../../ipc/client";
import type { Bounds } from "../../ipc/generated/Bounds";

/** The place of an element, as the app wants it. */
export function boundsOf(element: HTMLElement): Bounds {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

function same(a: Bounds | null, b: Bounds | null): boolean {
  if (a === null || b === null) return a === b;
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** The page that is laid over a place. Its calls go one after the other, and only when something changed. */
export class Guest {
  #queue: Promise<void> = Promise.resolve();
  #url: string | null = null;
  #bounds: Bounds | null = null;
  readonly #failed: (failure: unknown) => void;

  /** `failed` is told what the app refuses. */
  constructor(failed: (failure: unknown) => void) {
    this.#failed = failed;
  }

  /** Shows an address at a place. */
  open(url: string, bounds: Bounds): void {
    this.#url = url;
    this.#bounds = bounds;
    this.#next(() => client().previewOpen(url, bounds));
  }

  /** Moves it; `null` hides it. */
  move(bounds: Bounds | null): void {
    if (this.#url === null || same(bounds, this.#bounds)) return;
    this.#bounds = bounds;
    this.#next(() => client().previewBounds(bounds));
  }

  back(): void {
    this.#next(() => client().previewGo("back"));
  }

  reload(): void {
    this.#next(() => client().previewGo("reload"));
  }

  /** Ends it. */
  close(): void {
    if (this.#url === null) return;
    this.#url = null;
    this.#bounds = null;
    this.#next(() => client().previewClose());
  }

  #next(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch(this.#failed);
  }
}
