/** The chosen rows of a list. */
export class Selection {
  /** Their ids. */
  ids = $state.raw<ReadonlySet<string>>(new Set());
  /** Where a range begins. */
  #from: string | null = null;

  /** How many are chosen. */
  get size(): number {
    return this.ids.size;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** Chooses one more, or one less. */
  toggle(id: string): void {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    this.ids = ids;
    this.#from = id;
  }

  /** Chooses every row from where the last choice was made to `to`, in the order of `rows`. */
  extend(rows: readonly string[], to: string, from: string = to): void {
    const begins = rows.indexOf(this.#from ?? from);
    const ends = rows.indexOf(to);
    if (begins < 0 || ends < 0) return this.toggle(to);
    this.#from ??= from;
    this.ids = new Set(rows.slice(Math.min(begins, ends), Math.max(begins, ends) + 1));
  }

  /** Chooses all of these. */
  all(rows: readonly string[]): void {
    this.ids = new Set(rows);
  }

  clear(): void {
    this.#from = null;
    if (this.ids.size > 0) this.ids = new Set();
  }

  /** Forgets what is not among these any more. */
  keep(exists: (id: string) => boolean): void {
    const left = [...this.ids].filter(exists);
    if (left.length < this.ids.size) this.ids = new Set(left);
  }
}
