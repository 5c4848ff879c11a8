import type { BuildsNews } from "../ipc/generated/BuildsNews";
import type { BuildSummary } from "../ipc/generated/BuildSummary";
import { follow } from "../ipc/stream";

/** How long to wait before the stream is opened again after it broke, in milliseconds. */
const AGAIN = 1000;

class Builds {
  /** The history of builds, newest first. */
  all = $state.raw<readonly BuildSummary[]>([]);
  /** Whether the app has told of them once. */
  loaded = $state(false);
  /** Those that ended while nobody looked. */
  unseen = $state.raw<ReadonlySet<number>>(new Set());
  /** The build that the page shows now; its end is seen. */
  watched: number | null = null;

  /** Those that are under way, newest first. */
  readonly running = $derived(this.all.filter((build) => build.state === "running"));
  /** Those that ended while nobody looked, newest first. */
  readonly news = $derived(this.all.filter((build) => this.unseen.has(build.id)));

  /** One build. */
  get(id: number | null): BuildSummary | undefined {
    return this.all.find((build) => build.id === id);
  }

  /** Takes over what has changed. */
  apply(news: BuildsNews): void {
    const byId = new Map(news.reset ? [] : this.all.map((build) => [build.id, build]));
    const unseen = new Set(this.unseen);
    for (const id of news.removed) {
      byId.delete(id);
      unseen.delete(id);
    }
    for (const build of news.changed) {
      const before = this.get(build.id)?.state;
      const ended = build.state === "done" || build.state === "failed";
      if (before === "running" && ended && this.watched !== build.id) unseen.add(build.id);
      byId.set(build.id, build);
    }
    this.all = [...byId.values()].sort((a, b) => b.id - a.id);
    this.unseen = unseen;
    this.loaded = true;
  }

  /** A build that was looked at has told its end, which may come before the history does; what has ended stays as it is. */
  ended(build: BuildSummary): void {
    if (build.state !== "running" && this.get(build.id)?.state === "running") this.apply({ reset: false, changed: [build], removed: [] });
  }

  /** Somebody looks at a build, or at none. */
  watch(id: number | null): void {
    this.watched = id;
    if (id === null || !this.unseen.has(id)) return;
    this.unseen = new Set([...this.unseen].filter((other) => other !== id));
  }

  /** Somebody looks at the whole history. */
  seeAll(): void {
    if (this.unseen.size > 0) this.unseen = new Set();
  }

  /** Follows the history until `signal` says stop; a stream that breaks is opened again. */
  async feed(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await follow({ stream: "builds" }, signal, (piece) => {
          if (piece.piece === "builds") this.apply(piece.news);
        });
      } catch (failure) {
        console.error("The stream of builds broke", failure);
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
}

/** The history of builds, those under way too. */
export const builds = new Builds();
