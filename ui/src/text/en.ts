// Every sentence that a user reads, in English. Each part of the app has a file of its own in `en/`;
// other languages are objects of the same shape.

import { build, builds } from "./en/build";
import { command } from "./en/command";
import { common } from "./en/common";
import { container } from "./en/container";
import { containers } from "./en/containers";
import { checks } from "./en/checks";
import { dockerfile } from "./en/dockerfile";
import { editor } from "./en/editor";
import { engine } from "./en/engine";
import { form } from "./en/form";
import { frame } from "./en/frame";
import { help } from "./en/help";
import { image } from "./en/image";
import { images } from "./en/images";
import { problem } from "./en/problem";
import { pull } from "./en/pull";
import { run } from "./en/run";
import { settings } from "./en/settings";
import { steps } from "./en/steps";
import { trail } from "./en/trail";
import { welcome } from "./en/welcome";

export const en = { common, frame, command, steps, form, help, trail, containers, container, images, image, build, builds, run, pull, problem, welcome, engine, settings, editor, dockerfile, checks };

/** What a language must say. */
export type Catalogue = typeof en;
