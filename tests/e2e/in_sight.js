// The names of the rows in sight once the list rests, top to bottom. A blank row, and a place where no
// row is, has the name "". Looked for point by point, as an eye would, whatever the page holds.
const done = arguments[0];
const wrap = document.querySelector("main table").parentElement;
const nameAt = (x, y) => {
  const row = document.elementFromPoint(x, y)?.closest("tr");
  const status = row?.querySelectorAll("td")[1]?.innerText.trim() ?? "";
  return status === "" ? "" : (row.querySelector("a")?.innerText ?? "");
};
const look = () => {
  const box = wrap.getBoundingClientRect();
  const head = document.querySelector("main th").getBoundingClientRect();
  const names = [];
  for (let y = head.bottom + 4; y < box.bottom - 1; y += 28) {
    const name = nameAt(box.left + 40, y);
    if (names.at(-1) !== name) names.push(name);
  }
  done(names);
};
// The wheel moves the list on a thread of its own, and the page is told in the frame after.
const rest = (before, frames) => {
  const now = wrap.scrollTop;
  if (now === before && frames === 2) look();
  else requestAnimationFrame(() => rest(now, now === before ? frames + 1 : 0));
};
rest(null, 0);
