import type { Action } from "../generated/Action";

/** A run with nothing but an image. */
export function plainRun(image: string): Extract<Action, { verb: "run" }> {
  return {
    verb: "run", detach: false, image, command: [], interactive: false, tty: false, rm: false, publish: [],
    publish_all: false, name: null, env: [], env_file: [], volume: [], workdir: null, user: null, entrypoint: null,
    network: [], hostname: null, restart: null, memory: null, cpus: null, label: [], add_host: [], expose: [],
    init: false, read_only: false, privileged: false, platform: null, pull: null, stop_signal: null, stop_timeout: null,
  };
}
