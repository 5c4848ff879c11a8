/** What Enter does with a command: a question of its verb, of what it destroys, and of what is missing in it. */

import type { IconName } from "../../components/icons";
import type { Action } from "../../ipc/generated/Action";
import type { Said } from "../../ipc/generated/Said";
import { containers } from "../../stores/containers.svelte";
import { en } from "../../text/en";
import { containerOf, screenWords } from "./screens";

const text = en.command.ways;

/** A docker command that was read. */
export type SaidCommand = Extract<Said, { said: "command" }>;

/** How a command goes on from here. */
export type Way = "form" | "act" | "ask" | "show" | "build";

/** Verbs that act at once: everything that they need is in the command, and nothing is lost by them. */
const ACTS: Readonly<Record<string, { icon: IconName; one: (name: string) => string; many: (count: number) => string }>> = {
  start: { icon: "play", ...text.start },
  stop: { icon: "stop", ...text.stop },
  kill: { icon: "stop", ...text.kill },
  restart: { icon: "refresh", ...text.restart },
  pause: { icon: "pause", ...text.pause },
  unpause: { icon: "play", ...text.unpause },
};

/** Verbs that only ask: their answer is a text. */
const ASKS: ReadonlySet<string> = new Set(["history", "diff", "top", "list-ports", "system-df", "version", "info", "search", "inspect-container", "inspect-image", "inspect-volume", "inspect-network", "list-volumes", "list-networks", "wait"]);

/** How a command goes on. */
export function wayOf(said: SaidCommand): Way {
  // A build has a page of its own, which asks for what is missing.
  if (said.action.verb === "build") return "build";
  if (said.reach === "screen") return "show";
  if (said.reach === "known" || said.destroys || said.blanks.length > 0 || said.command.problems.length > 0) return "form";
  if (said.action.verb in ACTS) return "act";
  return ASKS.has(said.action.verb) ? "ask" : "form";
}

/** What the button says, and its sign. */
export function wayWords(said: SaidCommand): { label: string; icon: IconName } {
  switch (wayOf(said)) {
    case "show":
      return { label: screenWords(said.action), icon: "right" };
    case "form":
      return { label: said.destroys ? text.askFirst : text.form, icon: "right" };
    case "build":
      return { label: text.build, icon: "build" };
    case "ask":
      return { label: text.ask, icon: "play" };
    case "act":
      return actWords(said.action);
  }
}

function actWords(action: Action): { label: string; icon: IconName } {
  const words = ACTS[action.verb];
  if (!words) return { label: text.run, icon: "play" };
  const named = containerOf(action);
  const count = "containers" in action && Array.isArray(action.containers) ? action.containers.length : 1;
  const label = named === null ? words.many(count) : words.one(containers.find(named)?.name ?? named);
  return { label, icon: words.icon };
}
