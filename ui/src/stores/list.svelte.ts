import { type Sort, sortBy } from "../components/table";
import { Selection } from "./selection.svelte";

/** What a list is made of. */
export interface ListOf<Row, Filter extends string, Column extends string> {
  /** All rows that there are. */
  all: () => readonly Row[];
  /** One of them. */
  find: (id: string) => Row | undefined;
  idOf: (row: Row) => string;
  /** Whether a row is one of those that a filter leaves. */
  passes: (row: Row, filter: Filter) => boolean;
  /** Whether a row is what the find box asks for. */
  matches: (row: Row, query: string) => boolean;
  orders: Readonly<Record<Column, (a: Row, b: Row) => number>>;
  /** What it is sorted by at first. */
  sort: Sort<Column>;
}

/** What a list shows; it stays as it is while other pages are open. */
export class ListView<Row, Filter extends string, Column extends string> {
  filter = $state<Filter | "all">("all");
  query = $state("");
  sort: Sort<Column> = $state.raw({} as Sort<Column>);
  /** The row that has the focus, or had it last. */
  active = $state<string | null>(null);
  readonly selection = new Selection();
  readonly #of: ListOf<Row, Filter, Column>;

  constructor(of: ListOf<Row, Filter, Column>) {
    this.#of = of;
    this.sort = of.sort;
  }

  /** The rows to show, in order, by their ids. */
  readonly ids: readonly string[] = $derived.by(() => {
    const { filter, query, sort } = this;
    const { all, passes, matches, orders, idOf } = this.#of;
    const order = orders[sort.key];
    return all()
      .filter((row) => (filter === "all" || passes(row, filter)) && matches(row, query))
      .sort(sort.up ? order : (a, b) => order(b, a))
      .map(idOf);
  });

  /** The chosen rows that still exist. */
  readonly chosen: readonly Row[] = $derived([...this.selection.ids].flatMap((id) => this.#of.find(id) ?? []));

  /** One row. */
  find(id: string): Row | undefined {
    return this.#of.find(id);
  }

  /** Sorts by a column, or turns its order round. */
  sortBy(key: Column): void {
    this.sort = sortBy(this.sort, key);
  }

  /** Shows everything again. */
  clear(): void {
    this.filter = "all";
    this.query = "";
  }
}
