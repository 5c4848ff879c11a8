// Lines as they are pasted alone, with what the app reads them as: its own test writes them down.

import type { Said } from "../ipc/generated/Said";
import rows from "./alone.json";

/** One of them. */
export interface AloneLine {
  text: string;
  /** It is read, and not searched for. */
  read: boolean;
  lines: { said: Said["said"]; known?: boolean }[];
}

/** All of them. */
export const alone = rows as AloneLine[];
