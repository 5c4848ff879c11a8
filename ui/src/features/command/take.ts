/** Carries a command on: to its dialog filled in, to its screen, or to the engine. */

import type { Action } from "../../ipc/generated/Action";
import { act } from "../../stores/act";
import { containers } from "../../stores/containers.svelte";
import { dialogs, type DialogRequest, type Written } from "../../stores/dialogs.svelte";
import { images } from "../../stores/images.svelte";
import { familiarName, withTag } from "../../text/reference";
import { isBuild } from "../build/draft";
import { openBuild } from "../build/room.svelte";
import { useEngine } from "../engine/ask";
import { engineOf, show } from "./screens";
import { type SaidCommand, wayOf } from "./ways";

/** Goes on with a command; answers the id of the dialog that it opened. */
export function take(said: SaidCommand, way = wayOf(said)): number | null {
  switch (way) {
    case "build":
      openBuild(said);
      return null;
    case "show":
      show(said.action);
      return null;
    case "engine": {
      const chosen = engineOf(said.action);
      if (chosen) void useEngine(chosen.id);
      return null;
    }
    case "act":
      void perform(said.action);
      return null;
    case "ask":
      return dialogs.open({ kind: "answer", action: said.action });
    case "form":
      return openForm(said, said.destroys);
  }
}

/** Performs an action, on the engine in use or on the one that it is meant for; what it answers is shown. */
export async function perform(action: Action, folder: string | null = null, on?: string): Promise<void> {
  const task = await act(action, undefined, folder, on);
  if (task && task.outcome.text !== null) dialogs.open({ kind: "answer", task });
}

/** Opens the dialog of an action, or the page that it has, filled in with it; answers the dialog's id. */
export function openForm(written: Written, destroys = false): number | null {
  if (isBuild(written.action)) {
    openBuild(written);
    return null;
  }
  return dialogs.open(dialogFor(written, destroys));
}

/** The dialog that shows an action: its own, or the one that serves every verb. */
export function dialogFor(written: Written, destroys = false): DialogRequest {
  return ownDialog(written) ?? { kind: "form", verb: written.action.verb, written, destroys };
}

/** The dialog that a verb has of its own; `null` when there is none, or when it can't ask about what the action names. */
function ownDialog(written: Written): DialogRequest | null {
  const { action, blanks } = written;
  switch (action.verb) {
    case "run":
    case "create":
      return { kind: "run", image: action.image, written };
    case "pull":
      return { kind: "pull", image: action.image, written };
    case "prune-containers":
      return { kind: "prune", what: "containers", written };
    case "prune-images":
      return { kind: "prune", what: "images", written };
    case "rename": {
      const row = containers.find(action.container);
      return row && blanks.length === 0 ? { kind: "rename", container: row, name: action.new_name } : null;
    }
    case "remove-container": {
      // Only what is known can be asked about; a misspelt name is the form's to complete.
      const rows = action.containers.flatMap((name) => containers.find(name) ?? []);
      return rows.length > 0 && rows.length === action.containers.length && !action.link ? { kind: "remove", containers: rows, written } : null;
    }
    case "remove-image": {
      const names = action.images.flatMap((name) => {
        const wanted = withTag(familiarName(name));
        const id = name.replace(/^sha256:/, "");
        return (
          images.names.find((one) => withTag(one.reference) === wanted || one.reference === name) ??
          (/^[0-9a-f]{6,64}$/.test(id) ? images.names.filter((one) => one.image.id.replace(/^sha256:/, "").startsWith(id)) : []).slice(0, 1)
        );
      });
      return names.length > 0 && names.length === action.images.length ? { kind: "remove", images: names, written } : null;
    }
    default:
      return null;
  }
}
