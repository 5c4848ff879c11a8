/** What the image field offers. */

import type { ImageName } from "../../stores/images.svelte";

/** A line of the list. */
export interface ImageOption {
  /** What the command says. */
  reference: string;
  name: string;
  tag: string | null;
  /** Bytes; `null` for one that is not on this computer. */
  size: number | null;
}

/** How many lines are offered; typing finds the others. */
const SHOWN = 50;

/** The images on this computer that fit what was typed, and what was typed itself when none is exactly that. */
export function imageOptions(names: readonly ImageName[], typed: string): ImageOption[] {
  const wanted = typed.trim().toLowerCase();
  const local = names.filter((name) => name.repository !== null && name.reference.toLowerCase().includes(wanted)).map(optionOf);
  local.sort((one, other) => one.reference.localeCompare(other.reference));
  const exact = local.some((option) => option.reference === typed.trim() || `${option.name}:${option.tag ?? ""}` === typed.trim());
  const own = wanted === "" || exact ? [] : [{ reference: typed.trim(), ...splitReference(typed.trim()), size: null }];
  return [...local.slice(0, SHOWN), ...own];
}

function optionOf(name: ImageName): ImageOption {
  const latest = name.tag === "latest" && name.repository !== null;
  const reference = latest ? (name.repository ?? name.reference) : name.reference;
  return { reference, name: name.repository ?? name.reference, tag: name.tag, size: name.image.size };
}

/** A reference as its name and its tag, for showing. */
export function splitReference(reference: string): { name: string; tag: string | null } {
  if (reference.includes("@") || /^(sha256:|[0-9a-f]{12,64}$)/.test(reference)) return { name: reference, tag: null };
  const colon = reference.lastIndexOf(":");
  if (colon <= reference.lastIndexOf("/")) return { name: reference, tag: "latest" };
  return { name: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}
