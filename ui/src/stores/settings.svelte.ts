import { client } from "../ipc/client";
import type { Settings } from "../ipc/generated/Settings";
import type { Shell } from "../ipc/generated/Shell";
import type { StartUp } from "../ipc/generated/StartUp";
import type { Theme } from "../ipc/generated/Theme";
import { toProblem } from "../ipc/problem";
import { dialogs } from "./dialogs.svelte";

class SettingsStore {
  /** What the user has chosen. */
  now = $state.raw<Settings>({
    theme: "system",
    engine: null,
    shell: "posix",
    trail_open: false,
    no_letter_keys: false,
  });
  /** The app's version. */
  version = $state("");
  /** `linux`, `macos` or `windows`. */
  system = $state("linux");
  /** Whether the preview can sit inside its tab on this system. */
  previewInside = $state(false);

  /** The shell for which commands are quoted. */
  readonly shell: Shell = $derived(this.now.shell);
  /** Ctrl, or what stands for it here. */
  readonly mod = $derived(this.system === "macos" ? "Cmd" : "Ctrl");

  /** Whether somebody has changed something since the start. */
  #changed = false;

  /** Takes over what the app told at its start. What was changed here meanwhile is newer than its answer. */
  begin(start: StartUp): void {
    this.version = start.version;
    this.system = start.system;
    this.previewInside = start.preview_inside;
    if (this.#changed) return;
    this.now = start.settings;
    showTheme(start.settings.theme);
  }

  /** Takes over what the app has kept of a choice of engine. What else is changed here is newer than its answer. */
  take(kept: Settings): void {
    this.#changed = true;
    this.now = { ...this.now, engine: kept.engine };
  }

  /** Changes some settings, shows the change at once, and keeps it across starts. */
  async change(part: Partial<Settings>): Promise<void> {
    this.#changed = true;
    this.now = { ...this.now, ...part };
    showTheme(this.now.theme);
    try {
      await client().settingsSave(this.now);
    } catch (failure) {
      dialogs.open({ kind: "problem", problem: toProblem(failure) });
    }
  }
}

/** Sets the theme on the page; without the attribute the system decides. */
function showTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** The settings. */
export const settings = new SettingsStore();
