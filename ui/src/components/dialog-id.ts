/** The context in which a dialog finds its place in the stack. */
export const DIALOG_ID = Symbol("dialog");
