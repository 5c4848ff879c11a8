// Numbers as people read them.

const units = ["B", "kB", "MB", "GB", "TB", "PB"];

/** Bytes in three digits and decimal units, as docker prints them: `10.1 kB`, `122 MB`, `1.08 GB`. */
export function bytes(count: number): string {
  let value = Math.max(0, count);
  let unit = 0;
  // 999.5 would round to "1000", which belongs to the next unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${Number(value.toFixed(digits))} ${units[unit] ?? "PB"}`;
}

const spans: [seconds: number, one: string, many: string][] = [
  [365.25 * 86400, "year", "years"],
  [30.44 * 86400, "month", "months"],
  [7 * 86400, "week", "weeks"],
  [86400, "day", "days"],
  [3600, "h", "h"],
  [60, "min", "min"],
];

/** A stretch of time in its largest unit: `12 min`, `2 h`, `3 days`; under a minute `now`. */
export function age(seconds: number): string {
  for (const [length, one, many] of spans) {
    // Months begin after two, as "5 weeks" says more than "1 month".
    const begins = length === 30.44 * 86400 || length === 7 * 86400 ? 2 * length : length;
    if (seconds >= begins) {
      const count = Math.floor(seconds / length);
      return `${count} ${count === 1 ? one : many}`;
    }
  }
  return "now";
}

/** The same with its direction: `12 min ago`, `just now`. */
export function ago(seconds: number): string {
  const text = age(seconds);
  return text === "now" ? "just now" : `${text} ago`;
}

/** How long something took: `0.7 s`, `31.4 s`, `4 min 10 s`, `2 h 5 min`. */
export function took(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

// Made once: to make one costs more than to write a hundred times with it, and lists have many.
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
const whole = new Intl.NumberFormat("en");

function written(milliseconds: number, format: Intl.DateTimeFormat): string {
  const date = new Date(milliseconds);
  // No calendar reaches what an engine may claim, and a format refuses what lies beyond it.
  return Number.isNaN(date.getTime()) ? "" : format.format(date);
}

/** A time of the day: `10:38`. */
export function clockTime(milliseconds: number): string {
  return written(milliseconds, clock);
}

/** A date and time to the second, for tooltips. */
export function exactTime(milliseconds: number): string {
  return written(milliseconds, exact);
}

/** A whole number with its groups: `10,000`. */
export function count(value: number): string {
  return whole.format(value);
}
