import { count } from "../amounts";
import { plural } from "../plural";

/** The list of images, and what is done with them. */
export const images = {
  title: "Images",
  summary: (names: number, size: string) => `${plural(names, "image", "images")} · at most ${size} on disk`,
  summaryTip: "Images share layers. Here a shared layer counts once for each image, so the disk holds less.",
  run: "Run an image",
  pull: "Pull an image",
  show: "Show",
  all: "All",
  used: "In use",
  unused: "Not used",
  find: "Find by name or tag",
  removeUnused: "Remove unused…",
  columns: { name: "Name and tag", id: "Image id", size: "Size", made: "Made", use: "Used by containers" },
  noName: "<none>",
  noTag: "no name of its own",
  notUsed: "not used",
  use: (running: number, stopped: number) =>
    [running > 0 && `${count(running)} running`, stopped > 0 && `${count(stopped)} stopped`].filter(Boolean).join(", "),
  emptyTitle: "No images yet",
  emptyText: "An image is what a container is made from: a program with everything it needs.",
  nothingTitle: "Nothing matches",
  nothingText: "No image has this name or tag.",
  clearFilter: "Clear the filter",
  chosen: (chosen: number) => `${count(chosen)} selected`,
  bulk: "What to do with the selected images",
  actions: {
    run: "Run…",
    pull: "Pull again…",
    copyName: "Copy the name",
    copyId: "Copy the id",
    remove: "Remove…",
    removeShort: "Remove",
    runShort: "Run",
  },
  runOf: (name: string) => `Run ${name}`,
  removeOf: (name: string) => `Remove ${name}`,
  moreOf: (name: string) => `More actions for ${name}`,
  remove: {
    titleOne: (name: string) => `Remove ${name}?`,
    titleMany: (many: number) => `Remove ${plural(many, "image", "images")}?`,
    lost: (one: boolean) =>
      one
        ? "The image goes from this engine. What came from a registry can be pulled again."
        : "The images go from this engine. What came from a registry can be pulled again.",
    keepsOthers: "An image with several names loses only the name that you remove, until the last one goes.",
    inUse: (names: string) => `Containers use ${names}. The engine keeps an image that a container needs, and says so.`,
    buttonOne: (name: string) => `Remove ${name}`,
    buttonMany: (many: number) => `Remove ${plural(many, "image", "images")}`,
    done: (many: number) => `Removed ${plural(many, "image", "images")}`,
  },
  prune: {
    title: "Remove unused images?",
    which: "Which images",
    dangling: "Without a name",
    all: "All unused",
    lostDangling: "These are leftovers of builds and of tags that moved on. No container uses them.",
    lostAll: "No container uses these images. What came from a registry can be pulled again; what was built here has to be built again.",
    none: "There is nothing to remove.",
    space: (size: string) => `At most ${size}`,
    button: (many: number) => `Remove ${plural(many, "image", "images")}`,
    done: (many: number, space: string) => (many === 0 ? `Nothing had to go` : `Removed ${plural(many, "image", "images")}, won ${space}`),
  },
};
