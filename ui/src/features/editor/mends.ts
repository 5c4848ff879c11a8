/** Edits that may mend the line at which a build failed. */

import { en } from "../../text/en";
import { familiarName } from "../../text/reference";
import type { Finding, Fix } from "./finding";
import { distance } from "./rules/near";
import { OFFICIAL } from "./rules/official";
import { parse } from "./syntax/parse";

const text = en.editor;

/** Names that are offered at most. */
const OFFERED = 3;

/**
 * The edits for the instruction at `line`: those of the checks, and where its image can't be had (`noImage`)
 * the names of images that are nearly the same. `images` are the references on this computer.
 */
export function mendsAt(file: string, line: number, findings: readonly Finding[], noImage: boolean, images: readonly string[]): Fix[] {
  const dockerfile = parse(file);
  const at = dockerfile.instructions.find((it) => line >= it.line && line <= it.lastLine);
  const [first, last] = at ? [at.line, at.lastLine] : [line, line];
  const known = findings.flatMap((it) => (it.line >= first && it.line <= last && it.fix !== null ? [{ ...it.fix, label: text.mendLine(it.line, it.fix.label) }] : []));
  const base = at?.name === "FROM" ? at.words[0] : undefined;
  if (!noImage || base === undefined || base.value.includes("$")) return known;
  const names = near(base.value, images.map(familiarName));
  return [...known, ...names.map((insert): Fix => ({ label: text.useImage(insert), edits: [{ from: base.from, to: base.to, insert }] }))];
}

/** References that are nearly this one: what is on this computer first, then what everybody begins with under the same tag. */
function near(reference: string, here: readonly string[]): string[] {
  const [name, tag] = split(reference);
  const far = (other: string): number => distance(name.toLowerCase(), other.toLowerCase());
  const limit = name.length <= 4 ? 1 : 2;
  const local = here.filter((other) => far(split(other)[0]) <= limit);
  const exact = (other: string): number => (split(other)[1] === tag ? 0 : 1);
  // The same name with another tag is worth offering, too; the same reference is what failed.
  const known = OFFICIAL.filter((other) => far(other) <= limit && other !== name).map((other) => other + tag);
  const best = [...new Set([...local, ...known])].filter((other) => other !== reference);
  return best.sort((one, other) => far(split(one)[0]) - far(split(other)[0]) || exact(one) - exact(other)).slice(0, OFFERED);
}

/** The name, and its tag with the colon; a digest belongs to the tag. */
function split(reference: string): [string, string] {
  const at = reference.indexOf("@");
  const colon = at >= 0 ? at : reference.lastIndexOf(":");
  return colon > reference.lastIndexOf("/") ? [reference.slice(0, colon), reference.slice(colon)] : [reference, ""];
}
