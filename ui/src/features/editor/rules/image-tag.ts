/** FROM without a tag, or with `latest`. */

import { finding, text, type Around, type Rule } from "./rule";

const ID = "image-tag";

/** The rule. What was made on this computer has no other tags, so it is left alone. */
export const imageTag: Rule = {
  id: ID,
  check(file, around) {
    const stages = new Set<string>();
    return file.stages.flatMap((stage) => {
      const base = stage.base;
      const known = base !== null && stages.has(base.value.toLowerCase());
      if (stage.name) stages.add(stage.name.value.toLowerCase());
      if (base === null || known || base.value === "scratch" || /[$@]/.test(base.value)) return [];
      const tag = tagOf(base.value);
      if ((tag !== null && tag !== "latest") || isMade(base.value, around)) return [];
      const name = tag === null ? base.value : base.value.slice(0, -":latest".length);
      const better = betterOf(name, around);
      const fix = better === null ? null : { label: text.imageTag.fix(better), edits: [{ from: base.from, to: base.to, insert: better }] };
      return [finding(file, ID, "hint", base, tag === null ? text.imageTag.none(base.value) : text.imageTag.latest(base.value), text.imageTag.why, fix)];
    });
  },
};

function tagOf(image: string): string | null {
  const colon = image.lastIndexOf(":");
  return colon > image.lastIndexOf("/") ? image.slice(colon + 1) : null;
}

function isMade(image: string, around: Around): boolean {
  const name = image.replace(/:latest$/, "");
  // Podman calls what is built here `localhost/name`, and takes it for `name`.
  return around.images.some((it) => it.made && [name, `localhost/${name}`].includes(it.reference.replace(/:latest$/, "")));
}

/** The same image with a tag that is on this computer already. */
function betterOf(name: string, around: Around): string | null {
  const better = around.images.filter((it) => it.reference.startsWith(`${name}:`) && tagOf(it.reference) !== "latest");
  return better.length === 1 ? (better[0]?.reference ?? null) : null;
}
