/** Fetches the editor and puts it in its place. CodeMirror is a third of the page's size, and only this page needs it. */

import { toProblem } from "../../ipc/problem";
import { desk } from "./desk.svelte";
import type { FindingWork } from "./cm/findings";
import type { Room } from "./cm/room";

/** What the component does for the editor's keys. */
export interface Work extends FindingWork {
  format(): void;
}

/** Opens the editor in `parent`; `ready` gets it when it is there. Answers how to take it away, also before that. */
export function openRoom(parent: HTMLElement, work: Work, context: () => string | null, ready: (room: Room) => void): { close: () => void } {
  let gone = false;
  let made: Room | null = null;
  const withFront = (does: (id: number) => Promise<unknown>) => (): void => {
    if (desk.front) void does(desk.front.id);
  };
  const open = async (): Promise<void> => {
    const [{ Room }, { help }] = await Promise.all([import("./cm/room"), import("./cm/help")]);
    if (gone) return;
    made = new Room(
      parent,
      {
        mend: (fix) => work.mend(fix),
        leave: (finding) => work.leave(finding),
        format: () => work.format(),
        save: withFront((id) => desk.save(id)),
        saveAs: withFront((id) => desk.saveAs(id)),
        close: withFront((id) => desk.close(id)),
        left: () => desk.keepAll(),
      },
      (file) => help({ context, path: () => file.path }),
    );
    ready(made);
  };
  open().catch((failure: unknown) => (desk.problem = toProblem(failure)));
  return {
    close: () => {
      gone = true;
      made?.destroy();
    },
  };
}
