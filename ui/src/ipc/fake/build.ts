// The pretend build room: one folder with a Flask app in it, and a desk that lives as long as the page.

import type { BuildClient } from "../build-client";
import type { FakeBuilds } from "./building";
import { fakeLayerFiles, fakeLayers } from "./layers";
import type { Desk } from "../generated/Desk";
import type { Saved } from "../generated/Saved";
import type { TextFile } from "../generated/TextFile";

const dockerfile = `# A small web app on our own Miniconda image
FROM ubuntu_miniconda_df

WORKDIR flask_app
RUN apt-get update
RUN apt-get install -y curl
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .

EXPOSE 5050
CMD ["waitress-serve", "--port=5050", "app:app"]
`;

const begun: Readonly<Record<string, string>> = {
  "/home/ada/flask_app/flask_app_df.dockerfile": dockerfile,
  "/home/ada/flask_app/.dockerignore": "__pycache__\n*.pyc\n",
};

/** What the build room asks, answered from memory. */
export function fakeBuild(builds: FakeBuilds, query: URLSearchParams): BuildClient {
  const files = new Map(Object.entries(begun));
  const stampOf = (text: string): string => `${text.length} ${text.slice(0, 20)}`;
  let desk: Desk = { open: [], front: null, recent: Object.keys(begun), build: null, folder: null };
  const text = (path: string): TextFile => ({
    path,
    text: files.get(path) ?? "",
    crlf: false,
    bom: false,
    stamp: stampOf(files.get(path) ?? ""),
    read_only: false,
  });
  const write = (path: string, written: string): Saved => {
    files.set(path, written);
    return { saved: "done", path, stamp: stampOf(written) };
  };
  return {
    desk: () => Promise.resolve(desk),
    deskKeep: (draft) => {
      desk = { ...desk, open: [...desk.open.filter((it) => it.id !== draft.id), draft] };
      return Promise.resolve();
    },
    deskArrange: (arranged) => {
      desk = { ...arranged, open: desk.open };
      return Promise.resolve();
    },
    deskDrop: (id) => {
      desk = { ...desk, open: desk.open.filter((it) => it.id !== id) };
      return Promise.resolve();
    },
    textOpen: (path) => Promise.resolve(text(path)),
    textSave: (path, written) => Promise.resolve(write(path, written)),
    textSaveAs: (_folder, name, written) => Promise.resolve(write(`/home/ada/flask_app/${name}`, written)),
    textStamps: (paths) => Promise.resolve(paths.map((path) => (files.has(path) ? stampOf(files.get(path) ?? "") : null))),
    contextLook: () =>
      Promise.resolve({
        files: query.has("huge") ? 20_311 : 3,
        bytes: query.has("huge") ? 1.42e9 : 1_942,
        left_out: 1,
        biggest: [{ path: "app.py", bytes: 1_204 }, { path: "flask_app_df.dockerfile", bytes: 312 }],
        first: [
          { path: "app.py", bytes: 1_204 },
          { path: "flask_app_df.dockerfile", bytes: 312 },
          { path: "requirements.txt", bytes: 426 },
        ],
        ignore_file: ".dockerignore",
        ignore_wrong: [],
        asks: query.has("huge") ? ["The folder has 1.42 GB in 20311 files. BuildKit is sent what the steps ask for, other builders get all of it. Leave out with lines in .dockerignore what the image does not need."] : [],
        warnings: [],
        cut: false,
      }),
    contextPaths: (_folder, _dockerfile, prefix) =>
      Promise.resolve(
        ["app.py", "requirements.txt"]
          .filter((path) => path.startsWith(prefix))
          .map((path) => ({ path, folder: false, left_out: false })),
      ),
    contextSources: (_folder, _dockerfile, _ignore, sources) =>
      Promise.resolve(sources.map((source) => ({ source, found: "here" as const }))),
    dockerfiles: () => Promise.resolve(["flask_app_df.dockerfile"]),
    dockerfileCheck: () => Promise.resolve([]),
    buildLines: (build, step, from, count) => Promise.resolve(builds.lines(build, step, from, count)),
    buildFind: (build, step, text) => Promise.resolve(builds.find(build, step, text)),
    buildText: (build, step) => Promise.resolve(builds.lines(build, step ?? 0, 0, 1e6).join("\n")),
    buildSave: () => Promise.resolve("/home/ada/build.log"),
    build: (build) => Promise.resolve(builds.whole(build)),
    buildsForget: (ids) => Promise.resolve(builds.forget(ids)),
    imageLayers: () => Promise.resolve(fakeLayers),
    imageFiles: () => new Promise((resolve) => setTimeout(() => resolve(fakeLayerFiles), 1200)),
  };
}
