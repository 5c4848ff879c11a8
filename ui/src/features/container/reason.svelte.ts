import type { Problem } from "../../ipc/generated/Problem";

/** Why something is as it is, asked of the engine whenever the question changes. Made while a component is set up. */
export class Reason {
  /** `null` while it is asked, where nothing is to be told, and where no rule knows. */
  now = $state.raw<Problem | null>(null);

  /** `question` gives what to ask, and `null` while there is nothing to ask. */
  constructor(question: () => (() => Promise<Problem | null>) | null) {
    $effect(() => {
      const ask = question();
      this.now = null;
      if (!ask) return;
      let current = true;
      ask()
        .then((told) => {
          if (current) this.now = told;
        })
        // It is an explanation of what is seen anyway: without it the page says what it said before.
        .catch((failure: unknown) => console.warn("The engine does not say why", failure));
      return () => {
        current = false;
      };
    });
  }
}
