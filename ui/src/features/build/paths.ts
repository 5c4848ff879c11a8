/** Paths of this computer, as text: the app resolves them, the page only shows and joins them. */

/** Whether a path begins at a root: `/home`, `C:\Users`, `\\server\share`. */
export function isAbsolute(path: string): boolean {
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path);
}

/** A path in a folder, with `.` and `..` resolved; one that begins at a root stays what it is. */
export function join(folder: string, path: string): string {
  const whole = isAbsolute(path) ? path : `${folder}/${path}`;
  const root = /^(\\\\|[A-Za-z]:[\\/]|\/)?/.exec(whole)?.[0] ?? "";
  const separator = root.includes("\\") ? "\\" : "/";
  const parts: string[] = [];
  for (const part of whole.slice(root.length).split(root.includes("\\") ? /[\\/]/ : "/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return root + parts.join(separator);
}

/** The way to a path from a folder that holds it; `null` where it lies elsewhere. */
export function within(folder: string, path: string): string | null {
  const base = folder.replace(/[\\/]+$/, "");
  const next = path.charAt(base.length);
  return path.startsWith(base) && (next === "/" || next === "\\") ? path.slice(base.length + 1) : null;
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** The last two parts of a folder, as people know it: `tutorial / flask_app`. */
export function shortFolder(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).slice(-2).join(" / ") || path;
}
