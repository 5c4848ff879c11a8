import { beforeAll, describe, expect, it } from "vitest";
import { start, stop } from "../../ipc/actions";
import type { Action } from "../../ipc/generated/Action";
import { containers } from "../../stores/containers.svelte";
import { images } from "../../stores/images.svelte";
import { containerRow, imageRow } from "../../testing/rows";
import { saidCommand } from "../../testing/said";
import { blankRun } from "../run/draft";
import { screenOf, screenWords } from "./screens";
import { dialogFor } from "./take";
import { wayOf, wayWords } from "./ways";

beforeAll(() => {
  containers.apply(true, [containerRow("hello", { id: "4f1c9a2e7b31" })], []);
  images.apply(true, [imageRow("d1165f221234", ["hello-world:latest"])], []);
});

const blank = { field: "containers", index: 0, text: "<CONTAINER ID>", ask: "container id" };
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
    ["explains what it can't do", saidCommand({ verb: "commit" }, { reach: "known" }), "form", "Open in the form"],
    ["opens the page of a build", saidCommand({ verb: "build" }, { blanks: [blank] }), "build", "Open the build page"],
  ])("%s", (_, said, way, label) => {
    expect(wayOf(said)).toBe(way);
    expect(wayWords(said).label).toBe(label);
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
