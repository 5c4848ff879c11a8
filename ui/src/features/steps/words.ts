/** What a pasted line is, and how a step of the list goes. */

import type { IconName } from "../../components/icons";
import type { Said } from "../../ipc/generated/Said";
import { en } from "../../text/en";
import type { StepState } from "./steps.svelte";

const text = en.steps;

/** Whether a line is something to do here; the others are only told of. */
export function isStep(said: Said): boolean {
  return said.said === "command" || said.said === "wrong" || said.said === "help";
}

/** How a line is shown before anything was done about it. */
export function lookOf(said: Said): { icon: IconName; name: string; says: string } {
  switch (said.said) {
    case "command":
      return { icon: "play", name: text.command, says: said.what };
    case "help":
      return { icon: "learn", name: text.help, says: en.command.helpOf(said.verb) };
    case "wrong":
      return { icon: "warn", name: text.wrong, says: said.message };
    case "other":
      return { icon: "info", name: text.other, says: said.message };
    case "comment":
      return { icon: "file", name: text.comment, says: en.command.comment };
  }
}

/** The sign and the word of a step's state. */
export function stateWords(state: StepState): { icon: IconName; word: string; tone: "ok" | "bad" | "live" | "" } {
  switch (state) {
    case "next":
      return { icon: "idle-dot", word: text.next, tone: "" };
    case "waiting":
      return { icon: "wait", word: text.waiting, tone: "live" };
    case "running":
      return { icon: "spinner", word: text.running, tone: "live" };
    case "done":
      return { icon: "done", word: text.done, tone: "ok" };
    case "copied":
      return { icon: "copy", word: text.copied, tone: "ok" };
    case "failed":
      return { icon: "fail", word: text.failed, tone: "bad" };
    case "cancelled":
    case "interrupted":
      return { icon: "stop-dot", word: text.cancelled, tone: "" };
    case "skipped":
      return { icon: "right", word: text.skipped, tone: "" };
  }
}
