import { client } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { Parsed } from "../../ipc/generated/Parsed";
import { toProblem } from "../../ipc/problem";
import { act } from "../../stores/act";
import { containers } from "../../stores/containers.svelte";
import { dialogs } from "../../stores/dialogs.svelte";
import { images } from "../../stores/images.svelte";
import { settings } from "../../stores/settings.svelte";
import { familiarName, withTag } from "../../text/reference";

/** Reads a docker command while it is typed. Made while a component is set up. */
export class Pasted {
  /** `null` while there is no command, or it is being read. */
  now = $state.raw<Parsed | null>(null);

  constructor(line: () => string | null) {
    $effect(() => {
      const asked = line();
      const shell = settings.shell;
      this.now = null;
      if (asked === null) return;
      let current = true;
      client()
        .parse(asked.trim().replace(/^\$\s+/, ""), shell)
        .then((parsed) => {
          if (current) this.now = parsed;
        })
        .catch((failure: unknown) => {
          if (current) this.now = { parsed: "refused", message: toProblem(failure).what };
        });
      return () => {
        current = false;
      };
    });
  }
}

/** Whether an action has a form, which opens filled in instead of running at once. */
export function hasForm(action: Action): boolean {
  return ["run", "create", "pull", "remove-container", "remove-image", "prune-containers", "prune-images"].includes(action.verb);
}

/** Opens the form of an action, or performs it where there is none. */
export function take(action: Action): void {
  switch (action.verb) {
    case "run":
    case "create":
      dialogs.open({ kind: "run", image: action.image, draft: action });
      return;
    case "pull":
      dialogs.open({ kind: "pull", image: action.image });
      return;
    case "prune-containers":
      dialogs.open({ kind: "prune", what: "containers" });
      return;
    case "prune-images":
      dialogs.open({ kind: "prune", what: "images" });
      return;
    case "remove-container": {
      const rows = action.containers.flatMap((name) => containers.find(name) ?? []);
      // Only what is known can be asked about; a misspelt name is the engine's to refuse.
      if (rows.length === action.containers.length) dialogs.open({ kind: "remove", containers: rows });
      else void act(action);
      return;
    }
    case "remove-image": {
      const names = action.images.flatMap((name) => {
        const wanted = withTag(familiarName(name));
        return images.names.find((one) => withTag(one.reference) === wanted || one.reference === name) ?? [];
      });
      if (names.length === action.images.length) dialogs.open({ kind: "remove", images: names });
      else void act(action);
      return;
    }
    // Every other verb has no form of its own; the engine says what it does not do.
    default:
      void act(action);
      return;
  }
}
