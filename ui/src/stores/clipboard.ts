/**
 * Copies a text that has to be asked for first. WebKit opens the clipboard only while a click is being handled,
 * which is over once somebody was asked: so the clipboard is called at once, and waits for the text itself.
 */
export async function copyAsked(asked: Promise<string>): Promise<void> {
  const blob = asked.then((text) => new Blob([text], { type: "text/plain" }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } catch (error) {
    // Where the text didn't come, that is what went wrong.
    await asked;
    throw error;
  }
}
