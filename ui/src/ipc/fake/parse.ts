import { removeContainers, start, stop } from "../actions";
import type { Action } from "../generated/Action";
import type { Parsed } from "../generated/Parsed";
import { fakeRender } from "./render";

/** A run with nothing but an image. */
export function plainRun(image: string): Extract<Action, { verb: "run" }> {
  return {
    verb: "run", detach: false, image, command: [], interactive: false, tty: false, rm: false, publish: [],
    publish_all: false, name: null, env: [], env_file: [], volume: [], workdir: null, user: null, entrypoint: null,
    network: [], hostname: null, restart: null, memory: null, cpus: null, label: [], add_host: [], expose: [],
    init: false, read_only: false, privileged: false, platform: null, pull: null, stop_signal: null, stop_timeout: null,
  };
}

/** Understands a few commands, enough to try the page. */
export function fakeParse(line: string): Parsed {
  const words = line.trim().replace(/^\$\s*/, "").split(/\s+/);
  const rest = words.slice(2).filter((word) => !word.startsWith("-"));
  const action = words[0] === "docker" ? known(words[1] ?? "", rest, words) : null;
  if (!action) return { parsed: "refused", message: `Slipway doesn’t know “${words.slice(0, 2).join(" ")}”.` };
  return { parsed: "action", action, command: fakeRender(action) };
}

function known(verb: string, names: string[], words: string[]): Action | null {
  if (verb === "stop") return stop(names);
  if (verb === "start") return start(names);
  if (verb === "rm") return removeContainers(names, words.includes("-f"), false);
  if (verb === "pull") return { verb: "pull", all_tags: false, platform: null, quiet: false, image: names[0] ?? "" };
  if (verb !== "run") return null;
  const port = words.indexOf("-p");
  const run = plainRun(names.at(-1) ?? "");
  return {
    ...run,
    detach: words.includes("-d"),
    interactive: words.includes("-it"),
    tty: words.includes("-it"),
    publish: port > 0 ? [words[port + 1] ?? ""] : [],
  };
}
