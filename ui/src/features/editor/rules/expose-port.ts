/** EXPOSE that says another port than the one on which the program listens. */

import type { Dockerfile, Stage } from "../syntax/parse";
import type { Finding } from "../finding";
import { startedWords } from "../syntax/shell";
import { finding, text, type Rule } from "./rule";

const ID = "expose-port";

/** How programs are told their port: long flags, short flags, or an address. */
interface Listens {
  flags: readonly string[];
  /** The value is `host:port` or a port. */
  address?: boolean;
}

const programs: Readonly<Record<string, Listens>> = {
  flask: { flags: ["--port", "-p"] },
  "waitress-serve": { flags: ["--port", "--listen"], address: true },
  gunicorn: { flags: ["--bind", "-b"], address: true },
  uvicorn: { flags: ["--port"] },
  hypercorn: { flags: ["--bind", "-b"], address: true },
  fastapi: { flags: ["--port"] },
  streamlit: { flags: ["--server.port"] },
  jupyter: { flags: ["--port"] },
  "http-server": { flags: ["--port", "-p"] },
  serve: { flags: ["--listen", "-l", "-p"], address: true },
  vite: { flags: ["--port"] },
  next: { flags: ["--port", "-p"] },
};

/** Programs that only start another one. */
const STARTERS = /^(python\d?(\.\d+)?|-m|poetry|pipenv|uv|run|npx|conda|tini|--|dumb-init|-n|--no-capture-output)$/;

/** The rule. */
export const exposePort: Rule = {
  id: ID,
  check: (file) => file.stages.flatMap((stage) => stageFindings(file, stage)),
};

function stageFindings(file: Dockerfile, stage: Stage): Finding[] {
  const port = portOf(stage);
  const exposes = stage.instructions.filter((it) => it.name === "EXPOSE").flatMap((it) => it.words);
  if (port === null || exposes.length === 0) return [];
  const plain = exposes.filter((word) => /^\d+(\/tcp)?$/i.test(word.value));
  // A range or a variable may well hold the port.
  if (plain.length < exposes.filter((word) => !/\/udp$/i.test(word.value)).length) return [];
  const [first] = plain;
  if (!first || plain.some((word) => Number.parseInt(word.value, 10) === port)) return [];
  const fix = plain.length === 1 ? { label: text.exposePort.fix(String(port)), edits: [{ from: first.from, to: first.to, insert: String(port) }] } : null;
  return [finding(file, ID, "warning", first, text.exposePort.message(plain.map((word) => word.value).join(", "), String(port)), text.exposePort.why, fix)];
}

/** The port that the stage's last command names, where it literally does. */
function portOf(stage: Stage): number | null {
  const last = (name: string): readonly string[] => {
    const start = stage.instructions.findLast((it) => it.name === name);
    return start ? (startedWords(start) ?? []) : [];
  };
  const entry = last("ENTRYPOINT");
  return portIn([...entry, ...last("CMD")]) ?? (entry.length === 0 ? null : portIn(last("CMD")));
}

function portIn(words: readonly string[]): number | null {
  let at = 0;
  while (STARTERS.test(baseOf(words[at] ?? ""))) at += 1;
  const program = baseOf(words[at] ?? "");
  const args = words.slice(at + 1);
  if (program === "http.server") return args.map(Number).find(isPort) ?? null;
  const listens = Object.hasOwn(programs, program) ? programs[program] : undefined;
  return listens ? flagPort(args, listens) : null;
}

function flagPort(args: readonly string[], listens: Listens): number | null {
  for (const [at, arg] of args.entries()) {
    for (const flag of listens.flags) {
      const value = arg === flag ? args[at + 1] : valueOf(arg, flag);
      const port = value === undefined ? Number.NaN : Number(listens.address ? value.slice(value.lastIndexOf(":") + 1) : value);
      if (isPort(port)) return port;
    }
  }
  return null;
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
