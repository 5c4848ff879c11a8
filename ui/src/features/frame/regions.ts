/** The regions of the window, in the order in which F6 visits them. */
const regions = ["nav.nav", "header.bar", "main.main", "section.trail", "aside.through"];

/** Moves the focus to the next region, or the one before. */
export function nextRegion(step: 1 | -1): void {
  const found = regions.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  const here = found.findIndex((region) => region.contains(document.activeElement));
  const from = here < 0 && step < 0 ? 0 : here;
  const next = found[(from + step + found.length) % found.length];
  next?.querySelector<HTMLElement>(focusable(next))?.focus();
}

/** In the page its heading says where we are; elsewhere the first control does. */
function focusable(region: HTMLElement): string {
  return region.matches("main") ? "h1" : "a[href], button:not([disabled])";
}
