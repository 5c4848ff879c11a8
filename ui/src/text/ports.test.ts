import { describe, expect, it } from "vitest";
import type { EngineChoice } from "../ipc/generated/EngineChoice";
import type { Port } from "../ipc/generated/Port";
import { hostOf, isHere, portText, previewable, published, urlOf } from "./ports";

function port(address: string | null, host: number | null, container: number, protocol = "tcp"): Port {
  return { address, host, container, protocol };
}

function engine(address: string, local: boolean): EngineChoice {
  const capabilities = { buildkit: true, swarm: true, limits: true, rootless: false };
  return {
    id: "a",
    name: "Docker",
    source: "",
    address,
    state: { state: "ready", product: "Docker", version: "28", api: "1.51", platform: "linux/amd64", local, capabilities },
  };
}

describe("ports", () => {
  it("are previewed only when published over TCP", () => {
    const all = [port("127.0.0.1", 5000, 5050), port("127.0.0.1", 53, 53, "udp"), port(null, null, 80)];
    expect(published(all).map(portText)).toEqual(["5000 → 5050", "53 → 53/udp"]);
    expect(previewable(all).map(portText)).toEqual(["5000 → 5050"]);
  });

  it("are previewed once each, at this computer's own address where they are open there", () => {
    const all = [port("192.168.1.5", 5000, 5050), port("127.0.0.1", 5000, 5050), port("::", 5000, 5050), port("192.168.1.5", 6000, 80)];
    expect(previewable(all).map(({ address, host }) => `${address ?? ""} ${host}`)).toEqual(["127.0.0.1 5000", "192.168.1.5 6000"]);
  });

  it.each([
    ["127.0.0.1", "unix:///var/run/docker.sock", true, "http://127.0.0.1:80"],
    ["0.0.0.0", "unix:///var/run/docker.sock", true, "http://127.0.0.1:80"],
    ["::", "unix:///var/run/docker.sock", true, "http://127.0.0.1:80"],
    ["::1", "unix:///var/run/docker.sock", true, "http://[::1]:80"],
    ["127.0.0.2", "unix:///var/run/docker.sock", true, "http://127.0.0.2:80"],
    ["0.0.0.0", "tcp://build.example:2376", false, "http://build.example:80"],
    ["0.0.0.0", "ssh://ada@build.example", false, "http://build.example:80"],
    ["0.0.0.0", "tcp://[2001:db8::1]:2376", false, "http://[2001:db8::1]:80"],
  ])("bound to %s on %s are reached where they are", (address, at, local, url) => {
    const [one] = published([port(address, 80, 8080)]);
    expect(one && urlOf(one, engine(at, local))).toBe(url);
  });

  it.each([
    ["127.0.0.1", true, true],
    ["0.0.0.0", true, true],
    ["::1", true, true],
    ["192.168.1.5", true, false],
    ["127.0.0.1", false, false],
    ["0.0.0.0", false, false],
  ])("bound to %s are on this computer's own address or are not", (address, local, here) => {
    expect(isHere(hostOf(port(address, 80, 8080), engine("ssh://ada@build.example", local)))).toBe(here);
  });
});
