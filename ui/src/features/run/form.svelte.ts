/** The run dialog's state: the draft, what the engine says of it, and the run that came of it. */

import { client } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import type { ImageFacts } from "../../ipc/generated/ImageFacts";
import type { Blank } from "../../ipc/generated/Blank";
import type { Note } from "../../ipc/generated/Note";
import type { Rendered } from "../../ipc/generated/Rendered";
import type { Shell } from "../../ipc/generated/Shell";
import type { Task } from "../../ipc/generated/Task";
import { toProblem } from "../../ipc/problem";
import { containers } from "../../stores/containers.svelte";
import type { Written } from "../../stores/dialogs.svelte";
import { engine } from "../../stores/engine.svelte";
import { en } from "../../text/en";
import { Job } from "../pull/job.svelte";
import { blankRun, type Draft, draftOf, actionOf, isRunnable, moreCount, MORE_FIELDS, newDraft, problemOf, rowProblem, type Runnable, shownAction, writtenPorts } from "./draft";
import { withKnownSecrets } from "./env";
import { ExtraFlags } from "./extra.svelte";
import { freePort, PortChecks } from "./port-checks.svelte";
import { portNote, type PortNote } from "./port-words";
import { asksTwice, blankPort, firstTry, isBlankPort, onePort, parseExposed, type PortRow } from "./ports";
import { rowKey } from "./rows";

const text = en.run;

/** How long nobody types before an image is asked about, in milliseconds. */
const PAUSE = 250;

/** One run dialog. */
export class RunForm {
  /** What is filled in. */
  draft = $state<Draft>(newDraft());
  /** What the image says of itself; `null` until the engine has told. */
  facts = $state.raw<ImageFacts | null>(null);
  /** The command of the draft, secrets as dots, and what is wrong with its fields. */
  rendered = $state.raw<Rendered | null>(null);
  /** The field whose flag is pointed at, or whose flag points at it. */
  lit = $state<string | null>(null);
  /** More options is open. */
  more = $state(false);
  /** Run was asked for, so an empty image is a mistake by now. */
  attempted = $state(false);
  /** What there is to know about the command that was pasted. */
  notes = $state.raw<readonly Note[]>([]);
  /** The ports are looked at once more before the run. */
  #opened = false;
  #looking = $state(false);

  /** The flags without a control of their own. */
  readonly extra = new ExtraFlags<Runnable>("run", Object.keys(blankRun()));
  readonly checks = new PortChecks();
  readonly job = new Job();

  /** What people have set themselves is not changed by what an image says. */
  #own = { ports: false, terminal: false, background: false };
  /** The ports of the last suggestion; `null` before the first. */
  #said: string | null = null;
  #asked = 0;

  /** The action as it may be shown. */
  readonly shown = $derived.by(() => this.extra.into(shownAction(this.draft), true));
  readonly problems = $derived(this.rendered?.problems ?? []);
  /** It is under way. */
  readonly busy = $derived(this.#looking || this.job.running);

  /** Why it can't run yet; `null` when it can. */
  readonly blocked: string | null = $derived.by(() => {
    if (!engine.ready) return text.needsEngine;
    if (this.draft.options.image.trim() === "") return text.needsImage;
    const first = this.problems[0];
    if (first) return first.message;
    if (this.nameProblem !== null) return this.nameProblem;
    const taken = this.draft.ports.find((row) => this.noteOf(row)?.blocks === true);
    return taken ? text.needsPort(taken.host.trim()) : null;
  });

  /** Fills the dialog from what it was opened with. */
  constructor(image: string | undefined, written: Written | undefined) {
    if (written && isRunnable(written.action)) this.fill(written.action, written.blanks, written.notes);
    else this.draft = newDraft(image ?? "");
  }

  /** What is wrong with a single value. An image that nobody has typed yet is not a mistake. */
  problem(field: string): string | null {
    if (field === "image" && !this.attempted && this.draft.options.image.trim() === "") return null;
    return problemOf(this.problems, field);
  }

  /** What is wrong with the name; the engine refuses one that another container has. */
  readonly nameProblem: string | null = $derived.by(() => {
    const name = this.draft.options.name;
    // While it is made, the container that has the name is this one.
    const taken = name !== null && !this.job.running && containers.all().some((row) => row.name === name);
    return taken ? text.nameTaken(name) : problemOf(this.problems, "name");
  });

  /** How many fields of More options are filled in. */
  readonly moreSet = $derived(moreCount(this.draft) + this.extra.set);

  /** What is wrong with one row of a list. */
  rowProblem<Row>(field: string, written: readonly Row[], row: Row): string | null {
    return rowProblem(this.problems, field, written, row);
  }

  /** What is wrong with one row of the port table. */
  portProblem(row: PortRow): string | null {
    return this.rowProblem("publish", writtenPorts(this.draft), row);
  }

  /** What is said beside a row of the port table. */
  noteOf(row: PortRow): PortNote | null {
    return portNote(row, this.checks.of(row), asksTwice(this.draft.ports, row));
  }

  /** Somebody works on the ports: what an image says no longer changes them. */
  ownPorts(): void {
    this.#own.ports = true;
  }

  /** Changes a row of the port table, by hand. */
  changePort(row: PortRow, part: Partial<PortRow>): void {
    this.ownPorts();
    Object.assign(row, part, { suggested: row.suggested && part.container === undefined });
  }

  /** Sets the interactive terminal, by hand. */
  setTerminal(on: boolean): void {
    this.#own.terminal = true;
    this.draft.options.interactive = on;
    this.draft.options.tty = on;
  }

  /** Sets whether it runs in the background, by hand. */
  setBackground(on: boolean): void {
    this.#own.background = true;
    this.draft.options.detach = on;
  }

  /** Takes a whole command over; values that were shown as dots stay what they were. */
  fill(action: Runnable, blanks: readonly Blank[] = [], notes: readonly Note[] = []): void {
    const before = this.draft.env;
    const draft = draftOf(action, blanks);
    draft.env = withKnownSecrets(draft.env, before);
    this.draft = draft;
    this.notes = notes;
    this.extra.fill(action, blanks);
    this.#own = { ports: true, terminal: true, background: true };
  }

  /** Takes over a docker command; answers why it can't, or `null` when it did. */
  async take(line: string): Promise<string | null> {
    const read = (await client().read(line.trim())).lines;
    const said = read.find((one) => one.said.said !== "comment")?.said;
    if (said?.said === "wrong" || said?.said === "other") return said.message;
    if (said?.said !== "command") return text.commandNone;
    if (!isRunnable(said.action)) return text.commandOther(said.command.tokens[1]?.text ?? said.action.verb);
    this.fill(said.action, said.blanks, said.notes);
    return null;
  }

  /** Asks for the command of what is filled in; the newest answer wins. */
  async render(action: Action, shell: Shell): Promise<void> {
    const mine = ++this.#asked;
    try {
      const rendered = await client().render(action, shell);
      if (mine !== this.#asked) return;
      this.rendered = rendered;
      void this.#note(rendered, mine);
      if (rendered.problems.some((problem) => MORE_FIELDS.has(problem.field) || this.extra.has(problem.field) || problem.field === "command")) this.more = true;
    } catch (failure) {
      if (mine === this.#asked) this.job.problem = toProblem(failure);
    }
  }

  /** Asks what there is to know about the command: flags come and go while it is filled in. */
  async #note(rendered: Rendered, asked: number): Promise<void> {
    if (rendered.problems.length > 0) return;
    try {
      const said = (await client().read(rendered.line)).lines[0]?.said;
      if (asked === this.#asked && said?.said === "command") this.notes = said.notes;
    } catch {
      // What is known of the command already stays; what can't be done is also said when it runs.
    }
  }

  /** Asks what an image says of itself, once nobody types; answers how to leave it. */
  followImage(reference: string): () => void {
    let left = false;
    // What the dialog opens with is not being typed: it is asked for at once, so that the dialog does not grow
    // under the hand of whoever has read it and presses a button.
    const pause = this.#opened ? PAUSE : 0;
    this.#opened = true;
    const timer = setTimeout(() => void this.#ask(reference.trim(), () => left), pause);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }

  async #ask(reference: string, left: () => boolean): Promise<void> {
    let facts: ImageFacts | null = null;
    try {
      if (reference !== "" && engine.ready) facts = await client().imageFacts(reference);
    } catch {
      // A half-typed name; what is wrong with it is said by the field's own problem.
    }
    const rows = await this.#suggested(facts?.exposed ?? []);
    if (left()) return;
    // What is said of the image and what is filled in from it appear together.
    this.facts = facts;
    this.#follow(facts, rows);
  }

  /** Lets what the image says fill in what nobody has touched. */
  #follow(facts: ImageFacts | null, rows: PortRow[]): void {
    if (!this.#own.terminal) {
      this.draft.options.interactive = facts?.wants_terminal ?? false;
      this.draft.options.tty = facts?.wants_terminal ?? false;
    }
    if (!this.#own.background) {
      this.draft.options.detach = facts !== null && facts.exposed.length > 0 && !facts.wants_terminal;
    }
    // The same suggestion again would only take the focus away from its row.
    const said = (facts?.exposed ?? []).join(" ");
    if (this.#own.ports || said === this.#said) return;
    this.#said = said;
    this.draft.ports = rows;
  }

  /** A row for each port that the image says it uses, or one empty row. */
  async #suggested(exposed: readonly string[]): Promise<PortRow[]> {
    const rows: PortRow[] = [];
    for (const each of exposed) rows.push(await this.#rowFor(each, rows));
    return rows.length > 0 ? rows : [blankPort()];
  }

  async #rowFor(exposed: string, others: readonly PortRow[]): Promise<PortRow> {
    const { container, protocol } = parseExposed(exposed);
    const port = onePort(container);
    const used = new Set(others.flatMap((row) => onePort(row.host) ?? []));
    const host = port === null ? null : await freePort(firstTry(port), protocol, used);
    return { ...blankPort(), key: rowKey(), host: host === null ? "" : String(host), container, protocol, suggested: true };
  }

  /** The ports that the image says it uses and that no row has. */
  readonly missing: string[] = $derived.by(() => {
    const rows = this.draft.ports.map((row) => row.container.trim());
    return (this.facts?.exposed ?? []).map((each) => each.replace(/\/tcp$/, "")).filter((each) => !rows.includes(each.split("/")[0] ?? each));
  });

  /** Adds a row for a port that the image says it uses. */
  async addPort(exposed: string): Promise<void> {
    this.ownPorts();
    const row = await this.#rowFor(exposed, this.draft.ports);
    const blank = this.draft.ports.findIndex(isBlankPort);
    if (blank < 0) this.draft.ports.push(row);
    else this.draft.ports[blank] = row;
  }

  /** Runs or creates; answers the task when it worked. Nothing typed is lost when it didn't. */
  async submit(verb: Draft["verb"]): Promise<Task | null> {
    this.attempted = true;
    if (this.busy || this.blocked !== null) return null;
    this.#looking = true;
    try {
      await this.checks.lookAtAll(this.draft.ports);
    } finally {
      this.#looking = false;
    }
    if (this.blocked !== null) return null;
    return await this.job.begin(this.extra.into(actionOf(this.draft, verb)));
  }
}
