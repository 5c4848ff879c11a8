/** What the checks say of the file in front. */

import { client } from "../../ipc/client";
import type { BuildFinding } from "../../ipc/generated/BuildFinding";
import type { EditedIgnore } from "../../ipc/generated/EditedIgnore";
import type { ImageRow } from "../../ipc/generated/ImageRow";
import type { SourceCheck } from "../../ipc/generated/SourceCheck";
import { engine } from "../../stores/engine.svelte";
import { images } from "../../stores/images.svelte";
import { withBuildkit } from "./buildkit";
import { byWeight, type Finding, FINDINGS_MAX, type Fix } from "./finding";
import { kindOf } from "./kind";
import { leave, leaveNothing, leftFor } from "./left";
import type { OpenFile } from "./open-file.svelte";
import type { Looked, StageLine } from "./rules";
import { sourceFinding, type Source } from "./rules/copy-sources";
import { Looker } from "./rules/looker";
import { isOfficial } from "./rules/official";
import type { LocalImage } from "./rules/rule";

/** The finding that is told under the editor. */
export interface Advice {
  finding: Finding;
  fix: Fix | null;
}

/** What is around the file. */
export interface Surroundings {
  /** The folder that is sent with the build. */
  context: string | null;
  /** The ignore files that are not saved. */
  edited: readonly EditedIgnore[];
}

/** Characters of a text that is looked at; longer ones are no Dockerfiles that anybody reads. */
const LONGEST = 1_000_000;
/** How long nobody types before the engine is asked, in milliseconds. */
const ENGINE_PAUSE = 600;
/** How long what was found in the text alone waits for what the folder says of it, in milliseconds. */
const FOLDER_PAUSE = 150;

class Checks {
  /** Everything that was found in the file in front, from the top down. */
  all = $state.raw<readonly Finding[]>([]);
  /** The text that this was found in: fixes are for that one alone. */
  of = $state.raw("");
  /** The stages of the file. */
  stages = $state.raw<readonly StageLine[]>([]);
  /** Nothing was found yet of what is in front now. */
  busy = $state(false);
  /** The text could not be looked at. */
  failed = $state(false);
  /** The text is too long to be looked at. */
  tooLong = $state(false);
  /** The rules that are left for it. */
  #left = $state.raw<readonly string[]>([]);
  /** What it is remembered under. */
  #key = "";
  #asked = 0;
  readonly #looker = new Looker();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What was found, without what is left as it is. */
  readonly findings = $derived(this.all.filter((finding) => finding.severity === "error" || !this.#left.includes(finding.rule)));

  /** The first thing to look at: the worst, then the topmost. */
  readonly advice: Advice | null = $derived.by(() => {
    const [finding] = [...this.findings].sort(byWeight);
    return finding ? { finding, fix: finding.fix } : null;
  });
  readonly errors = $derived(this.findings.filter((finding) => finding.severity === "error").length);
  /** How many are left as they are. */
  readonly leftOut = $derived(this.all.length - this.findings.length);

  /** Leaves a rule for the file in front: it is not said again. */
  leave(finding: Finding): void {
    leave(this.#key, finding.rule);
    this.#left = leftFor(this.#key);
  }

  /** Says everything about the file in front again. */
  leaveNothing(): void {
    leaveNothing(this.#key);
    this.#left = [];
  }

  /** Looks at a file. What was found last stays until this is done, unless it is another file. */
  async look(file: OpenFile | null, { context, edited }: Surroundings): Promise<void> {
    const mine = ++this.#asked;
    clearTimeout(this.#timer);
    const key = file === null ? "" : (file.path ?? `new ${file.id}`);
    if (key !== this.#key) {
      this.#key = key;
      this.#left = leftFor(key);
      this.#show("", [], []);
    }
    const isDockerfile = file !== null && kindOf(file.name) === "dockerfile";
    this.tooLong = isDockerfile && file.text.length > LONGEST;
    if (!isDockerfile || this.tooLong) return this.#show("", [], []);
    const text = file.text;
    this.busy = true;
    const looked = await this.#looked(text);
    if (looked === null || mine !== this.#asked) return;
    // What the context and the engine said of the same text is still true.
    const before = text === this.of ? this.all.filter((finding) => finding.rule === "copy-source" || finding.rule.startsWith("buildkit-")) : [];
    const sources = this.#sources(looked.sources, context, file.path, edited);
    // What is said of the folder must not blink at each pause of typing, so it is waited for, unless that takes long.
    const isSlow = await Promise.race([sources.then(() => false), after(FOLDER_PAUSE).then(() => true)]);
    if (mine !== this.#asked) return;
    if (isSlow) this.#show(text, [...looked.findings, ...before].sort((one, other) => one.from - other.from), looked.stages);
    const missing = await sources;
    if (mine !== this.#asked) return;
    const ours = [...looked.findings, ...missing].sort((one, other) => one.from - other.from);
    const kept = before.filter((finding) => finding.rule !== "copy-source");
    this.#show(text, [...ours, ...kept].sort((one, other) => one.from - other.from), looked.stages);
    this.busy = false;
    this.#timer = setTimeout(() => void this.#engine(text, ours, looked.stages, mine), ENGINE_PAUSE);
  }

  /** Stops looking: the editor is gone. */
  rest(): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#looker.close();
    this.busy = false;
  }

  async #looked(text: string): Promise<Looked | null> {
    try {
      const looked = await this.#looker.look(text, { images: localImages() });
      if (looked !== null) this.failed = false;
      return looked;
    } catch (failure) {
      // A rule that stumbles over a text must not stop anybody from writing or building it: the page says that it is unchecked.
      console.error("The checks stumbled", failure);
      this.failed = true;
      return { findings: [], stages: [], sources: [] };
    }
  }

  async #sources(sources: readonly Source[], context: string | null, path: string | null, edited: readonly EditedIgnore[]): Promise<Finding[]> {
    if (context === null || sources.length === 0) return [];
    let found: readonly SourceCheck[];
    try {
      found = await client().contextSources(context, path, edited, sources.map((source) => source.source));
    } catch {
      // A folder that cannot be read is the build's own matter; nothing is known of what is in it.
      return [];
    }
    const wrong = sources.flatMap((source, at) => {
      const check = found[at];
      return check ? (sourceFinding(source, check) ?? []) : [];
    });
    return wrong.slice(0, FINDINGS_MAX);
  }

  async #engine(text: string, ours: readonly Finding[], stages: readonly StageLine[], mine: number): Promise<void> {
    if (!engine.ready || text.trim() === "") return;
    let theirs: readonly BuildFinding[];
    try {
      theirs = await client().dockerfileCheck(text);
    } catch {
      // An engine that does not answer has no say here; the build will tell what it thinks of it.
      return;
    }
    if (mine === this.#asked) this.#show(text, withBuildkit(text, ours, theirs), stages);
  }

  #show(of: string, all: readonly Finding[], stages: readonly StageLine[]): void {
    this.of = of;
    this.all = all;
    this.stages = stages;
    if (of === "") this.busy = false;
  }
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function localImages(): LocalImage[] {
  return images.names.flatMap(({ repository, reference, image }) => (repository === null ? [] : [{ reference, made: mayBeMade(reference, image) }]));
}

/**
 * Whether an image may have been built here. Of what comes from a registry, engines know a digest; but Podman and Docker's
 * containerd store give one to everything. Podman calls what is built here `localhost/…`; in the containerd store an
 * image's id is its digest, and there only Docker Hub's own images are surely not ours.
 */
function mayBeMade(reference: string, { id, digests }: ImageRow): boolean {
  if (digests.length === 0 || reference.startsWith("localhost/")) return true;
  return digests.some((digest) => digest.endsWith(`@${id}`)) && !isOfficial(reference);
}

/** The checks of the file in front. */
export const checks = new Checks();
