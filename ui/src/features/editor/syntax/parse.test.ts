import { describe, expect, test } from "vitest";
import { openQuote } from "./joined";
import { lineage, parse } from "./parse";
import { commandsOf, runCommands } from "./shell";

function shape(text: string): string[] {
  return parse(text).instructions.map((it) => [it.name, ...it.flags.map((flag) => `--${flag.name}${flag.value === null ? "" : `=${flag.value}`}`), ...it.words.map((word) => word.value)].join("|"));
}

describe("instructions", () => {
  test.each<[string, string, string[]]>([
    ["plain ones", "FROM a\nRUN b c\n", ["FROM|a", "RUN|b|c"]],
    ["small letters and blanks before", "  from a as b\n", ["FROM|a|as|b"]],
    ["continued lines with comments and blank lines between", "RUN a \\\n  # no\n\n  && b \\ \n  c", ["RUN|a|&&|b|c"]],
    ["another escape", "# escape=`\nRUN a `\n b\nCOPY c\\ d\\", ["RUN|a|b", "COPY|c\\|d\\"]],
    ["flags", "COPY --from=a --link --chown=1:2 b c", ["COPY|--from=a|--link|--chown=1:2|b|c"]],
    ["a flag after an argument is one too", "RUN a --from=b", ["RUN|a|--from=b"]],
    ["a heredoc", "RUN <<EOF\nFROM no\nEOF\nCMD x", ["RUN|<<EOF", "CMD|x"]],
    ["two heredocs", "COPY <<A <<-B /\nx\nA\ny\n\tB\nCMD x", ["COPY|<<A|<<-B|/", "CMD|x"]],
    ["a heredoc whose name stands apart", "RUN cat << EOF > x\nFROM no\nEOF\nRUN <<- 'E'\ny\n\tE\nCMD x", ["RUN|cat|<< EOF|>|x", "RUN|<<- E", "CMD|x"]],
    ["a heredoc that never ends", "RUN <<EOF\nFROM no", ["RUN|<<EOF"]],
    ["quotes", `ENV A="b c" D='e'`, ["ENV|A=b c|D=e"]],
    ["a backslash at the very end", "RUN a \\", ["RUN|a|\\"]],
    ["nothing", "", []],
    ["only comments", "# a\n#b=c\n", []],
  ])("%s", (_name, text, want) => {
    expect(shape(text)).toEqual(want);
  });

  test("places are those of the file, through continued lines", () => {
    const text = "FROM a\nRUN --mount=type=cache,target=/x \\\n  # c\n  pip install";
    const run = parse(text).instructions[1];
    expect(run?.words.map((word) => text.slice(word.from, word.to))).toEqual(["pip", "install"]);
    expect(run?.flags.map((flag) => text.slice(flag.from, flag.to))).toEqual(["--mount=type=cache,target=/x"]);
    expect([run?.line, run?.lastLine, text.slice(run?.from, run?.to)]).toEqual([2, 4, text.slice(7)]);
  });

  test("the exec form is known, and what only looks like it is not", () => {
    expect(parse('CMD ["a", "b"]').instructions[0]?.exec).toEqual(["a", "b"]);
    expect(parse("CMD ['a', 'b']").instructions[0]?.exec).toBeNull();
    expect(parse("CMD a").instructions[0]?.exec).toBeNull();
  });

  test("stages have names, bases and their instructions", () => {
    const file = parse("ARG V=1\nFROM --platform=linux/arm64 a:$V AS build\nRUN x\nFROM build\nCOPY --from=build a b");
    expect(file.globals).toHaveLength(1);
    expect(file.stages.map((it) => [it.name?.value ?? null, it.base?.value, it.instructions.length])).toEqual([["build", "a:$V", 1], [null, "build", 1]]);
  });

  test("a stage knows those that it goes on from", () => {
    const file = parse("FROM a AS one\nFROM One AS two\nFROM two AS one\nFROM one\nFROM three AS three");
    expect(file.stages.map((stage) => lineage(file, stage).map((it) => file.stages.indexOf(it)))).toEqual([[0], [1, 0], [2, 1, 0], [3, 2, 1, 0], [4]]);
  });

  test.each<[string, string | null]>([
    [`a"b"'c'\\"`, null],
    [`"a\\"b"`, null],
    [`it's`, "' at 2"],
    [`A="b 'c'`, `" at 2`],
    [`'a\\'`, null],
  ])("the open quote of %s", (text, want) => {
    const open = openQuote(text);
    expect(open && `${open.quote} at ${open.at}`).toBe(want);
  });

  test("ONBUILD holds another one", () => {
    expect(parse("ONBUILD COPY --link a b").instructions[0]?.inner).toMatchObject({ name: "COPY", flags: [{ name: "link" }] });
  });
});

describe("commands of a RUN", () => {
  test.each<[string, string, string[]]>([
    ["several", "RUN a b && c || d; e | f", ["a b", "c", "d", "e", "f"]],
    ["quotes keep operators", `RUN echo "a && b" ';' c`, ["echo a && b ; c"]],
    ["a substitution stays in its word", "RUN a $(b && c) d", ["a $(b && c) d"]],
    ["a group", "RUN (cd a && b)", ["cd a", "b"]],
    ["the exec form has none", 'RUN ["a", "b"]', []],
    ["a script", "RUN <<EOF\na b\n# no\nc\nEOF", ["a b", "c"]],
    ["a script whose name stands apart", "RUN << EOF\na b\nEOF", ["a b"]],
    ["compound statements", "RUN if ! a; then b && { c; }; else d; fi && while e; do f; done < g | h", ["a", "b", "c", "d", "e", "f", "h"]],
    ["words that are only called as the shell's own", "RUN echo if then; find . -exec rm {} \\;", ["echo if then", "find . -exec rm {} ;"]],
    ["comments of the shell", "RUN a #b && c", ["a"]],
    ["a text for a program is no script", "RUN cat <<EOF > x\na b\nEOF", ["cat <<EOF > x"]],
  ])("%s", (_name, text, want) => {
    const [run] = parse(text).instructions;
    expect(run ? runCommands(run).map((command) => command.words.map((word) => word.value).join(" ")) : null).toEqual(want);
  });

  test("know what parts them", () => {
    const [run] = parse("RUN a && b | c").instructions;
    expect(run ? commandsOf(run.args).map((command) => command.after) : null).toEqual(["", "&&", "|"]);
  });

  test("know the shell's own words before them", () => {
    const [run] = parse("RUN if ! a; then b; fi | c").instructions;
    expect(run ? commandsOf(run.args).map(({ lead, after }) => `${lead} ${after}`) : null).toEqual(["if ! ", "then ;", " |"]);
  });
});
