/** The word that was probably meant. */

/** How many letters to add, drop, change or swap to make one word of another. */
export function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      let best = Math.min((next[to - 1] ?? 0) + 1, (row[to] ?? 0) + 1, (row[to - 1] ?? 0) + same);
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) best = Math.min(best, (before[to - 2] ?? 0) + 1);
      next.push(best);
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The nearest of these words; `null` when none is near. */
export function nearest(word: string, words: readonly string[]): string | null {
  const limit = word.length <= 4 ? 1 : 2;
  const [best] = words.map((each) => ({ each, far: distance(word, each) })).filter(({ far }) => far <= limit).sort((one, other) => one.far - other.far);
  return best?.each ?? null;
}
