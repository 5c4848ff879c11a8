/** Where a run leads. */

import type { Task } from "../../ipc/generated/Task";
import { type ContainerTab, route } from "../../stores/route.svelte";
import { toasts } from "../../stores/toasts.svelte";
import { en } from "../../text/en";
import { onePort, parsePort } from "./ports";

const text = en.run;

/** The tab of the new container's page on which people go on, and the port that its preview shows. */
export function landing(task: Task): { tab: ContainerTab; port: number | null } {
  const action = task.action;
  if (action.verb !== "run") return { tab: "overview", port: null };
  if (!action.detach) return { tab: "output", port: null };
  const tcp = action.publish.map(parsePort).find((row) => row.raw === null && (row.protocol === "" || row.protocol === "tcp"));
  return tcp ? { tab: "preview", port: onePort(tcp.host) } : { tab: "overview", port: null };
}

/** Goes to the new container's page, or says how it ended when it is gone already. */
export function arrive(task: Task): void {
  const { id, exit_code } = task.outcome;
  const action = task.action;
  if (action.verb === "run" && action.rm && !action.detach && task.state === "done") {
    toasts.say(text.ended(action.name ?? action.image, exit_code));
    return;
  }
  if (id === null) return;
  const { tab, port } = landing(task);
  route.openContainer(id, tab, port);
}
