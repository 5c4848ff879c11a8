import { describe, expect, test, vi } from "vitest";
import type { SourceCheck } from "../../../ipc/generated/SourceCheck";
import { edited, type Finding } from "../finding";
import { parse } from "../syntax/parse";
import { templateIds, templateOf } from "../templates";
import { sourceFinding, sourcesOf } from "./copy-sources";
import { look } from ".";
import { distance, nearest } from "./near";
import type { LocalImage } from "./rule";

const images: LocalImage[] = [
  { reference: "ours", made: true },
  { reference: "ubuntu:22.04", made: false },
];

function found(text: string): Finding[] {
  return [...look(text, { images }).findings];
}

/** A row: what it is, the text, and what is found as `rule@line "place"`, with the text after each fix in turn. */
type Row = [name: string, text: string, want: string[], mended?: string];

function check(rows: Row[]): void {
  test.each(rows)("%s", (_name, text, want, mended) => {
    const findings = found(text);
    expect(findings.map((it) => `${it.rule}@${it.line} ${text.slice(it.from, it.to)}`)).toEqual(want);
    for (const it of findings) {
      expect(it.message).toMatch(/^[A-Z“a-z$.…/-].*[.!?]$/s);
      expect(it.why).toMatch(/[.!?]$/);
    }
    const fixable = findings.filter((it) => it.fix !== null);
    if (mended === undefined) expect(fixable.map((it) => it.rule)).toEqual([]);
    else {
      let now = text;
      for (let rounds = 0; rounds < 10; rounds += 1) {
        const next = found(now).find((it) => it.fix !== null)?.fix;
        if (!next) break;
        now = edited(now, next.edits);
      }
      expect(now).toBe(mended);
      expect(found(now).filter((it) => it.fix !== null)).toEqual([]);
    }
  });
}

const F = "FROM a:1\n";

describe("update and install", () => {
  check([
    ["apart, one after the other", `${F}RUN apt-get update\nRUN apt-get install -y curl\n`, ["apt-update@2 apt-get update"], `${F}RUN apt-get update && apt-get install -y curl\n`],
    ["apart, with a comment between", `${F}RUN apt-get update\n# curl\nRUN apt-get install -y curl\n`, ["apt-update@2 apt-get update"]],
    ["install alone", `${F}RUN apt install -y curl\n`, ["apt-update@2 apt install -y curl"], `${F}RUN apt update && apt install -y curl\n`],
    ["update alone", `${F}RUN apt-get update\n`, ["apt-update@2 apt-get update"]],
    ["together", `${F}RUN apt-get update && apt-get install -y curl\n`, []],
    ["together over lines", `${F}RUN apt-get update \\\n  && apt-get install -y \\\n    curl\n`, []],
    ["together in a heredoc", `${F}RUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n`, []],
    ["a second install after an update", `${F}RUN apt-get update && apt-get install -y curl\nRUN apt-get install -y wget\n`, []],
    ["each stage for itself", `${F}RUN apt-get update && apt-get install -y a\nFROM b:1\nRUN apt-get install -y b\n`, ["apt-update@4 apt-get install -y b"], `${F}RUN apt-get update && apt-get install -y a\nFROM b:1\nRUN apt-get update && apt-get install -y b\n`],
    ["an upgrade", `${F}RUN apt-get update && apt-get upgrade -y\n`, []],
  ]);
});

describe("questions that nobody answers", () => {
  check([
    ["apt-get", `${F}RUN apt-get update && apt-get install curl\n`, ["assume-yes@2 apt-get install curl"], `${F}RUN apt-get update && apt-get install -y curl\n`],
    ["dnf", `${F}RUN dnf install curl\n`, ["assume-yes@2 dnf install curl"], `${F}RUN dnf install -y curl\n`],
    ["conda", `${F}RUN conda install flask\n`, ["assume-yes@2 conda install flask"], `${F}RUN conda install -y flask\n`],
    ["pacman", `${F}RUN pacman -S curl\n`, ["assume-yes@2 pacman -S curl"], `${F}RUN pacman -S --noconfirm curl\n`],
    ["yes in many writings", `${F}RUN apt-get update && apt-get install -qqy a && apt-get -y install b && apt-get install --yes c && apt-get -qq install d\n`, []],
    ["a package with the name of a verb", `${F}RUN conda search install\n`, []],
    ["yes through a pipe", `${F}RUN apt-get update && yes | apt-get install curl\n`, []],
    ["words that only look like it", `${F}RUN echo apt-get install curl\n`, []],
  ]);
});

describe("ADD", () => {
  check([
    ["a file", `${F}ADD a.txt /\n`, ["add-copy@2 ADD"], `${F}COPY a.txt /\n`],
    ["in the exec form", `${F}ADD ["a b", "/"]\n`, ["add-copy@2 ADD"], `${F}COPY ["a b", "/"]\n`],
    ["an archive", `${F}ADD a.tar.gz /\n`, []],
    ["an address", `${F}ADD https://example.org/a /\n`, []],
    ["a repository", `${F}ADD git@example.org:a/b.git /\n`, []],
    ["a variable", `${F}ARG A\nADD $A /\n`, []],
    ["a flag of its own", `${F}ADD --checksum=sha256:00 a /\n`, []],
  ]);
});

describe("tags", () => {
  check([
    ["none, with one here", "FROM ubuntu\n", ["image-tag@1 ubuntu"], "FROM ubuntu:22.04\n"],
    ["none", "FROM debian\n", ["image-tag@1 debian"]],
    ["latest", "FROM debian:latest\n", ["image-tag@1 debian:latest"]],
    ["a registry with a port", "FROM host:5000/debian\n", ["image-tag@1 host:5000/debian"]],
    ["made here", "FROM ours\n", []],
    ["a stage, a digest, scratch, a variable", "ARG V=1\nFROM a:1 AS Build\nFROM build\nFROM a@sha256:0000000000000000000000000000000000000000000000000000000000000000\nFROM scratch\nFROM b:$V\n", []],
  ]);
});

describe("cd", () => {
  check([
    ["alone", `${F}RUN cd /app\n`, ["run-cd@2 cd /app"], `${F}WORKDIR /app\n`],
    ["before the last command", `${F}RUN cd /app && make\n`, ["run-cd@2 cd /app"], `${F}WORKDIR /app\nRUN make\n`],
    ["before something that others follow", `${F}RUN cd /app && make\nRUN b\n`, []],
    ["in the middle", `${F}RUN a && cd /app && make\n`, []],
    ["in a group", `${F}RUN cd app && make\n`, []],
  ]);
});

describe("the shell form", () => {
  check([
    ["CMD", `${F}CMD python app.py "a b"\n`, ["shell-form@2 CMD"], `${F}CMD ["python", "app.py", "a b"]\n`],
    ["ENTRYPOINT with a variable", `${F}ENTRYPOINT run $A\n`, ["shell-form@2 ENTRYPOINT"]],
    ["with exec", `${F}CMD exec run $A\n`, []],
    ["the exec form", `${F}CMD ["a"]\n`, []],
    ["where a SHELL is wanted", `${F}SHELL ["/bin/bash", "-c"]\nCMD a\n`, []],
  ]);
});

describe("secrets", () => {
  check([
    ["ENV", `${F}ENV DB_PASSWORD=x\nCMD ["a"]\n`, ["secrets@2 DB_PASSWORD"], `${F}CMD ["a"]\n`],
    ["ENV with several", `${F}ENV A=1 API_TOKEN=x B=2\n`, ["secrets@2 API_TOKEN"], `${F}ENV A=1 B=2\n`],
    ["the old ENV", `${F}ENV GITHUB_TOKEN a b\n`, ["secrets@2 GITHUB_TOKEN"], F],
    ["ARG", `${F}ARG NPM_TOKEN\n`, ["secrets@2 NPM_TOKEN"], F],
    ["words that only look like one", `${F}ENV MONKEY=1 PUBLIC_KEY=x TOKENIZER=y SECRET_FILE=/run/secrets/x KEYBOARD=z\n`, []],
  ]);
});

describe("ports", () => {
  check([
    ["waitress", `${F}EXPOSE 5000\nCMD ["waitress-serve", "--port=5050", "app:app"]\n`, ["expose-port@2 5000"], `${F}EXPOSE 5050\nCMD ["waitress-serve", "--port=5050", "app:app"]\n`],
    ["waitress with an address", `${F}EXPOSE 80/tcp\nCMD ["waitress-serve", "--listen=*:8080", "app:app"]\n`, ["expose-port@2 80/tcp"], `${F}EXPOSE 8080\nCMD ["waitress-serve", "--listen=*:8080", "app:app"]\n`],
    ["flask", `${F}EXPOSE 80\nCMD ["python", "-m", "flask", "run", "--port", "81"]\n`, ["expose-port@2 80"], `${F}EXPOSE 81\nCMD ["python", "-m", "flask", "run", "--port", "81"]\n`],
    ["gunicorn", `${F}EXPOSE 80\nENTRYPOINT ["gunicorn"]\nCMD ["-b", "0.0.0.0:81", "app"]\n`, ["expose-port@2 80"], `${F}EXPOSE 81\nENTRYPOINT ["gunicorn"]\nCMD ["-b", "0.0.0.0:81", "app"]\n`],
    ["uvicorn in the shell form", `${F}EXPOSE 80\nCMD exec uvicorn a:b --port 81\n`, ["expose-port@2 80"], `${F}EXPOSE 81\nCMD exec uvicorn a:b --port 81\n`],
    ["the same", `${F}EXPOSE 5050\nCMD ["waitress-serve", "--port=5050", "app:app"]\n`, []],
    ["one of several", `${F}EXPOSE 80 5050\nCMD ["waitress-serve", "--port=5050", "app:app"]\n`, []],
    ["several others", `${F}EXPOSE 80 81\nCMD ["waitress-serve", "--port=5050", "app:app"]\n`, ["expose-port@2 80"]],
    ["a range", `${F}EXPOSE 5000-5100\nCMD ["waitress-serve", "--port=5050", "app:app"]\n`, []],
    ["no port named", `${F}EXPOSE 80\nCMD ["node", "index.js"]\n`, []],
    ["a variable", `${F}EXPOSE 80\nCMD exec gunicorn -b 0.0.0.0:$PORT app\n`, []],
    ["the last CMD counts", `${F}EXPOSE 81\nCMD ["flask", "run", "--port=80"]\nCMD ["flask", "run", "--port=81"]\n`, ["several@3 CMD"], `${F}EXPOSE 81\nCMD ["flask", "run", "--port=81"]\n`],
  ]);
});

describe("sudo", () => {
  check([
    ["in front", `${F}RUN sudo make\n`, ["sudo@2 sudo"], `${F}RUN make\n`],
    ["after USER", `${F}USER ada\nRUN sudo make\n`, []],
    ["installing it", `${F}RUN apt-get update && apt-get install -y sudo\n`, []],
  ]);
});

describe("what docker refuses", () => {
  check([
    ["an instruction with a slip", `${F}RNU make\n`, ["unknown-instruction@2 RNU"], `${F}RUN make\n`],
    ["an instruction that nobody can guess", `${F}XYZZY make\n`, ["unknown-instruction@2 XYZZY"]],
    ["no FROM", "RUN make\n", ["no-from@1 RUN"], "FROM ubuntu:22.04\nRUN make\n"],
    ["small letters", "from a:1\n", ["casing@1 from"], "FROM a:1\n"],
    ["a flag with a slip", `${F}COPY --chwon=1 a b\n`, ["unknown-flag@2 --chwon"], `${F}COPY --chown=1 a b\n`],
    ["flags that came later", `${F}COPY --link --parents --exclude=*.x a b\nADD --unpack=true --checksum=sha256:00 a.tar b\nRUN --mount=type=cache,target=/x --network=none --security=insecure make\n`, []],
    ["a port that is none", `${F}EXPOSE x\n`, ["port@2 x"]],
    ["single quotes in brackets", `${F}CMD ['a', 'b']\n`, ["single-quotes@2 ['a', 'b']"], `${F}CMD ["a", "b"]\n`],
    ["MAINTAINER", `${F}MAINTAINER Ada\n`, ["maintainer@2 MAINTAINER"], `${F}LABEL org.opencontainers.image.authors="Ada"\n`],
    ["an empty line in an instruction", `${F}RUN a \\\n\n  b\n`, ["empty-line@3 \n"], `${F}RUN a \\\n  b\n`],
    ["nothing yet", "", []],
    ["only a comment", "# hello\n", []],
    ["a relative WORKDIR, as the tutorial has it", `${F}WORKDIR flask_app\n`, []],
  ]);
});

test("a text that is no Dockerfile gets one word, not one for each line", () => {
  expect(found("hello\nworld\nthis is a letter\n")).toHaveLength(1);
});

describe("what COPY takes", () => {
  const rows: [string, string, string[]][] = [
    ["files and folders", `${F}COPY a "b c" /x/\nADD d /`, ["a", "b c", "d"]],
    ["the form with brackets", `${F}COPY ["a b","c", "/x/"]\nADD [ "d\\u0065", \\\n  "/" ]\n`, ["a b", "c", "de"]],
    ["no stages, addresses, heredocs, variables", `${F}COPY --from=x a /\nADD https://a/b /\nCOPY <<E /\nx\nE\nCOPY $A /\n`, []],
    ["nothing that waits for another build", `${F}ONBUILD COPY a /\n`, []],
  ];
  test.each(rows)("%s", (_name, text, want) => {
    expect(sourcesOf(parse(text)).map((it) => it.source)).toEqual(want);
  });

  const checks: [string, SourceCheck, string | null, string | null][] = [
    ["is there", { source: "a", found: "here" }, null, null],
    ["nobody knows", { source: "a", found: "unknown" }, null, null],
    ["left out", { source: "a", found: "ignored", pattern: "a*", line: 3, file: ".dockerignore" }, "a is left out by line 3 of .dockerignore.", null],
    ["outside", { source: "a", found: "outside" }, "a lies outside the context folder.", null],
    ["other letters", { source: "a", found: "case", similar: "A" }, "a is not there, but A is.", `${F}COPY A b`],
    ["much like another", { source: "a", found: "missing", similar: "aa" }, "a is not in the context folder.", `${F}COPY aa b`],
    ["like one that no Dockerfile can hold", { source: "a", found: "missing", similar: "a a" }, "a is not in the context folder.", null],
    ["missing", { source: "a", found: "missing", similar: null }, "a is not in the context folder.", null],
  ];
  test("a fix stays between the quotes", () => {
    const text = `${F}COPY ["a", "a", "/"]`;
    const mended = sourcesOf(parse(text)).map((it) => sourceFinding(it, { source: "a", found: "case", similar: "A" })?.fix);
    expect(mended.map((fix) => fix && edited(text, fix.edits))).toEqual([`${F}COPY ["A", "a", "/"]`, `${F}COPY ["a", "A", "/"]`]);
  });

  test.each(checks)("%s", (_name, check, message, mended) => {
    const text = `${F}COPY a b`;
    const file = parse(text);
    const [source] = sourcesOf(file);
    const finding = source ? sourceFinding(source, check) : null;
    expect(finding?.message ?? null).toBe(message);
    expect(finding?.fix ? edited(text, finding.fix.edits) : null).toBe(mended);
  });
});

test.each(templateIds)("nothing is found in the template %s", (id) => {
  expect(found(templateOf(id).text)).toEqual([]);
});

test.each([
  ["RNU", "RUN"], ["COYP", "COPY"], ["FORM", "FROM"], ["WORKDI", "WORKDIR"], ["ENTRYPONT", "ENTRYPOINT"],
])("%s means %s", (typed, meant) => {
  expect(nearest(typed, ["FROM", "RUN", "COPY", "WORKDIR", "ENTRYPOINT", "ENV"])).toBe(meant);
  expect(distance(typed, typed)).toBe(0);
});

test("the checks need nothing that only Node has", async () => {
  vi.stubGlobal("Buffer", undefined);
  vi.resetModules();
  try {
    const fresh = await import(".");
    expect(fresh.look(`${F}RNU make\n`, { images }).findings).toHaveLength(1);
  } finally {
    vi.unstubAllGlobals();
  }
});
