/** The pages of the help that were looked at, and the one that is shown. */

import { client } from "../../ipc/client";
import type { HelpGroup } from "../../ipc/generated/HelpGroup";
import type { HelpPage } from "../../ipc/generated/HelpPage";
import type { Problem } from "../../ipc/generated/Problem";
import { toProblem } from "../../ipc/problem";

/** One help dialog. */
export class Help {
  /** The page; `null` until it has come, and where there is none. */
  page = $state.raw<HelpPage | null>(null);
  /** The words after `docker` that the page is about. */
  verb = $state<string | null>(null);
  /** There is no such page. */
  missing = $state(false);
  /** The tag of the verb's form; `null` for a page that is about several commands. */
  form = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  query = $state("");
  #before = $state.raw<readonly (string | null)[]>([]);
  #asked = 0;

  readonly canGoBack: boolean = $derived(this.#before.length > 0);
  /** The groups, with what fits the query. */
  readonly groups: readonly HelpGroup[] = $derived(matching(this.page?.groups ?? [], this.query));

  /** Shows a page; the one before can be gone back to. */
  async open(verb: string | null): Promise<void> {
    if (this.page !== null || this.missing) this.#before = [...this.#before, this.verb];
    await this.#show(verb);
  }

  /** Shows the page before. */
  async back(): Promise<void> {
    const last = this.#before.at(-1);
    if (last === undefined) return;
    this.#before = this.#before.slice(0, -1);
    await this.#show(last);
  }

  async #show(verb: string | null): Promise<void> {
    const mine = ++this.#asked;
    this.problem = null;
    try {
      const page = await client().help(verb);
      const form = page === null || verb === null ? null : await formOf(verb);
      if (mine !== this.#asked) return;
      this.page = page;
      this.missing = page === null;
      this.verb = verb;
      this.form = form;
      this.query = "";
    } catch (failure) {
      if (mine === this.#asked) this.problem = toProblem(failure);
    }
  }
}

/** The items whose term or explanation holds every word of a query, in their groups. */
export function matching(groups: readonly HelpGroup[], query: string): readonly HelpGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return groups;
  return groups
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => words.every((word) => `${item.term} ${item.explain}`.toLowerCase().includes(word))),
    }))
    .filter((group) => group.items.length > 0);
}

/** Names in place of those that a verb needs before it can be read. */
const NAMES = ["", " <name>", " <name> <name>"];

/** The tag of the verb that these words write; `null` for a page that is about several. */
async function formOf(words: string): Promise<string | null> {
  for (const names of NAMES) {
    const said = (await client().read(`docker ${words}${names}`)).lines[0]?.said;
    if (said?.said === "command") return said.action.verb;
  }
  return null;
}
