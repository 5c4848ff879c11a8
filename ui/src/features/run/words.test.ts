import { describe, expect, test } from "vitest";
import { joinWords, splitWords } from "./words";

describe("a typed line is split like a POSIX shell would", () => {
  test.each<[string, string[]]>([
    ["", []],
    ["   ", []],
    ["bash", ["bash"]],
    ["python -m http.server 5050", ["python", "-m", "http.server", "5050"]],
    ["  spaces   between ", ["spaces", "between"]],
    [`sh -c 'echo "hi there"'`, ["sh", "-c", 'echo "hi there"']],
    [`sh -c "echo \\"hi\\" \\n"`, ["sh", "-c", 'echo "hi" \\n']],
    [`a\\ b`, ["a b"]],
    [`echo ''`, ["echo", ""]],
    [`it''s`, ["its"]],
    [`'never closed`, ["never closed"]],
    ["echo $HOME", ["echo", "$HOME"]],
    ["trailing\\", ["trailing\\"]],
  ])("%j", (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});

describe("words survive being shown and read again", () => {
  test.each<[string[]]>([
    [[]],
    [["bash"]],
    [["sh", "-c", "echo 'one' \"two\" \\three"]],
    [[""]],
    [["", "a b", "\ttab", "line\nbreak"]],
    [["$HOME", "`id`", "é", "🐳", "#x", "~"]],
  ])("%j", (words) => {
    expect(splitWords(joinWords(words))).toEqual(words);
  });
});
