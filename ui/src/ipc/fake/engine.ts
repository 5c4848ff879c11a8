import type { Action } from "../generated/Action";
import type { ContainerRow } from "../generated/ContainerRow";
import type { ImageRow } from "../generated/ImageRow";
import type { Layer } from "../generated/Layer";
import type { OwnEngine } from "../generated/OwnEngine";
import type { Problem } from "../generated/Problem";
import type { StreamKind } from "../generated/StreamKind";
import type { Task } from "../generated/Task";
import { FakeBuilds } from "./building";
import { fakeContainers, fakeEngines, fakeImages, manyContainers } from "./data";
import { plainRun } from "./run";
import { fakeRender } from "./render";
import { FakeStreams } from "./streams";

const MINUTE = 60_000;

/** A pretend engine. */
export class FakeEngine {
  readonly streams = new FakeStreams();
  readonly builds: FakeBuilds;
  readonly #query: URLSearchParams;
  #containers: Map<string, ContainerRow>;
  #images: Map<string, ImageRow>;
  #current: string | null = null;
  #own: OwnEngine = { state: "stopped", how: "rootless dockerd" };
  #tasks = new Map<number, Task>();
  #nextTask = 1;

  constructor(query: URLSearchParams) {
    this.#query = query;
    this.builds = new FakeBuilds(this.streams, query);
    const rows = Number(query.get("rows") ?? "7");
    const empty = query.has("empty");
    const containers = empty ? [] : rows === 7 ? fakeContainers() : manyContainers(rows);
    this.#containers = new Map(containers.map((row) => [row.id, row]));
    this.#images = new Map((empty ? [] : fakeImages()).map((row) => [row.id, row]));
    const [first] = fakeEngines(query);
    if (first?.state.state === "ready") this.#current = first.id;
    if (!empty && !query.has("quiet")) this.#history();
    this.streams.opened = (id, kind) => this.#opened(id, kind);
  }

  get containers(): ContainerRow[] {
    return [...this.#containers.values()];
  }

  get images(): ImageRow[] {
    return [...this.#images.values()];
  }

  container(idOrName: string): ContainerRow | undefined {
    return this.#containers.get(idOrName) ?? [...this.#containers.values()].find((row) => row.name === idOrName);
  }

  /** Uses an engine; answers the choice. */
  choose(id: string | null): string | null {
    if (id) this.#current = id;
    this.look();
    return id;
  }

  look(): void {
    this.streams.broadcast([{ kind: "engines", engines: fakeEngines(this.#query), current: this.#current }]);
  }

  /** Starts the own engine; answers the engine in use. */
  ownStart(): string | null {
    this.#setOwn({ state: "starting", how: "rootless dockerd" });
    setTimeout(() => this.#setOwn({ state: "running", how: "rootless dockerd", pid: 4242 }), 2500);
    return this.#current;
  }

  ownStop(): void {
    this.#setOwn({ state: "stopped", how: "rootless dockerd" });
  }

  perform(actions: readonly Action[], folder: string | null = null): number[] {
    const begun = actions.map((action) => ({ ...this.#begin(action, Date.now()), folder }));
    for (const task of begun) this.#tell({ ...task, state: "waiting" });
    this.#next(begun);
    return begun.map((task) => task.id);
  }

  /** Begins the first of them; the others wait for its good end. */
  #next([task, ...rest]: readonly Task[]): void {
    if (!task) return;
    this.#tell(task);
    const action = task.action;
    if (action.verb === "pull") this.#pull(task, 0);
    else if (action.verb === "build") this.builds.begin(task, action, (problem) => this.#tell({ ...task, state: problem ? "failed" : "done", ended: Date.now(), problem }));
    else setTimeout(() => this.#finish(task), 700);
    const look = setInterval(() => {
      const now = this.#tasks.get(task.id);
      if (now?.state === "running") return;
      clearInterval(look);
      if (now?.state === "done") this.#next(rest);
      else for (const one of rest) this.#tell({ ...one, state: "cancelled", ended: Date.now() });
    }, 50);
  }

  cancel(id: number): void {
    const task = this.#tasks.get(id);
    if (task?.state !== "running") return;
    if (task.action.verb === "build") this.builds.cancel(id);
    this.#tell({ ...task, state: "cancelled", ended: Date.now() });
  }

  #setOwn(own: OwnEngine): void {
    this.#own = own;
    this.streams.broadcast([{ kind: "own-engine", own }]);
  }

  #begin(action: Action, started: number): Task {
    const outcome = { id: null, name: null, exit_code: null, reclaimed: null, removed: [], done: [], warnings: [], text: null };
    return {
      id: this.#nextTask++, engine: this.#current ?? "", action, command: fakeRender(action), folder: null, state: "running", started,
      ended: null, progress: { text: "", layers: [] }, outcome, problem: null,
    };
  }

  #tell(task: Task): void {
    this.#tasks.set(task.id, task);
    this.streams.broadcast([{ kind: "task", task }]);
  }

  #history(): void {
    const day = 24 * 60;
    const past: [Action, number, number, Problem | "interrupted" | null][] = [
      [{ verb: "pull", all_tags: false, platform: null, quiet: false, image: "python:3.8.12-slim" }, 3 * day, 12_400, null],
      [plainRun("python:3.8.12-slim"), 3 * day - 5, 900, null],
      [plainRun("hello-world"), day + 2, 2100, null],
      [plainRun("ubuntu_miniconda_df"), day, 4000, "interrupted"],
      [{ verb: "pull", all_tags: false, platform: null, quiet: false, image: "ubuntu" }, 32, 8400, null],
      [{ ...plainRun("ubuntu"), detach: true, interactive: true, tty: true }, 31, 600, null],
      [{ verb: "remove-image", force: false, no_prune: false, images: ["hello-world"] }, 20, 100, imageInUse],
      [{ ...plainRun("flask_app_df"), detach: true, interactive: true, tty: true, publish: ["5000:5050"], name: "hello" }, 12, 700, null],
    ];
    for (const [action, minutes, length, problem] of past) {
      const started = Date.now() - minutes * MINUTE;
      const task = this.#begin(action, started);
      const made = action.verb === "run" && !problem ? "4f1c9a2e7b3140f9e8d7c6b5a4132" : null;
      const told = { ended: started + length, outcome: { ...task.outcome, id: made } };
      if (problem === "interrupted") this.#tasks.set(task.id, { ...task, ...told, state: "interrupted" });
      else this.#tasks.set(task.id, { ...task, ...told, state: problem ? "failed" : "done", problem });
    }
  }

  #opened(id: number, kind: StreamKind): void {
    if (kind.stream === "changes") {
      this.streams.tell(id, [
        { kind: "engines", engines: fakeEngines(this.#query), current: this.#current },
        { kind: "own-engine", own: this.#own },
        ...[...this.#tasks.values()].map((task) => ({ kind: "task", task }) as const),
      ]);
      if (this.#query.has("loading") || !this.#current) return;
      this.streams.tell(id, [
        { kind: "containers", reset: true, changed: [...this.#containers.values()], removed: [] },
        { kind: "images", reset: true, changed: this.images, removed: [] },
      ]);
      return;
    }
    if (kind.stream === "build" || kind.stream === "builds") return this.builds.opened(id, kind);
    if (kind.stream === "preview") return;
    this.streams.print(id, sample);
    const row = kind.stream === "output" ? this.container(kind.container) : undefined;
    if (row && row.state !== "running") this.streams.end(id, { end: "finished" });
  }

  #pull(task: Task, step: number): void {
    if (this.#tasks.get(task.id)?.state !== "running") return;
    if (step > 20) return this.#finish(task);
    const total = 28_400_000;
    const layer = (id: string, speed: number): Layer => {
      const current = Math.min(total, (total * step * speed) / 20);
      const done = current >= total;
      return { id, status: done ? "Pull complete" : "Downloading", current, total, done };
    };
    this.#tell({ ...task, progress: { text: "Downloading", layers: [layer("a2abf6c4d29d", 2), layer("5bb6f1a4b1c0", 1.4), layer("09f376ebb190", 1)] } });
    setTimeout(() => this.#pull(task, step + 1), 150);
  }

  #finish(task: Task): void {
    const action = task.action;
    if (this.#tasks.get(task.id)?.state !== "running") return;
    if (action.verb === "remove-image" && action.images.some((name) => name.startsWith("hello-world"))) {
      return this.#tell({ ...task, state: "failed", ended: Date.now(), problem: imageInUse });
    }
    const changed: ContainerRow[] = [];
    const removed: string[] = [];
    const names = "containers" in action ? action.containers : [];
    for (const name of names) {
      const row = this.container(name);
      if (!row) continue;
      if (action.verb === "remove-container") removed.push(row.id);
      else changed.push(after(row, action));
    }
    if (action.verb === "prune-containers") {
      for (const row of this.#containers.values()) if (row.state === "exited" || row.state === "created") removed.push(row.id);
    }
    if (action.verb === "rename") {
      const row = this.container(action.container);
      if (row) changed.push({ ...row, name: action.new_name });
    }
    for (const row of changed) this.#containers.set(row.id, row);
    for (const id of removed) this.#containers.delete(id);
    const text = action.verb === "history" ? answer : null;
    this.#tell({ ...task, state: "done", ended: Date.now(), outcome: { ...task.outcome, removed, reclaimed: removed.length * 1.2e6, text } });
    this.streams.broadcast([{ kind: "containers", reset: false, changed, removed }]);
  }
}

function after(row: ContainerRow, action: Action): ContainerRow {
  if (action.verb === "stop" || action.verb === "kill") return { ...row, state: "exited", exit_code: 0, ports: [] };
  if (action.verb === "pause") return { ...row, state: "paused" };
  return { ...row, state: "running", exit_code: null };
}

const imageInUse: Problem = {
  code: "image-in-use",
  what: "This image is still used by a stopped container",
  why: "The container vigilant_hopper was made from hello-world, so the engine kept the image. Nothing was removed.",
  todo: "Remove the container first.",
  command: null,
  fixes: [
    {
      label: "Remove container vigilant_hopper, then the image",
      danger: true,
      note: "No file was changed in this container, so no work is lost.",
      actions: [{ verb: "remove-container", force: false, link: false, volumes: false, containers: ["vigilant_hopper"] }],
      commands: [fakeRender({ verb: "remove-container", force: false, link: false, volumes: false, containers: ["vigilant_hopper"] }), fakeRender({ verb: "remove-image", force: false, no_prune: false, images: ["hello-world"] })],
    },
  ],
  detail: 'Error response from daemon: conflict: unable to remove repository reference "hello-world" (must force) - container 7d3f0c52ab18 is using its referenced image d1165f221234',
};

const answer = `IMAGE          CREATED          CREATED BY                                      SIZE      COMMENT
c41d6a8b2f10   32 minutes ago   CMD ["python" "hello_flask.py"]                 0B        buildkit.dockerfile.v0
<missing>      32 minutes ago   EXPOSE map[5050/tcp:{}]                         0B        buildkit.dockerfile.v0
<missing>      32 minutes ago   RUN /bin/sh -c conda install -y flask waitress  212MB     buildkit.dockerfile.v0
<missing>      2 hours ago      COPY hello_flask_app/ /hello_flask_app # build  1.21kB    buildkit.dockerfile.v0
<missing>      2 years ago      /bin/sh -c #(nop) ADD file:8d2dc8e7fe0bb1ca8…   77.8MB
`;

const sample = [
  "\x1b[36mINFO\x1b[0m:waitress:Serving on http://0.0.0.0:5050",
  "\x1b[36mINFO\x1b[0m:flask_app:container id 4f1c9a2e7b31",
  "\x1b[36mINFO\x1b[0m:flask_app:GET /             \x1b[32m200\x1b[0m  3 ms",
  "\x1b[36mINFO\x1b[0m:flask_app:GET /favicon.ico  \x1b[33m404\x1b[0m  1 ms",
  "\x1b[36mINFO\x1b[0m:flask_app:GET /             \x1b[32m200\x1b[0m  2 ms",
  "",
].join("\n");
