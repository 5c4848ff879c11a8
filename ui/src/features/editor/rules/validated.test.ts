import { ValidationCode as Code } from "dockerfile-utils";
import { describe, expect, test } from "vitest";
import { parse } from "../syntax/parse";
import { stageByStage, validated, type Told } from "./validated";

const TWICE: number = Code.DUPLICATE_BUILD_STAGE_NAME;

/** A reader that keeps what it was given to read, and finds each `!`. */
function reader(): { read: string[]; find: (text: string) => Told[] } {
  const read: string[] = [];
  const find = stageByStage((part) => {
    read.push(part);
    return [...part.matchAll(/!/g)].map(({ index }) => ({ code: 1, severity: "error", from: index, to: index + 1, message: "" }));
  });
  return { read, find: (text) => (read.splice(0), find(parse(text))) };
}

describe("a text read stage by stage", () => {
  const stages = ["ARG V=1\nFROM a\nRUN a\n", "FROM b\nRUN !\n", "FROM c\nRUN c\n"] as const;

  test("what stands as it stood is not read again", () => {
    const { read, find } = reader();
    const [before] = find(stages.join(""));
    expect(read).toEqual(stages);
    expect(before?.from).toBe(stages.join("").indexOf("!"));
    find(stages.join(""));
    expect(read).toEqual([]);
    const text = `${stages[0]}# more\n${stages[1]}${stages[2]}RUN d\n`;
    // What was found where nothing changed moves down with it.
    expect(find(text).map((it) => it.from)).toEqual([text.indexOf("!")]);
    expect(read).toEqual([`${stages[0]}# more\n`, `${stages[2]}RUN d\n`]);
  });

  test("what the last text did not have is read again", () => {
    const { read, find } = reader();
    find(stages[0]);
    find(stages[1]);
    find(stages[0]);
    expect(read).toEqual([stages[0]]);
  });

  test("each part is told of another sign that ends a line", () => {
    const { read, find } = reader();
    const text = "# escape=`\nFROM a\nFROM b\nRUN a `\n !\n";
    expect(find(text).map((it) => it.from)).toEqual([text.indexOf("!")]);
    expect(read).toEqual(["# escape=`\nFROM a\n", "# escape=`\nFROM b\nRUN a `\n !\n"]);
  });

  test("a name that two stages have is told of both", () => {
    const text = "FROM a AS one\nFROM b AS two\nFROM c AS One\n";
    expect(validated(parse(text)).map((it) => text.slice(it.from, it.to))).toEqual(["one", "One"]);
  });

  test("a variable in a first instruction that is indented", () => {
    const text = "# c\n  ENV A=$B\n  ENV\n";
    expect(validated(parse(text)).map((it) => text.slice(it.from, it.to))).toEqual(["ENV", "ENV"]);
  });

  test("a comment that hides what follows hides it behind a stage's end too", () => {
    expect(validated(parse("FROM a\n# dockerfile-utils: ignore\nFROM b c d e\n"))).toEqual([]);
    expect(validated(parse("FROM a\n# another word\nFROM b c d e\n"))).not.toEqual([]);
  });

  test("finds what a text read as a whole finds", () => {
    const pieces = [
      "FROM", "FROM a", "FROM $A AS b", "FROM a AS", "from a:", "\nFROM b\n", "\nFROM c AS d\n", "ARG A", "ARG A=1", "\nRUN x\n", "RUN", " \\\n", "`\n", "\n", "\n", "  ", "# escape=`\n", "# escape=\\\n", "# c\n",
      "# syntax=a\n", "COPY a b c", "COPY --from=d x /y", "ADD a", "RUN <<E\nFROM e\nE\n", "CMD a\nCMD b\n", "\nENTRYPOINT [\"a\"]\n", "ENV a", "ENV A=\"b", "HEALTHCHECK CMD a", "ONBUILD FROM a", "ONBUILD RUN a", "\nEXPOSE a\n",
      "WORKDIR", "MAINTAINER m", "\\", "'", '"', "é", "\t", "[", "\nLABEL a b=c\n", "STOPSIGNAL x", "SHELL a", "USER", "VOLUME [\"a\"", "${A:-b}", "$",
    ];
    let seed = 11;
    const next = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648);
    const written = (found: readonly Told[]): string[] => found.filter((it) => it.code !== TWICE).map((it) => JSON.stringify(it)).sort();
    let told = 0;
    for (let round = 0; round < 1_500; round += 1) {
      const text = Array.from({ length: 4 + (next() % 16) }, () => pieces[next() % pieces.length]).join("");
      const file = parse(text);
      const parts = written(validated(file));
      expect(parts, JSON.stringify(text)).toEqual(written(validated({ ...file, stages: [] })));
      told += parts.length;
    }
    expect(told).toBeGreaterThan(1_500);
  });
});
