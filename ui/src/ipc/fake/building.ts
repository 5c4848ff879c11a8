// Pretend builds: steps that arrive one after the other, with logs, and a history.

import type { Action } from "../generated/Action";
import type { BuildStep } from "../generated/BuildStep";
import type { BuildSummary } from "../generated/BuildSummary";
import type { BuildWhole } from "../generated/BuildWhole";
import type { LogHit } from "../generated/LogHit";
import type { Problem } from "../generated/Problem";
import type { StreamKind } from "../generated/StreamKind";
import type { Task } from "../generated/Task";
import { fakeRender } from "./render";
import type { FakeStreams } from "./streams";

type BuildAction = Extract<Action, { verb: "build" }>;

/** A step as it will go: what it is called, how long it takes, and what it prints. */
interface Plan {
  name: string;
  stage: string | null;
  at: number;
  of: number;
  line: number | null;
  inputs: number[];
  millis: number;
  cached?: boolean;
  fails?: boolean;
  log: (line: number) => string;
  lines: number;
}

const quiet = (): string => "";
const own = (name: string, millis: number, lines = 0): Plan => ({ name, stage: null, at: 0, of: 0, line: null, inputs: [], millis, log: (line) => `${name}: ${line + 1}`, lines });

function plan(query: URLSearchParams): Plan[] {
  const many = Number(query.get("lines") ?? "60");
  const fails = query.get("build") === "failed";
  const step = (at: number, name: string, line: number, millis: number, more: Partial<Plan> = {}): Plan => ({ name, stage: "stage-0", at, of: 7, line, inputs: [at + 1], millis, log: quiet, lines: 0, ...more });
  const pip = (line: number): string =>
    fails && line >= many - 2
      ? `\u001b[31mERROR: ${line === many - 1 ? "No matching distribution found for flaks==2.0.3" : "Could not find a version that satisfies the requirement flaks==2.0.3"}\u001b[0m`
      : line % 3 === 0 ? `\u001b[2mCollecting package-${line}==2.${line}.0\u001b[0m` : `  Downloading \u001b[36mpackage_${line}\u001b[0m-2.${line}.0-py3-none-any.whl (${95 + line} kB)${" ━".repeat(line % 7 === 0 ? 60 : 2)}`;
  const main = [
    own("load build definition from flask_app_df.dockerfile", 200),
    own("load build context", 900, 3),
    step(1, "FROM ubuntu_miniconda_df", 2, 50, { cached: true }),
    step(2, "WORKDIR flask_app", 4, 50, { cached: true }),
    step(3, "RUN apt-get update", 5, 50, { cached: true }),
    step(4, "RUN apt-get install -y curl", 6, 1500, { log: (line) => `Setting up libcurl${line} (7.88.1-10+deb12u${line}) ...`, lines: 24 }),
    step(5, "COPY requirements.txt .", 7, 200),
    step(6, "RUN pip install -r requirements.txt", 8, 3500, { log: pip, lines: many, fails }),
    step(7, "COPY . .", 9, 300),
    own("exporting to image", 700, 2),
  ];
  if (!query.has("stages")) return main;
  const node = (at: number, name: string, millis: number, lines: number): Plan => ({ name, stage: "front", at, of: 3, line: null, inputs: [], millis, log: (line) => `added package ${line}`, lines });
  const docs = (at: number, name: string, millis: number): Plan => ({ ...node(at, name, millis, at === 2 ? 30 : 0), stage: "docs", of: 2, log: (line) => `page ${line}` });
  return [...main.slice(0, 2), node(1, "FROM node:22-slim", 400, 0), node(2, "RUN npm ci", 2500, 40), node(3, "RUN npm run build", 1500, 12), docs(1, "FROM python:3.12-slim", 300), docs(2, "RUN mkdocs build", 3000), ...main.slice(2).map((one) => (one.stage === null ? one : { ...one, stage: "app", inputs: one.at === 7 ? [4, 6, 10] : [] }))];
}

const problem: Problem = {
  code: "other",
  what: "pip does not know “flaks”",
  why: "Line 8 installs what requirements.txt asks for, and there is no package of that name.",
  todo: "Look at line 1 of requirements.txt. Did you mean flask?",
  command: null,
  fixes: [],
  detail: "process \"/bin/sh -c pip install -r requirements.txt\" did not complete successfully: exit code: 1",
};

/** The pretend builds of this page. */
export class FakeBuilds {
  readonly #streams: FakeStreams;
  readonly #query: URLSearchParams;
  readonly #wholes = new Map<number, BuildWhole>();
  readonly #plans = new Map<number, Plan[]>();

  constructor(streams: FakeStreams, query: URLSearchParams) {
    this.#streams = streams;
    this.#query = query;
    if (query.has("empty")) return;
    this.#past(1_000_001, "done", 45 * 60_000, 31_400);
    this.#past(1_000_002, "failed", 24 * 60_000, 15_300);
  }

  /** Gives a stream that was opened its first pieces. */
  opened(id: number, kind: StreamKind): void {
    if (kind.stream === "builds") this.#streams.tellJson(id, 6, { reset: true, changed: [...this.#wholes.values()].map((whole) => whole.summary), removed: [] });
    if (kind.stream !== "build") return;
    const whole = this.#wholes.get(kind.build);
    if (whole) this.#streams.tellJson(id, 4, whole);
    if (!whole || whole.summary.state !== "running") this.#streams.end(id, { end: "finished" });
  }

  whole(id: number): BuildWhole {
    const whole = this.#wholes.get(id);
    if (!whole) throw new Error("no such build");
    return whole;
  }

  lines(id: number, step: number, from: number, count: number): string[] {
    const log = this.#plans.get(id)?.[step]?.log ?? quiet;
    const to = Math.min(from + count, this.#wholes.get(id)?.lines[step] ?? 0);
    return Array.from({ length: Math.max(0, to - from) }, (_, index) => log(from + index));
  }

  find(id: number, step: number | null, text: string): LogHit[] {
    const steps = step === null ? (this.#plans.get(id) ?? []).map((_, index) => index) : [step];
    return steps.flatMap((one) => this.lines(id, one, 0, 1e6).flatMap((line, index) => (line.toLowerCase().includes(text.toLowerCase()) ? [{ step: one, line: index }] : []))).slice(0, 1000);
  }

  forget(ids: readonly number[]): void {
    for (const id of ids) this.#wholes.delete(id);
    this.#streams.tellOf((kind) => kind.stream === "builds", 6, { reset: false, changed: [], removed: ids });
  }

  /** Begins a build; `end` hears how it ended. */
  begin(task: Task, action: BuildAction, end: (failed: Problem | null) => void): void {
    const plans = plan(this.#query);
    this.#plans.set(task.id, plans);
    this.#wholes.set(task.id, { summary: this.#summary(task.id, action, task.folder ?? "", task.started), steps: plans.map(waiting), lines: plans.map(() => 0), sent: { files: 0, bytes: 0, done: false }, findings: [], dockerfile: "FROM ubuntu_miniconda_df\n" });
    this.#tell(task.id, {});
    void this.#go(task.id, end);
  }

  cancel(id: number): void {
    const whole = this.#wholes.get(id);
    if (whole?.summary.state !== "running") return;
    this.#tell(id, { state: "cancelled", ended: Date.now() }, whole.steps.map((step) => (step.state === "running" || step.state === "waiting" ? { ...step, state: "cancelled", ended: step.began === null ? null : Date.now() } : step)));
    this.#close(id);
  }

  async #go(id: number, end: (failed: Problem | null) => void): Promise<void> {
    const stages = new Set((this.#plans.get(id) ?? []).map((one) => one.stage));
    await this.#run(id, (one) => one.stage === null && !one.name.startsWith("export"));
    const front = this.#run(id, (one) => one.stage === "front");
    await Promise.all([stages.has("front") ? front : Promise.resolve(), this.#run(id, (one) => one.stage !== null && one.stage !== "front")]);
    const whole = this.#wholes.get(id);
    if (whole?.summary.state !== "running") return;
    const failed = whole.steps.some((step) => step.state === "failed");
    if (!failed) await this.#run(id, (one) => one.name.startsWith("export"));
    const done = { state: "done", ended: Date.now(), image: `sha256:${"c41d7be9025a".padEnd(64, "0")}`, size: 1.08e9, size_before: 1.02e9, layers: 14 } as const;
    this.#tell(id, failed ? { state: "failed", ended: Date.now(), problem, line: 8 } : done, failed ? whole.steps.map((step) => (step.state === "waiting" ? { ...step, state: "cancelled" } : step)) : []);
    this.#close(id);
    end(failed ? problem : null);
  }

  async #run(id: number, mine: (one: Plan) => boolean): Promise<void> {
    for (const [index, one] of (this.#plans.get(id) ?? []).entries()) {
      if (!mine(one)) continue;
      if (this.#wholes.get(id)?.summary.state !== "running" || this.#wholes.get(id)?.steps.some((step) => step.state === "failed")) return;
      await this.#step(id, index, one);
    }
  }

  async #step(id: number, index: number, one: Plan): Promise<void> {
    const began = Date.now();
    const step = { ...waiting(one, index), began };
    if (one.cached) return this.#tell(id, {}, [{ ...step, state: "cached", ended: began }]);
    const TICKS = 12;
    for (let tick = 0; tick < TICKS; tick += 1) {
      if (this.#wholes.get(id)?.summary.state !== "running") return;
      const parts = one.name.includes("context") ? [{ what: "transferring context", current: 1e6 * tick, total: 12e6, done: false }] : [];
      this.#tell(id, { at: one.name }, [{ ...step, state: "running", parts }], [index, Math.floor((one.lines * tick) / TICKS)], one.name.includes("context") ? 1e6 * tick : null);
      await new Promise((resolve) => setTimeout(resolve, one.millis / TICKS));
    }
    if (this.#wholes.get(id)?.summary.state !== "running") return;
    this.#tell(id, {}, [{ ...step, state: one.fails ? "failed" : "done", ended: Date.now(), error: one.fails ? problem.detail : null }], [index, one.lines]);
  }

  #tell(id: number, part: Partial<BuildSummary>, steps: BuildStep[] = [], lines: [number, number] | null = null, sent: number | null = null): void {
    const whole = this.#wholes.get(id);
    if (!whole) return;
    for (const step of steps) whole.steps[step.id] = step;
    if (lines) whole.lines[lines[0]] = lines[1];
    if (sent !== null) whole.sent = { files: 3, bytes: sent, done: false };
    else if (whole.steps[1]?.state === "done") whole.sent = { files: 4, bytes: 12e6, done: true };
    const mine = whole.steps.filter((step) => step.stage !== null);
    const cached = mine.filter((step) => step.state === "cached").length;
    whole.summary = { ...whole.summary, ...part, steps: mine.length, cached, done: cached + mine.filter((step) => step.state === "done").length };
    this.#streams.tellOf((kind) => kind.stream === "build" && kind.build === id, 5, { summary: whole.summary, steps, lines: lines ? [lines] : [], sent: whole.sent, findings: [] });
    this.#streams.tellOf((kind) => kind.stream === "builds", 6, { reset: false, changed: [whole.summary], removed: [] });
  }

  #close(id: number): void {
    this.#streams.endOf((kind) => kind.stream === "build" && kind.build === id);
  }

  #summary(id: number, action: BuildAction, folder: string, began: number): BuildSummary {
    return { id, engine: "docker", action, command: fakeRender(action), folder, way: "buildkit", way_why: "This engine has BuildKit, which does stages at the same time.", state: "running", began, ended: null, steps: 0, done: 0, cached: 0, at: null, image: null, size: null, size_before: null, layers: null, problem: null, line: null };
  }

  #past(id: number, state: "done" | "failed", ago: number, length: number): void {
    const action = { verb: "build", tag: ["flask_app_df"], file: "flask_app_df.dockerfile", build_arg: state === "failed" ? ["DEBUG=1"] : [], target: null, platform: [], no_cache: false, pull: false, quiet: false, label: [], progress: null, secret: [], ssh: [], network: null, add_host: [], context: "." } satisfies BuildAction;
    const began = Date.now() - ago;
    const plans = plan(new URLSearchParams(state === "failed" ? "build=failed" : ""));
    this.#plans.set(id, plans);
    let at = began;
    const stop = state === "failed" ? plans.findIndex((one) => one.fails) : plans.length;
    const steps = plans.map((one, index): BuildStep => {
      const step = waiting(one, index);
      if (index > stop) return { ...step, state: "cancelled" };
      const start = at;
      at += one.cached ? 0 : one.millis * 3;
      return { ...step, state: index === stop ? "failed" : one.cached ? "cached" : "done", began: start, ended: at };
    });
    const mine = steps.filter((step) => step.stage !== null);
    const done = mine.filter((step) => step.state === "done" || step.state === "cached").length;
    const summary = { ...this.#summary(id, action, "/home/ada/flask_app", began), state, ended: began + length, steps: 7, done, cached: 3, ...(state === "failed" ? { problem, line: 8, at: "RUN pip install -r requirements.txt" } : { image: `sha256:${"c41d7be9025a".padEnd(64, "0")}`, size: 1.08e9, size_before: null, layers: 14 }) };
    this.#wholes.set(id, { summary, steps, lines: plans.map((one, index) => (index > stop ? 0 : one.lines)), sent: { files: 4, bytes: 12e6, done: true }, findings: [], dockerfile: state === "failed" ? "FROM ubuntu_miniconda_df\nWORKDIR flask_app\nRUN pip install -r requirements.txt\n" : "FROM ubuntu_miniconda_df\n\nWORKDIR flask_app\nRUN pip install flask\n" });
  }
}

function waiting(one: Plan, id: number): BuildStep {
  return { id, name: one.name, stage: one.stage, number: one.stage === null ? null : { at: one.at, of: one.of }, line: one.line, inputs: one.inputs, state: "waiting", began: null, ended: null, parts: [], error: null };
}
