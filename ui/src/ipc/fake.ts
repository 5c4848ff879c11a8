// A pretend app for the development page: believable lists, tasks that take a moment. It is loaded
// only while developing, and never part of the product.

import type { Client } from "./client";
import { fakeBuild } from "./fake/build";
import { fakeComplete, fakeHelp } from "./fake/complete";
import { fakeFacts, fakeInspect, fakeStartUp } from "./fake/data";
import { FakeEngine } from "./fake/engine";
import { fakeRead } from "./fake/read";
import { fakeRender } from "./fake/render";
import { fakeVerb } from "./fake/verbs";

/** The pretend app. The page's query picks what it shows: `?rows=10000`, `?engine=none`, `?theme=dark`. */
export function fakeClient(query: URLSearchParams): Client {
  const engine = new FakeEngine(query);
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    ...fakeBuild(engine.builds, query),
    startUp: () => Promise.resolve(fakeStartUp(query)),
    settingsSave: nothing,
    render: (action) => Promise.resolve(fakeRender(action)),
    read: (text) => Promise.resolve(fakeRead(text)),
    complete: (text, cursor) => Promise.resolve(fakeComplete(text, cursor, engine.containers, engine.images)),
    form: (verb) => Promise.resolve(fakeVerb(verb)?.form ?? null),
    help: (verb) => Promise.resolve(fakeHelp(verb)),
    trailExport: (shell) => Promise.resolve(`/home/ada/trail.${shell === "posix" ? "sh" : "ps1"}`),
    trailClear: nothing,
    perform: (actions, _engine, folder) => Promise.resolve(engine.perform(actions, folder ?? null)),
    cancel: (task) => Promise.resolve(engine.cancel(task)),
    inspect: (_kind, id) => Promise.resolve(fakeInspect(engine.container(id))),
    howItEnded: () => Promise.resolve(null),
    whyNoPage: () => Promise.resolve(null),
    imageFacts: (reference) => Promise.resolve(fakeFacts(reference, engine.images)),
    checkPort: (_address, port) =>
      Promise.resolve(
        port === 5000 ? { state: "taken", by: "container hello", next_free: 5001 } : port < 1024
          ? { state: "privileged", next_free: port + 8000 }
          : { state: "free" },
      ),
    chooseEngine: (id) => Promise.resolve({ ...fakeStartUp(query).settings, engine: engine.choose(id) }),
    lookForEngines: () => Promise.resolve(engine.look()),
    ownEngineStart: () => Promise.resolve({ ...fakeStartUp(query).settings, engine: engine.ownStart() }),
    ownEngineStop: () => Promise.resolve(engine.ownStop()),
    ownEngineLog: () => Promise.resolve("time=… level=info msg=\"Starting up\"\ntime=… level=info msg=\"API listen on a private socket\"\n"),
    runInstall: nothing,
    openUrl: nothing,
    pickFolder: () => Promise.resolve("/home/ada/flask_app"),
    pickFile: () => Promise.resolve("/home/ada/flask_app/settings.env"),
    probe: (_host, port) =>
      Promise.resolve(
        port === 5000
          ? { answer: "http", status: 200, reason: "OK", millis: 14, title: "Hello", content_type: "text/html" }
          : { answer: "reset" },
      ),
    previewOpen: nothing,
    previewBounds: nothing,
    previewGo: nothing,
    previewClose: nothing,
    previewWindow: nothing,
    streamOpen: (kind) => Promise.resolve(engine.streams.open(kind)),
    streamNext: (id) => engine.streams.next(id),
    streamClose: (id) => Promise.resolve(engine.streams.close(id)),
  };
}
