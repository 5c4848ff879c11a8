import { describe, expect, it, test } from "vitest";
import { cut, isCommand, MOST, placeIn, put, shownLine } from "./typed";

describe("what is typed", () => {
  it.each([
    ["docker", true],
    ["docker run ubuntu", true],
    ["  $ docker ps", true],
    ["> \\> docker pull hello-world", true],
    ["> \\>docker \\<COMMAND> --help", true],
    ["PS C:\\Users\\ada> docker ps", true],
    ["C:\\work> docker ps", true],
    ["ada@desk:~$ docker ps", true],
    ["# docker ps", true],
    ["sudo docker ps", true],
    ["sudo -u root docker ps", true],
    ["docker.exe ps", true],
    ["DOCKER_BUILDKIT=1 docker build .", true],
    ["one line\nanother", true],
    ["hello\n", false],
    ["dockerfile", false],
    ["my docker", false],
    ["", false],
  ])("%j is read as a command: %s", (text, command) => expect(isCommand(text)).toBe(command));

  it.each([
    ["> \\> docker pull ubuntu", "docker pull ubuntu"],
    ["$ docker ps", "docker ps"],
    ["# apt update", "apt update"],
    ["docker run \\\n  -d \\\n  nginx", "docker run -d nginx"],
    ["docker run `\n  -d nginx", "docker run -d nginx"],
    ["$", "$"],
  ])("%j is shown as %j", (text, shown) => expect(shownLine(text)).toBe(shown));
});

describe("a long text", () => {
  it.each([
    ["short", 10, "short", ""],
    ["one\ntwo\nthree", 8, "one\ntwo\n", "three"],
    ["one\ntwo\nthree", 7, "one\n", "two\nthree"],
    ["abcdefgh", 3, "abc", "defgh"],
    ["ab\u{1f40b}cd", 3, "ab", "\u{1f40b}cd"],
  ])("%j is cut at %d", (text, most, now, later) => expect(cut(text, most)).toEqual({ now, later }));

  test("of a megabyte is cut at once, and nothing of it is lost", () => {
    const text = "docker run ubuntu\n".repeat(60_000);
    const { now, later } = cut(text);
    expect(now.length).toBeLessThanOrEqual(MOST);
    expect(now + later).toBe(text);
  });
});

test("whatever is pasted is told apart at once", () => {
  for (const piece of ["a@", " ", "> ", "PS ", "C:x", "docker", "\\\n"]) {
    const text = piece.repeat(MOST / piece.length);
    expect(shownLine(text).length).toBeLessThanOrEqual(text.length);
    isCommand(text);
  }
});

test("a word takes its place, and the cursor goes behind it", () => {
  expect(put("docker imags ls", 7, 12, "images")).toEqual({ text: "docker images ls", cursor: 13 });
});

describe("the place of a mistake", () => {
  it.each([
    ["docker imags", { text: "docker imags", at: 0 }, { from: 7, to: 12 }, { from: 7, to: 12 }],
    ["$ docker imags", { text: "docker imags", at: 2 }, { from: 7, to: 12 }, { from: 9, to: 14 }],
    ["run `docker imags` now", { text: "docker imags", at: 0 }, { from: 7, to: 12 }, { from: 12, to: 17 }],
    ["docker", { text: "docker", at: 0 }, { from: 6, to: 9 }, { from: 6, to: 6 }],
    ["docker ps", { text: "docker  ps", at: 0 }, { from: 0, to: 1 }, null],
  ])("in %j of %j at %j", (text, line, place, found) => expect(placeIn(text, line, place)).toEqual(found));
});
