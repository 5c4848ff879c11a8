/** The values of a form that serves any verb: what is typed, and the action's fields that it stands for. */

import type { Action } from "../../ipc/generated/Action";
import type { Blank } from "../../ipc/generated/Blank";
import type { FormField } from "../../ipc/generated/FormField";
import { HIDDEN } from "../../ipc/generated/secretWords";
import { DOTS, isSecret, maskedEnv, parseEnv, formatEnv } from "../run/env";
import { rowKey, type TextRow } from "../run/rows";
import { joinWords, splitWords } from "../run/words";
import { askedFor, type Asked } from "./blanks";

/** An action's fields by their names. */
export type Values = Readonly<Record<string, unknown>>;

/** One line of a list, and what is asked for in it. */
export interface ValueRow extends TextRow {
  asked: Asked | null;
}

/** One field of a form. */
export class FieldValue {
  readonly field: FormField;
  /** A switch. */
  on = $state(false);
  /** A text, a number, or a program with its arguments. */
  text = $state("");
  /** A list. */
  rows = $state<ValueRow[]>([]);
  /** What is asked for, where a placeholder stood. */
  asked = $state.raw<Asked | null>(null);

  /** What the action says while nothing is filled in: an empty text, or a plain no, is not always the same as none. */
  readonly #nothing: unknown;

  constructor(field: FormField, value: unknown, blanks: readonly Blank[]) {
    this.field = field;
    this.#nothing = value === "" || value === false ? value : undefined;
    const mine = blanks.filter((blank) => blank.field === field.id);
    if (field.kind === "list") this.rows = texts(value).map((text, index) => rowOf(text, mine.filter((blank) => blank.index === index)));
    else if (field.kind === "switch") this.on = value === true;
    else {
      const text = field.kind === "words" ? joinWords(texts(value)) : typeof value === "number" || typeof value === "string" ? String(value) : "";
      this.asked = askedFor(text, mine);
      this.text = this.asked?.left ?? text;
    }
  }

  /** Whether it says something, so that its flag is in the command. */
  get isSet(): boolean {
    if (this.field.kind === "switch") return this.on;
    return this.field.kind === "list" ? this.rows.some((row) => row.text !== "") : this.text.trim() !== "";
  }

  /** The lines of the list that are written. */
  get written(): ValueRow[] {
    return this.rows.filter((row) => row.text !== "");
  }

  /** What is asked for and not yet filled in. */
  get open(): Asked | null {
    if (this.asked && isOpen(this.text, this.asked)) return this.asked;
    return this.rows.find((row) => row.asked && isOpen(row.text, row.asked))?.asked ?? null;
  }

  /** What the action says, `undefined` where it leaves the field out; with `masked` a secret is dots. */
  value(masked = false): unknown {
    if (!this.isSet) return this.#nothing;
    switch (this.field.kind) {
      case "switch":
        return true;
      case "number":
        // What is no number stays as it was typed: the app says what is wrong with it.
        return Number.isFinite(Number(this.text)) ? Number(this.text) : this.text;
      case "text":
        return masked && isSecret(this.field.id) && this.text !== HIDDEN ? DOTS : this.text.trim();
      case "words":
        return splitWords(this.text);
      case "list":
        return this.written.map((row) => (masked ? formatEnv(maskedEnv(parseEnv(row.text))) : row.text));
    }
  }

  /** Adds an empty line to the list. */
  add(): void {
    this.rows.push({ key: rowKey(), text: "", asked: null });
  }

  /** Takes everything out again. */
  clear(): void {
    this.on = false;
    this.text = "";
    this.rows = [];
    this.asked = null;
  }
}

/** The action of a verb with these values; what is undefined is left out. */
export function actionWith(verb: string, values: Values): Action {
  // The names and kinds of the fields come from the app, which also reads the action: there is no
  // type on this side that knows every verb's fields by name.
  return { ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)), verb } as unknown as Action;
}

/** The fields of an action by their names. */
export function valuesOf(action: Action): Values {
  const { verb: _, ...values } = action;
  return values;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

function rowOf(text: string, blanks: readonly Blank[]): ValueRow {
  const asked = askedFor(text, blanks);
  return { key: rowKey(), text: asked?.left ?? text, asked };
}

function isOpen(text: string, asked: Asked): boolean {
  return text.trim() === "" || (asked.left !== "" && asked.texts.some((placeholder) => text.includes(placeholder)));
}
