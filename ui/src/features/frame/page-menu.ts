/** The webview's own menu ("Reload", "Back") has no place in an app; where text can be copied it stays. */
export function quietPageMenu(event: MouseEvent): void {
  if (import.meta.env.DEV || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : null;
  const editable = target?.closest("input, textarea") !== null;
  const chosen = getSelection()?.isCollapsed === false;
  if (!editable && !chosen) event.preventDefault();
}
