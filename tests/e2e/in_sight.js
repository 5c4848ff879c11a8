// The names of the rows in sight as the next frame shows them, top to bottom. A blank row, and a place
// where no row is, has the name "". Looked for point by point, as an eye would, whatever the page holds.
const done = arguments[0];
const nameAt = (x, y) => {
  const row = document.elementFromPoint(x, y)?.closest("tr");
  const status = row?.querySelectorAll("td")[1]?.innerText.trim() ?? "";
  return status === "" ? "" : (row.querySelector("a")?.innerText ?? "");
};
// Scrolling is told to the page before this runs, and what the page makes of it is painted after.
requestAnimationFrame(() => {
  const box = document.querySelector("main table").parentElement.getBoundingClientRect();
  const head = document.querySelector("main th").getBoundingClientRect();
  const names = [];
  for (let y = head.bottom + 4; y < box.bottom - 1; y += 28) {
    const name = nameAt(box.left + 40, y);
    if (names.at(-1) !== name) names.push(name);
  }
  done(names);
});
