import { describe, expect, test } from "vitest";
import { actionOf, blankRun, draftOf, isRunnable, moreCount, newDraft, problemOf, type Runnable, rowProblem, shownAction, writtenPorts } from "./draft";
import { blankEnv, DOTS, parseEnv } from "./env";
import { blankPort, parsePort } from "./ports";

const { detach: _, ...blankCreate } = blankRun();

describe("an action survives being shown in the dialog", () => {
  test.each<[string, Runnable]>([
    ["the shortest", { verb: "run", ...blankRun("hello-world") }],
    ["a web app", { verb: "run", ...blankRun("flask_app_df"), detach: true, publish: ["5000:5050"], name: "hello", interactive: true, tty: true }],
    ["a shell", { verb: "run", ...blankRun("ubuntu"), command: ["bash", "-c", "echo 'a b'"], rm: true, entrypoint: "" }],
    ["create", { verb: "create", ...blankCreate, image: "registry:2", restart: "unless-stopped", publish: ["127.0.0.1::5000"] }],
    [
      "everything",
      {
        verb: "run",
        detach: true,
        image: "a/b:c@sha256:00",
        command: ["x", ""],
        interactive: true,
        tty: true,
        rm: true,
        publish: ["1-2:3-4/udp", ":5"],
        publish_all: true,
        name: "n",
        env: ["A=1", "B", "C="],
        env_file: ["f"],
        volume: ["/a:/b:ro", "v:/c", "/d"],
        workdir: "/w",
        user: "1:1",
        entrypoint: "e",
        network: ["host"],
        hostname: "h",
        restart: "always",
        memory: "1g",
        cpus: "1.5",
        label: ["l=1", "m"],
        add_host: ["a:1.2.3.4"],
        expose: ["80"],
        init: true,
        read_only: true,
        privileged: true,
        platform: "linux/arm64",
        pull: "never",
        stop_signal: "SIGINT",
        stop_timeout: -1,
      },
    ],
  ])("%s", (_name, action) => {
    expect(actionOf(draftOf(action))).toEqual(action);
  });
});

test("a new draft is the shortest run there is", () => {
  expect(actionOf(newDraft("nginx"))).toEqual({ verb: "run", ...blankRun("nginx") });
});

test("rows without content are left out, and a problem still finds its row", () => {
  const draft = newDraft("nginx");
  draft.ports = [blankPort(), parsePort("99999:80")];
  draft.env = [blankEnv(), parseEnv("A=1")];
  expect(actionOf(draft)).toMatchObject({ publish: ["99999:80"], env: ["A=1"] });
  const problems = [{ field: "publish", index: 0, message: "Ports end at 65535." }];
  const written = writtenPorts(draft);
  expect(draft.ports.map((row) => rowProblem(problems, "publish", written, row))).toEqual([null, "Ports end at 65535."]);
  expect(problemOf(problems, "name")).toBeNull();
});

test("the same draft can be created instead of run", () => {
  const action = actionOf(newDraft("nginx"), "create");
  expect(action).toEqual({ verb: "create", ...blankCreate, image: "nginx" });
});

test("what is shown hides secrets, what is performed does not", () => {
  const draft = newDraft("postgres");
  draft.env = [parseEnv("POSTGRES_PASSWORD=hunter2")];
  expect(shownAction(draft).env).toEqual([`POSTGRES_PASSWORD=${DOTS}`]);
  expect(actionOf(draft).env).toEqual(["POSTGRES_PASSWORD=hunter2"]);
});

test("folded fields that are filled in are counted", () => {
  const draft = newDraft("nginx");
  expect(moreCount(draft)).toBe(0);
  draft.options.memory = "1g";
  draft.options.rm = true;
  draft.command = "bash";
  draft.lists.label = [{ key: 1, text: "a=b" }];
  expect(moreCount(draft)).toBe(4);
});

test("only run and create fit the dialog", () => {
  expect(isRunnable({ verb: "run", ...blankRun() })).toBe(true);
  expect(isRunnable({ verb: "rename", container: "a", new_name: "b" })).toBe(false);
});
