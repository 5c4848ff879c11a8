/** The names of the symbols in `IconSprite.svelte`. */
export const iconNames = [
  "arrow", "browser", "build", "bulb", "cached", "check", "clock", "cluster", "coach", "commit",
  "container", "copy", "detach", "done", "down", "download", "drawer", "engine", "external",
  "eye", "fail", "file", "folder", "globe", "idle-dot", "image", "info", "learn", "left", "link",
  "lock", "more", "network", "pause", "pause-dot", "pencil", "play", "plus", "point", "project",
  "refresh", "registry", "right", "run-dot", "search", "server", "settings", "single", "spinner",
  "split", "stop", "stop-dot", "terminal", "trash", "up", "updown", "upright", "volume", "wait",
  "warn", "window", "x",
] as const;

export type IconName = (typeof iconNames)[number];
