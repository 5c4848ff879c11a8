import type { ImageLayer } from "../generated/ImageLayer";
import type { LayerFiles } from "../generated/LayerFiles";

const layer = (made_by: string, size: number, empty = false, tags: string[] = []): ImageLayer => ({ made_by, size, created: 1_700_000_000, empty, tags });

/** The layers of the pretend image. */
export const fakeLayers: ImageLayer[] = [
  layer("ADD rootfs.tar.xz /", 78.1e6, false, ["ubuntu:latest"]),
  layer('CMD ["/bin/bash"]', 0, true),
  layer("RUN apt-get update && apt-get install -y wget", 61e6),
  layer("RUN wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh && bash Miniconda3-latest-Linux-x86_64.sh -b", 880e6, false, ["ubuntu_miniconda_df:latest"]),
  layer("WORKDIR /flask_app", 0, true),
  layer("RUN pip install -r requirements.txt", 58e6),
  layer("COPY . .", 1_942),
  layer("EXPOSE map[5050/tcp:{}]", 0, true),
  layer('CMD ["waitress-serve" "--port=5050" "app:app"]', 0, true, ["flask_app_df:latest"]),
];

/** What they hold. */
export const fakeLayerFiles: LayerFiles[] = [
  { layer: 0, files: 3_401, biggest: [{ path: "/usr/lib/x86_64-linux-gnu/libc.so.6", bytes: 2_216_304, removed: false }] },
  { layer: 6, files: 3, biggest: [{ path: "/flask_app/app.py", bytes: 1_204, removed: false }, { path: "/flask_app/requirements.txt", bytes: 426, removed: false }, { path: "/tmp/cache", bytes: 0, removed: true }] },
];
