/** What the checks say of the file in front. */

import { byWeight, type Finding, type Fix } from "./finding";
import { leave, leaveNothing, leftFor } from "./left";

/** The finding that is told under the editor. */
export interface Advice {
  finding: Finding;
  fix: Fix | null;
}

/** A stage of a Dockerfile, for the outline. */
export interface Stage {
  /** Its name; without one its number, from 0. */
  name: string;
  /** What it begins with. */
  base: string;
  /** The line of its FROM, from 1. */
  line: number;
}

class Checks {
  /** Everything that was found in the file in front, from the top down. */
  all = $state.raw<readonly Finding[]>([]);
  /** The rules that are left for it. */
  #left = $state.raw<readonly string[]>([]);
  /** What it is remembered under. */
  #key = "";
  /** The stages of the file. */
  stages = $state.raw<readonly Stage[]>([]);

  /** What was found, without what is left as it is. */
  readonly findings = $derived(this.all.filter((finding) => !this.#left.includes(finding.rule)));

  /** The first thing to look at: the worst, then the topmost. */
  readonly advice: Advice | null = $derived.by(() => {
    const [finding] = [...this.findings].sort(byWeight);
    return finding ? { finding, fix: finding.fix } : null;
  });
  readonly errors = $derived(this.findings.filter((finding) => finding.severity === "error").length);
  /** How many are left as they are. */
  readonly leftOut = $derived(this.all.length - this.findings.length);

  /** Leaves a rule for the file in front: it is not said again. */
  leave(finding: Finding): void {
    leave(this.#key, finding.rule);
    this.#left = leftFor(this.#key);
  }

  /** Says everything about the file in front again. */
  leaveNothing(): void {
    leaveNothing(this.#key);
    this.#left = [];
  }
}

/** The checks of the file in front. */
export const checks = new Checks();
