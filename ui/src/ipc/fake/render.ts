import type { Action } from "../generated/Action";
import type { Rendered } from "../generated/Rendered";
import type { Token } from "../generated/Token";
import { fakeVerb } from "./verbs";

/** The words of the verbs that are not in the table of forms. */
const words: Readonly<Record<string, string>> = {
  restart: "restart",
  kill: "kill",
  pause: "pause",
  unpause: "unpause",
  rename: "rename",
  "inspect-container": "inspect",
  "prune-images": "image prune",
  "inspect-image": "image inspect",
};

/** The fields that stand at the end of a command, without a flag. */
const plain = ["image", "command", "containers", "images", "container", "new_name", "source", "target", "reference", "context"];
const short: Record<string, string> = { detach: "-d", publish: "-p", env: "-e", volume: "-v", force: "-f", all: "-a", workdir: "-w", user: "-u" };

function explain(field: string, value: string): string {
  if (field === "publish") {
    const [host = "", inside = ""] = value.split(":");
    return `Opens port ${host} on this computer and sends what arrives there to port ${inside} in the container.`;
  }
  return (
    {
      detach: "Lets the container run in the background.",
      "interactive-tty": "Gives the program a terminal, and keeps its input open so that you can type into it.",
      name: "Gives the container a name; without one the engine makes one up.",
      image: "The image to make the container from.",
      force: "Does not ask for confirmation.",
      containers: "The containers to act on, by name or id.",
      images: "The images to remove, by name or id.",
    }[field] ?? `Sets ${field.replaceAll("_", " ")}.`
  );
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command that looks right; the real one comes from Rust. */
export function fakeRender(action: Action): Rendered {
  const form = fakeVerb(action.verb)?.form;
  const tokens: Token[] = (form?.command ?? `docker ${words[action.verb] ?? action.verb}`).split(" ").map((text) => ({ text, field: null, explain: "" }));
  const add = (text: string, field: string, value = ""): void => void tokens.push({ text, field, explain: field === "publish" ? explain(field, value) : (form?.fields.find((one) => one.id === field)?.explain ?? explain(field, value)) });
  const given: Readonly<Record<string, unknown>> = { ...action };
  const fields = Object.entries(given).filter(([field]) => field !== "verb");
  if ("tty" in action && action.tty && action.interactive) add("-it", "interactive-tty");
  for (const [field, value] of fields) {
    if (plain.includes(field)) continue;
    if (form?.fields.some((one) => one.id === field && one.flag === null)) continue;
    const flag = form?.fields.find((one) => one.id === field)?.short ?? short[field] ?? `--${field.replaceAll("_", "-")}`;
    if (value === true && field !== "tty" && field !== "interactive") add(flag, field);
    else if (Array.isArray(value)) for (const one of value as string[]) add(`${flag} ${quote(one)}`, field, one);
    else if (typeof value === "string" || typeof value === "number") add(`${flag} ${quote(String(value))}`, field);
  }
  const places = form?.fields.filter((one) => one.flag === null).map((one) => one.id) ?? plain;
  for (const field of places) {
    const value = fields.find(([name]) => name === field)?.[1];
    if (typeof value === "string" && value) add(quote(value), field);
    if (Array.isArray(value)) for (const one of value as string[]) add(quote(one), field);
  }
  const missing = form?.fields.find((one) => one.required && [undefined, null, ""].includes(given[one.id] as string) || (one.required && Array.isArray(given[one.id]) && (given[one.id] as string[]).length === 0));
  const problems = missing ? [{ field: missing.id, index: 0, message: `Say which ${missing.id.replace(/s$/, "")}.` }] : [];
  return { tokens, line: tokens.map((token) => token.text).join(" "), problems };
}
