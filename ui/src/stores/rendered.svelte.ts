import { client } from "../ipc/client";
import type { Action } from "../ipc/generated/Action";
import type { Rendered } from "../ipc/generated/Rendered";
import { settings } from "./settings.svelte";

/** The command of an action, kept up to date while a component shows it. Made while it is set up. */
export class Command {
  /** `null` until the first answer. */
  now = $state.raw<Rendered | null>(null);

  constructor(action: () => Action | null) {
    $effect(() => {
      const asked = action();
      const shell = settings.shell;
      let current = true;
      if (asked === null) this.now = null;
      else {
        // An answer that comes after the next question is not shown.
        client()
          .render(asked, shell)
          .then((rendered) => {
            if (current) this.now = rendered;
          })
          .catch((failure: unknown) => console.error("The command could not be written", failure));
      }
      return () => {
        current = false;
      };
    });
  }
}
