/**
 * The path of what was typed into the address of a preview: a whole address of the same port, or
 * just a path. `null` when it leads elsewhere.
 */
export function pathWithin(base: string, typed: string): string | null {
  const text = typed.trim();
  if (text === "" || text.startsWith("/")) return normal(base, text === "" ? "/" : text);
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]*:\d/.test(text) ? text : `http://${text}`;
  return normal(base, whole);
}

function normal(base: string, text: string): string | null {
  try {
    const url = new URL(text, base);
    if (url.origin !== new URL(base).origin || url.username !== "" || url.password !== "") return null;
    return `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return null;
  }
}
