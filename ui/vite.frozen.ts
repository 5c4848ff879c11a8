import type { Plugin } from "vite";

/**
 * Tauri freezes `Object.prototype` before the page runs. Then `object.toString = …` throws, as it
 * would write through a read-only property; xterm.js does that once while it loads. The assignment
 * becomes a definition, which means the same.
 */
export function frozenPrototype(): Plugin {
  const assignment = /\b([\w$]+)\.toString=([\w$]+);/g;
  return {
    name: "frozen-prototype",
    transform(code, id) {
      if (!id.includes("/@xterm/") || !assignment.test(code)) return null;
      const change = 'Object.defineProperty($1,"toString",{value:$2,writable:true,configurable:true});';
      return { code: code.replace(assignment, change), map: null };
    },
  };
}
