import { describe, expect, test } from "vitest";
import { asksTwice, blankPort, firstTry, formatPort, isBlankPort, onePort, parseExposed, parsePort, type PortRow } from "./ports";

type Parts = Pick<PortRow, "address" | "host" | "container" | "protocol" | "raw">;

function parts(row: PortRow): Parts {
  const { address, host, container, protocol, raw } = row;
  return { address, host, container, protocol, raw };
}

describe("what stands after -p is read and written unchanged", () => {
  test.each<[string, Partial<Parts>]>([
    ["5000:5050", { host: "5000", container: "5050" }],
    ["5050", { container: "5050" }],
    ["127.0.0.1:5000:5050", { address: "127.0.0.1", host: "5000", container: "5050" }],
    ["127.0.0.1::5050", { address: "127.0.0.1", container: "5050" }],
    ["0.0.0.0:53:53/udp", { address: "0.0.0.0", host: "53", container: "53", protocol: "udp" }],
    ["8000-8010:9000-9010", { host: "8000-8010", container: "9000-9010" }],
    ["8080:80/tcp", { host: "8080", container: "80", protocol: "tcp" }],
    ["[::1]:8080:80", { address: "[::1]", host: "8080", container: "80" }],
    ["[::1]::80/sctp", { address: "[::1]", container: "80", protocol: "sctp" }],
    ["web:http", { host: "web", container: "http" }],
  ])("%s", (text, wanted) => {
    const row = parsePort(text);
    expect(parts(row)).toEqual({ address: "", host: "", container: "", protocol: "", raw: null, ...wanted });
    expect(formatPort(row)).toBe(text);
  });
});

describe("what has another shape is kept word for word", () => {
  test.each([":5050", "::5050", "1:2:3:4", "5000:5050/", "[::1:80", "published=80,target=80", ""])("%j", (text) => {
    const row = parsePort(text);
    expect(formatPort(row)).toBe(text);
  });
});

test("a new row reaches this computer only and writes nothing until it is filled in", () => {
  const row = blankPort();
  expect(isBlankPort(row)).toBe(true);
  expect(formatPort({ ...row, host: " 5000 ", container: "5050" })).toBe("127.0.0.1:5000:5050");
  expect(formatPort({ ...row, container: "5050" })).toBe("127.0.0.1::5050");
});

test.each<[string, string, string]>([
  ["5050/tcp", "5050", ""],
  ["53/udp", "53", "udp"],
  ["8000-8010/tcp", "8000-8010", ""],
  ["80", "80", ""],
])("EXPOSE %s", (text, container, protocol) => {
  expect(parseExposed(text)).toEqual({ container, protocol });
});

test.each([
  [5050, 5050],
  [80, 8080],
  [443, 8443],
  [22, 8022],
  [1024, 1024],
])("the port to try first for %i is %i", (container, host) => {
  expect(firstTry(container)).toBe(host);
});

test.each<[string, number | null]>([
  ["5000", 5000],
  [" 1 ", 1],
  ["65535", 65535],
  ["65536", null],
  ["0", null],
  ["", null],
  ["80-90", null],
  ["-1", null],
  ["http", null],
])("%j as one port is %s", (text, port) => {
  expect(onePort(text)).toBe(port);
});

test("the second row that asks for a port is told, whatever its address, unless the protocol differs", () => {
  const row = (text: string) => parsePort(text);
  const [first, second, udp, elsewhere] = [row("5000:80"), row("127.0.0.1:5000:81"), row("5000:82/udp"), row("5001:83")];
  const rows = [first, second, udp, elsewhere];
  expect(rows.map((each) => asksTwice(rows, each))).toEqual([false, true, false, false]);
});
