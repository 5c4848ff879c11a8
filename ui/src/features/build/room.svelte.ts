/** Which build the page shows, and the folder and Dockerfile that it is about. */

import type { BuildSummary } from "../../ipc/generated/BuildSummary";
import type { Written } from "../../stores/dialogs.svelte";
import { builds } from "../../stores/builds.svelte";
import { route } from "../../stores/route.svelte";
import { type BuildAction, isBuild, isRemote } from "./draft";
import { buildForm } from "./form.svelte";
import { join } from "./paths";

/** The build room. */
class Room {
  /** The build whose steps are shown; `null` for none. */
  shown = $state<number | null>(null);
  /** What was asked for with the shown build, to tell whether the form says the same. */
  #asked = $state.raw<{ id: number; key: string } | null>(null);

  /** The line of the history of the shown one. */
  readonly summary: BuildSummary | null = $derived(builds.get(this.shown) ?? null);
  /** The shown one runs, and it is what the form says. */
  readonly busy: boolean = $derived.by(() => {
    const summary = this.summary;
    if (this.shown === null || (summary !== null && summary.state !== "running")) return false;
    if (this.#asked?.id === this.shown) return this.#asked.key === keyOf(buildForm.action, buildForm.draft.folder);
    return summary !== null && summary.command.line === buildForm.rendered?.line && summary.folder === buildForm.draft.folder;
  });

  /** A build was begun from the form. */
  begun(id: number): void {
    this.#asked = { id, key: keyOf(buildForm.action, buildForm.draft.folder) };
    this.shown = id;
  }

  /** Shows the one that runs, or the newest end that nobody saw, unless one is shown already. */
  arrive(): void {
    if (this.shown !== null && builds.get(this.shown)?.state === "running") return;
    const next = builds.running[0] ?? builds.news[0];
    if (next) this.shown = next.id;
  }

  /** Shows what has begun elsewhere, in the trail say, unless what is shown still runs. */
  follow(): void {
    const next = builds.running[0];
    if (next === undefined || (this.shown !== null && (next.id <= this.shown || builds.get(this.shown)?.state === "running"))) return;
    this.shown = next.id;
  }
}

/** The build room. */
export const room = new Room();

/** Opens the build page filled in with a command. */
export function openBuild(written: Written): void {
  if (!isBuild(written.action)) return;
  buildForm.fill(written.action, written.folder ?? null, written.blanks, written.notes);
  route.go({ page: "build" });
}

/** Opens the build page filled in with a build of the history. */
export function openAgain(build: BuildSummary): void {
  openBuild({ action: build.action, folder: build.folder, blanks: [], notes: [] });
}

/** The Dockerfile of a build, from the root; `null` where it is not in a folder of this computer. */
export function dockerfileOf(build: BuildSummary): string | null {
  if (!isBuild(build.action) || build.folder === "") return null;
  const { file, context } = build.action;
  if (file != null) return join(build.folder, file);
  return isRemote(context) ? null : join(join(build.folder, context), "Dockerfile");
}

function keyOf(action: BuildAction, folder: string | null): string {
  return JSON.stringify([folder, action]);
}
