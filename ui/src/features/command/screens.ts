/** The screens that show what a command lists or looks into. */

import type { Action } from "../../ipc/generated/Action";
import { containers } from "../../stores/containers.svelte";
import { type ContainerTab, hashOf, type Page, route } from "../../stores/route.svelte";
import { images } from "../../stores/images.svelte";
import { en } from "../../text/en";
import { withTag } from "../../text/reference";

const text = en.command.screens;

/** The tab of a container's page that shows what a verb tells. */
const TABS: Readonly<Record<string, ContainerTab>> = {
  attach: "output",
  exec: "output",
  logs: "output",
  stats: "overview",
  top: "overview",
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

/** The page that shows what an action asks for. */
export function screenOf(action: Action): Page {
  if (action.verb === "build") return { page: "build" };
  const named = containerOf(action);
  const row = named === null ? undefined : containers.find(named);
  const tab = TABS[action.verb];
  if (row && tab) return { page: "container", id: row.id, tab, port: null };
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

/** Goes there. */
export function show(action: Action): void {
  const page = screenOf(action);
  route.go(page);
  // The same address again is no change, and the page says nothing then.
  if (location.hash === hashOf(page)) document.querySelector<HTMLElement>("main h1")?.focus();
}
