import type { Component } from "svelte";
import type { DialogRequest, RequestOf } from "../../stores/dialogs.svelte";
import AnswerDialog from "../answer/AnswerDialog.svelte";
import CommandBar from "../command/CommandBar.svelte";
import PruneDialog from "../containers/PruneDialog.svelte";
import RemoveDialog from "../containers/RemoveDialog.svelte";
import RenameDialog from "../containers/RenameDialog.svelte";
import CloseFileDialog from "../editor/CloseFileDialog.svelte";
import EngineLogDialog from "../engine/EngineLogDialog.svelte";
import StopEngineDialog from "../engine/StopEngineDialog.svelte";
import FormDialog from "../form/FormDialog.svelte";
import HelpDialog from "../help/HelpDialog.svelte";
import ProblemDialog from "../problem/ProblemDialog.svelte";
import PullDialog from "../pull/PullDialog.svelte";
import RunDialog from "../run/RunDialog.svelte";
import ClearTrailDialog from "../trail/ClearTrailDialog.svelte";
import ConnectDialog from "../welcome/ConnectDialog.svelte";

/** What the dialog of a kind takes. */
interface DialogProps<K extends DialogRequest["kind"]> {
  request: RequestOf<K>;
  close: () => void;
}

const shown: { [K in DialogRequest["kind"]]: Component<DialogProps<K>> } = {
  run: RunDialog,
  pull: PullDialog,
  rename: RenameDialog,
  remove: RemoveDialog,
  prune: PruneDialog,
  problem: ProblemDialog,
  connect: ConnectDialog,
  engineLog: EngineLogDialog,
  stopEngine: StopEngineDialog,
  form: FormDialog,
  answer: AnswerDialog,
  help: HelpDialog,
  clearTrail: ClearTrailDialog,
  closeFile: CloseFileDialog,
  palette: CommandBar,
};

/** The component that shows a request. */
export function dialogOf(request: DialogRequest): Component<{ request: DialogRequest; close: () => void }> {
  // The table gives each kind its own component; TypeScript cannot follow the kind through it.
  return shown[request.kind] as unknown as Component<{ request: DialogRequest; close: () => void }>;
}
