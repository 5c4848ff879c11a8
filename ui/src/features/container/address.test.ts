import { expect, it } from "vitest";
import { pathWithin } from "./address";

const base = "http://127.0.0.1:5000";

it.each([
  ["", "/"],
  ["/a?b#c", "/a?b#c"],
  ["http://127.0.0.1:5000/x", "/x"],
  ["127.0.0.1:5000/x", "/x"],
  ["HTTP://127.0.0.1:5000", "/"],
  ["http://127.0.0.1:5001/", null],
  ["https://127.0.0.1:5000/", null],
  ["http://example.org/", null],
  ["//example.org/", null],
  ["javascript:alert(1)", null],
  ["file:///etc/passwd", null],
  ["http://user:pw@127.0.0.1:5000/", null],
])("%s leads to %s", (typed, path) => expect(pathWithin(base, typed)).toBe(path));
