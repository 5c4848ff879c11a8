// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { BuildWhole } from "../../ipc/generated/BuildWhole";
import { builds } from "../../stores/builds.svelte";
import { buildSummary, buildWhole } from "../../testing/builds";
import { LiveBuild } from "./live.svelte";

const real = client();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  useClient(real);
});

it("says how fast the folder is sent while it is, and not the last speed once nothing comes", async () => {
  const live = new LiveBuild(1);
  let sent: BuildWhole["sent"] = { files: 1, bytes: 0, done: false };
  useClient({ ...real, build: () => Promise.resolve(buildWhole([], { sent })) } satisfies Client);
  /** What is told now. */
  const tell = async (bytes: number, done = false): Promise<void> => {
    sent = { files: 1, bytes, done };
    await live.again();
  };
  await tell(1_000_000);
  vi.advanceTimersByTime(1_000);
  await tell(3_000_000);
  expect(live.speedAt(Date.now())).toBe(2_000_000);
  vi.advanceTimersByTime(2_000);
  expect(live.speedAt(Date.now())).toBe(2_000_000);
  vi.advanceTimersByTime(2_000);
  expect(live.speedAt(Date.now())).toBeNull();
  // It goes on: the pause is part of what it took.
  await tell(5_000_000);
  expect(live.speedAt(Date.now())).toBe(500_000);
  await tell(5_000_000, true);
  expect(live.speedAt(Date.now())).toBeNull();
});

it("tells the history of its end, which the history may hear of later", async () => {
  builds.apply({ reset: true, changed: [buildSummary(1, { state: "running" })], removed: [] });
  const live = new LiveBuild(1);
  const summary = buildSummary(1, { state: "failed" });
  useClient({ ...real, build: () => Promise.resolve(buildWhole([], { summary })) } satisfies Client);
  await live.again();
  expect(builds.get(1)?.state).toBe("failed");
});
