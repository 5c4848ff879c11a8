/** ADD where COPY does. */

import { flagsOf } from "../syntax/instructions";
import { isArchive, isFetched } from "../syntax/sources";
import { finding, plain, text, type Rule } from "./rule";

const ID = "add-copy";

/** A single file that is compressed may be an archive all the same. */
const COMPRESSED = /\.(gz|bz2|xz|zst)$/i;

/** The rule. */
export const addCopy: Rule = {
  id: ID,
  check: (file) =>
    file.instructions.flatMap((instruction) => {
      const add = plain(instruction);
      if (add.name !== "ADD" || add.flags.some((flag) => !flagsOf("COPY").includes(flag.name))) return [];
      const sources = (add.exec ?? add.words.map((word) => word.value)).slice(0, -1);
      // A variable or a wildcard may stand for an archive.
      if (sources.length === 0 || sources.some((source) => isArchive(source) || COMPRESSED.test(source) || isFetched(source) || /[$*?[]/.test(source))) return [];
      const name = { from: add.from, to: add.nameTo };
      return [finding(file, ID, "warning", name, text.addCopy.message, text.addCopy.why, { label: text.addCopy.fix, edits: [{ ...name, insert: "COPY" }] })];
    }),
};
