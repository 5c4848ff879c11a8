/** A reference as people write it: without Docker Hub's own prefixes. */
export function familiarName(reference: string): string {
  return reference.replace(/^docker\.io\/library\//, "").replace(/^docker\.io\//, "");
}

/** A reference with its tag, `latest` where none is said; digests and ids stay as they are. */
export function withTag(reference: string): string {
  if (reference.includes("@") || reference.startsWith("sha256:")) return reference;
  return reference.lastIndexOf(":") > reference.lastIndexOf("/") ? reference : `${reference}:latest`;
}

/** The first 12 signs of an id, as commands take it. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}

/** An image as a container names it: the short form, also of an id. */
export function imageLabel(image: string): string {
  return image.startsWith("sha256:") ? shortId(image) : familiarName(image);
}

/** Whether it is a whole id, and not the name of something (a volume has no other id). */
export function isId(text: string): boolean {
  return /^(sha256:[0-9a-f]+|[0-9a-f]{64})$/.test(text);
}
