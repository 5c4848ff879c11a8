// What `docker inspect` says of a container, read piece by piece: engines leave things out, and one
// odd field must not empty the page.

import { en } from "../../text/en";
import { isSecret } from "../run/env";

/** One variable of the program's environment. */
export interface Variable {
  name: string;
  value: string;
  /** It looks like a password: shown as dots until asked. */
  secret: boolean;
}

/** A folder or volume in the container. */
export interface Mount {
  source: string;
  target: string;
  readOnly: boolean;
}

/** The facts of the Overview tab. */
export interface Facts {
  command: string[];
  entrypoint: string[];
  workdir: string;
  user: string;
  tty: boolean;
  env: Variable[];
  mounts: Mount[];
  networks: { name: string; address: string }[];
  restart: string;
  restarts: number;
  autoRemove: boolean;
  /** Unix milliseconds. */
  started: number | null;
  finished: number | null;
  exitCode: number | null;
  outOfMemory: boolean;
  /** What the engine says went wrong. */
  error: string;
  labels: [string, string][];
  imageId: string;
}

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** A time of the engine; the year 1 stands for "never". */
function time(value: unknown): number | null {
  const parsed = Date.parse(text(value));
  return Number.isNaN(parsed) || parsed <= 0 ? null : parsed;
}

/** An address with a password in it, as `DATABASE_URL` often is. */
const secretUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;

/** Whether a variable looks like one that should not be read over a shoulder. */
export function looksSecret(name: string, value: string): boolean {
  return value !== "" && (isSecret(name) || secretUrl.test(value));
}

function variable(line: string): Variable {
  const at = line.indexOf("=");
  const name = at < 0 ? line : line.slice(0, at);
  const value = at < 0 ? "" : line.slice(at + 1);
  return { name, value, secret: looksSecret(name, value) };
}

/** Reads the JSON text of an inspect; an engine may send one object or a list with one. */
export function factsOf(json: string): Facts {
  const parsed: unknown = JSON.parse(json);
  const root = object(Array.isArray(parsed) ? parsed[0] : parsed);
  const config = object(root["Config"]);
  const state = object(root["State"]);
  const host = object(root["HostConfig"]);
  const networks = object(object(root["NetworkSettings"])["Networks"]);
  const mounts = Array.isArray(root["Mounts"]) ? root["Mounts"].map(object) : [];
  const finished = time(state["FinishedAt"]);
  const ended = state["Running"] !== true && finished !== null;
  return {
    command: [text(root["Path"]), ...texts(root["Args"])].filter((part) => part !== ""),
    entrypoint: texts(config["Entrypoint"]),
    workdir: text(config["WorkingDir"]) || "/",
    user: text(config["User"]) || "root",
    tty: config["Tty"] === true,
    env: texts(config["Env"]).map(variable),
    mounts: mounts.map((mount) => ({
      source: text(mount["Name"]) || text(mount["Source"]) || text(mount["Type"]),
      target: text(mount["Destination"]),
      readOnly: mount["RW"] === false,
    })),
    networks: Object.entries(networks).map(([name, of]) => ({ name, address: text(object(of)["IPAddress"]) })),
    restart: text(object(host["RestartPolicy"])["Name"]) || "no",
    restarts: number(root["RestartCount"]),
    autoRemove: host["AutoRemove"] === true,
    started: time(state["StartedAt"]),
    finished: ended ? finished : null,
    exitCode: ended ? number(state["ExitCode"]) : null,
    outOfMemory: state["OOMKilled"] === true,
    error: text(state["Error"]),
    labels: Object.entries(object(config["Labels"])).map(([name, value]) => [name, text(value)]),
    imageId: text(root["Image"]),
  };
}

const words = en.container.overview.exit;

/** How a program ended, in words. */
export function exitWords(code: number, outOfMemory: boolean): string {
  if (outOfMemory) return words.memory(code);
  switch (code) {
    case 0:
      return words.fine;
    case 125:
      return words.engine(code);
    case 126:
      return words.notRunnable(code);
    case 127:
      return words.notFound(code);
    case 130:
      return words.interrupted(code);
    case 137:
      return words.force(code);
    case 139:
      return words.crashed(code);
    case 143:
      return words.asked(code);
    default:
      return words.error(code);
  }
}
