/** The build page's form: what is filled in, what the app says of it, and the build that it asks for. */

import { client } from "../../ipc/client";
import type { Blank } from "../../ipc/generated/Blank";
import type { ContextLook } from "../../ipc/generated/ContextLook";
import type { EditedIgnore } from "../../ipc/generated/EditedIgnore";
import type { Note } from "../../ipc/generated/Note";
import type { Problem } from "../../ipc/generated/Problem";
import type { Rendered } from "../../ipc/generated/Rendered";
import type { Shell } from "../../ipc/generated/Shell";
import { toProblem } from "../../ipc/problem";
import { engine } from "../../stores/engine.svelte";
import { tasks } from "../../stores/tasks.svelte";
import { en } from "../../text/en";
import { FolderLook } from "../editor/context-look.svelte";
import { ExtraFlags } from "../run/extra.svelte";
import { actionOf, type BuildAction, type BuildDraft, type BuildList, draftOf, keepSecrets, moreCount, newDraft, OWN_FIELDS, problemAt, shownAction, writtenArgs, writtenRows } from "./draft";
import { isAbsolute, join, within } from "./paths";

const text = en.build;

/** How long nobody changes anything before the folder is looked at, in milliseconds. */
const PAUSE = 250;

/** The form. */
export class BuildForm {
  /** What is filled in. */
  draft = $state<BuildDraft>(newDraft());
  /** The command, secrets as dots, and what is wrong with its fields. */
  rendered = $state.raw<Rendered | null>(null);
  /** The field whose flag is pointed at. */
  lit = $state<string | null>(null);
  /** More options is open. */
  more = $state(false);
  /** A build was asked for, so what is missing is a mistake by now. */
  attempted = $state(false);
  /** What there is to know about the command that was pasted. */
  notes = $state.raw<readonly Note[]>([]);
  /** The files of the folder that look like a Dockerfile; `null` until the app has told. */
  files = $state.raw<readonly string[] | null>(null);
  /** The look at what of the folder would be sent. */
  readonly folderLook = new FolderLook();
  /** Why the build could not be asked for. */
  problem = $state.raw<Problem | null>(null);
  /** What should be thought about before the folder is sent; asked while there is something. */
  asking = $state.raw<readonly string[]>([]);
  /** It is on its way to the engine. */
  sending = $state(false);

  /** The flags without a control of their own. */
  readonly extra = new ExtraFlags<BuildAction>("build", OWN_FIELDS);
  /** The folder in which the paths of the filled in command begin, as it is in a terminal; `null` where that is the chosen one. */
  #begins: string | null = null;
  #asked = 0;
  /** Folders that were asked about and are meant, for as long as the app runs. */
  readonly #meant = new Set<string>();

  /** The action as it is performed. */
  readonly action: BuildAction = $derived.by(() => this.extra.into(actionOf(this.draft)));
  /** The action as it may be shown. */
  readonly shown: BuildAction = $derived.by(() => this.extra.into(shownAction(this.draft), true));
  readonly problems = $derived(this.rendered?.problems ?? []);
  /** What of the folder would be sent; `null` until the app has told. */
  readonly look: ContextLook | null = $derived(this.folderLook.seen);
  /** Why the folder could not be read. */
  readonly lookProblem: Problem | null = $derived(this.folderLook.problem);
  /** How many fields of More options are filled in. */
  readonly moreSet: number = $derived(moreCount(this.draft) + this.extra.set);
  /** The Dockerfile from the root; `null` where it is not on this computer, or no folder was chosen. */
  readonly path: string | null = $derived.by(() => {
    const { folder, remote } = this.draft;
    const file = this.draft.file.trim() || "Dockerfile";
    if (file === "-" || (remote !== null && this.draft.file === "")) return null;
    if (isAbsolute(file)) return file;
    return folder === null ? null : join(folder, file);
  });
  /** Neither a folder nor an address is there to build from. */
  readonly placeless: boolean = $derived(this.draft.folder === null && this.draft.remote === null);
  /** The folder holds nothing that looks like a Dockerfile. */
  readonly fileless: boolean = $derived(this.draft.folder !== null && this.draft.remote === null && this.files?.length === 0 && this.draft.file === "");

  /** Why it can't be built yet; `null` when it can. */
  readonly blocked: string | null = $derived.by(() => {
    if (!engine.ready) return en.common.noEngine;
    if (this.placeless) return text.needsFolder;
    if (this.fileless) return text.needsFile;
    return this.problems[0]?.message ?? null;
  });

  /** What is wrong with one line of a list of the draft. */
  rowProblem(list: BuildList, row: BuildDraft["lists"][BuildList][number]): string | null {
    return problemAt(this.problems, list, writtenRows(this.draft, list).indexOf(row));
  }

  /** What is wrong with one build argument. */
  argProblem(row: BuildDraft["args"][number]): string | null {
    return problemAt(this.problems, "build_arg", writtenArgs(this.draft).indexOf(row));
  }

  /** What is wrong with a single value. */
  fieldProblem(field: string): string | null {
    return problemAt(this.problems, field);
  }

  /**
   * Takes a whole command over, whose paths begin at `folder`. Without one they begin where those of the command
   * before began, or at the folder that was chosen since: the same command twice means the same folder.
   */
  fill(action: BuildAction, folder: string | null = null, blanks: readonly Blank[] = [], notes: readonly Note[] = []): void {
    const before = this.draft;
    this.#begins = folder ?? this.#begins ?? before.folder;
    this.draft = keepSecrets(draftOf(action, this.#begins, blanks), before);
    this.extra.fill(action, blanks);
    this.notes = notes;
    this.attempted = false;
    this.problem = null;
    this.asking = [];
  }

  /** Builds from another folder; a Dockerfile that lies in it stays chosen. */
  chooseFolder(folder: string): void {
    const { path, draft } = this;
    this.#begins = null;
    draft.remote = null;
    if (draft.folder !== null && path !== null && draft.file !== "") draft.file = within(folder, path) ?? "";
    draft.folder = folder;
    this.problem = null;
    this.asking = [];
  }

  /** Builds with this Dockerfile, by its whole path. */
  chooseFile(path: string): void {
    const folder = this.draft.folder;
    const file = (folder === null ? null : within(folder, path)) ?? path;
    this.draft.file = file === "Dockerfile" ? "" : file;
  }

  /** Asks for the command; the newest answer wins. */
  async render(action: BuildAction, shell: Shell): Promise<void> {
    const mine = ++this.#asked;
    try {
      const rendered = await client().render(action, shell);
      if (mine !== this.#asked) return;
      this.rendered = rendered;
      const inMore = (field: string): boolean => this.extra.has(field) || (OWN_FIELDS.includes(field) && !["tag", "file", "context"].includes(field));
      if (rendered.problems.some((problem) => inMore(problem.field))) this.more = true;
    } catch (failure) {
      if (mine === this.#asked) this.problem = toProblem(failure);
    }
  }

  /** Looks into a folder, with its ignore files as they are `edited`, once nobody changes anything; answers how to leave it. */
  lookInto(folder: string | null, file: string, edited: readonly EditedIgnore[]): () => void {
    if (folder === null) {
      this.folderLook.leave();
      return () => undefined;
    }
    const timer = setTimeout(() => void this.folderLook.look(folder, file || null, edited), PAUSE);
    return () => clearTimeout(timer);
  }

  /** Looks for the Dockerfiles of the folder again: one was added. */
  async readFiles(): Promise<void> {
    const folder = this.draft.folder;
    if (folder === null) return;
    const files = await client().dockerfiles(folder);
    if (folder !== this.draft.folder) return;
    this.files = files;
    // The only one there is needs no question, unless a command already says which.
    const [only] = files;
    if (only !== undefined && this.draft.file === "" && !files.includes("Dockerfile")) this.draft.file = only;
  }

  /**
   * Asks for the build; answers its id. Whether a folder is meant that hardly anybody means is asked first,
   * once, unless somebody is `sure`; nothing that was typed is lost when it can't be done.
   */
  async submit(saveAll: () => Promise<boolean>, sure = false): Promise<number | null> {
    this.attempted = true;
    if (this.sending || (this.blocked !== null && this.blocked !== text.needsFile && this.blocked !== text.needsFolder)) return null;
    this.sending = true;
    this.problem = null;
    this.asking = [];
    try {
      // A new Dockerfile may bring its folder with it once it is saved.
      if (!(await saveAll()) || this.blocked !== null) return null;
      const { folder, remote, file } = this.draft;
      if (sure && folder !== null) this.#meant.add(folder);
      if (folder !== null && remote === null && !this.#meant.has(folder)) {
        const look = await this.folderLook.look(folder, file || null, []);
        this.problem = this.folderLook.problem;
        this.asking = look?.asks ?? [];
        if (look === null || this.asking.length > 0) return null;
      }
      return await tasks.perform(this.action, folder);
    } catch (failure) {
      this.problem = toProblem(failure);
      return null;
    } finally {
      this.sending = false;
    }
  }
}

/** The form; it stays as it is while other pages are open. */
export const buildForm = new BuildForm();
