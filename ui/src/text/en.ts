// Every sentence that a user reads, in English. Each part of the app has a file of its own in `en/`;
// other languages are objects of the same shape.

import { common } from "./en/common";
import { container } from "./en/container";
import { containers } from "./en/containers";
import { frame } from "./en/frame";
import { images } from "./en/images";

export const en = { common, frame, containers, container, images };

/** What a language must say. */
export type Catalogue = typeof en;
