import { describe, expect, it } from "vitest";
import { exitWords, factsOf, looksSecret } from "./facts";

describe("what inspect says", () => {
  it("is read from a list or from one object", () => {
    const one = { Path: "python", Args: ["app.py"], Config: { Tty: true, Env: ["A=1", "EMPTY"] } };
    for (const json of [JSON.stringify([one]), JSON.stringify(one)]) {
      const facts = factsOf(json);
      expect(facts.command).toEqual(["python", "app.py"]);
      expect(facts.tty).toBe(true);
      expect(facts.env).toEqual([
        { name: "A", value: "1", secret: false },
        { name: "EMPTY", value: "", secret: false },
      ]);
    }
  });

  it.each(["{}", "[]", "null", '"text"', '{"Config":null,"State":[],"Mounts":{"a":1},"HostConfig":7}'])(
    "survives what it doesn't know: %s",
    (json) => expect(factsOf(json).command).toEqual([]),
  );

  it("has an end only after the program has ended", () => {
    const never = { State: { Running: false, ExitCode: 0, FinishedAt: "0001-01-01T00:00:00Z" } };
    expect(factsOf(JSON.stringify(never))).toMatchObject({ finished: null, exitCode: null });
    const again = { State: { Running: true, ExitCode: 0, FinishedAt: "2026-01-01T00:00:00Z" } };
    expect(factsOf(JSON.stringify(again))).toMatchObject({ finished: null, exitCode: null });
    const ended = { State: { Running: false, ExitCode: 3, FinishedAt: "2026-01-01T00:00:00.123456789Z" } };
    expect(factsOf(JSON.stringify(ended))).toMatchObject({ finished: Date.UTC(2026, 0, 1, 0, 0, 0, 123), exitCode: 3 });
  });

  it.each([
    ["DATABASE_PASSWORD", "x", true],
    ["API_TOKEN", "x", true],
    ["DATABASE_URL", "postgres://ada:pw@db/x", true],
    ["DATABASE_URL", "postgres://db/x", false],
    ["HOME", "/root", false],
    ["API_TOKEN", "", false],
  ])("%s=%s hidden: %s", (name, value, hidden) => expect(looksSecret(name, value)).toBe(hidden));
});

it.each([
  [0, false, /did its job/],
  [1, false, /exit 1/],
  [127, false, /not found/],
  [137, false, /by force/],
  [137, true, /memory/],
  [143, false, /asked/],
])("exit %i (out of memory: %s) is told", (code, memory, words) => expect(exitWords(code, memory)).toMatch(words));
