/** The screens that show what a command lists or looks into. */

import type { Action } from "../../ipc/generated/Action";
import type { ContainerRow } from "../../ipc/generated/ContainerRow";
import type { EngineChoice } from "../../ipc/generated/EngineChoice";
import { containers } from "../../stores/containers.svelte";
import { engine } from "../../stores/engine.svelte";
import { type ContainerTab, hashOf, type Page, route } from "../../stores/route.svelte";
import { images } from "../../stores/images.svelte";
import { en } from "../../text/en";
import { withTag } from "../../text/reference";
import { containerList } from "../containers/list.svelte";
import { imageList } from "../images/list.svelte";

const text = en.command.screens;

/** The tab of a container's page that shows what a verb tells. */
const TABS: Readonly<Record<string, ContainerTab>> = {
  attach: "output",
  exec: "output",
  logs: "output",
  "list-ports": "overview",
  inspect: "inspect",
  "inspect-container": "inspect",
};

/** The container that an action is about, by name or id; `null` when it is about none or several. */
export function containerOf(action: Action): string | null {
  if ("container" in action && typeof action.container === "string") return action.container;
  if ("names" in action && Array.isArray(action.names) && action.names.length === 1) return action.names[0] ?? null;
  if ("containers" in action && Array.isArray(action.containers) && action.containers.length === 1) return action.containers[0] ?? null;
  return null;
}

/** The container that an action is about, and the tab of its page that shows something of what the action asks for. */
export function tabOf(action: Action): { row: ContainerRow; tab: ContainerTab } | null {
  const named = containerOf(action);
  const row = named === null ? undefined : containers.find(named);
  const tab = TABS[action.verb];
  return row && tab ? { row, tab } : null;
}

/** The engine that `docker context use` names; `null` when there is none of that name. */
export function engineOf(action: Action): EngineChoice | null {
  if (action.verb !== "use-context") return null;
  const { choices } = engine;
  const name = action.context;
  const named = choices.find((choice) => choice.id === `context:${name}`) ?? choices.find((choice) => choice.name === name);
  // Docker's own context leads to DOCKER_HOST, and else to the usual place.
  const usual = (): EngineChoice | undefined =>
    choices.find((choice) => choice.id === "env") ?? choices.find((choice) => /^unix:\/\/\/(var\/)?run\/docker\.sock$|\/pipe\/docker_engine$/.test(choice.address));
  return named ?? (name === "default" ? usual() : undefined) ?? null;
}

/** The page that shows what an action asks for. */
export function screenOf(action: Action): Page {
  if (action.verb === "build") return { page: "build" };
  const found = tabOf(action);
  if (found) return { page: "container", id: found.row.id, tab: found.tab, port: null };
  const named = containerOf(action);
  const isImage = named !== null && images.names.some((name) => name.reference === named || withTag(name.reference) === withTag(named));
  return { page: isImage || action.verb.includes("image") ? "images" : action.verb.includes("context") ? "settings" : "containers" };
}

/** What the button says that goes there. */
export function screenWords(action: Action): string {
  const page = screenOf(action);
  switch (page.page) {
    case "container":
      return text.container(containers.get(page.id)?.name ?? containerOf(action) ?? "");
    case "images":
    case "image":
      return text.images;
    case "build":
    case "builds":
      return text.build;
    case "settings":
      return text.settings;
    case "containers":
      return text.containers;
  }
}

/** The value that a list of filters has for a key, where it has one. */
function filtered(filters: readonly string[], key: string): string | null {
  const first = filters.find((filter) => filter.startsWith(`${key}=`));
  return first?.slice(key.length + 1) ?? null;
}

/** What a list can be searched for: a name, and no pattern. */
function plain(value: string | null): string {
  return value !== null && /^[\w./:@-]*$/.test(value) ? value : "";
}

/** Narrows a list to what a command lists of it; of what the list can't do, the command's notes tell. */
function narrow(action: Action): void {
  if (action.verb === "list-containers") {
    const status = filtered(action.filter, "status");
    const lists = status === "exited" ? "stopped" : status === "running" ? status : null;
    const isAll = action.all || action.latest || typeof action.last === "number" || status !== null;
    containerList.filter = lists ?? (isAll ? "all" : "running");
    containerList.query = plain(filtered(action.filter, "name"));
  } else if (action.verb === "list-images") {
    imageList.filter = "all";
    imageList.query = plain(action.repository ?? filtered(action.filter, "reference"));
  }
}

/** Goes there. */
export function show(action: Action): void {
  const page = screenOf(action);
  narrow(action);
  route.go(page);
  // The same address again is no change, and the page says nothing then.
  if (location.hash === hashOf(page)) document.querySelector<HTMLElement>("main h1")?.focus();
}
