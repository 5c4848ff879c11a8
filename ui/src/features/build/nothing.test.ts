// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Client, client, useClient } from "../../ipc/client";
import { desk } from "../editor/desk.svelte";
import { adopt } from "./desk-link";
import { BuildForm } from "./form.svelte";
import NothingToBuild from "./NothingToBuild.svelte";

const real = client();
let shown: Record<string, unknown>;
let form: BuildForm;

beforeEach(() => {
  useClient({
    ...real,
    desk: () => Promise.resolve({ open: [], front: null, recent: ["/home/ada/app/Dockerfile", "/home/ada/notes.txt", "/srv/gone.dockerfile"], build: null, folder: null }),
    deskArrange: () => Promise.resolve(),
    deskKeep: () => Promise.resolve(),
    textOpen: (path) => (path.includes("gone") ? Promise.reject(new Error("There is no such file.")) : Promise.resolve({ path, text: "FROM a\n", crlf: false, bom: false, stamp: "s", read_only: false })),
  } satisfies Client);
});
afterEach(async () => {
  await unmount(shown);
  useClient(real);
});

describe("a build page with nothing to build", () => {
  it("offers the Dockerfiles that were open lately", async () => {
    await desk.load();
    form = new BuildForm();
    shown = mount(NothingToBuild, { target: document.body, props: { form, start: () => undefined } });
    flushSync();
    const offered = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>('[aria-label="Opened lately"] button')];
    expect(offered().map((button) => button.textContent)).toEqual(["app / Dockerfile", "srv / gone.dockerfile"]);

    // One that is gone is told on the page, and not offered again.
    offered()[1]?.click();
    await vi.waitFor(() => expect(form.problem).not.toBeNull());
    expect(desk.problem).toBeNull();
    flushSync();
    expect(offered()).toHaveLength(1);

    offered()[0]?.click();
    await vi.waitFor(() => expect(desk.front?.path).toBe("/home/ada/app/Dockerfile"));
    await adopt(form, desk.front?.path ?? null);
    expect([form.draft.folder, form.path]).toEqual(["/home/ada/app", "/home/ada/app/Dockerfile"]);
  });
});
