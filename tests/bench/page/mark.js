// The yardstick's "first list painted": the frame after the page is there.
addEventListener("DOMContentLoaded", () => {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("slipway:list")));
});
