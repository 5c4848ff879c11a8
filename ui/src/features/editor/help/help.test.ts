import { describe, expect, test } from "vitest";
import { flagsOf, instructionList, type InstructionName } from "../syntax/instructions";
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
    ["FROM a A|", "A: AS"],
    ["FROM a AS |", "nothing"],
    ["FROM a AS b|", "nothing"],
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
    ["ARG V=1\nFROM a\nENV B=1\nFROM c:$|", "$: $V"],
    ["ARG V=1\nARG W=$|", "$: $V"],
    ["ARG V=1\nFROM a\nENV A=1\nWORKDIR /$|", "$: $A"],
    ["ARG V=1\nFROM a\nARG V\nWORKDIR /$|", "$: $V"],
    ["FROM a AS b\nENV A=1\nFROM b\nENV B=1\nWORKDIR /$|", "$: $A $B"],
    ["ARG V=1\nFROM a\nARG |", ": V TARGETPLATFORM TARGETOS TARGETARCH"],
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
    ["FROM a\nCO|PY <<EOF /x\ny\nEOF", "COPY (lines 2 to 4): Writes the lines below it to /x."],
    ["FROM a\nCO|PY <<EOF z /x/\ny\nEOF", "COPY (lines 2 to 4): Writes the lines below it to /x/. Copies z from the context folder to /x/."],
    ["FROM a\nA|DD https://example.org/a.tar.gz /x", "ADD (line 2): Fetches https://example.org/a.tar.gz to /x."],
    ["FROM a\nA|DD --unpack=true https://example.org/a.tar.gz /x", "ADD (line 2): Fetches https://example.org/a.tar.gz and unpacks it to /x."],
    ["FROM a\nA|DD https://example.org/a.git#v1 /x", "ADD (line 2): Fetches the repository https://example.org/a.git#v1 to /x."],
    ["FROM a\nA|DD git@example.org:a/b.git /x", "ADD (line 2): Fetches the repository git@example.org:a/b.git to /x."],
    ["FROM a\nA|DD a.tar.gz /x", "ADD (line 2): Unpacks a.tar.gz from the context folder to /x."],
    ["FROM a\nA|DD --unpack=false a.tar.gz b /x/", "ADD (line 2): Copies a.tar.gz and b from the context folder to /x/."],
    ["FROM a\nA|DD a.tar b.txt /x/", "ADD (line 2): Unpacks a.tar from the context folder to /x/. Copies b.txt from the context folder to /x/."],
    ["FROM a\nCO|PY a.tar.gz /x", "COPY (line 2): Copies a.tar.gz from the context folder to /x."],
    ["FROM a\nCOPY --fr|om=x a b", "--from (line 2): Copies from another stage, or from another image, instead of the context folder."],
    ["FROM a\nE|NV A=1 B=2", "ENV (line 2): Sets A and B."],
    ["A|RG V", "ARG (line 1): V has no value unless the build is given one."],
    ["A|RG V=1 W", "ARG (line 1): V is 1 unless the build is given another. W has no value unless the build is given one."],
    ["ARG V=1\nFROM a\nA|RG V", "ARG (line 3): V is 1, as above FROM, unless the build is given another."],
    ["ARG V=1\nFROM a\nA|RG V=2", "ARG (line 3): V is 2 unless the build is given another."],
    ["ARG V\nFROM a\nA|RG V", "ARG (line 3): V has no value unless the build is given one."],
    ["FROM a AS b\nARG V=1\nFROM b\nA|RG V", "ARG (line 4): V keeps the value that it has above unless the build is given another."],
    ["FROM a\nA|RG TARGETARCH", "ARG (line 2): BuildKit gives TARGETARCH its value: the kind of computer that the build is made on or for."],
    ["FROM a\nC|MD [\"python\", \"app.py\"]", "CMD (line 2): A container starts python."],
    ["FROM a\nENTRYPOINT [\"python\"]\nC|MD [\"app.py\", \"-v\"]", "CMD (line 3): Gives python its arguments: app.py -v."],
    ["FROM a\nC|MD [\"app.py\"]\nENTRYPOINT [\"/usr/bin/python\", \"-u\"]", "CMD (line 2): Gives python its arguments: app.py."],
    ["FROM a AS b\nENTRYPOINT [\"python\"]\nFROM b\nC|MD [\"app.py\"]", "CMD (line 4): Gives python its arguments: app.py."],
    ["FROM a\nENTRYPOINT python app.py\nC|MD [\"-v\"]", "CMD (line 3): Has no effect: the ENTRYPOINT in line 2 starts a shell, which takes no arguments."],
    ["FROM a\nENTRYPOINT []\nC|MD [\"python\"]", "CMD (line 3): A container starts python."],
    ["FROM a\nENTRY|POINT [\"python\"]\nCMD [\"app.py\"]", "ENTRYPOINT (line 2): A container starts python."],
    ["FROM a\nEX|POSE 80 81/udp", "EXPOSE (line 2): The program inside listens on 80 and 81/udp."],
    ["FROM a\nONBUILD R|UN make", "RUN (line 2): Runs make."],
    ["FROM a\nR|UN if [ -f x ]; then make; fi", "RUN (line 2): Runs a few lines of shell."],
    ["FROM a\nR|UN for x in a b; do make $x; done", "RUN (line 2): Runs a few lines of shell."],
    ["FROM a\nR|UN [ -f x ] && make", "RUN (line 2): Runs a few lines of shell."],
    ["FROM a\nR|UN make && if true; then b; fi", "RUN (line 2): Runs 3 commands, make first."],
    ["FROM a\nR|UN [\"npm\", \"ci\"]", "RUN (line 2): Runs npm ci."],
    ["FROM a\nVO|LUME [\"/a\", \"/b c\"]", "VOLUME (line 2): Keeps what is in /a and /b c outside of the container’s own files."],
    ["FROM a\nVO|LUME /a", "VOLUME (line 2): Keeps what is in /a outside of the container’s own files."],
    ["FROM a\nLA|BEL a=1 \"b c\"=2", "LABEL (line 2): Writes notes on the image: a and b c."],
    ["FROM a\nLA|BEL a 1", "LABEL (line 2): Writes notes on the image: a."],
    ["FROM a\nHEALTH|CHECK --interval=5s CMD curl -f localhost", "HEALTHCHECK (line 2): Asks curl every 5s whether the program is well."],
    ["FROM a\nHEALTH|CHECK CMD [\"/bin/look\"]", "HEALTHCHECK (line 2): Asks look every 30s whether the program is well."],
    ["FROM a\nHEALTH|CHECK none", "HEALTHCHECK (line 2): Turns the check of the base image off."],
    ["FROM a\nSH|ELL [\"/bin/bash\", \"-c\"]", "SHELL (line 2): Lines below that are not in brackets run with /bin/bash -c."],
    ["FROM a\nSTOP|SIGNAL SIGINT", "STOPSIGNAL (line 2): docker stop sends SIGINT to the program."],
    ["FROM a\nON|BUILD RUN make", "ONBUILD (line 2): Waits for an image that is built on this one, and works there. Runs make."],
    ["FROM a\nMAIN|TAINER Ada Lovelace", "MAINTAINER (line 2): Says that Ada Lovelace made the image."],
    ["FROM a\nUS|ER ada", "USER (line 2): Everything below runs as ada."],
    ["FROM a\nWORK|DIR /a b", "WORKDIR (line 2): Everything below happens in /a b."],
    ["FROM a\nRUN ma|ke", null],
    ["HEL|LO", null],
    ["# F|ROM a", null],
  ])("%s", (marked, want) => {
    expect(told(marked)).toBe(want);
  });
});

const whole: Readonly<Record<InstructionName, string>> = {
  FROM: "FROM a", RUN: "RUN a", COPY: "COPY a b", ADD: "ADD a b", WORKDIR: "WORKDIR a", ENV: "ENV A=1", ARG: "ARG A", EXPOSE: "EXPOSE 80", CMD: "CMD a", ENTRYPOINT: "ENTRYPOINT a", USER: "USER a",
  VOLUME: "VOLUME a", LABEL: "LABEL a=b", HEALTHCHECK: "HEALTHCHECK NONE", SHELL: 'SHELL ["a"]', STOPSIGNAL: "STOPSIGNAL 9", ONBUILD: "ONBUILD RUN a", MAINTAINER: "MAINTAINER a",
};

test.each(instructionList)("a whole line of %s is told", (name) => {
  const card = explainAt(parse(`FROM x\n${whole[name]}`), 7);
  expect(card?.title).toBe(name);
  expect(card?.paragraphs).toHaveLength(3);
});

test.each(instructionList)("%s and its flags are explained", (name) => {
  expect(en.dockerfile.does[name]).toHaveLength(2);
  for (const flag of flagsOf(name)) expect(en.dockerfile.flags[`${name} --${flag}`]).toMatch(/\.$/);
});
