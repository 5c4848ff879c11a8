import { count as grouped } from "../amounts";
import { plural } from "../plural";

/** What several parts of the app say. */
export const common = {
  cancel: "Cancel",
  close: "Close",
  clear: "Clear",
  copy: "Copy",
  copied: "Copied",
  copyCommand: "Copy command",
  command: "Command",
  more: "More",
  none: "none",
  unexpected: "Something went wrong in Slipway",
  unexpectedTodo: "Try again. If it happens again, please report it with the message below.",
  dismiss: "Dismiss",
  noEngine: "No engine answers, so this has to wait.",
  commandOf: (line: string) => `Command: ${line}`,
  options: (name: string) => `Options for ${name}`,
  containersCount: (count: number) => plural(count, "container", "containers"),
  imagesCount: (count: number) => plural(count, "image", "images"),
  andMore: (count: number) => `and ${grouped(count)} more`,
  runs: "Runs",
  filters: "Filters",
  removeFilter: (filter: string) => `Remove the filter ${filter}`,
};
