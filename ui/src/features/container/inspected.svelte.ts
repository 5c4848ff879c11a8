import { untrack } from "svelte";
import { client } from "../../ipc/client";
import type { ContainerRow } from "../../ipc/generated/ContainerRow";
import type { Problem } from "../../ipc/generated/Problem";
import { toProblem } from "../../ipc/problem";
import { engine } from "../../stores/engine.svelte";
import { factsOf, type Facts } from "./facts";

/** What the engine knows of a container, read again whenever its row changes. */
export class Inspected {
  /** The JSON text; `null` until the first answer. */
  text = $state.raw<string | null>(null);
  facts = $state.raw<Facts | null>(null);
  problem = $state.raw<Problem | null>(null);

  constructor(row: () => ContainerRow | undefined) {
    $effect(() => {
      const asked = row();
      // What was read stays while the engine doesn't answer, and is read again when it does.
      if (!asked || (!engine.ready && untrack(() => this.text) !== null)) return;
      let current = true;
      client()
        .inspect("container", asked.id)
        .then((text) => {
          if (!current) return;
          this.text = text;
          this.facts = factsOf(text);
          this.problem = null;
        })
        .catch((failure: unknown) => {
          if (current) this.problem = toProblem(failure);
        });
      return () => {
        current = false;
      };
    });
  }
}
