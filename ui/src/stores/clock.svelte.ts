/** The time, for ages: it moves on every few seconds, and only while somebody looks. */
class Clock {
  /** Unix milliseconds. */
  now = $state(Date.now());
  /** The same, twice a second while somebody follows something that runs. */
  fine = $state(Date.now());
  #quick = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Lets `fine` run; answers how to let it rest again. */
  runFine(): () => void {
    this.#quick += 1;
    this.fine = Date.now();
    this.#timer ??= setInterval(() => {
      if (!document.hidden) this.fine = Date.now();
    }, 500);
    return () => {
      this.#quick -= 1;
      if (this.#quick > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Starts it; answers how to stop it. */
  start(): () => void {
    const timer = setInterval(() => {
      if (!document.hidden) this.now = Date.now();
    }, 5000);
    return () => clearInterval(timer);
  }
}

/** The clock. */
export const clock = new Clock();
