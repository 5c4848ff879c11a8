/** What kind of file an open one is, by its name. */

/** A Dockerfile, an ignore file, or a text that is only a text. */
export type FileKind = "dockerfile" | "ignore" | "text";

const OTHER = /\.(txt|md|py|js|ts|json|ya?ml|toml|cfg|ini|sh|html?|css|env|lock|log|xml|csv)$/i;

/** The kind of a file with this name. A file without a telling name is taken for a Dockerfile: that is what people open here. */
export function kindOf(name: string): FileKind {
  if (/(^|\.)dockerignore$/i.test(name)) return "ignore";
  if (/dockerfile/i.test(name)) return "dockerfile";
  return OTHER.test(name) ? "text" : "dockerfile";
}
