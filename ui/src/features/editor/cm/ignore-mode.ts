/** Colours `.dockerignore` files. */

import { StreamLanguage } from "@codemirror/language";

/** The language of ignore files: a pattern a line, `#` a comment, `!` takes back in. */
export const ignoreLanguage = StreamLanguage.define<null>({
  name: "dockerignore",
  startState: () => null,
  token(stream) {
    if (stream.sol() && stream.peek() === "#") {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.sol() && stream.eatSpace()) return null;
    const before = stream.string.slice(0, stream.pos).trim();
    if (before === "" && stream.eat("!")) return "keyword";
    if (stream.eatWhile(/[*?[\]]/)) return "number";
    stream.eatWhile(/[^*?[\]]/);
    return null;
  },
  languageData: { commentTokens: { line: "#" } },
});
