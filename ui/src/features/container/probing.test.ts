import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useClient, type Client } from "../../ipc/client";
import type { Probe } from "../../ipc/generated/Probe";
import { Probing, silence } from "./probing.svelte";

const fine: Probe = { answer: "http", status: 200, reason: "OK", millis: 3, title: null, content_type: null };

function answers(after: number): { asked: number } {
  const counter = { asked: 0 };
  useClient({
    probe: () => {
      counter.asked += 1;
      return Promise.resolve(counter.asked > after ? fine : { answer: "refused" });
    },
  } as Partial<Client> as Client);
  return counter;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("waits quietly until the port answers", async () => {
  answers(3);
  const probing = new Probing();
  const done = probing.until("127.0.0.1", 80, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(1000);
  expect(probing.phase).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1000);
  await done;
  expect(probing.phase).toBe("answers");
});

it("explains the silence after ten seconds, and goes on asking", async () => {
  answers(30);
  const probing = new Probing();
  const done = probing.until("127.0.0.1", 80, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(probing.phase).toBe("waiting");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(probing.phase).toBe("silent");
  await vi.advanceTimersByTimeAsync(60_000);
  await done;
  expect(probing.phase).toBe("answers");
});

it("asks no more once it is told to stop", async () => {
  const counter = answers(1000);
  const stop = new AbortController();
  const done = new Probing().until("127.0.0.1", 80, stop.signal);
  await vi.advanceTimersByTimeAsync(1000);
  stop.abort();
  await vi.advanceTimersByTimeAsync(1000);
  await done;
  const before = counter.asked;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(counter.asked).toBe(before);
});

it.each<[Probe | null, RegExp]>([
  [{ answer: "refused" }, /another port/],
  [{ answer: "reset" }, /closes it/],
  [{ answer: "not-http" }, /HTTP/],
  [{ answer: "timeout" }, /busy/],
  [{ answer: "failed", why: "no route" }, /no route/],
  [null, /another port/],
])("%o is explained", (probe, why) => expect(silence(probe, 80).why).toMatch(why));
