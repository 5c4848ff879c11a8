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

const words = en.frame;
/** How many of each kind are offered. */
const MOST = 6;

/** Whether it is a docker command rather than a search. */
export function isCommand(text: string): boolean {
  return /^\s*(\$\s+)?docker(\s|$)/.test(text);
}

function places(): Offer[] {
  const page = words.palette.page;
  const action = words.palette.action;
  return [
    { id: "run", icon: "play", text: words.palette.runImage, aside: "", kind: action, run: () => void dialogs.open({ kind: "run" }) },
    { id: "pull", icon: "download", text: words.palette.pullImage, aside: "", kind: action, run: () => void dialogs.open({ kind: "pull" }) },
    { id: "containers", icon: "container", text: words.containers, aside: "", kind: page, run: () => route.go({ page: "containers" }) },
    { id: "images", icon: "image", text: words.images, aside: "", kind: page, run: () => route.go({ page: "images" }) },
    { id: "settings", icon: "settings", text: words.settings, aside: "", kind: page, run: () => route.go({ page: "settings" }) },
  ];
}

/** What matches a search, the best first. */
export function offersFor(text: string): Offer[] {
  const wanted = text.trim().toLowerCase();
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
      kind: words.palette.container,
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
      kind: words.palette.image,
      run: () => runImage(name),
    }));
  return [...found, ...pictures, ...here];
}
