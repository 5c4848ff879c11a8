import { expect, test } from "vitest";
import type { EngineChoice } from "../../ipc/generated/EngineChoice";
import type { EngineState } from "../../ipc/generated/EngineState";
import { engineTitle, firstSentence, shortVersion, stateDetail, stateWord } from "./words";

const capabilities = { buildkit: true, swarm: true, limits: true, rootless: false };

function ready(product: string, version: string, local = true): EngineState {
  return { state: "ready", product, version, api: "1.51", platform: "linux/amd64", local, capabilities };
}

function choice(name: string, state: EngineState): EngineChoice {
  return { id: "x", name, source: "", address: "unix:///run/docker.sock", state };
}

function failed(why: string): EngineState {
  return {
    state: "failed",
    problem: { code: "engine-not-running", what: "The engine is not running", why, todo: "", command: null, fixes: [], detail: "" },
  };
}

test.each<[EngineChoice | null, string]>([
  [null, "No engine"],
  [choice("Docker", ready("Docker", "28.5.2")), "Docker 28.5 · local"],
  [choice("DOCKER_HOST", ready("Podman", "5.4.0", false)), "Podman 5.4 · elsewhere"],
  [choice("colima", ready("Docker", "27.1.1")), "colima · local"],
  [choice("Docker", { state: "connecting" }), "Docker"],
  [choice("Podman", failed("")), "Podman"],
])("%j is called %s", (each, title) => {
  expect(engineTitle(each)).toBe(title);
});

test.each<[EngineState, string]>([
  [{ state: "unknown" }, "Not asked yet"],
  [{ state: "connecting" }, "Connecting…"],
  [ready("Docker", "28.5.2"), "Connected"],
  [failed(""), "Not answering"],
])("%j", (state, word) => {
  expect(stateWord(state)).toBe(word);
});

test.each([
  ["Nothing answers at its address. Start it.", "Nothing answers at its address."],
  ["Nothing answers at /var/run/docker.sock. Start it.", "Nothing answers at /var/run/docker.sock."],
  ["Version 19.03 is too old. It needs 20.10.", "Version 19.03 is too old."],
  ["No dot at all", "No dot at all"],
  ["", ""],
])("the first sentence of %j", (words, first) => {
  expect(firstSentence(words)).toBe(first);
});

test("an engine that fails says why, or at least what", () => {
  expect(stateDetail(choice("Docker", failed("Nothing answers. Start it.")))).toBe("Nothing answers.");
  expect(stateDetail(choice("Docker", failed("")))).toBe("The engine is not running");
  expect(shortVersion("28")).toBe("28");
});
