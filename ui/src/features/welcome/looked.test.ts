import { expect, test } from "vitest";
import type { Code } from "../../ipc/generated/Code";
import type { EngineChoice } from "../../ipc/generated/EngineChoice";
import { knownElsewhere, lookedAt, tellingProblem } from "./looked";

function failed(id: string, name: string, code: Code, command: string | null = null): EngineChoice {
  const problem = { code, what: "", why: "", todo: "", command, fixes: [], detail: "" };
  return { id, name, source: "", address: "", state: { state: "failed", problem } };
}

const docker = failed("socket:a", "Docker", "engine-not-installed");
const podman = failed("socket:b", "Podman", "engine-not-running");
const own = failed("own", "Slipway’s own engine", "engine-not-running");

test("each place says what came of it, and DOCKER_HOST that it names none", () => {
  expect(lookedAt([docker, podman, own]).map((each) => each.words)).toEqual(["Docker: not installed", "Podman: not running", "DOCKER_HOST: not set"]);
  expect(lookedAt([failed("env", "DOCKER_HOST", "engine-unreachable")]).map((each) => each.words)).toEqual(["DOCKER_HOST: cannot be reached"]);
});

test("a place that is being asked is not told as failed", () => {
  const asked: EngineChoice = { ...docker, state: { state: "connecting" } };
  expect(lookedAt([asked])[0]).toEqual({ id: "socket:a", words: "Docker: asking…", asking: true });
});

test("one on another computer, which nobody has asked, does not look as if it were", () => {
  const office: EngineChoice = { ...docker, id: "context:office", name: "office", state: { state: "unknown" } };
  expect(lookedAt([office])[0]?.words).toBe("office: not asked yet");
});

test.each<[string, EngineChoice[], string | null]>([
  ["nothing to mend", [docker, podman, own], null],
  ["permission first", [podman, failed("socket:c", "Docker", "engine-no-permission", "sudo usermod …")], "socket:c"],
  ["a command that starts it", [docker, failed("socket:d", "Docker", "engine-not-running", "sudo systemctl start docker")], "socket:d"],
  ["what was named, whatever else fails", [failed("env", "DOCKER_HOST", "engine-unreachable"), failed("socket:c", "Docker", "engine-no-permission")], "env"],
])("%s", (_name, choices, id) => {
  expect(tellingProblem(choices)?.choice.id ?? null).toBe(id);
});

test("contexts and DOCKER_HOST are the known ones elsewhere", () => {
  const context = failed("context:server", "server", "engine-unreachable");
  expect(knownElsewhere([docker, context, own])).toEqual([context]);
});
