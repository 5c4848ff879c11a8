import { afterAll, beforeAll, describe, expect, it, test, vi } from "vitest";
import { start, stop } from "../../ipc/actions";
import { type Client, client, useClient } from "../../ipc/client";
import type { Action } from "../../ipc/generated/Action";
import { containers } from "../../stores/containers.svelte";
import { engine } from "../../stores/engine.svelte";
import { images } from "../../stores/images.svelte";
import { settings } from "../../stores/settings.svelte";
import { containerRow, imageRow } from "../../testing/rows";
import { saidCommand } from "../../testing/said";
import { blankRun } from "../run/draft";
import { containerList } from "../containers/list.svelte";
import { imageList } from "../images/list.svelte";
import { screenOf, screenWords, show } from "./screens";
import { dialogFor, take } from "./take";
import { otherWay, remarkOf, wayOf, wayWords } from "./ways";

beforeAll(() => {
  containers.apply(true, [containerRow("hello", { id: "4f1c9a2e7b31" })], []);
  images.apply(true, [imageRow("d1165f221234", ["hello-world:latest"])], []);
  const choices = [
    { id: "socket:/var/run/docker.sock", name: "Docker", address: "unix:///var/run/docker.sock" },
    { id: "context:colima", name: "colima", address: "unix:///home/ada/.colima/default/docker.sock" },
  ];
  engine.apply(choices.map((choice) => ({ ...choice, source: "", state: { state: "unknown" } })), null);
});

const blank = { field: "containers", index: 0, text: "<CONTAINER ID>", ask: "container id" };
const known = { reach: "known" } as const;
const screen = { reach: "screen" } as const;
const problem = { field: "containers", index: 0, message: "Say which." };

describe("what Enter does", () => {
  it.each([
    ["stops at once", saidCommand(stop(["hello"])), "act", "Stop hello"],
    ["names it by its id", saidCommand(stop(["4f1c"])), "act", "Stop hello"],
    ["starts several", saidCommand(start(["a", "b"])), "act", "Start 2 containers"],
    ["asks what stands for a name", saidCommand(stop(["<CONTAINER ID>"]), { blanks: [blank] }), "form", "Open in the form"],
    ["asks for what is missing", saidCommand(stop([]), { command: { tokens: [], line: "", problems: [problem] } }), "form", "Open in the form"],
    ["never removes at once", saidCommand({ verb: "remove-container", containers: ["hello"] }, { destroys: true }), "form", "Open the question"],
    ["asks before it stops what is destroyed by it", saidCommand(stop(["hello"]), { destroys: true }), "form", "Open the question"],
    ["fills a form in", saidCommand({ verb: "run", ...blankRun("ubuntu") }), "form", "Open in the form"],
    ["answers a question", saidCommand({ verb: "history" }), "ask", "Show the answer"],
    ["shows a list", saidCommand({ verb: "list-containers" }, { reach: "screen" }), "show", "Show the containers"],
    ["explains what it can't do", saidCommand({ verb: "copy", source: "a", target: "hello:/a" }, known), "form", "Open in the form"],
    ["explains what no screen shows", saidCommand({ verb: "stats", containers: ["hello"] }, known), "form", "Open in the form"],
    ["runs nothing inside", saidCommand({ verb: "exec", container: "hello", command: ["sh"] }, known), "form", "Open in the form"],
    ["logs nobody in", saidCommand({ verb: "login" }, known), "form", "Open in the form"],
    ["shows what an attached terminal would", saidCommand({ verb: "attach", container: "hello" }, known), "show", "Show hello"],
    ["asks what to attach to", saidCommand({ verb: "attach", container: "<CONTAINER ID>" }, { ...known, blanks: [blank] }), "form", "Open in the form"],
    ["can't attach to nobody", saidCommand({ verb: "attach", container: "nobody" }, known), "form", "Open in the form"],
    ["shows an output", saidCommand({ verb: "logs", container: "4f1c" }, screen), "show", "Show hello"],
    ["asks whose output", saidCommand({ verb: "logs", container: "nobody" }, screen), "form", "Open in the form"],
    ["uses an engine", saidCommand({ verb: "use-context", context: "colima" }, screen), "engine", "Use colima"],
    ["uses the engine that docker uses by itself", saidCommand({ verb: "use-context", context: "default" }, screen), "engine", "Use Docker"],
    ["shows the engines where there is none of that name", saidCommand({ verb: "use-context", context: "moon" }, screen), "show", "Show the engines"],
    ["asks which engine", saidCommand({ verb: "use-context", context: "<NAME>" }, { ...screen, blanks: [blank] }), "form", "Open in the form"],
    ["opens the page of a build", saidCommand({ verb: "build" }, { blanks: [blank] }), "build", "Open the build page"],
  ])("%s", (_, said, way, label) => {
    expect(wayOf(said)).toBe(way);
    expect(wayWords(said).label).toBe(label);
  });
});

test("the engine that is named is used from then on", async () => {
  const chosen: (string | null)[] = [];
  const real = client();
  const fake: Partial<Client> = {
    chooseEngine: (id) => {
      chosen.push(id);
      return Promise.resolve(settings.now);
    },
  };
  useClient({ ...real, ...fake });
  vi.spyOn(settings, "change").mockResolvedValue();
  expect(take(saidCommand({ verb: "use-context", context: "colima" }, screen))).toBeNull();
  await vi.waitFor(() => expect(chosen).toEqual(["context:colima"]));
  useClient(real);
});

describe("the other button", () => {
  it.each([
    ["has the command of what is only shown", saidCommand({ verb: "attach", container: "hello" }, known), "form"],
    ["shows whom a question is about", saidCommand({ verb: "inspect-container", containers: ["hello"] }), "show"],
    ["shows whom it can't do this for", saidCommand({ verb: "exec", container: "hello", command: ["sh"] }, known), "show"],
    ["is not there for a question about nobody", saidCommand({ verb: "inspect-container", containers: ["nobody"] }), null],
    ["is not there where the screen is the answer", saidCommand({ verb: "logs", container: "hello" }, screen), null],
    ["is not there for what is done", saidCommand(stop(["hello"])), null],
  ])("%s", (_, said, way) => expect(otherWay(said)).toBe(way));
});

describe("how far it goes", () => {
  it.each([
    [saidCommand({ verb: "attach", container: "hello" }, known), "can’t be typed into"],
    [saidCommand({ verb: "events" }, known), "can’t do this one yet"],
    [saidCommand({ verb: "use-context", context: "moon" }, screen), "knows no engine called moon. It knows Docker, colima;"],
    [saidCommand({ verb: "use-context", context: "colima" }, screen), null],
    [saidCommand(stop(["hello"])), null],
  ])("%# is said", (said, words) => {
    if (words === null) expect(remarkOf(said)).toBeNull();
    else expect(remarkOf(said)).toContain(words);
  });
});

describe("a list", () => {
  const ps = { verb: "list-containers", all: false, filter: [], latest: false } as const;
  beforeAll(() => {
    vi.stubGlobal("location", { hash: "" });
    vi.stubGlobal("document", { querySelector: () => null });
  });
  afterAll(() => void vi.unstubAllGlobals());
  it.each([
    [ps, "running", ""],
    [{ ...ps, all: true }, "all", ""],
    [{ ...ps, last: 3 }, "all", ""],
    [{ ...ps, filter: ["status=exited", "name=web"] }, "stopped", "web"],
    [{ ...ps, all: true, filter: ["status=running"] }, "running", ""],
    [{ ...ps, filter: ["status=paused"] }, "all", ""],
    [{ ...ps, filter: ["label=a"] }, "running", ""],
    [{ ...ps, filter: ["name=^web$"] }, "running", ""],
  ])("of %j is narrowed to %s, %j", (action, filter, query) => {
    show(action as unknown as Action);
    expect([containerList.filter, containerList.query]).toEqual([filter, query]);
  });
  it.each([
    [{ repository: "ubuntu" }, "ubuntu"],
    [{ filter: ["reference=nginx"] }, "nginx"],
    [{ filter: ["reference=nginx*"] }, ""],
    [{}, ""],
  ])("of images with %j is searched for %j", (part, query) => {
    show({ verb: "list-images", filter: [], ...part } as unknown as Action);
    expect([imageList.filter, imageList.query]).toEqual(["all", query]);
  });
});

describe("the screen of a command", () => {
  it.each([
    [{ verb: "list-images" }, { page: "images" }, "Show the images"],
    [{ verb: "list-containers" }, { page: "containers" }, "Show the containers"],
    [{ verb: "use-context" }, { page: "settings" }, "Show the engines"],
    [{ verb: "logs", container: "hello" }, { page: "container", id: "4f1c9a2e7b31", tab: "output", port: null }, "Show hello"],
    [{ verb: "inspect", names: ["4f1c"] }, { page: "container", id: "4f1c9a2e7b31", tab: "inspect", port: null }, "Show hello"],
    [{ verb: "inspect", names: ["hello-world"] }, { page: "images" }, "Show the images"],
    [{ verb: "logs", container: "nobody" }, { page: "containers" }, "Show the containers"],
  ])("%j", (action, page, words) => {
    expect(screenOf(action as unknown as Action)).toEqual(page);
    expect(screenWords(action as unknown as Action)).toBe(words);
  });
});

describe("the dialog of a command", () => {
  const removal = { verb: "remove-container", force: true, link: false, volumes: true } as const;
  it.each([
    [{ verb: "run", ...blankRun("ubuntu") }, "run"],
    [{ verb: "pull", image: "ubuntu", platform: "linux/arm64" }, "pull"],
    [{ verb: "prune-containers", filter: ["until=24h"], force: false }, "prune"],
    [{ ...removal, containers: ["hello"] }, "remove"],
    [{ ...removal, containers: ["4f1c"] }, "remove"],
    [{ ...removal, containers: ["nobody"] }, "form"],
    [{ ...removal, containers: ["hello"], link: true }, "form"],
    [{ verb: "remove-image", images: ["hello-world"] }, "remove"],
    [{ verb: "remove-image", images: ["d1165f"] }, "remove"],
    [{ verb: "remove-image", images: ["nothing"] }, "form"],
    [{ verb: "rename", container: "hello", new_name: "hi" }, "rename"],
    [{ verb: "rename", container: "nobody", new_name: "hi" }, "form"],
    [{ verb: "tag", source: "a", target: "b" }, "form"],
  ])("of %j is %s, and the whole action goes with it", (action, kind) => {
    const written = { action: action as unknown as Action, blanks: [], notes: [] };
    const request = dialogFor(written);
    expect(request.kind).toBe(kind);
    if (kind === "rename") expect(request).toMatchObject({ name: "hi" });
    else expect(request).toMatchObject({ written });
  });
});
