/** Lengths of time, as Go reads them: `30s`, `1h30m`, `1.5m`, `0`. */

const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1, us: 0.001, "µs": 0.001, "μs": 0.001, ns: 0.000_001 };

/** Whether a health check takes this: no time at all, or at least a millisecond. */
export function isDuration(written: string): boolean {
  const [, sign = "", parts] = /^([-+]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(written) ?? [];
  if (parts === undefined) return false;
  const all = [...parts.matchAll(/([\d.]+)([a-zµμ]+)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * (MILLISECONDS[unit ?? ""] ?? 0), 0);
  return all === 0 || (all >= 1 && sign !== "-");
}
