// What the command bar offers for what is typed.

import type { IconName } from "../../components/icons";
import { containers } from "../../stores/containers.svelte";
import { dialogs } from "../../stores/dialogs.svelte";
import { images } from "../../stores/images.svelte";
import { route } from "../../stores/route.svelte";
import { en } from "../../text/en";
import { imageLabel } from "../../text/reference";
import { matches as containerMatches } from "../containers/list.svelte";
import { runImage } from "../images/actions";
import { matches as imageMatches } from "../images/list.svelte";

/** A line of the command bar's list. */
export interface Offer {
  id: string;
  icon: IconName;
  text: string;
  /** What stands beside it in grey. */
  aside: string;
  /** What kind of thing it is. */
  kind: string;
  run: () => void;
}

const frame = en.frame;
const text = en.command;
/** How many of each kind are offered. */
const MOST = 6;

function places(): Offer[] {
  const page = text.page;
  const action = text.action;
  return [
    { id: "run", icon: "play", text: text.runImage, aside: "", kind: action, run: () => void dialogs.open({ kind: "run" }) },
    { id: "pull", icon: "download", text: text.pullImage, aside: "", kind: action, run: () => void dialogs.open({ kind: "pull" }) },
    { id: "containers", icon: "container", text: frame.containers, aside: "", kind: page, run: () => route.go({ page: "containers" }) },
    { id: "images", icon: "image", text: frame.images, aside: "", kind: page, run: () => route.go({ page: "images" }) },
    { id: "help", icon: "learn", text: text.help, aside: "docker --help", kind: page, run: () => void dialogs.open({ kind: "help", verb: null }) },
    { id: "build", icon: "build", text: frame.build, aside: "", kind: page, run: () => route.go({ page: "build" }) },
    { id: "builds", icon: "clock", text: en.builds.title, aside: "", kind: page, run: () => route.go({ page: "builds", build: null, beside: null }) },
    { id: "settings", icon: "settings", text: frame.settings, aside: "", kind: page, run: () => route.go({ page: "settings" }) },
  ];
}

/** What matches a search, the best first. */
export function offersFor(typed: string): Offer[] {
  const wanted = typed.trim().toLowerCase();
  const here = places().filter((offer) => offer.text.toLowerCase().includes(wanted));
  if (wanted === "") return here;
  const found = containers
    .all()
    .filter((row) => containerMatches(row, wanted))
    .slice(0, MOST)
    .map((row): Offer => ({
      id: row.id,
      icon: "container",
      text: row.name,
      aside: imageLabel(row.image),
      kind: text.container,
      run: () => route.openContainer(row.id),
    }));
  const pictures = images.names
    .filter((name) => imageMatches(name, wanted))
    .slice(0, MOST)
    .map((name): Offer => ({
      id: name.id,
      icon: "image",
      text: name.reference,
      aside: "",
      kind: text.image,
      run: () => runImage(name),
    }));
  return [...found, ...pictures, ...here];
}
