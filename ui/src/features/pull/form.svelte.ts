/** The pull dialog's state. */

import { client } from "../../ipc/client";
import type { Note } from "../../ipc/generated/Note";
import type { Pull } from "../../ipc/generated/Pull";
import type { Rendered } from "../../ipc/generated/Rendered";
import type { Shell } from "../../ipc/generated/Shell";
import type { Task } from "../../ipc/generated/Task";
import { toProblem } from "../../ipc/problem";
import type { Written } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import { en } from "../../text/en";
import { emptied } from "../run/asks";
import { Job } from "./job.svelte";

const text = en.pull;

/** One pull dialog. */
export class PullForm {
  image = $state("");
  platform = $state("");
  allTags = $state(false);
  quiet = $state(false);
  /** What the pasted command asks for. */
  readonly asks: Readonly<Record<string, string>>;
  /** What there is to know about it. */
  readonly notes: readonly Note[];
  rendered = $state.raw<Rendered | null>(null);
  /** The field whose flag is pointed at. */
  lit = $state<string | null>(null);
  /** Pull was asked for, so an empty image is a mistake by now. */
  attempted = $state(false);
  /** The image that was pulled. */
  done = $state<string | null>(null);
  /** The last download was stopped by hand. */
  cancelled = $state(false);

  readonly job = new Job();
  /** What the pasted command says: flags without a field here are kept. */
  readonly #given: Partial<Pull>;
  #asked = 0;

  readonly action: { verb: "pull" } & Pull = $derived.by(() => ({
    ...this.#given,
    verb: "pull",
    image: this.image.trim(),
    platform: this.platform.trim() === "" ? null : this.platform.trim(),
    all_tags: this.allTags,
    quiet: this.quiet,
  }));

  /** Why it can't be pulled yet; `null` when it can. */
  readonly blocked: string | null = $derived.by(() => {
    if (!engine.ready) return text.needsEngine;
    if (this.image.trim() === "") return text.needsImage;
    return this.rendered?.problems[0]?.message ?? null;
  });

  constructor(image = "", written?: Written) {
    const given = written?.action.verb === "pull" ? emptied(written.action, written.blanks) : null;
    this.#given = written?.action.verb === "pull" ? written.action : {};
    this.image = given?.image ?? image;
    this.platform = given?.platform ?? "";
    this.allTags = given?.all_tags ?? false;
    this.quiet = given?.quiet ?? false;
    this.asks = given?.asks ?? {};
    this.notes = written?.notes ?? [];
  }

  /** What is wrong with one field. */
  problem(field: string): string | undefined {
    if (field === "image" && !this.attempted && this.image.trim() === "") return undefined;
    return this.rendered?.problems.find((problem) => problem.field === field)?.message;
  }

  /** Asks for the command; the newest answer wins. */
  async render(action: { verb: "pull" } & Pull, shell: Shell): Promise<void> {
    const mine = ++this.#asked;
    try {
      const rendered = await client().render(action, shell);
      if (mine === this.#asked) this.rendered = rendered;
    } catch (failure) {
      if (mine === this.#asked) this.job.problem = toProblem(failure);
    }
  }

  /** Downloads it; answers the task when it worked. */
  async submit(): Promise<Task | null> {
    this.attempted = true;
    if (this.job.running || this.blocked !== null) return null;
    this.done = null;
    this.cancelled = false;
    const action = this.action;
    const task = await this.job.begin(action);
    if (task) this.done = action.image;
    else this.cancelled = this.job.task?.state === "cancelled";
    return task;
  }
}
