/**
 * Does something when what the page shows now is on the screen: a frame paints it, and the next one
 * begins when that is done. Answers how to take it back.
 */
export function afterPaint(work: () => void): () => void {
  let later: ReturnType<typeof setTimeout> | undefined;
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => (later = setTimeout(work)));
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(later);
  };
}

class FirstList {
  /** Whether one list has been on the screen: until then, what only a pointer brings out is not made. */
  painted = $state(false);
}

/** The first list since the start. */
export const firstList = new FirstList();
