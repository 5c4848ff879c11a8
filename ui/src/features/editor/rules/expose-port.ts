/** EXPOSE that says another port than the one on which the program listens. */

import { lineage, type Dockerfile, type Stage } from "../syntax/parse";
import type { Finding } from "../finding";
import { startedWords } from "../syntax/shell";
import { finding, text, type Rule } from "./rule";

const ID = "expose-port";

/** How a program is told its port, and which it takes when nobody tells it one. */
interface Listens {
  flags?: readonly string[];
  /** The value is `host:port` or a port. */
  address?: boolean;
  /** The value may also stand behind the verb without a flag. */
  bare?: boolean;
  /** The word that makes it listen; without one it always does. */
  verb?: RegExp;
  /** The port that it takes by itself; none where a file of its own usually says another. */
  usual?: number;
  /** Arguments with which it takes it from elsewhere, or no port at all. */
  unless?: RegExp;
}

const DJANGO: Listens = { address: true, bare: true, verb: /^runserver$/, usual: 8000 };

const programs: Readonly<Record<string, Listens>> = {
  flask: { flags: ["--port", "-p"], verb: /^run$/, usual: 5000 },
  "waitress-serve": { flags: ["--port", "--listen"], address: true, usual: 8080, unless: /^--unix-socket/ },
  gunicorn: { flags: ["--bind", "-b"], address: true, usual: 8000, unless: /^(-c|--config|--paste)/ },
  uvicorn: { flags: ["--port"], usual: 8000, unless: /^--(uds|fd)/ },
  hypercorn: { flags: ["--bind", "-b"], address: true },
  fastapi: { flags: ["--port"] },
  streamlit: { flags: ["--server.port"], verb: /^run$/, usual: 8501 },
  jupyter: { flags: ["--port"] },
  "http.server": { bare: true, usual: 8000 },
  "manage.py": DJANGO,
  "django-admin": DJANGO,
  php: { flags: ["-S"], address: true },
  rails: { flags: ["--port", "-p"], verb: /^(server|s)$/, usual: 3000 },
  "http-server": { flags: ["--port", "-p"] },
  serve: { flags: ["--listen", "-l", "-p"], address: true },
  vite: { flags: ["--port"] },
  next: { flags: ["--port", "-p"], verb: /^(start|dev)$/, usual: 3000 },
};

/** Programs that only start another one. */
const STARTERS = /^(python\d?(\.\d+)?|-m|poetry|pipenv|uv|run|npx|bundle|exec|conda|tini|--|dumb-init|-n|--no-capture-output)$/;
/** Variables by which programs are told their port. */
const TELLS = /(^|_)PORT$|^GUNICORN_CMD_ARGS$/i;

/** The port on which a program listens. */
interface Port {
  program: string;
  port: number;
  /** The command says so, and it is not only what the program does by itself. */
  told: boolean;
}

/** The rule. */
export const exposePort: Rule = {
  id: ID,
  check: (file) => file.stages.flatMap((stage) => stageFindings(file, stage)),
};

function stageFindings(file: Dockerfile, stage: Stage): Finding[] {
  const exposes = stage.instructions.filter((it) => it.name === "EXPOSE").flatMap((it) => it.words);
  const listens = exposes.length === 0 ? null : portOf(file, stage);
  if (listens === null) return [];
  const { program, port, told } = listens;
  const plain = exposes.filter((word) => /^\d+(\/tcp)?$/i.test(word.value));
  // A range or a variable may well hold the port.
  if (plain.length < exposes.filter((word) => !/\/udp$/i.test(word.value)).length) return [];
  const [first] = plain;
  if (!first || plain.some((word) => Number.parseInt(word.value, 10) === port)) return [];
  const fix = plain.length === 1 ? { label: text.exposePort.fix(String(port)), edits: [{ from: first.from, to: first.to, insert: String(port) }] } : null;
  const exposed = plain.map((word) => word.value).join(", ");
  const message = told ? text.exposePort.message(exposed, String(port)) : text.exposePort.usual(exposed, program, String(port));
  return [finding(file, ID, told ? "warning" : "hint", first, message, text.exposePort.why, fix)];
}

/** The port of the stage's last command, where it literally names one, or nothing tells the program another than its own. */
function portOf(file: Dockerfile, stage: Stage): Port | null {
  const last = (name: string): readonly string[] => {
    const start = stage.instructions.findLast((it) => it.name === name);
    return start ? (startedWords(start) ?? []) : [];
  };
  const entry = last("ENTRYPOINT");
  const found = portIn([...entry, ...last("CMD")]) ?? (entry.length === 0 ? null : portIn(last("CMD")));
  return found?.told === false && lineage(file, stage).some(tellsPort) ? null : found;
}

function tellsPort(stage: Stage): boolean {
  return stage.instructions.some((it) => it.name === "ENV" && it.words.some((word) => TELLS.test(word.value.split("=")[0] ?? "")));
}

function portIn(words: readonly string[]): Port | null {
  let at = 0;
  while (STARTERS.test(baseOf(words[at] ?? ""))) at += 1;
  const program = baseOf(words[at] ?? "");
  const listens = Object.hasOwn(programs, program) ? programs[program] : undefined;
  const args = words.slice(at + 1);
  const verb = listens?.verb ? args.findIndex((arg) => listens.verb?.test(arg)) : -1;
  if (!listens || (listens.bare && listens.verb && verb < 0)) return null;
  const values = [...flagValues(args, listens), ...(listens.bare ? args.slice(verb + 1).filter((arg) => !arg.startsWith("-")) : [])];
  const port = values.map((value) => Number(listens.address ? value.slice(value.lastIndexOf(":") + 1) : value)).find(isPort);
  if (port !== undefined) return { program, port, told: true };
  // What it was told is no port that anybody can read here, such as a variable or a socket.
  if (values.length > 0 || listens.usual === undefined || (listens.verb && verb < 0) || args.some((arg) => listens.unless?.test(arg))) return null;
  return { program, port: listens.usual, told: false };
}

/** What stands behind the flags that tell the port. */
function flagValues(args: readonly string[], listens: Listens): string[] {
  return args.flatMap((arg, at) => (listens.flags ?? []).flatMap((flag) => (arg === flag ? [args[at + 1] ?? ""] : (valueOf(arg, flag) ?? []))));
}

function valueOf(arg: string, flag: string): string | undefined {
  if (arg.startsWith(`${flag}=`)) return arg.slice(flag.length + 1);
  // `-b0.0.0.0:80`, as short flags may be written.
  return flag.length === 2 && arg.startsWith(flag) && arg.length > 2 ? arg.slice(2) : undefined;
}

function baseOf(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65536;
}
