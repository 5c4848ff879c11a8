// Looks at texts beside the page, so that a long file never holds up a keystroke.

import { look } from ".";
import type { Asked, Answered } from "./looker";

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  const answer: Answered = { id: data.id, looked: look(data.text, data.around) };
  postMessage(answer);
});
