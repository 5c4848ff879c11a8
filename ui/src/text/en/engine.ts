/** The sentences of the engine switcher and of Slipway's own engine. */
export const engine = {
  none: "No engine",
  place: { local: "local", remote: "elsewhere" },
  connected: "Connected",
  connecting: "Connecting…",
  failed: "Not answering",
  unknown: "Not asked yet",
  notConnected: "Not connected",
  switcher: (title: string, state: string) => `Engine: ${title}. ${state}. Switch engine`,
  menu: "Engines",
  chosen: "in use",
  lookAgain: "Look for engines again",
  settings: "Engine settings",
  ownName: "Slipway’s own engine",
  start: "Start the engine",
  stop: "Stop the engine",
  log: "Show its log",
  logTitle: "Log of Slipway’s own engine",
  logAbout: "What the engine printed last.",
  logEmpty: "It has printed nothing yet.",
  logCopy: "Copy the log",
  logRefresh: "Read again",
  logText: "Log",
  close: "Close",
  own: {
    unknown: "Looking…",
    notInstalled: "Not installed",
    stopped: (how: string) => `Stopped · ${how}`,
    starting: (how: string) => `Starting ${how}…`,
    running: (how: string) => `Running · ${how}`,
    failed: "It did not start",
  },
  process: (pid: number) => `process ${pid}`,
  stopAsk: "Stop Slipway’s own engine?",
  stopWhy: (count: number) =>
    count === 0
      ? "No container runs in it. Containers and images stay for the next start."
      : count === 1
        ? "One container runs in it and stops too. Containers and images stay for the next start."
        : `${count} containers run in it and stop too. Containers and images stay for the next start.`,
  stopKeep: "Keep it running",
};
