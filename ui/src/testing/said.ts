// What the app says of a command, for tests.

import type { Action } from "../ipc/generated/Action";
import type { Line } from "../ipc/generated/Line";
import type { Said } from "../ipc/generated/Said";
import type { Token } from "../ipc/generated/Token";

/** A command that was read. */
export function saidCommand(action: Partial<Action> & Pick<Action, "verb">, part: Partial<Extract<Said, { said: "command" }>> = {}): Extract<Said, { said: "command" }> {
  const tokens: Token[] = ["docker", action.verb].map((text) => ({ text, field: null, explain: "" }));
  return {
    said: "command",
    action: action as Action,
    what: "What it does.",
    command: { tokens, line: `docker ${action.verb}`, problems: [] },
    blanks: [],
    notes: [],
    reach: "performed",
    destroys: false,
    ...part,
  };
}

/** A line that says this. */
export function line(said: Said, text = "docker", at = 0): Line {
  return { text, at, said };
}
