import type { IconName } from "./icons";

/** A line of a menu. */
export interface MenuAction {
  label: string;
  icon?: IconName;
  /** The key that does the same, such as `S`. */
  keys?: string;
  /** It removes something. */
  danger?: boolean;
  /** Why it can't be used now. */
  disabledReason?: string | null;
  run: () => void;
}

/** A line, or a rule between groups. */
export type MenuItem = MenuAction | "rule";

/** Where a menu opens: under a control, or at a point of the window. */
export type MenuAnchor = HTMLElement | { x: number; y: number };

/** What a menu takes. */
export interface MenuProps {
  /** Where it is open; `null` while closed. A button toggles it between itself and `null`. */
  anchor: MenuAnchor | null;
  label: string;
  items: readonly MenuItem[];
  /** What gets the focus back when it closes; the anchor when left out. */
  returnTo?: HTMLElement | null;
}

/** Whether a click fell on the button that opened a menu: that is the button's own business. */
export function isOf(event: Event, anchor: MenuAnchor | null): boolean {
  return anchor instanceof HTMLElement && event.target instanceof Node && anchor.contains(event.target);
}

/** Gives the focus back when a menu closes, unless an item has opened a dialog, which has it already. */
export function focusBack(event: Event, content: HTMLElement | null, to: HTMLElement | null): void {
  event.preventDefault();
  const focused = document.activeElement;
  if (focused === null || focused === document.body || content?.contains(focused)) to?.focus();
}
