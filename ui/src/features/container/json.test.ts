import { expect, it } from "vitest";
import { indent, jsonParts, splitFound } from "./json";

it.each([
  ['  "Id": "4f\\"1c",', ["mark:  ", 'key:"Id"', "mark::", "mark: ", 'string:"4f\\"1c"', "mark:,"]],
  ['"n": -1.5e3', ['key:"n"', "mark::", "mark: ", "number:-1.5e3"]],
  ["true", ["word:true"]],
])("%s in its pieces", (line, wanted) => {
  expect(jsonParts(line).map(({ kind, text }) => `${kind}:${text}`)).toEqual(wanted);
});

it.each(['{"a": [1, "b\\\\", null]}', '  "x" : tru', '"half', "–€ß 12ab"])("loses nothing of %s", (line) => {
  expect(jsonParts(line).map((part) => part.text).join("")).toBe(line);
});

it.each([
  ["Ports", "port", ["[Port]", "s"]],
  ["aXbxc", "x", ["a", "[X]", "b", "[x]", "c"]],
  ["abc", "", ["abc"]],
  ["abc", "z", ["abc"]],
  ["İx", "x", ["İx"]],
])("%s with %s found", (text, wanted, pieces) => {
  expect(splitFound(text, wanted).map((found) => (found.hit ? `[${found.text}]` : found.text))).toEqual(pieces);
});

it("leaves what is not JSON as it is", () => expect(indent("oh no")).toBe("oh no"));
