import { expect, it } from "vitest";
import { hashOf, parseHash, type Page } from "./route.svelte";

const container = { page: "container", id: "4f1c", tab: "overview", port: null } as const;

it.each<[string, Page]>([
  ["", { page: "containers" }],
  ["#/", { page: "containers" }],
  ["#/images", { page: "images" }],
  ["#/images/registry%2Fapp%3A1.2", { page: "image", reference: "registry/app:1.2" }],
  ["#/build", { page: "build" }],
  ["#/builds", { page: "builds", build: null, beside: null }],
  ["#/builds/12", { page: "builds", build: 12, beside: null }],
  ["#/builds/12/9", { page: "builds", build: 12, beside: 9 }],
  ["#/builds/x/9", { page: "builds", build: null, beside: null }],
  ["#/settings", { page: "settings" }],
  ["#/nonsense", { page: "containers" }],
  ["#/containers/4f1c", container],
  ["#/containers/4f1c/output", { ...container, tab: "output" }],
  ["#/containers/4f1c/preview/5000", { ...container, tab: "preview", port: 5000 }],
  ["#/containers/4f1c/preview/abc", { ...container, tab: "preview" }],
  ["#/containers/4f1c/nonsense", container],
  ["#/containers/%E0%A4%A", { ...container, id: "%E0%A4%A" }],
])("%s is a page", (hash, page) => expect(parseHash(hash)).toEqual(page));

it.each<Page>([{ page: "images" }, { page: "image", reference: "a/b:c@d#?" }, { page: "build" }, { page: "builds", build: null, beside: null }, { page: "builds", build: 3, beside: 4 }, { ...container, id: "a/b?#" }, { ...container, tab: "preview", port: 80 }])(
  "a page's own address leads back to it",
  (page) => expect(parseHash(hashOf(page))).toEqual(page),
);
