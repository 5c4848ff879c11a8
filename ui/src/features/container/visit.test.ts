import { expect, it } from "vitest";
import { useClient, type Client } from "../../ipc/client";
import type { PreviewNews } from "../../ipc/generated/PreviewNews";
import { forBrowser, refusal, Visit } from "./visit.svelte";

/** An app whose preview does this, one after the other. */
function does(news: PreviewNews[]): void {
  const pieces = news.map((one) => new TextEncoder().encode(`\u0007${JSON.stringify(one)}`).buffer);
  useClient({
    streamOpen: () => Promise.resolve(1),
    streamNext: () => Promise.resolve(pieces.shift() ?? new TextEncoder().encode('\u0002{"end":"closed"}').buffer),
    streamClose: () => Promise.resolve(),
  } as Partial<Client> as Client);
}

it("knows where the page is, and what it wanted last", async () => {
  const visit = new Visit();
  does([{ address: "http://127.0.0.1:5000/", refused: null }, { address: "http://127.0.0.1:5000/", refused: { kind: "window", url: "https://example.com/" } }]);
  await visit.follow(new AbortController().signal);
  expect([visit.address, visit.refused]).toEqual(["http://127.0.0.1:5000/", { kind: "window", url: "https://example.com/" }]);
  does([{ address: "http://127.0.0.1:5000/next", refused: null }]);
  await visit.follow(new AbortController().signal);
  expect([visit.address, visit.refused]).toEqual(["http://127.0.0.1:5000/next", null]);
});

it.each([
  ["elsewhere", "https://example.com/", "The page wanted to go to https://example.com/."],
  ["window", "https://example.com/", "The page wanted to open a window with https://example.com/."],
  ["download", "http://127.0.0.1:5000/x.zip", "The page wanted to save http://127.0.0.1:5000/x.zip."],
] as const)("says what %s is", (kind, url, begins) => {
  expect(refusal({ kind, url })).toContain(begins);
});

it.each([
  ["https://example.com/", true],
  ["http://127.0.0.1:5001/", true],
  ["tauri://localhost/index.html", false],
  ["file:///etc/passwd", false],
  ["javascript:alert(1)", false],
  // Half an address leads elsewhere.
  [`https://example.com/${"x".repeat(1980)}`, false],
])("offers the browser for %.40s: %s", (url, offered) => {
  expect(forBrowser({ kind: "elsewhere", url })).toBe(offered);
});
