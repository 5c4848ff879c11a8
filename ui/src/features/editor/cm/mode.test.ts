import { highlightTree, tagHighlighter, tags } from "@lezer/highlight";
import { describe, expect, test } from "vitest";
import { templateIds, templateOf } from "../templates";
import { dockerfileLanguage } from "./dockerfile-mode";
import { ignoreLanguage } from "./ignore-mode";

const names = tagHighlighter([
  { tag: tags.keyword, class: "key" },
  { tag: tags.string, class: "str" },
  { tag: tags.comment, class: "com" },
  { tag: tags.meta, class: "directive" },
  { tag: tags.number, class: "num" },
  { tag: tags.variableName, class: "var" },
  { tag: tags.attributeName, class: "flag" },
  { tag: tags.operator, class: "op" },
  { tag: tags.invalid, class: "bad" },
]);

/** What has a colour, as `class:text`. */
function coloured(text: string, language = dockerfileLanguage): string[] {
  const found: string[] = [];
  highlightTree(language.parser.parse(text), names, (from, to, name) => void found.push(`${name}:${text.slice(from, to)}`));
  return found;
}

describe("a Dockerfile's colours", () => {
  test.each<[string, string, string[]]>([
    ["an instruction", "FROM a AS b", ["key:FROM", "key:AS"]],
    ["small letters", "from a", ["key:from"]],
    ["what is no instruction", "RNU a", ["bad:RNU"]],
    ["what may become one", "FROM a\nHEALTH", ["key:FROM", "key:HEALTH"]],
    ["what may become one no more", "RU\nRU a\nRUX", ["key:RU", "bad:RU", "bad:RUX"]],
    ["directives and comments", "# syntax=a\n# escape=`\n# b\n# syntax=c\nRUN x `\n y", ["directive:# syntax=a", "directive:# escape=`", "com:# b", "com:# syntax=c", "key:RUN", "op:`"]],
    ["flags", "COPY --from=a --link b c", ["key:COPY", "flag:--from", "flag:--link"]],
    ["no flag behind an argument", "RUN a --b", ["key:RUN"]],
    ["strings and variables", 'RUN echo "x $HOME ${A:-b}" \'$c\'', ["key:RUN", 'str:"x ', "var:$HOME", "var:${A:-b}", 'str:"', "str:'$c'"]],
    ["a variable at the start of a string", 'ENV A="$B/c"', ["key:ENV", 'str:"', "var:$B", 'str:/c"']],
    ["a string that is never closed", 'RUN "a', ["key:RUN", 'str:"a']],
    ["a string over lines", 'RUN "a \\\n  b" && c', ["key:RUN", 'str:"a ', "op:\\", 'str:b"', "op:&&"]],
    ["an escaped quote at the end of a line", 'RUN "a\\" b', ["key:RUN", 'str:"a\\" b']],
    ["ports", "EXPOSE 80 81/udp", ["key:EXPOSE", "num:80", "num:81/udp"]],
    ["a comment inside an instruction", "RUN a \\\n# b\n  c", ["key:RUN", "op:\\", "com:# b"]],
    ["a comment inside, and then a new instruction", "RUN a \\\n# b\n  c\nCMD d", ["key:RUN", "op:\\", "com:# b", "key:CMD"]],
    ["a heredoc", "RUN <<EOF\nFROM a\n\nEOF\nCMD b", ["key:RUN", "key:<<EOF", "str:FROM a", "key:EOF", "key:CMD"]],
    ["a heredoc whose name stands apart", "RUN cat << EOF > b\nFROM a\nEOF\nCMD b", ["key:RUN", "key:<< EOF", "str:FROM a", "key:EOF", "key:CMD"]],
    ["a heredoc with a target", "COPY <<-E /a\n\tx\n\tE\nCMD b", ["key:COPY", "key:<<-E", "str:\tx", "key:\tE", "key:CMD"]],
    ["ONBUILD", "ONBUILD RUN a", ["key:ONBUILD", "key:RUN"]],
    ["strange signs", "RUN \\ $ ` '' <<< \\\\ -- --= \"\\", ["key:RUN", "str:''", 'str:"', "op:\\"]],
  ])("%s", (_name, text, want) => {
    expect(coloured(text).map((it) => it.replace(/\s+$/, ""))).toEqual(want.map((it) => it.replace(/\s+$/, "")));
  });

  test("any text can be coloured", () => {
    const pieces = ["FROM", " ", "\n", "\\", '"', "'", "$A", "${", "<<E", "E", "--a", "=", "#", "`", "[", "&&", "\t", "é", "ONBUILD"];
    let seed = 7;
    const next = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648);
    for (let round = 0; round < 400; round += 1) {
      const text = Array.from({ length: 40 }, () => pieces[next() % pieces.length]).join("");
      expect(() => coloured(text), JSON.stringify(text)).not.toThrow();
    }
  });

  test.each(templateIds)("nothing is wrong in the template %s", (id) => {
    expect(coloured(templateOf(id).text).filter((it) => it.startsWith("bad"))).toEqual([]);
    expect(coloured(templateOf(id).ignore ?? "", ignoreLanguage).filter((it) => it.startsWith("bad"))).toEqual([]);
  });

  test.each(templateIds)("the ignore file of %s leaves something for another Dockerfile of the folder", (id) => {
    const lines = (templateOf(id).ignore ?? "").split("\n").map((line) => line.trim());
    expect(lines.filter((line) => ["*", "**", ".", "/"].includes(line))).toEqual([]);
  });
});

test("an ignore file's colours", () => {
  expect(coloured("# a\n!b/**/*.c\nd\n", ignoreLanguage)).toEqual(["com:# a", "key:!", "num:**", "num:*"]);
});
