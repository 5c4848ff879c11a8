/** What is typed into the command bar: whether it is a command, and how much of it is read at once. */

import type { Line } from "../../ipc/generated/Line";
import { isStep } from "../steps/words";

/** What a shell shows before a command, as tutorials copy it. */
const PROMPT = String.raw`(?:[\s>$#%\\]|PS(?:\s+[^\n>]*)?>|[A-Za-z]:[^\n>]*>|[\w.-]+@[\w.-]+[^\n$#]*[$#])*`;
const COMMAND = new RegExp(String.raw`^${PROMPT}(?:\w+=\S*\s+)*(?:sudo\s+(?:-u\s+\S+\s+|-\S+\s+)*)?docker(?:\.exe)?(?:\s|$)`, "i");

const PROMPTED = new RegExp(`^${PROMPT}(?=\\S)`);

/** No prompt is longer; what is looked for in so little is found at once, whatever the text is. */
const BEGINNING = 300;

/** A line as it is shown: without its prompt, and in one line where it went on over several. */
export function shownLine(text: string): string {
  const parts = text.split("\n").map((part) => part.trim());
  const joined = parts.map((part, index) => (index < parts.length - 1 ? part.replace(/[\\`^]$/, "").trimEnd() : part)).join(" ");
  return joined.slice(0, BEGINNING).replace(PROMPTED, "") + joined.slice(BEGINNING);
}

/** Whether it is plainly a command before the app has read it; of all else the app says whether it is one. */
export function isCommand(text: string): boolean {
  return text.trimEnd().includes("\n") || COMMAND.test(text.trimStart().slice(0, BEGINNING));
}

/** Whether what was read is more than words that may be a name. */
export function saysMore(lines: readonly Line[]): boolean {
  return lines.some(({ said }) => isStep(said) || said.said === "comment" || (said.said === "other" && said.known));
}

/** Whether a text is shown as it was read, rather than searched for; `found` says whether a search has found something. */
export function isRead(text: string, lines: readonly Line[], found: boolean): boolean {
  // One word that is found is a name, whatever program is called the same.
  const mayBeName = found && (!/\s/.test(text.trim()) || !lines.some(({ said }) => isStep(said)));
  return saysMore(lines) && !mayBeName;
}

/** How much of a text is shown and read at once: far more than a tutorial has, far less than what a page chokes on. */
export const MOST = 65_536;

/** A text in two: what is read now, and what is kept for later. */
export function cut(text: string, most = MOST): { now: string; later: string } {
  if (text.length <= most) return { now: text, later: "" };
  const end = text.lastIndexOf("\n", most - 1);
  let at = end > 0 ? end + 1 : most;
  // A sign outside the basic plane is two units, which belong together.
  const before = text.charCodeAt(at - 1);
  if (end <= 0 && before >= 0xd800 && before <= 0xdbff) at -= 1;
  return { now: text.slice(0, at), later: text.slice(at) };
}

/** Puts a word in a place of a text; answers the text and where the cursor goes. */
export function put(text: string, from: number, to: number, word: string): { text: string; cursor: number } {
  return { text: text.slice(0, from) + word + text.slice(to), cursor: from + word.length };
}

/** A place in a text. */
export interface Place {
  from: number;
  to: number;
}

/** Where a place of a line lies in the whole text; `null` where the text does not hold the line as it stands. */
export function placeIn(text: string, line: { text: string; at: number }, place: Place): Place | null {
  // A command that a sentence speaks of begins somewhere behind the sentence's own beginning.
  const at = text.indexOf(line.text, line.at);
  if (at < 0) return null;
  const from = Math.min(at + place.from, text.length);
  return { from, to: Math.max(from, Math.min(at + place.to, text.length)) };
}
