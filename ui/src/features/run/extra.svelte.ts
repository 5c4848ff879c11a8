/** The flags of a verb that have no control of their own in its form: kept, shown, and added by name. */

import { client } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { Blank } from "../../ipc/generated/Blank";
import type { FormField } from "../../ipc/generated/FormField";
import { actionWith, FieldValue, type Values, valuesOf } from "../form/values.svelte";

/** The further flags of one form. */
export class ExtraFlags<Of extends Action> {
  /** All that there are; empty until the app has told. */
  fields = $state.raw<readonly FormField[]>([]);
  /** Those that are set, or were added. */
  shown = $state.raw<readonly FieldValue[]>([]);
  readonly #verb: Of["verb"];
  readonly #own: ReadonlySet<string>;
  #given: Values = {};
  #blanks: readonly Blank[] = [];

  /** Those that could be added. */
  readonly left: readonly FormField[] = $derived(this.fields.filter((field) => !this.shown.some((value) => value.field.id === field.id)));
  /** How many say something. */
  readonly set: number = $derived(this.shown.filter((value) => value.isSet).length);

  /** The flags of a verb; `own` are the fields that the form shows with controls of their own. */
  constructor(verb: Of["verb"], own: Iterable<string>) {
    this.#verb = verb;
    this.#own = new Set(own);
  }

  /** Asks which flags there are. */
  async load(): Promise<void> {
    const form = await client().form(this.#verb);
    this.fields = (form?.fields ?? []).filter((field) => !this.#own.has(field.id));
    this.#show();
  }

  /** Takes over what a command says. */
  fill(action: Of, blanks: readonly Blank[]): void {
    this.#given = valuesOf(action);
    this.#blanks = blanks;
    this.#show();
  }

  /** Whether a field is one of these. */
  has(field: string): boolean {
    return this.fields.some((one) => one.id === field);
  }

  /** Adds a flag, to be filled in. */
  add(id: string): void {
    const field = this.left.find((one) => one.id === id);
    if (!field) return;
    const value = new FieldValue(field, undefined, []);
    if (field.kind === "switch") value.on = true;
    if (field.kind === "list") value.add();
    this.shown = [...this.shown, value];
  }

  /** Takes a flag away again. */
  remove(value: FieldValue): void {
    this.shown = this.shown.filter((one) => one !== value);
  }

  /** The same action with these flags; before the app has told of them they are as they came. */
  into(action: Of, masked = false): Of {
    if (this.fields.length === 0) return action;
    // A plain no is kept: some flags are on unless the command says so.
    const mine = new Set(this.fields.map((field) => field.id));
    const others = Object.entries(valuesOf(action)).filter(([id, value]) => !mine.has(id) || value === false);
    const said = this.shown.map((value) => [value.field.id, value.value(masked)] as const);
    return actionWith(action.verb, Object.fromEntries([...others, ...said])) as Of;
  }

  #show(): void {
    this.shown = this.fields.map((field) => new FieldValue(field, this.#given[field.id], this.#blanks)).filter((value) => value.isSet || value.asked !== null || value.rows.length > 0);
  }
}
