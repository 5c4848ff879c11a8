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
  { reference: "localhost/theirs", made: true },
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
/** One that runs as root. */
const U = "FROM ubuntu:22.04\n";
/** An update and an install in one step. */
const BOTH = "RUN apt-get update && apt-get install -y curl";
const LISTS = "rm -rf /var/lib/apt/lists/*";

describe("update and install", () => {
  check([
    ["apart, one after the other", `${F}RUN apt-get update\nRUN apt-get install -y curl\n`, ["apt-update@2 apt-get update"], `${F}RUN apt-get update && apt-get install -y curl\n`],
    ["apart, with a comment between", `${F}RUN apt-get update\n# curl\nRUN apt-get install -y curl\n`, ["apt-update@2 apt-get update"]],
    ["install alone", `${F}RUN apt install -y curl\n`, ["apt-update@2 apt install -y curl"], `${F}RUN apt update && apt install -y curl\n`],
    ["update alone", `${F}RUN apt-get update\n`, ["apt-update@2 apt-get update"]],
    ["together", `${F}RUN apt-get update && apt-get install -y curl\n`, []],
    ["together over lines", `${F}RUN apt-get update \\\n  && apt-get install -y \\\n    curl\n`, []],
    ["together in a heredoc", `${F}RUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n`, []],
    ["a second install after an update", `${F}${BOTH}\nRUN apt-get install -y wget\n`, ["apt-update@3 apt-get install -y wget"], `${F}${BOTH}\nRUN apt-get update && apt-get install -y wget\n`],
    ["a second install after the list was taken away", `${F}${BOTH} && ${LISTS}\nRUN apt-get install -y wget\n`, ["apt-update@3 apt-get install -y wget"], `${F}${BOTH} && ${LISTS}\nRUN apt-get update && apt-get install -y wget\n`],
    ["a second install after an update that something else follows", `${F}RUN apt-get update\nRUN make\nRUN apt-get install -y wget\n`, ["apt-update@2 apt-get update", "apt-update@4 apt-get install -y wget"], `${F}RUN apt-get update\nRUN make\nRUN apt-get update && apt-get install -y wget\n`],
    ["a package that is a file", `${F}COPY a.deb /\nRUN apt-get install -y /a.deb\n`, []],
    ["options with values", `${F}RUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get -yo A=b -t stable install x\n`, []],
    ["in an if", `${F}RUN if true; then apt-get update && apt-get install -y x; fi\n`, []],
    ["in a group", `${F}RUN { apt-get update && apt-get install -y x; }\n`, []],
    ["install alone in an if", `${F}RUN if make; then sudo apt-get install -y x; fi\n`, ["sudo@2 sudo", "apt-update@2 sudo apt-get install -y x"], `${F}RUN if make; then sudo apt-get update && sudo apt-get install -y x; fi\n`],
    ["install behind what would get another meaning", `${F}RUN make || apt-get install -y x\n`, ["apt-update@2 apt-get install -y x"]],
    ["install through a pipe", `${F}RUN yes | apt-get install x\n`, ["apt-update@2 apt-get install x"]],
    ["install with a not", `${F}RUN if ! apt-get install -y x; then make; fi\n`, ["apt-update@2 apt-get install -y x"]],
    ["apart, with words for the shell behind", `${F}RUN apt-get update # lists\nRUN apt-get install -y curl\n`, ["apt-update@2 apt-get update"]],
    ["apart, with an or behind", `${F}RUN apt-get update\nRUN apt-get install -y curl || true\n`, ["apt-update@2 apt-get update"]],
    ["install in a stage that goes on from an update", `FROM a:1 AS base\n${BOTH}\nFROM base\nRUN apt-get install -y x\n`, ["apt-update@4 apt-get install -y x"], `FROM a:1 AS base\n${BOTH}\nFROM base\nRUN apt-get update && apt-get install -y x\n`],
    ["each stage for itself", `${F}RUN apt-get update && apt-get install -y a\nFROM b:1\nRUN apt-get install -y b\n`, ["apt-update@4 apt-get install -y b"], `${F}RUN apt-get update && apt-get install -y a\nFROM b:1\nRUN apt-get update && apt-get install -y b\n`],
    ["an upgrade", `${F}RUN apt-get update && apt-get upgrade -y\n`, []],
  ]);

  test.each<[string, string, string, RegExp]>([
    ["without a list", `${F}RUN apt-get install -y a\n`, "warning", /^Base images usually come without/],
    ["with a list of a step above", `${F}${BOTH}\nRUN apt-get install -y a\n`, "hint", /old one/],
    ["with a list that is gone", `${F}${BOTH} && ${LISTS}\nRUN apt-get install -y a\n`, "warning", /took the list of packages away/],
    ["with a list that find took away", `${F}${BOTH} && find /var/lib/apt/lists -type f -delete\nRUN apt-get install -y a\n`, "warning", /took the list of packages away/],
    ["with a list that apt-get took away", `${F}${BOTH} && apt-get distclean\nRUN apt-get install -y a\n`, "warning", /took the list of packages away/],
    ["with a list of the stage below", `FROM a:1 AS b\n${BOTH}\nFROM b\nRUN apt-get install -y a\n`, "hint", /old one/],
    ["with a list that the stage below took away", `FROM a:1 AS b\n${BOTH} && ${LISTS}\nFROM b\nRUN apt-get install -y a\n`, "warning", /took the list of packages away/],
  ])("an install %s", (_name, text, severity, why) => {
    const [install] = found(text).filter((it) => it.rule === "apt-update");
    expect(install?.severity).toBe(severity);
    expect(install?.why).toMatch(why);
  });
});

describe("questions that nobody answers", () => {
  check([
    ["apt-get", `${F}RUN apt-get update && apt-get install curl\n`, ["assume-yes@2 apt-get install curl"], `${F}RUN apt-get update && apt-get install -y curl\n`],
    ["dnf", `${F}RUN dnf install curl\n`, ["assume-yes@2 dnf install curl"], `${F}RUN dnf install -y curl\n`],
    ["conda", `${F}RUN conda install flask\n`, ["assume-yes@2 conda install flask"], `${F}RUN conda install -y flask\n`],
    ["pacman", `${F}RUN pacman -S curl\n`, ["assume-yes@2 pacman -S curl"], `${F}RUN pacman -S --noconfirm curl\n`],
    ["yes in many writings", `${F}RUN apt-get update && apt-get install -qqy a && apt-get -y install b && apt-get install --yes c && apt-get -qq install d\n`, []],
    ["a package with the name of a verb", `${F}RUN conda search install\n`, []],
    ["pacman, which asks nothing", `${F}RUN pacman -Sy && pacman -Ss curl && pacman -Si curl && pacman -Rp curl\n`, []],
    ["pacman with a fresh list", `${F}RUN pacman -Sy curl\nRUN pacman -Scc\n`, ["assume-yes@2 pacman -Sy curl", "assume-yes@3 pacman -Scc"], `${F}RUN pacman -Sy --noconfirm curl\nRUN pacman -Scc --noconfirm\n`],
    ["options with values", `${F}RUN apt-get update && apt-get -o A=b install x\nRUN dnf -x y install z\n`, ["assume-yes@2 apt-get -o A=b install x", "assume-yes@3 dnf -x y install z"], `${F}RUN apt-get update && apt-get -o A=b install -y x\nRUN dnf -x y install -y z\n`],
    ["a value that is called as a verb", `${F}RUN dnf -x install search z\n`, []],
    ["yes in a setting, or only a rehearsal", `${F}RUN apt-get update && apt-get -o APT::Get::Assume-Yes=true install x && apt-get -s install y\n`, []],
    ["in an if", `${F}RUN if make; then dnf install x; fi\n`, ["assume-yes@2 dnf install x"], `${F}RUN if make; then dnf install -y x; fi\n`],
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
    ["made here by Podman", "FROM theirs\nFROM localhost/theirs\nFROM theirs:latest\n", []],
    ["a stage, a digest, scratch, a variable", "ARG V=1\nFROM a:1 AS Build\nFROM build\nFROM a@sha256:0000000000000000000000000000000000000000000000000000000000000000\nFROM scratch\nFROM b:$V\n", []],
  ]);
});

describe("cd", () => {
  check([
    ["alone", `${F}RUN cd /app\n`, ["run-cd@2 cd /app"], `${F}WORKDIR /app\n`],
    ["before the last command", `${F}RUN cd /app && make\n`, ["run-cd@2 cd /app"]],
    ["before a WORKDIR", `${F}RUN cd /app && make\nENV A=1\nWORKDIR /srv\n`, ["run-cd@2 cd /app"], `${F}WORKDIR /app\nRUN make\nENV A=1\nWORKDIR /srv\n`],
    ["before a WORKDIR that nobody knows", `${F}RUN cd /app && make\nWORKDIR $X\n`, []],
    ["before a WORKDIR, with an or behind", `${F}RUN cd /app && make || true\nWORKDIR /srv\n`, ["run-cd@2 cd /app"]],
    ["before a WORKDIR, with brackets or a comment between", `${F}RUN cd /app && (make)\nWORKDIR /srv\nRUN cd /app && \\\n  # b\n  make\nWORKDIR /srv\n`, ["run-cd@2 cd /app", "run-cd@4 cd /app"]],
    ["in a stage that others go on from", `FROM a:1 AS base\nRUN cd /tmp && npm ci\nFROM base\nCOPY . .\n`, []],
    ["in brackets", `${F}RUN (cd /src && make)\n`, []],
    ["in brackets, alone", `${F}RUN (cd /src)\n`, []],
    ["in a compound statement", `${F}RUN { cd /src && make; }\nWORKDIR /\nRUN if cd /src; then make; fi\n`, []],
    ["into a home", `${F}RUN cd ~/app\nRUN cd $HOME\nRUN cd -\n`, ["run-cd@2 cd ~/app", "run-cd@3 cd $HOME", "run-cd@4 cd -"]],
    ["up", `${F}RUN cd ..\n`, ["run-cd@2 cd .."], `${F}WORKDIR ..\n`],
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
    ["a test", `${F}CMD [ -f a ] && b\n`, ["shell-form@2 CMD"]],
    ["a not", `${F}CMD ! a\n`, ["shell-form@2 CMD"]],
    ["where a SHELL is wanted", `${F}SHELL ["/bin/bash", "-c"]\nCMD a\n`, []],
  ]);
});

describe("the form with brackets", () => {
  check([
    ["a comma too many", `${F}CMD ["python", "app.py",]\n`, ['exec-form@2 ["python", "app.py",]'], `${F}CMD ["python", "app.py"]\n`],
    ["a comma too few", `${F}RUN ["python" "app.py"]\n`, ['exec-form@2 ["python" "app.py"]'], `${F}RUN ["python", "app.py"]\n`],
    ["a bracket too few", `${F}ENTRYPOINT ["python", "app.py"\n`, ['exec-form@2 ["python", "app.py"'], `${F}ENTRYPOINT ["python", "app.py"]\n`],
    ["curly quotes", `${F}CMD [“python”, "app.py"]\n`, ['single-quotes@2 [“python”, "app.py"]'], `${F}CMD ["python", "app.py"]\n`],
    ["single quotes around double ones", `${F}CMD ['sh', '-c', 'echo "a"']\n`, [`single-quotes@2 ['sh', '-c', 'echo "a"']`], `${F}CMD ["sh", "-c", "echo \\"a\\""]\n`],
    ["over lines", `${F}CMD ['a', \\\n  # b\n  'c' "d"]\n`, [`exec-form@2 ['a', \\\n  # b\n  'c' "d"]`], `${F}CMD ["a", \\\n  # b\n  "c", "d"]\n`],
    ["of COPY, VOLUME and SHELL", `${F}COPY ["a b" "/c"]\nVOLUME ["/d",]\nSHELL ["e" "-c"]\n`, ['exec-form@2 ["a b" "/c"]', 'exec-form@3 ["/d",]', 'exec-form@4 ["e" "-c"]'], `${F}COPY ["a b", "/c"]\nVOLUME ["/d"]\nSHELL ["e", "-c"]\n`],
    ["of HEALTHCHECK and ONBUILD", `${F}HEALTHCHECK --retries=2 CMD ['a']\nONBUILD CMD ["a",]\n`, ["single-quotes@2 ['a']", 'exec-form@3 ["a",]'], `${F}HEALTHCHECK --retries=2 CMD ["a"]\nONBUILD CMD ["a"]\n`],
    ["where nobody knows what is meant", `${F}RUN ["C:\\app"]\nRUN ["a"] && b\nRUN ["a", 1]\nCMD [python, app.py]\n`, ['exec-form@2 ["C:\\app"]', 'exec-form@3 ["a"] && b', 'exec-form@4 ["a", 1]', "exec-form@5 [python, app.py]"]],
    ["what is none of it", `${F}RUN [ -f a ] && b\nRUN [ "$A" = "b" ] || c\nRUN [[ a ]]\nCOPY [ab].txt /\nRUN []\nHEALTHCHECK CMD ["a"]\nFROM b:1\nSHELL ["powershell", "-c"]\nCMD [Console]::WriteLine("a")\n`, []],
  ]);
});

describe("secrets", () => {
  check([
    ["ENV", `${F}ENV DB_PASSWORD=x\nCMD ["a"]\n`, ["secrets@2 DB_PASSWORD"], `${F}CMD ["a"]\n`],
    ["ENV with several", `${F}ENV A=1 API_TOKEN=x B=2\n`, ["secrets@2 API_TOKEN"], `${F}ENV A=1 B=2\n`],
    ["the last of several lines", `${F}ENV A=1 \\\n    API_TOKEN=x\nCMD ["a"]\n`, ["secrets@3 API_TOKEN"], `${F}ENV A=1\nCMD ["a"]\n`],
    ["the first of several lines", `${F}ENV API_TOKEN=x \\\n    A=1\nCMD ["a"]\n`, ["secrets@2 API_TOKEN"], `${F}ENV A=1\nCMD ["a"]\n`],
    ["in the middle of several lines", `${F}ENV A=1 \\\n    API_TOKEN=x \\\n    B=2\nCMD ["a"]\n`, ["secrets@3 API_TOKEN"], `${F}ENV A=1 \\\n    B=2\nCMD ["a"]\n`],
    ["the only one, over several lines", `${F}ENV \\\n    API_TOKEN=x\nCMD ["a"]\n`, ["secrets@3 API_TOKEN"], `${F}CMD ["a"]\n`],
    ["all of several", `${F}ENV API_TOKEN=x \\\n    DB_PASSWORD=y\nCMD ["a"]\n`, ["secrets@2 API_TOKEN", "secrets@3 DB_PASSWORD"], `${F}CMD ["a"]\n`],
    ["with comments between", `${F}ENV API_TOKEN=x \\\n    # about A\n    A=1 \\\n    # about it\n    DB_PASSWORD=y\nCMD ["a"]\n`, ["secrets@2 API_TOKEN", "secrets@6 DB_PASSWORD"], `${F}ENV \\\n    # about A\n    A=1\nCMD ["a"]\n`],
    ["ARG with several", `${F}ARG A API_TOKEN\n`, ["secrets@2 API_TOKEN"], `${F}ARG A\n`],
    ["in an ONBUILD over lines", `${F}ONBUILD \\\n  ENV API_TOKEN=x\nCMD ["a"]\n`, ["secrets@3 API_TOKEN"], `${F}CMD ["a"]\n`],
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
    ["Django", `${F}EXPOSE 80\nCMD ["python", "manage.py", "runserver", "0.0.0.0:8001"]\n`, ["expose-port@2 80"], `${F}EXPOSE 8001\nCMD ["python", "manage.py", "runserver", "0.0.0.0:8001"]\n`],
    ["Django without a port", `${F}EXPOSE 80\nCMD ["python", "manage.py", "runserver"]\n`, ["expose-port@2 80"], `${F}EXPOSE 8000\nCMD ["python", "manage.py", "runserver"]\n`],
    ["Django at something else", `${F}EXPOSE 80\nCMD ["python", "manage.py", "migrate"]\n`, []],
    ["PHP", `${F}EXPOSE 80\nCMD ["php", "-S", "0.0.0.0:81"]\n`, ["expose-port@2 80"], `${F}EXPOSE 81\nCMD ["php", "-S", "0.0.0.0:81"]\n`],
    ["PHP at something else", `${F}EXPOSE 80\nCMD ["php", "a.php"]\n`, []],
    ["Rails", `${F}EXPOSE 80\nCMD ["bundle", "exec", "rails", "server", "-p", "81"]\n`, ["expose-port@2 80"], `${F}EXPOSE 81\nCMD ["bundle", "exec", "rails", "server", "-p", "81"]\n`],
    ["Rails without a port", `${F}EXPOSE 80\nCMD ["bin/rails", "s", "-b", "0.0.0.0"]\n`, ["expose-port@2 80"], `${F}EXPOSE 3000\nCMD ["bin/rails", "s", "-b", "0.0.0.0"]\n`],
    ["flask without a port", `${F}EXPOSE 80\nCMD ["flask", "--app", "a", "run", "--host=0.0.0.0"]\n`, ["expose-port@2 80"], `${F}EXPOSE 5000\nCMD ["flask", "--app", "a", "run", "--host=0.0.0.0"]\n`],
    ["uvicorn without a port", `${F}EXPOSE 80\nCMD ["uvicorn", "a:b"]\n`, ["expose-port@2 80"], `${F}EXPOSE 8000\nCMD ["uvicorn", "a:b"]\n`],
    ["streamlit without a port", `${F}EXPOSE 80\nCMD ["streamlit", "run", "a.py"]\n`, ["expose-port@2 80"], `${F}EXPOSE 8501\nCMD ["streamlit", "run", "a.py"]\n`],
    ["ports that something else may tell", `${F}EXPOSE 80\nENV PORT=80\nCMD ["bin/rails", "s"]\nFROM a:1\nEXPOSE 80\nCMD ["gunicorn", "-c", "a.py", "b"]\nFROM a:1\nEXPOSE 80\nCMD ["uvicorn", "--uds", "/a.sock", "b:c"]\nFROM a:1\nEXPOSE 80\nENV FLASK_RUN_PORT=80\nCMD ["flask", "run"]\nFROM a:1\nEXPOSE 80\nCMD ["gunicorn", "--bind=unix:/a.sock", "b"]\n`, []],
    ["the last CMD counts", `${F}EXPOSE 81\nCMD ["flask", "run", "--port=80"]\nCMD ["flask", "run", "--port=81"]\n`, ["several@3 CMD"], `${F}EXPOSE 81\nCMD ["flask", "run", "--port=81"]\n`],
  ]);
});

describe("sudo", () => {
  check([
    ["in front", `${U}RUN sudo make\n`, ["sudo@2 sudo"], `${U}RUN make\n`],
    ["in an if", `${U}RUN if make; then sudo make install; fi\n`, ["sudo@2 sudo"], `${U}RUN if make; then make install; fi\n`],
    ["on an image that may not be root’s", `${F}RUN sudo make\n`, ["sudo@2 sudo"]],
    ["after USER", `${U}USER ada\nRUN sudo make\n`, []],
    ["after USER root", `${F}USER root\nRUN sudo make\n`, ["sudo@3 sudo"], `${F}USER root\nRUN make\n`],
    ["after a USER that nobody knows", `${U}USER $WHO\nRUN sudo make\n`, []],
    ["after USER of the stage that it goes on from", `FROM ubuntu:22.04 AS base\nUSER dev\nFROM base AS more\nFROM more\nRUN sudo apt-get update && sudo apt-get install -y curl\n`, []],
    ["in a stage that goes on from root’s", `FROM ubuntu:22.04 AS base\nFROM base\nRUN sudo make\n`, ["sudo@3 sudo"], `FROM ubuntu:22.04 AS base\nFROM base\nRUN make\n`],
    ["for another build, whose user is the last one", `${U}ONBUILD RUN sudo make\nUSER dev\n`, []],
    ["installing it", `${F}RUN apt-get update && apt-get install -y sudo\n`, []],
  ]);
});

describe("what docker refuses", () => {
  check([
    ["an instruction with a slip", `${F}RNU make\n`, ["unknown-instruction@2 RNU"], `${F}RUN make\n`],
    ["an instruction that nobody can guess", `${F}XYZZY make\n`, ["unknown-instruction@2 XYZZY"]],
    ["FROM with a slip", "FORM ubuntu:22.04\nRUN make\n", ["unknown-instruction@1 FORM"], "FROM ubuntu:22.04\nRUN make\n"],
    ["FROM with a slip, and nothing more", "FORM ubuntu:22.04\n", ["unknown-instruction@1 FORM"], "FROM ubuntu:22.04\n"],
    ["no FROM", "RUN make\n", ["no-from@1 RUN"], "FROM ubuntu:22.04\nRUN make\n"],
    ["small letters everywhere", "from a:1\nrun b\ncmd [\"c\"]\n", []],
    ["small letters among capitals", `${F}run b\nRUN c\n`, ["casing@2 run"], `${F}RUN b\nRUN c\n`],
    ["capitals among small letters", "from a:1\nRUN b\nrun c\n", ["casing@2 RUN"], "from a:1\nrun b\nrun c\n"],
    ["as many of both, and a mixture", "from a:1\nRUN b\nCmd [\"c\"]\n", ["casing@1 from", "casing@3 Cmd"], "FROM a:1\nRUN b\nCMD [\"c\"]\n"],
    ["a flag with a slip", `${F}COPY --chwon=1 a b\n`, ["unknown-flag@2 --chwon"], `${F}COPY --chown=1 a b\n`],
    ["a flag of RUN with a slip", `${F}RUN --mout=type=cache,target=/x make\n`, ["unknown-flag@2 --mout"], `${F}RUN --mount=type=cache,target=/x make\n`],
    ["a flag of an instruction that has none", `${F}ENTRYPOINT ["a"]\nCMD --port=80\n`, ["unknown-flag@3 --port"]],
    ["flags end with dashes alone", `${F}COPY -- a b\n`, []],
    ["flags that came later", `${F}COPY --link --parents --exclude=*.x a b\nADD --unpack=true --checksum=sha256:00 a.tar b\nRUN --mount=type=cache,target=/x --network=none --security=insecure --device=vendor.com/class=a make\n`, []],
    ["a port that is none", `${F}EXPOSE x\n`, ["port@2 x"]],
    ["ports that are too high, or end before they begin", `${F}EXPOSE 70000 80-70000 90-80\n`, ["port@2 70000", "port@2 80-70000", "port@2 90-80"]],
    ["a protocol that is none", `${F}EXPOSE 80/tcpp\n`, ["port@2 80/tcpp"]],
    ["ports that are some", `${F}ENV P=1\nEXPOSE 0 65535 "80" 80/TCP 81/udp 82/sctp 83-85/udp 80$P \${P} 8080:80 127.0.0.1:80:80\n`, []],
    ["a quote that ends before the value", `${F}ENV PATH="/opt/venv/bin":$PATH A='b'"c" D=\\"e\nLABEL a="b c"d\nARG A="b"c\n`, []],
    ["a quote that is not closed", `${F}ENV PATH="/opt/venv/bin:$PATH\n`, ['quote@2 "/opt/venv/bin:$PATH'], `${F}ENV PATH="/opt/venv/bin:$PATH"\n`],
    ["a quote that is not closed, over lines", `${F}LABEL a='b \\\n  c  \nCMD ["d"]\n`, ["quote@2 'b \\\n  c"], `${F}LABEL a='b \\\n  c'  \nCMD ["d"]\n`],
    ["a quote that nobody knows the end of", `${F}ENV A="b C=d\n`, ['quote@2 "b C=d']],
    ["an apostrophe", `${F}ENV A=it's\n`, ["quote@2 's"]],
    ["words in a heredoc", `${F}COPY <<'EOF' /e.sh\n: \${PORT:=8080}\n\nFROM\nEOF\nADD --unpack=false <<E /f\n\nCMD a \${A:=1}\nrun\nE\nRUN cat << G > /g\nsudo rm\n\nG\nCMD ["b"]\n`, []],
    ["variables of the shell", `${F}RUN echo \${V:0:7} \${V^^}\nONBUILD RUN echo \${V:0:7}\nHEALTHCHECK CMD a \${V:=1}\nENV A='\${V:=x}' B=\${V#x} C=\${V/x/y} D=\${V:?x}\n`, []],
    ["variables that docker does not know", `${F}ENV A=\${V:0:7}\n`, ["variable@2 0"]],
    ["several files to where they are", `${F}COPY package.json yarn.lock .\n`, ["destination@2 ."], `${F}COPY package.json yarn.lock ./\n`],
    ["several files to a name", `${F}COPY a b /c\n`, ["destination@2 /c"], `${F}COPY a b /c/\n`],
    ["several files to a name in quotes", `${F}COPY ["a", "b", "/c"]\n`, ["destination@2 /c"], `${F}COPY ["a", "b", "/c/"]\n`],
    ["nothing wrong with a check", `${F}HEALTHCHECK --start-period=0s --interval=0 --timeout=+1.5h2m --retries=0 CMD a\nSTOPSIGNAL TERM\n`, []],
    ["a check that cannot be", `${F}HEALTHCHECK --start-period=1us --interval=5 --timeout=5x --retries=-1 CMD a\n`, ["duration@2 start-period", "duration@2 5", "duration@2 5x", "flag-value@2 -1"]],
    ["signals", `${F}STOPSIGNAL sigint\nFROM b:1\nSTOPSIGNAL 9\nFROM c:1\nSTOPSIGNAL RTMIN+3\nFROM d:1\nSTOPSIGNAL $S\n`, []],
    ["a signal that is none", `${F}STOPSIGNAL TREM\n`, ["signal@2 TREM"]],
    ["single quotes in brackets", `${F}CMD ['a', 'b']\n`, ["single-quotes@2 ['a', 'b']"], `${F}CMD ["a", "b"]\n`],
    ["MAINTAINER", `${F}MAINTAINER Ada\n`, ["maintainer@2 MAINTAINER"], `${F}LABEL org.opencontainers.image.authors="Ada"\n`],
    ["an empty line in an instruction", `${F}RUN a \\\n\n  b\n`, ["empty-line@3 \n"], `${F}RUN a \\\n  b\n`],
    ["several empty lines in an instruction", `${F}RUN a \\\n \n\n  b\n`, ["empty-line@3  \n\n"], `${F}RUN a \\\n  b\n`],
    ["an instruction that is being written", `${F}RUN make && \\\n`, []],
    ["a step that is being written, of which nobody knows the end", `${F}RUN apt-get update && \\\n`, []],
    ["a quote that is being written", `${F}LABEL a="b \\`, []],
    ["a slip in what is being written", `${F}RNU make && \\\n`, ["unknown-instruction@2 RNU"], `${F}RUN make && \\\n`],
    ["a comment that only looks like it", `${F}RUN apt-get update\n# a \\\n`, ["apt-update@2 apt-get update"]],
    ["an instruction that is being written, with empty lines below", `${F}RUN make && \\\n\n  \n`, []],
    ["nothing yet", "", []],
    ["only a comment", "# hello\n", []],
    ["a relative WORKDIR, as the tutorial has it", `${F}WORKDIR flask_app\n`, []],
  ]);
});

test("a text that is no Dockerfile gets one word, not one for each line", () => {
  expect(found("hello\nworld\nthis is a letter\n").map((it) => it.rule)).toEqual(["no-from"]);
});

test.each<[string, string, string]>([
  ["several files to where they are", `${F}COPY a b .\n`, "hint"],
  ["several files to a name", `${F}COPY a b c\n`, "warning"],
  ["sudo for root", `${U}RUN sudo a\n`, "warning"],
  ["sudo for nobody knows whom", `${F}RUN sudo a\n`, "hint"],
])("%s is not more than it is", (_name, text, severity) => {
  expect(found(text).map((it) => it.severity)).toEqual([severity]);
});

describe("what COPY takes", () => {
  const rows: [string, string, string[]][] = [
    ["files and folders", `${F}COPY a "b c" /x/\nADD d /`, ["a", "b c", "d"]],
    ["the form with brackets", `${F}COPY ["a b","c", "/x/"]\nADD [ "d\\u0065", \\\n  "/" ]\n`, ["a b", "c", "de"]],
    ["no stages, addresses, heredocs, variables", `${F}COPY --from=x a /\nADD https://a/b /\nCOPY <<E /\nx\nE\nCOPY $A /\n`, []],
    ["what lies outside", `${F}COPY ../a /x/\n`, ["../a"]],
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
