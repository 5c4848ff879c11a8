import type { ContainerRow } from "../generated/ContainerRow";
import type { EngineChoice } from "../generated/EngineChoice";
import type { ImageFacts } from "../generated/ImageFacts";
import type { ImageRow } from "../generated/ImageRow";
import type { Port } from "../generated/Port";
import type { StartUp } from "../generated/StartUp";

const HOUR = 3600;
const DAY = 24 * HOUR;
const now = Math.floor(Date.now() / 1000);

/** A full id from a short one. */
function full(short: string): string {
  return short.padEnd(64, "0f9e8d7c6b5a4132");
}

function port(host: number | null, container: number, protocol = "tcp"): Port {
  return { address: host === null ? null : "127.0.0.1", host, container, protocol };
}

function row(short: string, name: string, image: string, part: Partial<ContainerRow>): ContainerRow {
  const known = fakeImages().find((one) => one.tags.includes(image.includes(":") ? image : `${image}:latest`));
  return {
    id: full(short),
    name,
    image,
    image_id: known?.id ?? `sha256:${full("0")}`,
    command: "",
    state: "exited",
    status: "Exited (0)",
    exit_code: 0,
    created: now,
    ports: [],
    labels: {},
    ...part,
  };
}

/** The containers of the mockups. */
export function fakeContainers(): ContainerRow[] {
  const up = { state: "running", exit_code: null, status: "Up" } as const;
  return [
    row("4f1c9a2e7b31", "hello", "flask_app_df", { ...up, created: now - 12 * 60, ports: [port(5000, 5050)], command: "python app.py" }),
    row("a8d0276bb9e4", "gifted_noether", "ubuntu", { ...up, created: now - 31 * 60, command: "/bin/bash" }),
    row("7d3f0c52ab18", "vigilant_hopper", "hello-world", { created: now - 37 * 60, command: "/hello" }),
    row("c07be41f92dd", "quirky_bell", "python:3.8.12-slim", {
      ...up,
      created: now - 2 * HOUR,
      ports: [port(5035, 5050), port(null, 9000)],
      command: "python -m http.server 5050",
    }),
    row("1b5d9e0c44f7", "modest_ride", "ubuntu_miniconda_df", { created: now - DAY, command: "/bin/bash" }),
    row("93e6a1f08c2b", "sleepy_wing", "python:3.8.12-slim", { created: now - DAY, exit_code: 1, status: "Exited (1)", command: "python missing.py" }),
    row("e2c4870d15a6", "focused_turing", "ubuntu_miniconda_df", { created: now - 3 * DAY, command: "/bin/bash" }),
  ];
}

/** Many containers, to see long lists. */
export function manyContainers(count: number): ContainerRow[] {
  const states = ["running", "exited", "exited", "created", "paused"] as const;
  return Array.from({ length: count }, (_, index) =>
    row(index.toString(16).padStart(12, "0"), `load_${index}`, index % 2 ? "ubuntu" : "python:3.8.12-slim", {
      state: states[index % states.length] ?? "exited",
      exit_code: index % states.length === 1 ? 0 : index % states.length === 2 ? 137 : null,
      created: now - index * 60,
      ports: index % 3 ? [] : [port(20000 + (index % 40000), 80)],
    }),
  );
}

/** The images of the mockups, and one without a name. */
export function fakeImages(): ImageRow[] {
  const image = (short: string, tags: string[], size: number, created: number): ImageRow => ({
    id: `sha256:${full(short)}`,
    tags,
    digests: [],
    size,
    created: now - created,
  });
  return [
    image("c41d7be9025a", ["flask_app_df:latest"], 1.08e9, 44 * 60),
    image("d1165f221234", ["hello-world:latest"], 10_072, 21 * DAY),
    image("3fc28d8ac4f1", ["python:3.8.12-slim"], 122e6, 750 * DAY),
    image("26b2eb03618e", ["registry:2"], 25.4e6, 400 * DAY),
    image("bf16bdcff9c9", ["ubuntu:latest"], 78.1e6, 15 * DAY),
    image("a90e65b1c7d2", ["ubuntu_miniconda_df:latest"], 1.02e9, DAY),
    image("5e0f7a61bb03", [], 412e6, 2 * DAY),
  ];
}

/** The engines of the development page. */
export function fakeEngines(query: URLSearchParams): EngineChoice[] {
  const problem = {
    code: "engine-not-running",
    what: "Docker isn’t running",
    why: "Nothing answers at /var/run/docker.sock.",
    todo: "Start Docker, or start Slipway’s own engine.",
    command: "sudo systemctl start docker",
    fixes: [],
    detail: "connect: no such file or directory",
  } as const;
  const docker: EngineChoice = {
    id: "socket:/var/run/docker.sock",
    name: "Docker",
    source: "found on this computer",
    address: "unix:///var/run/docker.sock",
    state:
      query.get("engine") === "none"
        ? { state: "failed", problem: { ...problem, fixes: [] } }
        : {
            state: "ready",
            product: "Docker",
            version: "28.5.2",
            api: "1.51",
            platform: "linux/amd64",
            local: true,
            capabilities: { buildkit: true, swarm: true, limits: true, rootless: false },
          },
  };
  const podman: EngineChoice = {
    id: "socket:/run/user/1000/podman/podman.sock",
    name: "Podman",
    source: "found on this computer",
    address: "unix:///run/user/1000/podman/podman.sock",
    state: { state: "failed", problem: { ...problem, what: "Podman isn’t running", fixes: [] } },
  };
  return [docker, podman];
}

/** What the app tells at its start. */
export function fakeStartUp(query: URLSearchParams): StartUp {
  const theme = query.get("theme");
  return {
    version: "0.1.0",
    system: query.get("system") ?? "linux",
    settings: {
      theme: theme === "dark" || theme === "light" ? theme : "system",
      engine: null,
      shell: "posix",
      trail_open: query.get("trail") !== "closed",
      no_letter_keys: false,
    },
    preview_inside: query.get("inside") !== "no",
  };
}

/** What an image says of how it wants to be run. */
export function fakeFacts(reference: string, images: readonly ImageRow[]): ImageFacts {
  const tagged = reference.includes(":") ? reference : `${reference}:latest`;
  const image = images.find((one) => one.tags.includes(tagged));
  return {
    present: image !== undefined,
    id: image?.id ?? null,
    size: image?.size ?? 0,
    created: image?.created ?? null,
    exposed: reference.startsWith("flask") ? ["5050/tcp"] : [],
    command: reference.startsWith("ubuntu") ? ["/bin/bash"] : ["python", "app.py"],
    wants_terminal: reference.startsWith("ubuntu"),
  };
}

/** What an engine says of one container, cut down. */
export function fakeInspect(container: ContainerRow | undefined): string {
  if (!container) return "{}";
  const time = (seconds: number): string => new Date(seconds * 1000).toISOString();
  return JSON.stringify(
    {
      Id: container.id,
      Created: time(container.created),
      Path: container.command.split(" ")[0],
      Args: container.command.split(" ").slice(1),
      State: {
        Status: container.state,
        Running: container.state === "running",
        ExitCode: container.exit_code ?? 0,
        StartedAt: time(container.created + 1),
        FinishedAt: container.exit_code === null ? "0001-01-01T00:00:00Z" : time(container.created + 5),
        OOMKilled: false,
        Error: "",
      },
      Image: container.image_id,
      Name: `/${container.name}`,
      RestartCount: 0,
      HostConfig: { RestartPolicy: { Name: "no", MaximumRetryCount: 0 }, NetworkMode: "bridge", AutoRemove: false, Privileged: false },
      Mounts: [{ Type: "bind", Source: "/home/ada/flask_app", Destination: "/app", Mode: "", RW: true }],
      Config: {
        Hostname: container.id.slice(0, 12),
        User: "",
        Tty: true,
        Env: ["PATH=/usr/local/bin:/usr/bin:/bin", "FLASK_ENV=development", "DATABASE_PASSWORD=correct horse battery staple"],
        Cmd: container.command.split(" "),
        Entrypoint: null,
        Image: container.image,
        WorkingDir: "/app",
        ExposedPorts: { "5050/tcp": {} },
        Labels: { maintainer: "ada@example.org" },
      },
      NetworkSettings: {
        Ports: { "5050/tcp": [{ HostIp: "127.0.0.1", HostPort: "5000" }] },
        Networks: { bridge: { IPAddress: "172.17.0.2", Gateway: "172.17.0.1", MacAddress: "02:42:ac:11:00:02" } },
      },
    },
    null,
    2,
  );
}
