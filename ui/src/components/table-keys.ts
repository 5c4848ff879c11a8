import type { Selection } from "../stores/selection.svelte";
import type { MenuAnchor } from "./menu";

/** What a key on a row may do. */
export interface RowKeys {
  id: string;
  ids: readonly string[];
  /** How many rows a page key moves. */
  page: number;
  row: HTMLElement | null;
  /** The focus is on a link or a button in the row, which has keys of its own. */
  onControl: boolean;
  selection: Selection;
  focusRow: (index: number) => Promise<void>;
  onopen: (id: string) => void;
  onmenu: (id: string, anchor: MenuAnchor) => void;
  onkey: (id: string, event: KeyboardEvent) => boolean;
}

/** Handles a key on a row of a table. */
export function handleRowKey(event: KeyboardEvent, keys: RowKeys): void {
  const used = move(event, keys) || walk(event, keys) || choose(event, keys) || keys.onkey(keys.id, event);
  if (!used) return;
  event.preventDefault();
  event.stopPropagation();
}

function move(event: KeyboardEvent, { id, ids, page, selection, focusRow }: RowKeys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const here = ids.indexOf(id);
  const last = ids.length - 1;
  const to = {
    ArrowUp: here - 1,
    ArrowDown: here + 1,
    PageUp: here - page,
    PageDown: here + page,
    Home: 0,
    End: last,
  }[event.key];
  if (to === undefined) return false;
  const index = Math.max(0, Math.min(last, to));
  const target = ids[index];
  if (event.shiftKey && target !== undefined) selection.extend(ids, target, id);
  void focusRow(index);
  return true;
}

/** Left and Right walk through the links and buttons of the row, and back to the row itself. */
function walk(event: KeyboardEvent, { row }: RowKeys): boolean {
  if (!row || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return false;
  const stops = [row, ...row.querySelectorAll<HTMLElement>("a[href], button:not([disabled])")];
  const here = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.max(0, Math.min(stops.length - 1, here + (event.key === "ArrowRight" ? 1 : -1)))]?.focus();
  return true;
}

function choose(event: KeyboardEvent, { id, ids, row, onControl, selection, onopen, onmenu }: RowKeys): boolean {
  if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
    if (row) onmenu(id, row);
    return true;
  }
  if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
    selection.all(ids);
    return true;
  }
  if (event.key === "Escape" && selection.size > 0) {
    selection.clear();
    return true;
  }
  if (onControl) return false;
  if (event.key === "Enter") onopen(id);
  else if (event.key === " ") selection.toggle(id);
  else return false;
  return true;
}
