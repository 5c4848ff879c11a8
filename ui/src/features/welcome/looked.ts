/** What was looked at before the welcome page came, and what came of it. */

import type { Code } from "../../ipc/generated/Code";
import type { EngineChoice } from "../../ipc/generated/EngineChoice";
import type { Problem } from "../../ipc/generated/Problem";
import { en } from "../../text/en";
import { OWN } from "../engine/words";

const text = en.welcome;

/** One place that was looked at. */
export interface Looked {
  id: string;
  words: string;
  /** It is being asked just now, or was not yet. */
  asking: boolean;
}

const CAME: Partial<Record<Code, string>> = text.came;

/** What came of each engine, and of `DOCKER_HOST` where it names none; Slipway's own has a card of its own. */
export function lookedAt(choices: readonly EngineChoice[]): Looked[] {
  const others = choices.filter((choice) => choice.id !== OWN);
  const looked = others.map((choice) => ({
    id: choice.id,
    words: text.cameOf(choice.name, cameOf(choice)),
    asking: choice.state.state === "connecting" || choice.state.state === "unknown",
  }));
  const named = others.some((choice) => choice.id === "env");
  return named ? looked : [...looked, { id: "env", words: text.cameOf("DOCKER_HOST", text.notSet), asking: false }];
}

function cameOf(choice: EngineChoice): string {
  const state = choice.state;
  if (state.state === "ready") return text.cameReady;
  if (state.state === "failed") return CAME[state.problem.code] ?? text.cameOther;
  // Engines on other computers are asked when a person wants it.
  return state.state === "unknown" ? text.cameUnknown : text.cameConnecting;
}

// The first of these is the one that people can do most about.
const TELLING: readonly Code[] = ["engine-no-permission", "engine-too-old", "engine-tls", "engine-unreachable", "engine-not-running"];

/** The failure worth telling in full: the one of the engine that was named, or the one that is easiest to mend. */
export function tellingProblem(choices: readonly EngineChoice[]): { choice: EngineChoice; problem: Problem } | null {
  const failed = choices.flatMap((choice) => (choice.id !== OWN && choice.state.state === "failed" ? [{ choice, problem: choice.state.problem }] : []));
  const named = failed.find(({ choice }) => choice.id === "env");
  if (named) return named;
  for (const code of TELLING) {
    // An engine that merely doesn't run is told in full only where a command starts it.
    const found = failed.find(({ problem }) => problem.code === code && (code !== "engine-not-running" || problem.command !== null));
    if (found) return found;
  }
  return null;
}

/** The engines that live elsewhere or were set up by hand: contexts of the docker command, and `DOCKER_HOST`. */
export function knownElsewhere(choices: readonly EngineChoice[]): EngineChoice[] {
  return choices.filter((choice) => choice.id === "env" || choice.id.startsWith("context:"));
}
