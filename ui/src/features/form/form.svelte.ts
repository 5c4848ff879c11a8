/** The state of the dialog that serves every verb without one of its own. */

import { client } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { Form } from "../../ipc/generated/Form";
import type { Note } from "../../ipc/generated/Note";
import type { Reach } from "../../ipc/generated/Reach";
import type { Rendered } from "../../ipc/generated/Rendered";
import type { Shell } from "../../ipc/generated/Shell";
import type { Task } from "../../ipc/generated/Task";
import { toProblem } from "../../ipc/problem";
import type { Written } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import { en } from "../../text/en";
import { Job } from "../pull/job.svelte";
import { actionWith, FieldValue, type Values, valuesOf } from "./values.svelte";

const text = en.form;

/** How many fields a form shows without folding any. */
const FEW = 4;

/** One form. */
export class VerbForm {
  /** What the app says of the verb; `null` until it has told. */
  form = $state.raw<Form | null>(null);
  /** Nobody knows this verb. */
  unknown = $state(false);
  fields = $state.raw<FieldValue[]>([]);
  rendered = $state.raw<Rendered | null>(null);
  /** The field whose flag is pointed at. */
  lit = $state<string | null>(null);
  /** More options is open. */
  more = $state(false);
  /** It was asked for, so an empty field is a mistake by now. */
  attempted = $state(false);
  /** What Slipway makes of the command; `null` until it can be read. */
  reach = $state<Reach | null>(null);
  destroys = $state(false);
  notes = $state.raw<readonly Note[]>([]);

  readonly job = new Job();
  readonly verb: string;
  readonly #given: Values;
  readonly #written: Written | undefined;
  #asked = 0;

  /** The action as it is performed. */
  readonly action: Action = $derived.by(() => this.#action(false));
  /** The action as it may be shown. */
  readonly shown: Action = $derived.by(() => this.#action(true));

  /** What must be filled in, and what the command says: always in sight. */
  readonly first: FieldValue[] = $derived.by(() => {
    if (this.fields.length <= FEW) return this.fields;
    return this.fields.filter((value) => value.field.required || this.#isGiven(value.field.id) || value.field.flag === null);
  });
  /** The rest, folded away. */
  readonly rest: FieldValue[] = $derived(this.fields.filter((value) => !this.first.includes(value)));
  /** How many of the folded ones are set. */
  readonly restSet: number = $derived(this.rest.filter((value) => value.isSet).length);

  /** Why it can't be performed yet; `null` when it can. */
  readonly blocked: string | null = $derived.by(() => {
    if (!engine.ready) return en.common.noEngine;
    const open = this.fields.find((value) => value.open !== null)?.open;
    if (open) return text.needs(open.ask);
    return this.rendered?.problems[0]?.message ?? null;
  });

  constructor(verb: string, written: Written | undefined, destroys = false) {
    this.verb = verb;
    this.#written = written;
    this.#given = written ? valuesOf(written.action) : {};
    this.destroys = destroys;
    this.notes = written?.notes ?? [];
  }

  /** Asks for the fields. */
  async load(): Promise<void> {
    try {
      const form = await client().form(this.verb);
      this.form = form;
      this.unknown = form === null;
      this.fields = (form?.fields ?? []).map((field) => new FieldValue(field, this.#given[field.id], this.#written?.blanks ?? []));
    } catch (failure) {
      this.job.problem = toProblem(failure);
    }
  }

  /** What is wrong with one field, or with one line of it; an empty field is no mistake before it was asked for. */
  problem(value: FieldValue, index = 0): string | null {
    if (!this.attempted && !value.isSet) return null;
    return this.rendered?.problems.find((problem) => problem.field === value.field.id && problem.index === index)?.message ?? null;
  }

  /** Asks for the command, and what Slipway makes of it; the newest answer wins. */
  async render(action: Action, shell: Shell): Promise<void> {
    const mine = ++this.#asked;
    try {
      const rendered = await client().render(action, shell);
      if (mine !== this.#asked) return;
      this.rendered = rendered;
      const folded = new Set(this.rest.map((value) => value.field.id));
      if (rendered.problems.some((problem) => folded.has(problem.field))) this.more = true;
      if (rendered.problems.length > 0) return;
      const said = (await client().read(rendered.line)).lines[0]?.said;
      if (mine !== this.#asked || said?.said !== "command") return;
      this.reach = said.reach;
      this.destroys = said.destroys;
      this.notes = said.notes;
    } catch (failure) {
      if (mine === this.#asked) this.job.problem = toProblem(failure);
    }
  }

  /** Performs it; answers the task when it worked. Nothing typed is lost when it didn't. */
  async submit(): Promise<Task | null> {
    this.attempted = true;
    if (this.job.running || this.blocked !== null || this.reach !== "performed") return null;
    return await this.job.begin(this.action);
  }

  #action(masked: boolean): Action {
    // What no field stands for is kept as it came.
    const filled = Object.fromEntries(this.fields.map((value) => [value.field.id, value.value(masked)]));
    return actionWith(this.verb, { ...this.#given, ...filled });
  }

  /** Whether the command that the form was opened with says something there. */
  #isGiven(field: string): boolean {
    const value = this.#given[field];
    return value !== undefined && value !== null && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0);
  }
}
