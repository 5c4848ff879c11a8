/** The time, for ages: it moves on every few seconds, and only while somebody looks. */
class Clock {
  /** Unix milliseconds. */
  now = $state(Date.now());

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
