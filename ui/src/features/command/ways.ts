/** What Enter does with a command: a question of its verb, of what it destroys, and of what is missing in it. */

import type { IconName } from "../../components/icons";
import type { Action } from "../../ipc/generated/Action";
import type { Said } from "../../ipc/generated/Said";
import { containers } from "../../stores/containers.svelte";
import { engine } from "../../stores/engine.svelte";
import { en } from "../../text/en";
import { containerOf, engineOf, screenWords, tabOf } from "./screens";

const text = en.command.ways;

/** A docker command that was read. */
export type SaidCommand = Extract<Said, { said: "command" }>;

/** How a command goes on from here. */
export type Way = "form" | "act" | "ask" | "show" | "engine" | "build";

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
const ASKS: ReadonlySet<string> = new Set(["history", "diff", "top", "list-ports", "system-df", "version", "info", "search", "inspect", "inspect-container", "inspect-image", "inspect-volume", "inspect-network", "list-volumes", "list-networks", "wait"]);

/** Verbs that a screen shows, as far as Slipway goes with them. */
const SHOWN: ReadonlySet<string> = new Set(["attach"]);

/** How a command goes on. */
export function wayOf(said: SaidCommand): Way {
  const { action, blanks, command, reach } = said;
  // A build has a page of its own, which asks for what is missing.
  if (action.verb === "build") return "build";
  const isWhole = blanks.length === 0 && command.problems.length === 0;
  if (isWhole && engineOf(action) !== null) return "engine";
  const isFound = containerOf(action) === null || tabOf(action) !== null;
  if (reach === "screen") return isWhole && isFound ? "show" : "form";
  if (SHOWN.has(action.verb) && isWhole && isFound) return "show";
  if (reach === "known" || said.destroys || !isWhole) return "form";
  if (action.verb in ACTS) return "act";
  return ASKS.has(action.verb) ? "ask" : "form";
}

/** What else can be done about it, beside what Enter does; `null` when there is nothing. */
export function otherWay(said: SaidCommand): Way | null {
  const way = wayOf(said);
  if (way === "show") return said.reach === "known" ? "form" : null;
  const isShown = tabOf(said.action) !== null && said.blanks.length === 0;
  return isShown && (way === "ask" || said.reach === "known") ? "show" : null;
}

/** What there is to know of how far Slipway goes with it; `null` when it goes all the way. */
export function remarkOf(said: SaidCommand): string | null {
  const { action, reach } = said;
  const way = wayOf(said);
  if (action.verb === "use-context" && way === "show") return text.noEngine(action.context, engine.choices.map((choice) => choice.name));
  if (reach !== "known") return null;
  return way === "show" ? text.onlyShown : text.known;
}

/** What the button says, and its sign. */
export function wayWords(said: SaidCommand, way = wayOf(said)): { label: string; icon: IconName } {
  switch (way) {
    case "show":
      return { label: screenWords(said.action), icon: "right" };
    case "engine":
      return { label: text.use(engineOf(said.action)?.name ?? ""), icon: "right" };
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
