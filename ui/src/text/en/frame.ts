/** The frame: navigation, top bar, trail, command bar. */
export const frame = {
  skip: "Skip to content",
  main: "Main",
  containers: "Containers",
  images: "Images",
  build: "Build",
  settings: "Settings",
  search: "Search, or paste a docker command…",
  starting: "Starting Slipway",
  cannotStart: "Slipway could not start",
  lost: "The engine stopped answering",
  lostTodo: "Slipway tries again by itself. What you see is from before.",
};
