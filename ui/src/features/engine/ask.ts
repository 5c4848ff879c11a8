/** What the screens ask of the engines; a refusal is told in a dialog. */

import { client } from "../../ipc/client";
import { toProblem } from "../../ipc/problem";
import { dialogs } from "../../stores/dialogs.svelte";
import { settings } from "../../stores/settings.svelte";

/** Asks the app for something; a refusal is told in a dialog. */
async function ask(request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
  } catch (failure) {
    dialogs.open({ kind: "problem", problem: toProblem(failure) });
  }
}

/** Uses this engine from now on, also after the next start; `null` takes the first that answers. */
export function useEngine(id: string | null): Promise<void> {
  return ask(async () => settings.take(await client().chooseEngine(id)));
}

/** Looks for engines again. */
export function lookAgain(): Promise<void> {
  return ask(() => client().lookForEngines());
}

/** Starts Slipway's own engine; how it goes comes with the changes. */
export function startOwn(): Promise<void> {
  return ask(async () => settings.take(await client().ownEngineStart()));
}

/** Stops Slipway's own engine. */
export function stopOwn(): Promise<void> {
  return ask(() => client().ownEngineStop());
}

/** Opens the system's terminal with the install command in it. */
export function runInstall(command: string): Promise<void> {
  return ask(() => client().runInstall(command));
}

/** Opens a web address in the system's browser. */
export function openUrl(url: string): Promise<void> {
  return ask(() => client().openUrl(url));
}
