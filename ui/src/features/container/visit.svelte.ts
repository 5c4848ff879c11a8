import type { PreviewRefused } from "../../ipc/generated/PreviewRefused";
import { follow } from "../../ipc/stream";
import { en } from "../../text/en";

/** What the page in the preview does, as the app tells it. */
export class Visit {
  /** The address that is shown; `null` until there is one. */
  address = $state<string | null>(null);
  /** What the page wanted last, and may not. */
  refused = $state.raw<PreviewRefused | null>(null);

  /** Follows it until `signal` says stop. */
  async follow(signal: AbortSignal): Promise<void> {
    await follow({ stream: "preview" }, signal, (piece) => {
      if (piece.piece !== "preview") return;
      this.address = piece.news.address;
      this.refused = piece.news.refused;
    });
  }
}

/** What is said of something that the page may not do. */
export function refusal({ kind, url }: PreviewRefused): string {
  return en.container.preview.refused[kind](url);
}

/** Whether the browser can go where the page wanted to: not where the app had to cut the address. */
export function forBrowser({ url }: PreviewRefused): boolean {
  return /^https?:\/\//.test(url) && url.length < 2000;
}
