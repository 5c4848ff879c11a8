// The one place that talks to the app. Each function asks for the command of its name; the types
// of what goes over are generated from Rust into `generated/`.

import { invoke } from "@tauri-apps/api/core";

import { buildRoom, type BuildClient } from "./build-client";
import type { Action } from "./generated/Action";
import type { Bounds } from "./generated/Bounds";
import type { Completions } from "./generated/Completions";
import type { Form } from "./generated/Form";
import type { HelpPage } from "./generated/HelpPage";
import type { ImageFacts } from "./generated/ImageFacts";
import type { Problem } from "./generated/Problem";
import type { PortCheck } from "./generated/PortCheck";
import type { PreviewStep } from "./generated/PreviewStep";
import type { Probe } from "./generated/Probe";
import type { Reading } from "./generated/Reading";
import type { Rendered } from "./generated/Rendered";
import type { Settings } from "./generated/Settings";
import type { Shell } from "./generated/Shell";
import type { StartUp } from "./generated/StartUp";
import type { StreamKind } from "./generated/StreamKind";

/** What `inspect` can look at. */
export type Inspectable = "container" | "image";

/** The app, as the page sees it. Each promise may be refused with a `Problem`. */
export interface Client extends BuildClient {
  /** What the page needs before its first picture. */
  startUp(): Promise<StartUp>;
  /** Keeps the settings across starts. */
  settingsSave(settings: Settings): Promise<void>;
  /** The command of an action, for a shell. */
  render(action: Action, shell: Shell): Promise<Rendered>;
  /** What a typed or pasted text says, line by line. */
  read(text: string): Promise<Reading>;
  /** What can stand at the cursor, which is counted in UTF-16 units. */
  complete(text: string, cursor: number): Promise<Completions>;
  /** The fields of a verb, by its tag; `null` for one that nobody knows. */
  form(verb: string): Promise<Form | null>;
  /** A page of the help, by the words after `docker`; `null` where there is none. */
  help(verb: string | null): Promise<HelpPage | null>;
  /** Begins actions, one after the other, on the engine with this id, which must be in use; paths that do not begin at the root begin at `folder`. Answers the ids of their tasks, whose life comes through the changes. */
  perform(actions: readonly Action[], engine: string, folder?: string | null): Promise<number[]>;
  /** Asks a task to stop. */
  cancel(task: number): Promise<void>;
  /** Saves the trail as a script, in a file that the user picks; answers its path, `null` when they picked none. */
  trailExport(shell: Shell): Promise<string | null>;
  /** Forgets every command of the trail that has ended. */
  trailClear(): Promise<void>;
  /** What the engine knows of one thing, as JSON text. */
  inspect(kind: Inspectable, id: string): Promise<string>;
  /** How a container's program ended; `null` where it has not, or somebody stopped it. */
  howItEnded(container: string): Promise<Problem | null>;
  /** Why a port of a container that runs shows no page; `null` where no rule knows. */
  whyNoPage(container: string, port: number): Promise<Problem | null>;
  /** What an image says of how it wants to be run. */
  imageFacts(reference: string): Promise<ImageFacts>;
  /** Whether a port of this computer can be published; `null` stands for every address. */
  checkPort(address: string | null, port: number, protocol: string): Promise<PortCheck>;
  /** Uses this engine from now on, also after the next start; `null` takes the first that answers. Answers the settings, which keep the choice. */
  chooseEngine(id: string | null): Promise<Settings>;
  /** Looks for engines again. */
  lookForEngines(): Promise<void>;
  /** Starts Slipway's own engine. It is the chosen one from then on where no other was in use, as the settings tell. */
  ownEngineStart(): Promise<Settings>;
  /** Stops Slipway's own engine. */
  ownEngineStop(): Promise<void>;
  /** What Slipway's own engine printed last. */
  ownEngineLog(): Promise<string>;
  /** Opens the system's terminal with an install command in it. */
  runInstall(command: string): Promise<void>;
  /** Opens a web address in the system's browser. */
  openUrl(url: string): Promise<void>;
  /** Lets the user pick a folder; `null` when they picked none. */
  pickFolder(title: string): Promise<string | null>;
  /** Lets the user pick a file; `null` when they picked none. */
  pickFile(title: string): Promise<string | null>;
  /** Asks a published port the way a browser would. */
  probe(host: string, port: number): Promise<Probe>;
  /** Shows a page over the main window, at `bounds`. */
  previewOpen(url: string, bounds: Bounds): Promise<void>;
  /** Moves the page that is shown; `null` hides it and keeps it. */
  previewBounds(bounds: Bounds | null): Promise<void>;
  /** Back, forward, or the same page again. */
  previewGo(step: PreviewStep): Promise<void>;
  /** Ends the page that is shown. */
  previewClose(): Promise<void>;
  /** Shows a page in a window of its own. */
  previewWindow(url: string): Promise<void>;
  /** Opens a stream; answers its id. */
  streamOpen(kind: StreamKind): Promise<number>;
  /** The next piece of a stream; waits until there is one. */
  streamNext(id: number): Promise<ArrayBuffer>;
  /** Ends a stream. */
  streamClose(id: number): Promise<void>;
}

/** The real app, over Tauri's IPC. */
const tauri: Client = {
  ...buildRoom,
  startUp: () => invoke("start_up"),
  settingsSave: (settings) => invoke("settings_save", { settings }),
  render: (action, shell) => invoke("render", { action, shell }),
  read: (text) => invoke("read", { text }),
  complete: (text, cursor) => invoke("complete", { text, cursor }),
  form: (verb) => invoke("form", { verb }),
  help: (verb) => invoke("help", { verb }),
  perform: (actions, engine, folder = null) => invoke("perform", { actions, engine, folder }),
  cancel: (task) => invoke("cancel", { task }),
  trailExport: (shell) => invoke("trail_export", { shell }),
  trailClear: () => invoke("trail_clear"),
  inspect: (kind, id) => invoke("inspect", { kind, id }),
  howItEnded: (container) => invoke("how_it_ended", { container }),
  whyNoPage: (container, port) => invoke("why_no_page", { container, port }),
  imageFacts: (reference) => invoke("image_facts", { reference }),
  checkPort: (address, port, protocol) => invoke("check_port", { address, port, protocol }),
  chooseEngine: (id) => invoke("choose_engine", { id }),
  lookForEngines: () => invoke("look_for_engines"),
  ownEngineStart: () => invoke("own_engine_start"),
  ownEngineStop: () => invoke("own_engine_stop"),
  ownEngineLog: () => invoke("own_engine_log"),
  runInstall: (command) => invoke("run_install", { command }),
  openUrl: (url) => invoke("open_url", { url }),
  pickFolder: (title) => invoke("pick_folder", { title }),
  pickFile: (title) => invoke("pick_file", { title }),
  probe: (host, port) => invoke("probe", { host, port }),
  previewOpen: (url, bounds) => invoke("preview_open", { url, bounds }),
  previewBounds: (bounds) => invoke("preview_bounds", { bounds }),
  previewGo: (step) => invoke("preview_go", { step }),
  previewClose: () => invoke("preview_close"),
  previewWindow: (url) => invoke("preview_window", { url }),
  streamOpen: (kind) => invoke("stream_open", { kind }),
  streamNext: (id) => invoke("stream_next", { id }),
  streamClose: (id) => invoke("stream_close", { id }),
};

let current: Client = tauri;

/** The app that is talked to. */
export function client(): Client {
  return current;
}

/** Talks to another one from now on: a fake, in tests and on the development page. */
export function useClient(other: Client): void {
  current = other;
}
