import { expect, test } from "vitest";
import { blankEnv, DOTS, formatEnv, isBlankEnv, isSecret, maskedEnv, parseEnv, withKnownSecrets } from "./env";

test.each<[string, string, string | null]>([
  ["DEBUG=1", "DEBUG", "1"],
  ["URL=http://a?b=c", "URL", "http://a?b=c"],
  ["EMPTY=", "EMPTY", ""],
  ["HOME", "HOME", null],
  ["=odd", "", "odd"],
  ["TEXT=two words\nand a line", "TEXT", "two words\nand a line"],
])("%j is read and written unchanged", (text, name, value) => {
  const row = parseEnv(text);
  expect([row.name, row.value]).toEqual([name, value]);
  expect(formatEnv(row)).toBe(text);
});

test("an empty row writes nothing", () => {
  expect(isBlankEnv(blankEnv())).toBe(true);
  expect(isBlankEnv(parseEnv("A"))).toBe(false);
});

test.each<[string, boolean]>([
  ["POSTGRES_PASSWORD", true],
  ["DB_PASS", true],
  ["PWD", false],
  ["password", true],
  ["GITHUB_TOKEN", true],
  ["AWS_SECRET_ACCESS_KEY", true],
  ["API_KEY", true],
  ["apikey", true],
  ["AUTH", true],
  ["DEBUG", false],
  ["AUTHOR", false],
  ["COMPASS_HEADING", false],
  ["KEYBOARD", false],
  ["PATH", false],
])("%s holds a secret: %s", (name, secret) => {
  expect(isSecret(name)).toBe(secret);
});

test("a secret value is shown as dots, and dots that come back stand for what was typed", () => {
  const typed = [parseEnv("DB_PASSWORD=hunter2"), parseEnv("DEBUG=1"), parseEnv("API_KEY=")];
  const shown = typed.map(maskedEnv).map(formatEnv);
  expect(shown).toEqual([`DB_PASSWORD=${DOTS}`, "DEBUG=1", "API_KEY="]);
  const back = withKnownSecrets([...shown.map(parseEnv), parseEnv(`NEW_TOKEN=${DOTS}`)], typed);
  expect(back.map(formatEnv)).toEqual(["DB_PASSWORD=hunter2", "DEBUG=1", "API_KEY=", `NEW_TOKEN=${DOTS}`]);
});

test("what stands for a secret that was not kept is no secret", () => {
  const kept = [parseEnv("DB_PASSWORD=***"), parseEnv("API_KEY=***")];
  // It is shown, so that the app can complain about it, unless its value is still known.
  expect(kept.map(maskedEnv).map(formatEnv)).toEqual(["DB_PASSWORD=***", "API_KEY=***"]);
  expect(withKnownSecrets(kept, [parseEnv("API_KEY=hunter2")]).map(formatEnv)).toEqual(["DB_PASSWORD=***", "API_KEY=hunter2"]);
});
