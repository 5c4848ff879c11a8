// The terminal that shows what a program printed. It only shows: nothing that is typed, and nothing
// that the output asks for, goes back to the program.

import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { Terminal, type ITheme } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";

/** How many lines are kept. */
const HISTORY = 10_000;
/** How many of the last lines are offered as plain text. */
const SPOKEN = 200;

function theme(): ITheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    background: token("--term"),
    foreground: token("--term-text"),
    cursor: token("--term"),
    selectionBackground: "#3d566b",
    black: "#3b4a55",
    red: token("--term-red"),
    green: token("--term-green"),
    yellow: token("--term-yellow"),
    blue: token("--term-blue"),
    magenta: "#d39be8",
    cyan: token("--term-teal"),
    white: token("--term-text"),
    brightBlack: token("--term-dim"),
  };
}

/** A read-only terminal. */
export class Screen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #watch: ResizeObserver;
  readonly #element: HTMLElement;

  /** Shows itself in an element; `name` is what screen readers call it. */
  constructor(element: HTMLElement, name: string) {
    this.#element = element;
    this.#terminal = new Terminal({
      disableStdin: true,
      convertEol: true,
      scrollback: HISTORY,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--mono"),
      fontSize: 12.5,
      lineHeight: 1.35,
      cursorBlink: false,
      cursorInactiveStyle: "none",
      theme: theme(),
      // Links in the output are text: what they lead to is the program's choice, not the user's.
      linkHandler: { activate: () => undefined },
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#search);
    this.#terminal.open(element);
    this.#terminal.attachCustomKeyEventHandler((event) => this.#key(event));
    // What stands for the text to screen readers is the log beside it, not xterm's empty input.
    this.#terminal.textarea?.setAttribute("aria-label", name);
    this.#watch = new ResizeObserver(() => this.fit());
    this.#watch.observe(element);
    void document.fonts.ready.then(() => this.fit());
  }

  /** Fits the terminal to its element, unless it is hidden. */
  fit(): void {
    if (this.#element.clientWidth > 0 && this.#element.clientHeight > 0) this.#fit.fit();
  }

  /** Shows bytes; resolves when they are drawn, so that a flood waits for the page. */
  write(bytes: Uint8Array | string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(bytes, resolve));
  }

  /** Forgets everything. */
  reset(): void {
    this.#terminal.reset();
  }

  /** The last lines as plain text; a wrapped line is one. */
  lastLines(): string[] {
    const buffer = this.#terminal.buffer.active;
    const lines: string[] = [];
    for (let at = Math.max(0, buffer.length - SPOKEN); at < buffer.length; at += 1) {
      const line = buffer.getLine(at);
      if (!line) continue;
      const text = line.translateToString(true);
      if (line.isWrapped && lines.length > 0) lines.push(`${lines.pop() ?? ""}${text}`);
      else lines.push(text);
    }
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }

  /** Everything that is kept, as plain text. */
  allText(): string {
    this.#terminal.selectAll();
    const text = this.#terminal.getSelection();
    this.#terminal.clearSelection();
    return text.replace(/\s+$/, "\n");
  }

  /** Looks for a text; answers whether it was found. */
  find(text: string, direction: "next" | "previous"): boolean {
    if (text === "") {
      this.#search.clearDecorations();
      this.#terminal.clearSelection();
      return false;
    }
    return direction === "next" ? this.#search.findNext(text) : this.#search.findPrevious(text);
  }

  /** Takes over the theme of the page again. */
  repaint(): void {
    this.#terminal.options.theme = theme();
  }

  dispose(): void {
    this.#watch.disconnect();
    this.#terminal.dispose();
  }

  /** Keys scroll; all others belong to the page. */
  #key(event: KeyboardEvent): boolean {
    if (event.type === "keydown" && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const page = Math.max(1, this.#terminal.rows - 1);
      const lines = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page }[event.key];
      if (lines !== undefined) this.#terminal.scrollLines(lines);
      else if (event.key === "Home") this.#terminal.scrollToTop();
      else if (event.key === "End") this.#terminal.scrollToBottom();
    }
    return false;
  }
}
