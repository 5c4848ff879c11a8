/** Engines in words. */

import type { IconName } from "../../components/icons";
import type { EngineChoice } from "../../ipc/generated/EngineChoice";
import type { EngineState } from "../../ipc/generated/EngineState";
import type { OwnEngine } from "../../ipc/generated/OwnEngine";
import { en } from "../../text/en";

const text = en.engine;

/** The `id` of Slipway's own engine among the choices. */
export const OWN = "own";

/** A version as people say it: `28.5` for `28.5.2`. */
export function shortVersion(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** What an engine is called: `Docker 28.5 · local`, `colima · local`; without facts its name alone. */
export function engineTitle(choice: EngineChoice | null): string {
  if (choice === null) return text.none;
  if (choice.state.state !== "ready") return choice.name;
  const { product, version, local } = choice.state;
  // A name that people gave says more than the product's.
  const plain = choice.name === product || choice.name === "DOCKER_HOST";
  const name = plain ? `${product} ${shortVersion(version)}` : choice.name;
  return `${name} · ${local ? text.place.local : text.place.remote}`;
}

/** How it stands with an engine, in one or two words. */
export function stateWord(state: EngineState): string {
  switch (state.state) {
    case "unknown":
      return text.unknown;
    case "connecting":
      return text.connecting;
    case "ready":
      return text.connected;
    case "failed":
      return text.failed;
  }
}

/** The icon that stands beside that word. */
export function stateIcon(state: EngineState): IconName {
  switch (state.state) {
    case "unknown":
      return "idle-dot";
    case "connecting":
      return "spinner";
    case "ready":
      return "done";
    case "failed":
      return "fail";
  }
}

/** What stands under an engine's name: what it is, or the first sentence of why it doesn't answer. */
export function stateDetail(choice: EngineChoice): string {
  const state = choice.state;
  if (state.state === "failed") return firstSentence(state.problem.why || state.problem.what);
  if (state.state === "ready") return `${state.product} ${state.version} · ${choice.address}`;
  return choice.address;
}

/** The first sentence of a text; a dot inside a name or an address does not end it. */
export function firstSentence(words: string): string {
  return /^.*?[.!?](?=\s+\p{Lu}|\s*$)/su.exec(words)?.[0] ?? words;
}

/** How it stands with Slipway's own engine. */
export function ownWord(own: OwnEngine | null): string {
  if (own === null) return text.own.unknown;
  switch (own.state) {
    case "not-installed":
      return text.own.notInstalled;
    case "stopped":
      return text.own.stopped(own.how);
    case "starting":
      return text.own.starting(own.how);
    case "running":
      return text.own.running(own.how);
    case "failed":
      return text.own.failed;
  }
}
