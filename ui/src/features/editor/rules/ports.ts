/** EXPOSE with what is no port, as BuildKit reads it. */

import { finding, plain, text, type Rule } from "./rule";

const say = text.syntax;

/** The rule. */
export const ports: Rule = {
  id: "port",
  check: (file) =>
    file.instructions.flatMap((instruction) => {
      const it = plain(instruction);
      if (it.name !== "EXPOSE") return [];
      return it.words.flatMap((word) => {
        const says = wrongIn(word.value);
        return says === null ? [] : [finding(file, "port", "error", word, says[0] ?? "", says[1] ?? "")];
      });
    }),
};

/** What is wrong with a port; `null` when nothing is, or a variable hides it. */
function wrongIn(written: string): readonly string[] | null {
  if (written.includes("$")) return null;
  // `8080:80` and `127.0.0.1:8080:80` are taken, though EXPOSE publishes nothing.
  const inside = written.slice(written.lastIndexOf(":") + 1);
  const slash = inside.indexOf("/");
  const [range, protocol] = slash < 0 ? [inside, ""] : [inside.slice(0, slash), inside.slice(slash + 1)];
  const numbers = range.split("-");
  const [first = 0, last = first] = numbers.map(Number);
  if (numbers.length > 2 || !numbers.every((number) => /^\d+$/.test(number) && Number(number) <= 65535) || last < first) return say.port;
  return /^(tcp|udp|sctp)?$/i.test(protocol) ? null : say.protocol;
}
