import { describe, expect, it } from "vitest";
import { actionOf, blankBuild, type BuildAction, type BuildDraft, draftOf, isRemote, keepSecrets, moreCount, newDraft, shownAction } from "./draft";
import { DOTS } from "../run/env";
import { isAbsolute, join, nameOf, shortFolder, within } from "./paths";

const build = (part: Partial<BuildAction>): BuildAction => ({ ...blankBuild(), ...part });

describe("a command and the page that it fills in", () => {
  it.each<[string, BuildAction]>([
    ["the tutorial's", build({ tag: ["ubuntu_miniconda_df"], file: "ubuntu_miniconda_df.dockerfile" })],
    ["several names", build({ tag: ["a:1", "registry/b:2"] })],
    ["everything", build({ tag: ["a"], file: "/elsewhere/Dockerfile", build_arg: ["A=1", "B=x=y", "C", "D="], target: "final", platform: ["linux/arm64"], no_cache: true, pull: true, label: ["a=b"], secret: ["id=x,src=y"], ssh: ["default"], network: "host" })],
    ["what has no control here", build({ quiet: true, add_host: ["a:1.2.3.4"], squash: true })],
    ["an address", build({ context: "https://github.com/a/b.git#main", tag: ["a"] })],
    ["a file inside the folder", build({ file: "docker/app.dockerfile" })],
  ])("%s leads back to itself", (_, action) => expect(actionOf(draftOf(action, "/home/ada/app"))).toEqual(action));

  it.each<[string, Partial<BuildAction>, string | null, string | null, string]>([
    ["this folder", {}, "/home/ada", "/home/ada", ""],
    ["a folder in it", { context: "app" }, "/home/ada", "/home/ada/app", ""],
    ["its parent", { context: "..", file: "Dockerfile" }, "/home/ada/app", "/home/ada", "app/Dockerfile"],
    ["a folder in it, with its file", { context: "./app/", file: "app/my.dockerfile" }, "/home/ada", "/home/ada/app", "my.dockerfile"],
    ["a file beside it", { context: "app", file: "my.dockerfile" }, "/home/ada", "/home/ada/app", "/home/ada/my.dockerfile"],
    ["a whole path", { context: "/srv/app", file: "x" }, null, "/srv/app", "x"],
    ["two whole paths", { context: "/srv/app", file: "/srv/app/x" }, null, "/srv/app", "x"],
    ["two whole paths that part", { context: "/srv/app", file: "/etc/x" }, null, "/srv/app", "/etc/x"],
    ["a folder that nobody knows yet", { file: "my.dockerfile" }, null, null, "my.dockerfile"],
    ["a folder's file that nobody knows yet", { context: "app", file: "app/my.dockerfile" }, null, null, "my.dockerfile"],
  ])("reads %s from where it begins", (_, part, from, folder, file) => {
    const draft = draftOf(build(part), from);
    expect(draft.folder).toBe(folder);
    expect(draft.file).toBe(file);
    expect(actionOf(draft).context).toBe(".");
  });

  it("leaves out what stands for a name, and keeps what it asks for", () => {
    const blanks = [{ field: "tag", index: 0, text: "<IMAGE_NAME>", ask: "image name" }, { field: "context", index: 0, text: "<PATH>", ask: "path" }];
    const draft = draftOf(build({ tag: ["<IMAGE_NAME>:1"], context: "<PATH>" }), "/home/ada", blanks);
    expect(draft.lists.tag[0]).toMatchObject({ text: ":1", asks: { text: "image name" } });
    expect(draft.folder).toBe("/home/ada");
  });

  it("has one empty name to begin with, which is not written", () => {
    expect(newDraft().lists.tag).toHaveLength(1);
    expect(actionOf(newDraft()).tag).toEqual([]);
  });

  it("shows secrets as dots, and keeps them through what is shown", () => {
    const draft: BuildDraft = draftOf(build({ build_arg: ["API_TOKEN=hunter2", "DEBUG=1"] }), "/a");
    expect(shownAction(draft).build_arg).toEqual([`API_TOKEN=${DOTS}`, "DEBUG=1"]);
    expect(actionOf(keepSecrets(draftOf(shownAction(draft), "/a"), draft)).build_arg).toEqual(["API_TOKEN=hunter2", "DEBUG=1"]);
  });

  it("counts what is folded away", () => {
    expect(moreCount(newDraft())).toBe(0);
    expect(moreCount(draftOf(build({ tag: ["a"], file: "x", no_cache: true, label: ["a=b", "c=d"], target: "t" }), "/a"))).toBe(3);
  });
});

it.each([["-", true], ["https://example.com/a.git", true], ["git@github.com:a/b", true], ["github.com/a/b", true], [".", false], ["C:\\app", false], ["./github.com", false]])("%s as a context is no folder: %s", (context, remote) =>
  expect(isRemote(context)).toBe(remote));

it.each([
  ["/home/ada", "app/./x/../y", "/home/ada/app/y"],
  ["/home/ada", "../../../..", "/"],
  ["/home/ada", "/etc", "/etc"],
  ["C:\\Users\\ada", "app/x", "C:\\Users\\ada\\app\\x"],
  ["C:\\Users\\ada", "..", "C:\\Users"],
  ["\\\\server\\share", "x", "\\\\server\\share\\x"],
  ["/odd\\name", "x", "/odd\\name/x"],
])("%s and %s is %s", (folder, path, whole) => expect(join(folder, path)).toBe(whole));

it("knows what lies in a folder", () => {
  expect(within("/home/ada", "/home/ada/x/y")).toBe("x/y");
  expect(within("/home/ada/", "/home/ada/x")).toBe("x");
  expect(within("/home/ada", "/home/adam/x")).toBeNull();
  expect(within("C:\\a", "C:\\a\\b")).toBe("b");
  expect([nameOf("/a/b.c"), nameOf("C:\\a\\b"), shortFolder("/home/ada/tutorial/flask_app"), shortFolder("/")]).toEqual(["b.c", "b", "tutorial / flask_app", "/"]);
  expect([isAbsolute("/a"), isAbsolute("C:/a"), isAbsolute("\\\\s"), isAbsolute("a/b"), isAbsolute("C:a")]).toEqual([true, true, true, false, false]);
});
