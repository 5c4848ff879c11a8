/** The image that had a name before the one that has it now, as the builds tell. */

import type { BuildSummary } from "../../ipc/generated/BuildSummary";
import { familiarName, withTag } from "../../text/reference";
import { namesOf } from "../build/words";

/** A name as all engines mean it: Podman puts its own computer in front. */
function plain(reference: string): string {
  return withTag(familiarName(reference).replace(/^localhost\//, ""));
}

/**
 * The size of what had this name before the image `id`, in bytes; `null` where no build of this engine tells.
 * `all` is the history, newest first.
 */
export function sizeBefore(reference: string, id: string, engine: string | null, all: readonly BuildSummary[]): number | null {
  const wanted = plain(reference);
  const own = all.filter((build) => build.state === "done" && build.engine === engine && namesOf(build).some((name) => plain(name) === wanted));
  const made = own.findIndex((build) => build.image === id);
  if (made < 0) return null;
  // The same image may have been built again and again, from the cache.
  const older = own.slice(made).filter((build) => build.image !== null);
  const other = older.find((build) => build.image !== id);
  return other?.size ?? older.at(-1)?.size_before ?? null;
}
