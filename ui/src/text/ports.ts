import type { EngineChoice } from "../ipc/generated/EngineChoice";
import type { Port } from "../ipc/generated/Port";

/** A port that is open on the engine's computer. */
export type Published = Port & { host: number };

/** The ports that are open on the engine's computer. */
export function published(ports: readonly Port[]): Published[] {
  return ports.filter((port): port is Published => port.host !== null);
}

/** The ports that a browser can ask, each once: where one is open at several addresses, at this computer's own. */
export function previewable(ports: readonly Port[]): Published[] {
  const each = new Map<number, Published>();
  for (const port of published(ports)) {
    if (port.protocol !== "tcp") continue;
    const known = each.get(port.host);
    if (!known) each.set(port.host, port);
    else if (!isHere(hostOf(known, null)) && isHere(hostOf(port, null))) each.set(port.host, port);
  }
  return [...each.values()];
}

/** `5000 → 5050`, with the protocol where it is not TCP. */
export function portText(port: Published): string {
  return `${port.host} → ${port.container}${port.protocol === "tcp" ? "" : `/${port.protocol}`}`;
}

/** Whether other computers can reach it. */
export function openToAll(port: Port): boolean {
  return port.address === "0.0.0.0" || port.address === "::";
}

/** Where this computer reaches a published port: on itself, or on a remote engine's computer. */
export function hostOf(port: Port, choice: EngineChoice | null): string {
  if (choice?.state.state === "ready" && !choice.state.local) {
    const match = /^(?:tcp|http|https|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(choice.address);
    if (match?.[1]) return match[1];
  }
  if (port.address === null || port.address === "" || openToAll(port)) return "127.0.0.1";
  return port.address.includes(":") ? `[${port.address}]` : port.address;
}

/** Whether a web address with this host is one of this computer's own, which the preview shows. */
export function isHere(host: string): boolean {
  return host === "127.0.0.1" || host === "localhost" || host === "[::1]";
}

/** The web address of a published port. */
export function urlOf(port: Published, choice: EngineChoice | null): string {
  return `http://${hostOf(port, choice)}:${port.host}`;
}
