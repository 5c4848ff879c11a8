// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import type { BuildNews } from "../../ipc/generated/BuildNews";
import { buildStep, buildWhole } from "../../testing/builds";
import { fold } from "./fold";
import { LiveBuild } from "./live.svelte";
import StepLog from "./StepLog.svelte";
import StepRow from "./StepRow.svelte";

/** What news of a log make the page do. */
interface Work {
  /** Lines that were asked for. */
  fetched: number;
  /** Lines that came into the page. */
  made: number;
  /** Looks at how high the log is, each of which lays the page out. */
  laidOut: number;
}

const real = client();
let work: Work;

beforeEach(() => {
  // jsdom lays nothing out: a log in it is twenty rows high.
  vi.stubGlobal("ResizeObserver", class { observe(): void {} unobserve(): void {} disconnect(): void {} });
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(380);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockImplementation(() => ((work.laidOut += 1), 1_000_000));
  Element.prototype.scrollIntoView = () => void (work.laidOut += 1);
  work = { fetched: 0, made: 0, laidOut: 0 };
  const buildLines: Client["buildLines"] = (_build, _step, from, count) => {
    work.fetched += count;
    return Promise.resolve(Array.from({ length: count }, (_, index) => `\u001b[32mline ${from + index}\u001b[0m ${"x".repeat((from + index) % 150)}`));
  };
  useClient({ ...real, buildLines });
});
afterEach(() => {
  useClient(real);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Tells so many times that lines have come, and counts what is done for each. */
async function tell(begin: number, each: number): Promise<Work[]> {
  const props = $state({ build: 1, step: 1, name: "RUN make", count: begin, end: true });
  const log = mount(StepLog, { target: document.body, props });
  flushSync();
  await settle();
  const seen = new MutationObserver((changes) => {
    const made = changes.flatMap((change) => [...change.addedNodes]);
    work.made += made.filter((node) => node instanceof HTMLElement && node.dataset["line"] !== undefined).length;
  });
  seen.observe(document.body, { childList: true, subtree: true });
  const done: Work[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    work = { fetched: 0, made: 0, laidOut: 0 };
    props.count += each;
    flushSync();
    await settle();
    done.push(work);
  }
  seen.disconnect();
  await unmount(log);
  return done;
}

function most(done: readonly Work[]): Work {
  const of = (what: keyof Work): number => Math.max(...done.map((one) => one[what]));
  return { fetched: of("fetched"), made: of("made"), laidOut: of("laidOut") };
}

describe("news of a log", () => {
  it("cost the same however long it is, and however much came", async () => {
    const short = most(await tell(1_000, 1_000));
    expect(most(await tell(200_000, 1_000))).toEqual(short);
    expect(most(await tell(200_000, 20_000))).toEqual(short);
    // Two pieces of the log; the rows in sight get other words, and are made anew only where fewer of them fit.
    expect(short.fetched).toBeLessThanOrEqual(400);
    expect(short.made).toBeLessThanOrEqual(22);
    expect(short.laidOut).toBeLessThanOrEqual(1);
  });

  it("show the end once it is here, and until then what was", async () => {
    const props = $state({ build: 1, step: 1, name: "RUN make", count: 10, end: true });
    const log = mount(StepLog, { target: document.body, props });
    await settle();
    props.count = 50_000;
    flushSync();
    // Nothing changes while the new lines are on their way: the number over them comes with them, in one drawing.
    expect(document.querySelector(".tools .grow + .num")?.textContent).toBe("10 lines");
    expect([...document.querySelectorAll("[data-line]")].map((line) => line.textContent)).not.toContain("…");
    await settle();
    flushSync();
    expect(document.querySelector('[data-line="50000"]')).not.toBeNull();
    expect(document.querySelector(".tools .grow + .num")?.textContent).toBe("50,000 lines");
    expect(document.querySelectorAll("[data-line]").length).toBeLessThanOrEqual(60);
    await unmount(log);
  });

  it("leave the step where it is once its log is high", async () => {
    const props = $state({ build: 1, step: buildStep(1, "RUN make", { state: "running", ended: null }), lines: 0, follow: true });
    const row = mount(StepRow, { target: document.body, props });
    flushSync();
    await settle();
    props.lines = 20;
    flushSync();
    await settle();
    const scroll = vi.spyOn(Element.prototype, "scrollIntoView");
    for (let lines = 40; lines < 400; lines += 40) {
      props.lines = lines;
      flushSync();
      await settle();
    }
    expect(scroll).not.toHaveBeenCalled();
    await unmount(row);
  });

  it("leave what is made of the steps as it is", () => {
    const live = new LiveBuild(1);
    live.whole = buildWhole([buildStep(1, "FROM ubuntu"), buildStep(2, "RUN make", { state: "running" })]);
    const { steps, counted } = live;
    const news: BuildNews = { summary: null, steps: [], lines: [[2, 4_000]], sent: null, findings: [] };
    live.whole = fold(live.whole, news);
    expect(live.whole.lines[2]).toBe(4_000);
    expect(live.steps).toBe(steps);
    expect(live.counted).toBe(counted);
  });
});
