/** A short word at the bottom right. It is never the only place where an error is told. */
export interface Toast {
  id: number;
  text: string;
  action: { label: string; run: () => void } | null;
}

/** How long one stays, in milliseconds, while nobody points at it. */
export const TOAST_STAYS = 6000;

class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  /** Says something, with at most one thing to do about it. */
  say(text: string, action: Toast["action"] = null): void {
    this.list = [...this.list.slice(-2), { id: this.#next++, text, action }];
  }

  /** Takes one away. */
  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

/** The toasts. */
export const toasts = new Toasts();
