// The plain form of each action that needs nothing but names.

import type { Action } from "./generated/Action";

export const start = (containers: string[]): Action => ({ verb: "start", attach: false, interactive: false, containers });
export const stop = (containers: string[]): Action => ({ verb: "stop", signal: null, timeout: null, containers });
export const restart = (containers: string[]): Action => ({ verb: "restart", signal: null, timeout: null, containers });
export const kill = (containers: string[]): Action => ({ verb: "kill", signal: null, containers });
export const pause = (containers: string[]): Action => ({ verb: "pause", containers });
export const unpause = (containers: string[]): Action => ({ verb: "unpause", containers });
export const rename = (container: string, newName: string): Action => ({
  verb: "rename",
  container,
  new_name: newName,
});
// Slipway asks in a dialog of its own, so docker must not ask again.
export const pruneContainers = (): Action => ({ verb: "prune-containers", filter: [], force: true });
export const pruneImages = (all: boolean): Action => ({ verb: "prune-images", all, filter: [], force: true });
