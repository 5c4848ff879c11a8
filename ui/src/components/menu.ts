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
