/** How far a download is, from what its layers say. */

import type { Layer } from "../../ipc/generated/Layer";

/** A download in numbers. */
export interface Sum {
  /** Layers that need nothing more. */
  done: number;
  /** All layers. */
  layers: number;
  /** Bytes that have arrived. */
  current: number;
  /** Bytes of all layers whose size is known. */
  total: number;
  /** From 0 to 1; null while nothing is known. */
  share: number | null;
}

/** Unpacking comes after the download and is the shorter part of a layer's way. */
const DOWNLOAD_PART = 0.8;

/** How far one layer is, from 0 to 1. */
export function layerShare(layer: Layer): number {
  if (layer.done) return 1;
  const counted = layer.total > 0 ? Math.min(layer.current / layer.total, 1) : 0;
  if (isUnpacking(layer)) return DOWNLOAD_PART + (1 - DOWNLOAD_PART) * counted;
  if (isFetched(layer)) return DOWNLOAD_PART;
  return DOWNLOAD_PART * counted;
}

/** How far all of them are; each layer counts by its size, or like the others where it is not known. */
export function sumOf(layers: readonly Layer[]): Sum {
  const sized = layers.filter((layer) => layer.total > 0);
  const total = sized.reduce((sum, layer) => sum + layer.total, 0);
  const current = sized.reduce((sum, layer) => sum + arrived(layer), 0);
  const usual = sized.length > 0 ? total / sized.length : 1;
  // A layer that was here before has no size and no work: it says nothing about the download.
  const moving = layers.filter((layer) => !(layer.done && layer.total === 0));
  const weights = moving.map((layer) => (layer.total > 0 ? layer.total : usual));
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const gone = moving.reduce((sum, layer, at) => sum + layerShare(layer) * (weights[at] ?? 0), 0);
  const done = layers.filter((layer) => layer.done).length;
  const share = weight > 0 ? gone / weight : layers.length > 0 ? 1 : null;
  return { done, layers: layers.length, current, total, share };
}

function arrived(layer: Layer): number {
  return layer.done || isFetched(layer) || isUnpacking(layer) ? layer.total : Math.min(layer.current, layer.total);
}

function isUnpacking(layer: Layer): boolean {
  return layer.status === "Extracting";
}

function isFetched(layer: Layer): boolean {
  return layer.status === "Download complete" || layer.status === "Verifying Checksum";
}
