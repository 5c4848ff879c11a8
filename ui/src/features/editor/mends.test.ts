import { describe, expect, test } from "vitest";
import { edited } from "./finding";
import { mendsAt } from "./mends";
import { look } from "./rules";

/** What is offered for the failed line, and the text once the first is taken. */
function offered(file: string, line: number, noImage = false, images: readonly string[] = []): { labels: string[]; first: string } {
  const { findings } = look(file, { images: [] });
  const mends = mendsAt(file, line, findings, noImage, images);
  return { labels: mends.map(({ label }) => label), first: edited(file, mends[0]?.edits ?? []) };
}

describe("the line that failed", () => {
  test("has the edit that the editor has for it", () => {
    const { labels, first } = offered("FROM a:1\nRUN echo one\nRUNN echo two\n", 3);
    expect(labels).toEqual(["Fix line 3: Change it to RUN"]);
    expect(first).toBe("FROM a:1\nRUN echo one\nRUN echo two\n");
  });

  test("has those of its whole instruction, and none of other lines", () => {
    const file = "FROM ubuntu:22.04\nRUN apt-get update && \\\n  sudo apt-get install -y curl\nRUNN x\n";
    expect(offered(file, 2).labels.some((label) => label.startsWith("Fix line 2") || label.startsWith("Fix line 3"))).toBe(true);
    expect(offered(file, 2).labels.some((label) => label.startsWith("Fix line 4"))).toBe(false);
    expect(offered(file, 1).labels).toEqual([]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["pyhton:3.12-slim", [], ["Use python:3.12-slim"]],
    ["pyhton:3.12-slim", ["docker.io/library/python:3.11"], ["Use python:3.12-slim", "Use python:3.11"]],
    ["flask_ap", ["flask_app:latest", "other:1"], ["Use flask_app:latest"]],
    ["ubuntu:22.4", ["docker.io/library/ubuntu:22.04"], ["Use ubuntu:22.04"]],
    ["nod", [], ["Use node"]],
    ["ghcr.io/me/app:1", ["ghcr.io/me/app:2"], ["Use ghcr.io/me/app:2"]],
    ["python:3.12", [], []],
    ["something-else", ["a:1"], []],
    ["$BASE", ["BASE"], []],
  ])("FROM %s, with %j here, offers %j", (base, here, labels) => {
    const found = offered(`# one\nFROM ${base} AS web\n`, 2, true, here);
    expect([...found.labels].sort()).toEqual([...labels].sort());
    if (labels.length === 1) expect(found.first).toBe(`# one\nFROM ${labels[0]?.replace("Use ", "") ?? ""} AS web\n`);
  });

  test("is no slip of the hand where the image was there", () => {
    expect(offered("FROM pyhton\nRUN x\n", 1).labels).toEqual([]);
  });
});
