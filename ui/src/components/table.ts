/** A column of a table. */
export interface Column<K extends string> {
  key: K;
  label: string;
  /** A class of its `col`, `th`, which sets its width and when it gives way. */
  class?: string;
  /** Its text stands at the right edge. */
  right?: boolean;
  /** It can't be sorted by. */
  fixed?: boolean;
}

/** What a list is sorted by. */
export interface Sort<K extends string> {
  key: K;
  /** Smallest first. */
  up: boolean;
}

/** The same column again turns the order round; another begins with its smallest. */
export function sortBy<K extends string>(now: Sort<K>, key: K): Sort<K> {
  return { key, up: now.key === key ? !now.up : true };
}

/** A key that sorts as people count: `load_2` before `load_10`, capitals beside small letters. */
export function naturalKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, "0"));
}
