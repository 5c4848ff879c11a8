import { describe, expect, test } from "vitest";
import { flagsOf, instructionList } from "../syntax/instructions";
import { en } from "../../../text/en";
import { parse } from "../syntax/parse";
import { complete } from "./complete";
import { Reader } from "../syntax/reader";
import { explainAt } from "./explain";

const known = { images: ["python:3.12-slim", "ubuntu"] };

/** What is offered at `|`: the first few, with the text that they take the place of. */
function offered(marked: string): string {
  const at = marked.indexOf("|");
  const whole = marked.replace("|", "");
  const found = complete(whole.slice(0, at), new Reader(), known);
  if (found === null) return "nothing";
  if ("paths" in found) return `paths ${found.paths.prefix}`;
  const { from, offers } = found.offers;
  return `${whole.slice(from, at)}: ${offers.slice(0, 4).map((offer) => offer.label).join(" ")}`;
}

describe("what could stand here", () => {
  test.each([
    ["|", ": FROM RUN COPY ADD"],
    ["F|", "F: FROM RUN COPY ADD"],
    ["FROM a\n  wo|", "wo: FROM RUN COPY ADD"],
    ["FROM |", ": python:3.12-slim ubuntu"],
    ["FROM py|", "py: python:3.12-slim ubuntu"],
    ["FROM a AS build\nFROM b|", "b: build python:3.12-slim ubuntu"],
    ["FROM a |", ": AS"],
    ["FROM --|", "--: --platform"],
    ["FROM --platform=|", ": linux/amd64 linux/arm64 linux/arm/v7 $BUILDPLATFORM"],
    ["FROM a\nCOPY --|", "--: --from --chown --chmod --link"],
    ["FROM a\nCOPY --from=x --|", "--: --chown --chmod --link --parents"],
    ["FROM a AS b\nFROM c\nCOPY --from=|", ": b python:3.12-slim ubuntu"],
    ["FROM a\nCOPY |", "paths "],
    ["FROM a\nCOPY src/ma|", "paths src/ma"],
    ["FROM a\nCOPY --link a b|", "paths b"],
    ["FROM a\nCOPY ./src/ma|", "paths src/ma"],
    ["FROM a\nCOPY [\"./a|", "paths a"],
    ["FROM a\nCOPY --from=b /x|", "nothing"],
    ["FROM a\nADD --ch|", "--ch: --chown --chmod --link --checksum"],
    ["FROM a\nRUN --mount=|", ": type= target= source= from="],
    ["FROM a\nRUN --mount=type=|", ": cache bind secret ssh"],
    ["FROM a\nRUN --mount=type=cache,|", ": target= id= sharing= from="],
    ["FROM a\nRUN make --|", "nothing"],
    ["FROM a\nRUN make|", "nothing"],
    ["ARG V=1\nFROM a:$|", "$: $V"],
    ["FROM a\nENV A=1 B=2\nWORKDIR /${|", "${: ${A} ${B}"],
    ["FROM a\nRUN echo $|", "nothing"],
    ["FROM a\nRUN <<EOF\nF|", "nothing"],
    ["FROM a\nRUN make \\\n  F|", "nothing"],
    ["FROM a\nONBUILD C|", "C: RUN COPY ADD WORKDIR"],
    ["FROM a\nHEALTHCHECK |", ": CMD NONE"],
    ["# F|", "nothing"],
    ["FROM a\n|\nRUN b", ": FROM RUN COPY ADD"],
  ])("%s", (marked, want) => {
    expect(offered(marked)).toBe(want);
  });
});

/** What the card at `|` says first. */
function told(marked: string): string | null {
  const card = explainAt(parse(marked.replace("|", "")), marked.indexOf("|"));
  return card === null ? null : `${card.title} (${card.where}): ${card.paragraphs[0] ?? ""}`;
}

describe("what a place does", () => {
  test.each<[string, string | null]>([
    ["F|ROM a", "FROM (line 1): Begins with a."],
    ["FROM a AS b\n|FROM b AS c", "FROM (line 2): Begins a stage named c that goes on from b."],
    ["FROM a\nR|UN pip install -r requirements.txt", "RUN (line 2): Runs pip install."],
    ["FROM a\nR|UN a b && \\\n c", "RUN (lines 2 to 3): Runs 2 commands, a b first."],
    ["FROM a\nCO|PY . /app", "COPY (line 2): Copies everything of the context folder to /app."],
    ["FROM a\nCO|PY a b c/", "COPY (line 2): Copies a and b from the context folder to c/."],
    ["FROM a\nCO|PY --from=x a b", "COPY (line 2): Copies a from x to b."],
    ["FROM a\nCOPY --fr|om=x a b", "--from (line 2): Copies from another stage, or from another image, instead of the context folder."],
    ["FROM a\nE|NV A=1 B=2", "ENV (line 2): Sets A and B."],
    ["A|RG V", "ARG (line 1): V has no value unless the build is given one."],
    ["FROM a\nC|MD [\"python\", \"app.py\"]", "CMD (line 2): A container starts python."],
    ["FROM a\nEX|POSE 80 81/udp", "EXPOSE (line 2): The program inside listens on 80 and 81/udp."],
    ["FROM a\nONBUILD R|UN make", "RUN (line 2): Runs make."],
    ["FROM a\nRUN ma|ke", null],
    ["HEL|LO", null],
    ["# F|ROM a", null],
  ])("%s", (marked, want) => {
    expect(told(marked)).toBe(want);
  });
});

test.each(instructionList)("%s and its flags are explained", (name) => {
  expect(en.dockerfile.does[name]).toHaveLength(2);
  for (const flag of flagsOf(name)) expect(en.dockerfile.flags[`${name} --${flag}`]).toMatch(/\.$/);
});
