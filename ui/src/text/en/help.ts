/** The help on docker's commands. */
export const help = {
  title: "Help",
  pages: "Help pages",
  back: "Back",
  all: "All commands",
  find: "Find on this page",
  usage: "How it is written",
  openForm: "Open the form",
  loading: "Looking it up…",
  none: (verb: string) => `There is no help page for docker ${verb}.`,
  nothing: "Nothing on this page matches.",
  opens: (term: string) => `Help for ${term}`,
};
