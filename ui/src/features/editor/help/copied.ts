/** What COPY and ADD do with their sources: they copy, write, fetch and unpack. */

import { en } from "../../../text/en";
import type { Instruction } from "../syntax/parse";
import { isArchive, isFetched, isHeredoc, isRepository } from "../syntax/sources";
import { short } from "./short";

const text = en.dockerfile;
const say = text.whole;

/** Says it, with a sentence for each kind of source; `null` where something is missing. */
export function copied(it: Instruction): string | null {
  const words = it.exec ?? it.words.map((word) => word.value);
  const [target, sources] = [short(words.at(-1) ?? ""), words.slice(0, -1)];
  if (sources.length === 0) return null;
  const flag = (name: string): string | undefined => it.flags.find((each) => each.name === name)?.value?.toLowerCase();
  const from = it.flags.find((each) => each.name === "from")?.value;
  if (from) return say.copyFrom(short(text.and(sources)), short(from), target);
  const adds = it.name === "ADD";
  const kindOf = (source: string): Kind => {
    if (isHeredoc(source)) return "written";
    if (adds && isRepository(source)) return "cloned";
    if (adds && isFetched(source)) return flag("unpack") === "true" ? "fetchedAndUnpacked" : "fetched";
    return adds && isArchive(source) && flag("unpack") !== "false" ? "unpacked" : "copied";
  };
  const told = order.flatMap((kind) => {
    const those = sources.filter((source) => kindOf(source) === kind);
    if (those.length === 0) return [];
    const all = kind === "copied" && those.length === 1 && /^\.\/?$/.test(those[0] ?? "");
    return [all ? say.copyAll(target) : sentences[kind](short(text.and(those)), target)];
  });
  return told.join(" ");
}

type Kind = "written" | "fetched" | "fetchedAndUnpacked" | "cloned" | "unpacked" | "copied";

const order: readonly Kind[] = ["written", "fetched", "fetchedAndUnpacked", "cloned", "unpacked", "copied"];

const sentences: Readonly<Record<Kind, (sources: string, target: string) => string>> = {
  written: (_sources, target) => say.write(target),
  fetched: say.fetch,
  fetchedAndUnpacked: say.fetchAndUnpack,
  cloned: say.clone,
  unpacked: say.unpack,
  copied: say.copy,
};
