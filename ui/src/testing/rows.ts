// Rows for tests.

import type { ContainerRow } from "../ipc/generated/ContainerRow";
import type { ImageRow } from "../ipc/generated/ImageRow";
import type { Task } from "../ipc/generated/Task";
import { stop } from "../ipc/actions";

/** A running container that is otherwise like any other. */
export function containerRow(name: string, part: Partial<ContainerRow> = {}): ContainerRow {
  return {
    id: `id-${name}`,
    name,
    image: "ubuntu",
    image_id: "sha256:ubuntu",
    command: "bash",
    state: "running",
    status: "Up",
    exit_code: null,
    created: 1000,
    ports: [],
    labels: {},
    ...part,
  };
}

/** An image with these names. */
export function imageRow(id: string, tags: string[], part: Partial<ImageRow> = {}): ImageRow {
  return { id: `sha256:${id}`, tags, digests: [], size: 1000, created: 1000, ...part };
}

/** A task that stops a container. */
export function task(id: number, state: Task["state"], part: Partial<Task> = {}): Task {
  return {
    id,
    engine: "a",
    action: stop(["hello"]),
    command: { tokens: [], line: "docker stop hello", problems: [] },
    folder: null,
    state,
    started: 1000,
    ended: state === "running" ? null : 2000,
    progress: { text: "", layers: [] },
    outcome: { id: null, name: null, exit_code: null, reclaimed: null, removed: [], done: [], warnings: [], text: null },
    problem: null,
    ...part,
  };
}
