// What the first list does not need: one part of the program, which follows it. See rest.svelte.ts.

export { default as BuildPage } from "../build/BuildPage.svelte";
export { default as BuildsPage } from "../build/BuildsPage.svelte";
export { default as ContainerPage } from "../container/ContainerPage.svelte";
export { default as EngineMenu } from "../engine/EngineMenu.svelte";
export { default as ImagePage } from "../image/ImagePage.svelte";
export { default as ImagesPage } from "../images/ImagesPage.svelte";
export { default as Settings } from "../settings/Settings.svelte";
export { default as StepsPanel } from "../steps/StepsPanel.svelte";
export { default as Welcome } from "../welcome/Welcome.svelte";
export { dialogOf } from "./dialog-of";
