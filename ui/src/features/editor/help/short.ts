/** Names in sentences are kept short. */
const LONGEST = 60;

/** Words as a sentence can hold them. */
export function short(words: string): string {
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST - 1)}…`;
}
