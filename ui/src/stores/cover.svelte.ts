import { untrack } from "svelte";

/**
 * What lies over the page: dialogs, menus, cards. The preview is a webview above the page and would
 * hide them, so it steps aside while one of them reaches into its place.
 */
class Cover {
  #next = 1;
  /** The places that are covered; `null` stands for the whole window. */
  #places = $state.raw<ReadonlyMap<number, DOMRect | null>>(new Map());

  /** Covers a place; answers how to uncover it. */
  over(place: DOMRect | null): () => void {
    const id = this.#next++;
    // An effect that covers a place must not run again because another one did.
    this.#places = untrack(() => new Map(this.#places).set(id, place));
    return () => {
      const left = untrack(() => new Map(this.#places));
      left.delete(id);
      this.#places = left;
    };
  }

  /** Whether something lies over this place. */
  touches(place: DOMRect): boolean {
    for (const other of this.#places.values()) if (other === null || meet(place, other)) return true;
    return false;
  }
}

function meet(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What lies over the page. */
export const cover = new Cover();
