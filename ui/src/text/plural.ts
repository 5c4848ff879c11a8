import { count as grouped } from "./amounts";

/** A count with its word: `1 image`, `6 images`. */
export function plural(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
