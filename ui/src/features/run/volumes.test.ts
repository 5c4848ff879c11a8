import { describe, expect, test } from "vitest";
import { blankVolume, formatVolume, isBlankVolume, isReadOnly, parseVolume, sourceKind, withReadOnly } from "./volumes";

describe("what stands after -v is read and written unchanged", () => {
  test.each<[string, string, string, string]>([
    ["/home/me/app:/app", "/home/me/app", "/app", ""],
    ["/home/me/app:/app:ro", "/home/me/app", "/app", "ro"],
    ["data:/var/lib/data", "data", "/var/lib/data", ""],
    ["/var/lib/data", "", "/var/lib/data", ""],
    ["C:\\Users\\me:/app", "C:\\Users\\me", "/app", ""],
    ["C:/Users/me:/app:ro,z", "C:/Users/me", "/app", "ro,z"],
    ["./src:/src", "./src", "/src", ""],
  ])("%s", (text, source, target, options) => {
    const row = parseVolume(text);
    expect([row.source, row.target, row.options, row.raw]).toEqual([source, target, options, null]);
    expect(formatVolume(row)).toBe(text);
  });
});

test.each(["", ":", "a::b", "a:b:c:d", ":/app"])("what has another shape is kept word for word: %j", (text) => {
  expect(formatVolume(parseVolume(text))).toBe(text);
});

test("an empty row writes nothing", () => {
  expect(isBlankVolume(blankVolume())).toBe(true);
});

test.each([
  ["/srv", "folder"],
  ["./here", "folder"],
  ["~/code", "folder"],
  ["C:\\data", "folder"],
  ["\\\\server\\share", "folder"],
  ["data", "volume"],
  ["c", "volume"],
  ["", "none"],
])("%j is a %s", (source, kind) => {
  expect(sourceKind(source)).toBe(kind);
});

test("read only comes and goes, and the other options stay", () => {
  expect(withReadOnly("", true)).toBe("ro");
  expect(withReadOnly("z,ro", false)).toBe("z");
  expect(withReadOnly("rw,z", true)).toBe("z,ro");
  expect(isReadOnly(parseVolume("/a:/b:z,ro"))).toBe(true);
  expect(isReadOnly(parseVolume("/a:/b"))).toBe(false);
});
