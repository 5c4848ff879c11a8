import type { Action } from "../generated/Action";
import type { Blank } from "../generated/Blank";
import type { FormField } from "../generated/FormField";
import type { Line } from "../generated/Line";
import type { Reading } from "../generated/Reading";
import type { Said } from "../generated/Said";
import { plainRun } from "./run";
import { fakeRender } from "./render";
import { type FakeVerb, fakeVerbs } from "./verbs";

const PLACEHOLDER = /<([^<>]+)>|\bYOUR_[A-Z_]+\b/g;

/** Reads a text, about as the real app does. */
export function fakeRead(text: string): Reading {
  const lines: Line[] = [];
  for (const found of text.matchAll(/(?:[^\n]*[\\`^][ \t]*\n)*[^\n]+/g)) if (found[0].trim() !== "") lines.push(lineOf(found[0], found.index));
  return { lines };
}

function lineOf(text: string, at: number): Line {
  const bare = text.replaceAll(/[\\`^]\s*\n\s*/g, " ").replace(/^(?:[\s>$\\]|PS [^>]*>)+/, "").replaceAll("\\<", "<").replaceAll("\\>", ">");
  if (/^#\s/.test(bare) && !/^#\s*(apt|conda|cd|ls|wget|pwd|python)/.test(bare)) return { text, at, said: { said: "comment" } };
  const words = (bare.match(/'[^']*'|"[^"]*"|<[^>]*>(?::\S*)?|\S+/g) ?? []).map((word) => word.replace(/^(['"])(.*)\1$/, "$2"));
  if (words[0] === "sudo") words.shift();
  if (words[0] !== "docker") return { text, at, said: { said: "other", message: "This is no docker command. It looks like one for a terminal inside a container.", known: words.length > 1 } };
  return { text, at, said: command(text, words.slice(1)) };
}

function command(text: string, words: readonly string[]): Said {
  const help = words.indexOf("--help");
  if (help >= 0) return { said: "help", verb: help === 0 ? null : words.slice(0, help).join(" ") };
  const known = verbFor(words);
  const first = words[0] ?? "";
  if (!known) {
    const at = Math.max(text.lastIndexOf(first), 0);
    const similar = fakeVerbs.map((verb) => verb.form.command.slice(7)).find((verb) => verb.slice(0, 2) === first.slice(0, 2)) ?? null;
    return { said: "wrong", message: `docker has no command “${first}”.`, from: at, to: at + first.length, similar };
  }
  return filled(text, known.verb, words.slice(known.length));
}

function verbFor(words: readonly string[]): { verb: FakeVerb; length: number } | null {
  const plain = words[0] === "container" || words[0] === "image" ? words.slice(1) : words;
  const offset = words.length - plain.length;
  for (const verb of fakeVerbs) {
    const own = verb.form.command.split(" ").slice(1);
    const ls = plain[0] === "ls" ? [words[0] === "image" ? "images" : "ps", ...plain.slice(1)] : plain;
    if (own.every((word, index) => words[index] === word)) return { verb, length: own.length };
    if (own.every((word, index) => ls[index] === word)) return { verb, length: own.length + offset };
  }
  return null;
}

function filled(text: string, verb: FakeVerb, words: readonly string[]): Said {
  const values: Record<string, unknown> = verb.form.verb === "run" || verb.form.verb === "create" ? { ...plainRun("") } : {};
  for (const field of verb.form.fields) values[field.id] = field.kind === "switch" ? false : field.kind === "list" || field.kind === "words" ? [] : field.required ? "" : null;
  const places = verb.form.fields.filter((field) => field.flag === null);
  let at = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const fields = word.startsWith("-") && at === 0 ? flagsFor(verb, word) : null;
    if (fields?.length === 0) {
      const from = Math.max(text.indexOf(word), 0);
      return { said: "wrong", message: `${verb.form.command} has no flag ${word}.`, from, to: from + word.length, similar: word === "--publsh" ? "--publish" : null };
    }
    if (fields) {
      for (const field of fields) {
        if (field.kind === "switch") values[field.id] = true;
        else {
          const value = word.includes("=") && word.startsWith("--") ? word.slice(word.indexOf("=") + 1) : (words[(index += 1)] ?? "");
          put(values, field, value);
        }
      }
      continue;
    }
    const field = places[Math.min(at, places.length - 1)];
    if (field) put(values, field, word);
    if (field && field.kind !== "list" && field.kind !== "words") at += 1;
  }
  const action = { verb: verb.form.verb, ...values } as unknown as Action;
  const notes = "oom_kill_disable" in values && values["oom_kill_disable"] === true ? [{ field: "oom_kill_disable", message: "Slipway leaves --oom-kill-disable out: the engine no longer knows it." }] : [];
  return { said: "command", action, what: verb.form.about, command: fakeRender(action), blanks: blanksOf(values), notes, reach: verb.reach, destroys: verb.destroys };
}

function put(values: Record<string, unknown>, field: FormField, value: string): void {
  const before = values[field.id];
  if (Array.isArray(before)) values[field.id] = [...(before as string[]), value];
  else values[field.id] = field.kind === "number" ? Number(value) : value;
}

function flagsFor(verb: FakeVerb, word: string): FormField[] {
  const name = word.split("=")[0] ?? word;
  const long = verb.form.fields.find((field) => field.flag === name || field.short === name);
  if (long || name.startsWith("--")) return long ? [long] : [];
  const letters = Array.from(name.slice(1)).map((letter) => verb.form.fields.find((field) => field.short === `-${letter}`));
  return letters.every((field) => field !== undefined) ? letters : [];
}

function blanksOf(values: Record<string, unknown>): Blank[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const texts = Array.isArray(value) ? (value as string[]) : typeof value === "string" ? [value] : [];
    return texts.flatMap((text, index) => [...text.matchAll(PLACEHOLDER)].map((found) => ({ field, index, text: found[0], ask: (found[1] ?? found[0]).toLowerCase().replaceAll("_", " ") })));
  });
}
