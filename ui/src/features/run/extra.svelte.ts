/** The flags of `docker run` that have no control of their own in the dialog: kept, shown, and added by name. */

import { client } from "../../ipc/client";
import type { Blank } from "../../ipc/generated/Blank";
import type { FormField } from "../../ipc/generated/FormField";
import { actionWith, FieldValue, type Values, valuesOf } from "../form/values.svelte";
import { blankRun, type Runnable } from "./draft";

/** The fields that the dialog shows with controls of their own. */
const OWN: ReadonlySet<string> = new Set(Object.keys(blankRun()));

/** The further flags of one run dialog. */
export class ExtraFlags {
  /** All that there are; empty until the app has told. */
  fields = $state.raw<readonly FormField[]>([]);
  /** Those that are set, or were added. */
  shown = $state.raw<readonly FieldValue[]>([]);
  #given: Values = {};
  #blanks: readonly Blank[] = [];

  /** Those that could be added. */
  readonly left: readonly FormField[] = $derived(this.fields.filter((field) => !this.shown.some((value) => value.field.id === field.id)));
  /** How many say something. */
  readonly set: number = $derived(this.shown.filter((value) => value.isSet).length);

  /** Asks which flags there are. */
  async load(): Promise<void> {
    const form = await client().form("run");
    this.fields = (form?.fields ?? []).filter((field) => !OWN.has(field.id));
    this.#show();
  }

  /** Takes over what a command says. */
  fill(action: Runnable, blanks: readonly Blank[]): void {
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
  into(action: Runnable, masked = false): Runnable {
    if (this.fields.length === 0) return action;
    // A plain no is kept: some flags are on unless the command says so.
    const mine = new Set(this.fields.map((field) => field.id));
    const others = Object.entries(valuesOf(action)).filter(([id, value]) => !mine.has(id) || value === false);
    const said = this.shown.map((value) => [value.field.id, value.value(masked)] as const);
    return actionWith(action.verb, Object.fromEntries([...others, ...said])) as Runnable;
  }

  #show(): void {
    this.shown = this.fields.map((field) => new FieldValue(field, this.#given[field.id], this.#blanks)).filter((value) => value.isSet || value.asked !== null || value.rows.length > 0);
  }
}
