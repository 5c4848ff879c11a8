/** What a new Dockerfile begins with. */

import { flask } from "./flask";
import { node } from "./node";
import { python } from "./python";
import { staticSite } from "./static-site";
import { tutorial } from "./tutorial";

/** A Dockerfile to begin with, and what of its folder should stay out of the build. */
export interface Template {
  /** The name that the file is offered under. */
  name: string;
  text: string;
  /** A fitting `.dockerignore`, which goes for every Dockerfile of the folder; `null` where none is. */
  ignore: string | null;
  /** The least that its folder must hold for it to be built, where nothing is there yet. */
  files: readonly TemplateFile[];
}

/** A file beside a Dockerfile. */
export interface TemplateFile {
  name: string;
  text: string;
}

const templates = { flask, python, static: staticSite, node, tutorial } satisfies Record<string, Template>;

/** The name of a template. */
export type TemplateId = keyof typeof templates;

/** All of them, in the order in which they are offered. */
export const templateIds = ["flask", "python", "static", "node", "tutorial"] as const satisfies readonly TemplateId[];

/** A template by its name. */
export function templateOf(id: TemplateId): Template {
  return templates[id];
}
