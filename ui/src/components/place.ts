/** A rectangle's size and place; a `DOMRect` is one. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The distance to what is pointed at, and to the window's edges. */
const GAP = 6;
const EDGE = 8;

/** Where a card goes: under its target, above where there is no room, always inside the window. */
export function place(target: Box, card: Box, width: number, height: number): { x: number; y: number } {
  const below = target.top + target.height + GAP;
  const above = target.top - card.height - GAP;
  const y = below + card.height + EDGE <= height || above < EDGE ? below : above;
  const centred = target.left + target.width / 2 - card.width / 2;
  const x = Math.max(EDGE, Math.min(centred, width - card.width - EDGE));
  return { x: Math.round(x), y: Math.round(y) };
}
