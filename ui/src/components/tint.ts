/** The tints of flags: one for each kind of field, as `.t-…` in base.css. */
export type Tint = "image" | "name" | "port" | "tty" | "bg" | "env" | "vol";

const tints: Readonly<Record<string, Tint>> = {
  image: "image",
  images: "image",
  platform: "image",
  pull: "image",
  tag: "name",
  file: "port",
  context: "vol",
  build_arg: "env",
  secret: "env",
  name: "name",
  new_name: "name",
  container: "name",
  containers: "name",
  hostname: "name",
  label: "name",
  publish: "port",
  publish_all: "port",
  expose: "port",
  network: "port",
  add_host: "port",
  interactive: "tty",
  tty: "tty",
  "interactive-tty": "tty",
  attach: "tty",
  env: "env",
  env_file: "env",
  user: "env",
  volume: "vol",
  volumes: "vol",
  workdir: "vol",
  read_only: "vol",
};

/** The tint of an action's field; what has none of its own is slate. */
export function tintOf(field: string): Tint {
  return tints[field] ?? "bg";
}
