import { describe, expect, it } from "vitest";
import { parse } from "./parse";
import { Reader } from "./reader";

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces = ["FROM a AS b\n", "# escape=`\n", "RUN x \\\n", "  && y\n", "RUN <<EOF cat <<-'END'\n", "EOF\n", "\tEND\n", "\n", "# a word\n", "COPY . .", "ONBUILD RUN z", " ", "\\", "`", "\n", "CMD [\"a\",", "\"b\"]\n", "E", "<<EOF", "<< EOF", "--from=b "];

describe("a text that is being written", () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))("is read as one that is read anew (%i)", (seed) => {
    const below = chance(seed);
    const reader = new Reader();
    let text = seed % 4 === 0 ? "" : "FROM a\nRUN b \\\n\n # c\n  d\nCOPY <<EOF /x\nhello\nEOF\nRUN e\n";
    for (let turn = 0; turn < 60; turn += 1) {
      const at = below(text.length + 1);
      const gone = below(3) === 0 ? below(12) : 0;
      text = text.slice(0, at) + (pieces[below(pieces.length)] ?? "") + text.slice(at + gone);
      expect(reader.read(text)).toEqual(parse(text));
    }
  });

  it("keeps what stands above the place that changed", () => {
    const long = Array.from({ length: 2_000 }, (_, line) => `RUN step ${line}`).join("\n");
    const reader = new Reader();
    let before = reader.read(long);
    for (const letter of "\nCOPY . /app") {
      const now = reader.read(before.text + letter);
      expect(now.instructions.filter((it, at) => it !== before.instructions[at]).length).toBeLessThanOrEqual(2);
      before = now;
    }
  });
});
