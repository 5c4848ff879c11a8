import type { Component } from "svelte";

const files = import.meta.glob<Component>(["../engine/EngineSwitcher.svelte", "../settings/Settings.svelte", "../welcome/Welcome.svelte"], {
  eager: true,
  import: "default",
});

/** A screen by its path. */
export function late(path: string): Component | null {
  return files[path] ?? null;
}
