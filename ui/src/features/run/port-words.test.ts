import { expect, test } from "vitest";
import type { Check } from "./port-checks.svelte";
import { portNote, reachWords } from "./port-words";
import { parsePort } from "./ports";

test.each<[string, Check | null, string | null, boolean, number | null]>([
  ["5000:5050", { state: "free" }, "5000 is free", false, null],
  ["5000:5050", { state: "asking" }, "Looking at 5000…", false, null],
  ["5000:5050", { state: "taken", by: "process gunicorn", next_free: 5001 }, "5000 is used by process gunicorn", true, 5001],
  ["5000:5050", { state: "taken", by: null, next_free: null }, "5000 is in use", true, null],
  ["80:80", { state: "free" }, "80 is free, but ports under 1024 are kept for well-known programs", false, null],
  ["80:80", { state: "privileged", next_free: 8080 }, "Ports under 1024, such as 80, need more rights than this engine has", false, 8080],
  ["5000:5050", { state: "elsewhere" }, "The engine is on another computer, so 5000 is checked when it runs", false, null],
  ["5000:5050", null, null, false, null],
  ["5050", null, "The engine picks a free port when the container starts.", false, null],
  ["8000-8999:8000-8999", null, "A range is checked when it runs", false, null],
  ["8000-8010:8000-8010", { state: "asking" }, "Looking at 8000-8010…", false, null],
  ["8000-8010:8000-8010", { state: "free" }, "All ports of 8000-8010 are free", false, null],
  ["8000-8010:8000-8010", { state: "taken", by: "container web", next_free: 8011, port: 8003 }, "8003, which is in this range, is used by container web", true, null],
  ["8000-8010:80", { state: "free" }, "The engine takes the first free port of 8000-8010", false, null],
  ["8000-8010:80", { state: "taken", by: null, next_free: null, port: 8010 }, "Every port of 8000-8010 is in use", true, null],
  ["80-90:80-90", { state: "privileged", next_free: 8080 }, "Ports under 1024, such as 80, need more rights than this engine has", false, null],
  ["nonsense:80", null, null, false, null],
  ["127.0.0.1:0:80", null, "There is no port 0. For any free port, leave the field empty", true, null],
])("%s %j", (spec, check, words, blocks, use) => {
  const note = portNote(parsePort(spec), check, false);
  expect([note?.text ?? null, note?.blocks ?? false, note?.use ?? null]).toEqual([words, blocks, use]);
});

test("a port that is asked for twice is said before anything else", () => {
  expect(portNote(parsePort("5000:80"), { state: "free" }, true)).toMatchObject({ blocks: true, text: "5000 is already in a row above" });
});

test.each<[string, boolean]>([
  ["127.0.0.1", false],
  ["0.0.0.0", true],
  ["", true],
  ["[::]", true],
  ["192.168.1.5", false],
])("address %j needs words: %s", (address, words) => {
  expect(reachWords(address) !== null).toBe(words);
});
