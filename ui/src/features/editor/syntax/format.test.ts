import { describe, expect, test } from "vitest";
import { edited } from "../finding";
import { templateIds, templateOf } from "../templates";
import { format } from "./format";
import { parse } from "./parse";

function tidied(text: string): string {
  return edited(text, format(text));
}

const rows: [string, string, string][] = [
  ["capitals", "from a as b\nrun x\n", "FROM a AS b\nRUN x\n"],
  ["blanks", "  FROM   a  \nRUN\t x\n", "FROM a\nRUN x\n"],
  ["continued lines", "RUN a \\\n  && b \\  \n\t&& c\n", "RUN a \\\n    && b \\\n    && c\n"],
  ["a word across lines", "RUN apt-get inst\\\nall x\n", "RUN apt-get inst\\\nall x\n"],
  ["a quoted text across lines", 'RUN echo "a  \\\n b  \\\n  c" \\\n  && d\n', 'RUN echo "a  \\\n b  \\\n  c" \\\n    && d\n'],
  ["comments", "   # a  \nFROM b\n", "# a\nFROM b\n"],
  ["what would become a directive", "  # escape=`\nFROM a\n", "  # escape=`\nFROM a\n"],
  ["comments in an instruction", "RUN a \\\n# it's\n  && b\n", "RUN a \\\n    # it's\n    && b\n"],
  ["empty lines", "FROM a\n\n\n\nRUN b\n\n\n", "FROM a\n\nRUN b\n"],
  ["no line's end", "FROM a", "FROM a\n"],
  ["a heredoc", "RUN <<EOF\n  from a  \n\n\n  b\nEOF\nrun c\n", "RUN <<EOF\n  from a  \n\n\n  b\nEOF\nRUN c\n"],
  ["a heredoc at the end", "RUN <<EOF\n  a  \nEOF", "RUN <<EOF\n  a  \nEOF\n"],
  ["an unknown word", "rnu x\n", "rnu x\n"],
  ["ONBUILD", "onbuild run a\n", "ONBUILD RUN a\n"],
  ["another escape", "# escape=`\nrun a `\n  b c\\\n", "# escape=`\nRUN a `\n    b c\\\n"],
  ["an instruction that begins on the next line", "RUN  \\\n  a\n", "RUN  \\\n    a\n"],
  ["the exec form", 'cmd  ["a",  "b"]\n', 'CMD ["a",  "b"]\n'],
  ["nothing", "", ""],
  ["only blanks", "\n\n", "\n"],
];

describe("format", () => {
  test.each(rows)("%s", (_name, text, want) => {
    expect(tidied(text)).toBe(want);
  });

  const texts = [...rows.map(([, text]) => text), ...templateIds.map((id) => templateOf(id).text)];

  test.each(texts)("changes nothing the second time: %j", (text) => {
    const once = tidied(text);
    expect(tidied(once)).toBe(once);
  });

  test.each(texts)("changes no meaning: %j", (text) => {
    const meaning = (of: string): unknown => parse(of).instructions.map((it) => [it.name, it.flags.map((flag) => [flag.name, flag.value]), it.words.map((word) => (it.name === "FROM" ? word.value.toLowerCase() : word.value)), it.heredocs.map((heredoc) => heredoc.body.text)]);
    expect(JSON.stringify(meaning(tidied(text))).toLowerCase()).toBe(JSON.stringify(meaning(text)).toLowerCase());
  });

  test("leaves templates as they are", () => {
    for (const id of templateIds) expect(format(templateOf(id).text)).toEqual([]);
  });
});
