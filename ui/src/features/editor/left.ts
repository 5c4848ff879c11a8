/** Rules that somebody lets be for a file. Kept on this computer, never written into the file. */

const KEY = "slipway.editor.left";
/** How many files are remembered; the ones that were touched longest ago go first. */
const FILES = 200;

type Left = Record<string, string[]>;

function read(): Left {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null || Array.isArray(kept)) return {};
    const files = Object.entries(kept).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]) && entry[1].every((rule) => typeof rule === "string"));
    return Object.fromEntries(files);
  } catch {
    // Whoever turned storage off, or wrote something else there, only sees the suggestions again.
    return {};
  }
}

function write(left: Left): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(left));
  } catch {
    // As above: it is remembered until the app ends.
  }
}

/** The rules that are left for a file. */
export function leftFor(file: string): readonly string[] {
  return read()[file] ?? [];
}

/** Leaves a rule for a file. */
export function leave(file: string, rule: string): void {
  const { [file]: rules = [], ...others } = read();
  const kept = Object.entries(others).slice(-(FILES - 1));
  write({ ...Object.fromEntries(kept), [file]: [...new Set([...rules, rule])] });
}

/** Says everything about a file again. */
export function leaveNothing(file: string): void {
  const { [file]: _, ...others } = read();
  write(others);
}
