// What can be done with a line of the trail.

import type { MenuItem } from "../../components/menu";
import { client } from "../../ipc/client";
import { HIDDEN } from "../../ipc/generated/secretWords";
import type { Shell } from "../../ipc/generated/Shell";
import type { Task } from "../../ipc/generated/Task";
import { toProblem } from "../../ipc/problem";
import { copyAsked } from "../../stores/clipboard";
import { dialogs, type Written } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import { isUnderWay, tasks } from "../../stores/tasks.svelte";
import { toasts } from "../../stores/toasts.svelte";
import { en } from "../../text/en";
import { openForm, perform } from "../command/take";
import { elsewhere } from "./words";

const text = en.trail;

/** Whether secrets were left out when the action was kept, so that it can't be done again as it stands. */
export function lacksSecrets(task: Task): boolean {
  return JSON.stringify(task.action).includes(HIDDEN);
}

/** A kept action, for the dialog that opens filled in with it; the app complains about what stands for hidden secrets. */
export function writtenAgain(task: Task): Written {
  return { action: task.action, blanks: [], notes: [], folder: task.folder };
}

/** The menu of a line. */
export function trailMenu(task: Task): MenuItem[] {
  const problem = task.problem;
  const told: MenuItem[] = [];
  if (problem) told.push({ label: text.why, icon: "info", run: () => void dialogs.open({ kind: "problem", problem, task }) });
  if (task.outcome.text !== null) told.push({ label: text.answer, icon: "file", run: () => void dialogs.open({ kind: "answer", task }) });
  if (isUnderWay(task)) told.push({ label: text.cancel, icon: "x", run: () => void tried(tasks.cancel(task.id)) });
  return [
    { label: text.copySh, icon: "copy", run: () => void tried(copyFor(task, "posix")) },
    { label: text.copyPs1, icon: "copy", run: () => void tried(copyFor(task, "powershell")) },
    "rule",
    { label: text.again, icon: "refresh", disabledReason: whyNotAgain(task), run: () => void tried(again(task)) },
    { label: text.reopen, icon: "pencil", run: () => void openForm(writtenAgain(task)) },
    ...(told.length > 0 ? (["rule", ...told] as const) : []),
  ];
}

/** Why it can't be done once more; `null` when it can. */
function whyNotAgain(task: Task): string | null {
  const other = elsewhere(task);
  if (other !== null) return text.doneElsewhere(other);
  if (!engine.ready) return en.common.noEngine;
  return lacksSecrets(task) ? text.secretsGone : null;
}

/** Copies the command, quoted for a shell. */
async function copyFor(task: Task, shell: Shell): Promise<void> {
  await copyAsked(client().render(task.action, shell).then(({ line }) => line));
  toasts.say(en.common.copied);
}

/** Does it once more, on the engine that it was done on; what removes something is asked first. */
async function again(task: Task): Promise<void> {
  const said = (await client().read(task.command.line)).lines[0]?.said;
  if (said?.said === "command" && !said.destroys && said.reach === "performed") await perform(task.action, task.folder, task.engine);
  else openForm(writtenAgain(task), said?.said === "command" && said.destroys);
}

/** Copies every command. */
export async function copyAll(): Promise<void> {
  const lines = tasks.trail.map((task) => task.command.line);
  await navigator.clipboard.writeText(`${lines.join("\n")}\n`);
  toasts.say(en.common.copied);
}

/** Saves the trail as a script, in a file that is asked for. */
export async function saveAs(shell: Shell): Promise<void> {
  const path = await client().trailExport(shell);
  if (path !== null) toasts.say(text.saved(path));
}

/** Shows why something could not be done. */
export async function tried(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (failure) {
    dialogs.open({ kind: "problem", problem: toProblem(failure) });
  }
}
