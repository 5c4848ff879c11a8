/** The words around the fields of a form. */

import type { Form } from "../../ipc/generated/Form";
import type { FormField } from "../../ipc/generated/FormField";
import { en } from "../../text/en";
import { isId, shortId } from "../../text/reference";

/** What a field is called: its own name, as people write it. */
export function labelOf(field: FormField): string {
  const name = field.id.replaceAll("_", " ");
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The flag as it stands beside the label; the short one where there is one. */
export function flagOf(field: FormField): string | undefined {
  return field.short ?? field.flag ?? undefined;
}

/** How long a button's words may be. */
const LONG = 32;

/** What the button says that performs it: the verb's own sentence where it is short. */
export function buttonWords(form: Form): string {
  const sentence = form.about.split(/[.,;:]/)[0]?.trim() ?? "";
  return sentence !== "" && sentence.length <= LONG ? sentence : en.form.perform(form.command.replace(/^docker\s+/, ""));
}

/** What is said once a command is done that made something, or nothing: a volume has only its name. */
export function doneWords(command: string, made: string | null): string {
  if (made === null) return en.form.done(command);
  return isId(made) ? en.form.doneId(shortId(made)) : en.form.doneName(made);
}
