import type { Completion } from "../generated/Completion";
import type { Completions } from "../generated/Completions";
import type { ContainerRow } from "../generated/ContainerRow";
import type { HelpPage } from "../generated/HelpPage";
import type { ImageRow } from "../generated/ImageRow";
import { fakeVerbs } from "./verbs";

/** What can stand at the cursor, about as the real app says it. */
export function fakeComplete(text: string, cursor: number, containers: readonly ContainerRow[], images: readonly ImageRow[]): Completions {
  const before = text.slice(0, cursor);
  const from = Math.max(before.lastIndexOf(" "), before.lastIndexOf("\n")) + 1;
  const typed = before.slice(from);
  const words = before.slice(0, from).trim().split(/\s+/);
  const verb = fakeVerbs.find((known) => before.includes(`${known.form.command} `));
  const all: Completion[] = !verb
    ? fakeVerbs.map((known) => ({ text: known.form.command.split(" ")[words.length] ?? "", kind: "verb", explain: known.form.about }))
    : typed.startsWith("-")
      ? verb.form.fields.flatMap((field) => (field.flag ? [{ text: field.flag, kind: "flag" as const, explain: field.explain }] : []))
      : verb.form.fields.some((field) => field.names === "image")
        ? images.flatMap((image) => image.tags.map((tag) => ({ text: tag.replace(/:latest$/, ""), kind: "image" as const, explain: "" })))
        : containers.map((row) => ({ text: row.name, kind: "container", explain: row.image }));
  const items = all.filter((item) => item.text !== "" && item.text.startsWith(typed));
  return { from, to: cursor, items: items.filter((item, index) => items.findIndex((one) => one.text === item.text) === index).slice(0, 50) };
}

/** A page of the help. */
export function fakeHelp(words: string | null): HelpPage | null {
  if (words === null) {
    const items = fakeVerbs.map((known) => ({ term: known.form.command.slice(7), explain: known.form.about, verb: known.form.command.slice(7), note: known.reach === "known" ? "Slipway can’t do this one yet." : null }));
    return {
      title: "docker",
      about: "Containers and images from the command line.",
      usage: ["docker [OPTIONS] COMMAND"],
      groups: [
        { title: "Common commands", items: items.slice(0, 6) },
        { title: "Commands", items: items.slice(6) },
        { title: "Options", items: [{ term: "-H, --host", explain: "The engine to talk to.", verb: null, note: "In Slipway the engine is chosen in the top bar." }] },
      ],
    };
  }
  const known = fakeVerbs.find((verb) => verb.form.command === `docker ${words.replace(/^(container|image) /, "")}`);
  if (!known) return null;
  const { fields, command, about } = known.form;
  return {
    title: command,
    about,
    usage: [`${command} [OPTIONS] ${fields.filter((field) => field.flag === null).map((field) => field.takes).join(" ")}`],
    groups: [
      { title: "Arguments", items: fields.filter((field) => field.flag === null).map((field) => ({ term: field.takes ?? field.id, explain: field.explain, verb: null, note: null })) },
      { title: "Options", items: fields.flatMap((field) => (field.flag ? [{ term: [field.short, field.flag].filter(Boolean).join(", "), explain: field.explain, verb: null, note: null }] : [])) },
    ],
  };
}
