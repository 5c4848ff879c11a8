/** The names that a field can take, from what is known of the engine. */

import type { NameOption } from "../../components/name-option";
import type { CompletionKind } from "../../ipc/generated/CompletionKind";
import type { FormField } from "../../ipc/generated/FormField";
import { containers } from "../../stores/containers.svelte";
import { images } from "../../stores/images.svelte";
import { imageLabel } from "../../text/reference";

/** How many are offered; typing finds the others. */
const SHOWN = 50;

/** The names of a kind that fit what was typed. */
export function namesOf(kind: CompletionKind | null, typed: string): NameOption[] {
  const wanted = typed.trim().toLowerCase();
  const fits = (option: NameOption): boolean => option.name.toLowerCase().includes(wanted);
  return (kind === null ? [] : all(kind)).filter(fits).slice(0, SHOWN);
}

/** What a field offers for what was typed: its few values, or the names that it takes. */
export function optionsOf(field: FormField, typed: string): NameOption[] {
  if (field.choices.length === 0) return namesOf(field.names, typed);
  const wanted = typed.trim().toLowerCase();
  const fits = field.choices.filter((choice) => choice.toLowerCase().includes(wanted));
  // One of them is chosen already: the others are what can be chosen instead.
  const shown = field.choices.includes(typed.trim()) ? field.choices : fits;
  return shown.map((name) => ({ name, aside: "" }));
}

function all(kind: CompletionKind): NameOption[] {
  switch (kind) {
    case "container":
      return containers.all().map((row) => ({ name: row.name, aside: imageLabel(row.image) }));
    case "image":
      return images.names.map((name) => ({ name: name.reference, aside: "" }));
    case "volume":
    case "network":
    case "verb":
    case "flag":
    case "value":
      return [];
  }
}
