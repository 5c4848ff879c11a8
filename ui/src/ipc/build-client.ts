// What the build room asks of the app: beside `client.ts`, and in the same way.

import { invoke } from "@tauri-apps/api/core";

import type { BuildFinding } from "./generated/BuildFinding";
import type { ContextLook } from "./generated/ContextLook";
import type { ContextPath } from "./generated/ContextPath";
import type { Desk } from "./generated/Desk";
import type { Draft } from "./generated/Draft";
import type { EditedIgnore } from "./generated/EditedIgnore";
import type { ImageLayer } from "./generated/ImageLayer";
import type { LayerFiles } from "./generated/LayerFiles";
import type { LogHit } from "./generated/LogHit";
import type { Saved } from "./generated/Saved";
import type { SourceCheck } from "./generated/SourceCheck";
import type { Stamp } from "./generated/Stamp";
import type { TextFile } from "./generated/TextFile";
import type { BuildWhole } from "./generated/BuildWhole";

/** The build room's part of the app, as the page sees it. Each promise may be refused with a `Problem`. */
export interface BuildClient {
  /** The editor as it was left: what is open, what is not saved, what was open lately. */
  desk(): Promise<Desk>;
  /** Keeps an open file, with the text that is not saved; it is on disk when this answers. */
  deskKeep(draft: Draft): Promise<void>;
  /** Keeps which files are open in which order, which is in front, and the build that is filled in; texts are kept by `deskKeep`. */
  deskArrange(desk: Desk): Promise<void>;
  /** Forgets a file that was closed. */
  deskDrop(id: number): Promise<void>;
  /** Reads a text file: UTF-8, or UTF-16 with its mark. Refused with the reason where it is no text, too large (over 10 MB), or cannot be read. */
  textOpen(path: string): Promise<TextFile>;
  /** Writes a file whole or not at all. `stamp` is how it was; another one on disk writes nothing, `null` writes in any case. */
  textSave(path: string, text: string, crlf: boolean, bom: boolean, stamp: Stamp | null): Promise<Saved>;
  /** Lets the user pick where a file goes, and writes it there. */
  textSaveAs(folder: string | null, name: string, text: string, crlf: boolean, bom: boolean): Promise<Saved>;
  /** How files are on disk; `null` for one that is not there. */
  textStamps(paths: readonly string[]): Promise<(Stamp | null)[]>;
  /** What of a folder would be sent. `edited` are the ignore files that are not saved. A newer look ends an older one. */
  contextLook(folder: string, dockerfile: string | null, edited: readonly EditedIgnore[]): Promise<ContextLook>;
  /** Files and folders of a build's folder whose paths begin so, a hundred at most. */
  contextPaths(folder: string, dockerfile: string | null, prefix: string): Promise<ContextPath[]>;
  /** Whether COPY would find each of these. */
  contextSources(folder: string, dockerfile: string | null, edited: readonly EditedIgnore[], sources: readonly string[]): Promise<SourceCheck[]>;
  /** The files of a folder that look like a Dockerfile, by name. */
  dockerfiles(folder: string): Promise<string[]>;
  /** What BuildKit's own checks say of a Dockerfile; empty where the engine has none. */
  dockerfileCheck(text: string): Promise<BuildFinding[]>;
  /** Lines of what a step printed, from `from`, `count` at most. Raw text: colours of the program are in it. */
  buildLines(build: number, step: number, from: number, count: number): Promise<string[]>;
  /** Where a build's log has a text, upper and lower case alike, in one step or in all; 1,000 at most. */
  buildFind(build: number, step: number | null, text: string): Promise<LogHit[]>;
  /** What a step printed, or all of them, as one plain text for the clipboard; the last megabyte at most. */
  buildText(build: number, step: number | null): Promise<string>;
  /** Saves what a step printed, or all of them, in a file that the user picks; answers its path. */
  buildSave(build: number, step: number | null): Promise<string | null>;
  /** A build with its steps, as it is. */
  build(build: number): Promise<BuildWhole>;
  /** Forgets builds that have ended, with their logs. */
  buildsForget(builds: readonly number[]): Promise<void>;
  /** The steps in the making of an image, oldest first. */
  imageLayers(reference: string): Promise<ImageLayer[]>;
  /** What each layer of an image holds: reads the whole image, so it takes a while. */
  imageFiles(reference: string): Promise<LayerFiles[]>;
}

/** The real app, over Tauri's IPC. */
export const buildRoom: BuildClient = {
  desk: () => invoke("desk"),
  deskKeep: (draft) => invoke("desk_keep", { draft }),
  deskArrange: (desk) => invoke("desk_arrange", { desk }),
  deskDrop: (id) => invoke("desk_drop", { id }),
  textOpen: (path) => invoke("text_open", { path }),
  textSave: (path, text, crlf, bom, stamp) => invoke("text_save", { path, text, crlf, bom, stamp }),
  textSaveAs: (folder, name, text, crlf, bom) => invoke("text_save_as", { folder, name, text, crlf, bom }),
  textStamps: (paths) => invoke("text_stamps", { paths }),
  contextLook: (folder, dockerfile, edited) => invoke("context_look", { folder, dockerfile, edited }),
  contextPaths: (folder, dockerfile, prefix) => invoke("context_paths", { folder, dockerfile, prefix }),
  contextSources: (folder, dockerfile, edited, sources) => invoke("context_sources", { folder, dockerfile, edited, sources }),
  dockerfiles: (folder) => invoke("dockerfiles", { folder }),
  dockerfileCheck: (text) => invoke("dockerfile_check", { text }),
  buildLines: (build, step, from, count) => invoke("build_lines", { build, step, from, count }),
  buildFind: (build, step, text) => invoke("build_find", { build, step, text }),
  buildText: (build, step) => invoke("build_text", { build, step }),
  buildSave: (build, step) => invoke("build_save", { build, step }),
  build: (build) => invoke("build", { build }),
  buildsForget: (builds) => invoke("builds_forget", { builds }),
  imageLayers: (reference) => invoke("image_layers", { reference }),
  imageFiles: (reference) => invoke("image_files", { reference }),
};
