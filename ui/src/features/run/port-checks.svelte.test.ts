import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useClient, type Client } from "../../ipc/client";
import { PortChecks } from "./port-checks.svelte";
import { parsePort } from "./ports";

/** An app where these ports are taken; answers which it was asked for. */
function taken(...ports: number[]): number[] {
  const asked: number[] = [];
  useClient({
    checkPort: (_address: string | null, port: number) => {
      asked.push(port);
      return Promise.resolve(ports.includes(port) ? { state: "taken", by: "container web", next_free: null } : { state: "free" });
    },
  } as Partial<Client> as Client);
  return asked;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each<[string, number[], string, number | undefined, number]>([
  ["5000:80", [], "free", undefined, 1],
  ["5000:80", [5000], "taken", 5000, 1],
  ["8000-8010:8000-8010", [], "free", undefined, 11],
  // What is behind the first that is taken no longer matters.
  ["8000-8010:8000-8010", [8003, 8005], "taken", 8003, 4],
  // The engine takes the first that is free.
  ["8000-8002:80", [8000, 8001], "free", undefined, 3],
  ["8000-8002:80", [8000, 8001, 8002], "taken", 8002, 3],
])("%s with %j taken is %s", async (spec, ports, state, port, times) => {
  const asked = taken(...ports);
  const row = parsePort(spec);
  const checks = new PortChecks();
  expect(checks.of(row)).toEqual({ state: "asking" });
  await checks.look(row);
  const check = checks.of(row);
  expect(check?.state).toBe(state);
  expect(check && "port" in check ? check.port : undefined).toBe(port);
  expect(asked).toHaveLength(times);
});

it("does not look at each port of a long range", async () => {
  const asked = taken();
  const row = parsePort("8000-8050:8000-8050");
  const checks = new PortChecks();
  await checks.look(row);
  expect([checks.of(row), asked]).toEqual([null, []]);
  await checks.look(parsePort("8000-8049:8000-8049"));
  expect(asked).toHaveLength(50);
});

it("stops looking at a range that is typed over", async () => {
  const asked = taken();
  const row = parsePort("8000-8040:8000-8040");
  const checks = new PortChecks();
  const leave = checks.follow(row);
  await vi.advanceTimersByTimeAsync(299);
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(1);
  leave();
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(1);
  expect(checks.of(row)).toEqual({ state: "asking" });
});
