import type { CompletionKind } from "../generated/CompletionKind";
import type { FieldKind } from "../generated/FieldKind";
import type { Form } from "../generated/Form";
import type { FormField } from "../generated/FormField";
import type { Reach } from "../generated/Reach";

/** A verb that the fake app knows. */
export interface FakeVerb {
  form: Form;
  reach: Reach;
  destroys: boolean;
}

function flag(id: string, kind: FieldKind, explain: string, takes: string | null = null, short: string | null = null): FormField {
  return { id, flag: `--${id.replaceAll("_", "-")}`, short, kind, takes, explain, required: false, names: null, choices: [] };
}

function place(id: string, takes: string, explain: string, names: CompletionKind | null, kind: FieldKind = "text", required = true): FormField {
  return { id, flag: null, short: null, kind, takes, explain, required, names, choices: [] };
}

function verb(tag: string, command: string, about: string, fields: FormField[], reach: Reach = "performed", destroys = false): FakeVerb {
  return { form: { verb: tag, command: `docker ${command}`, about, fields }, reach, destroys };
}

const containers = place("containers", "CONTAINER", "The containers to act on, by name or id.", "container", "list");
const container = place("container", "CONTAINER", "The container, by name or id.", "container");
const image = place("image", "IMAGE", "The image to make the container from.", "image");

const runFields: FormField[] = [
  flag("detach", "switch", "Lets the container run in the background.", null, "-d"),
  flag("interactive", "switch", "Keeps the program's input open, so that you can type into it.", null, "-i"),
  flag("tty", "switch", "Gives the program a terminal, so that shells and other interactive programs work.", null, "-t"),
  flag("rm", "switch", "Removes the container by itself when its program ends."),
  flag("publish", "list", "Opens a port on this computer and sends what arrives there to a port in the container.", "[ADDRESS:]HOST:CONTAINER", "-p"),
  flag("name", "text", "Gives the container a name; without one the engine makes one up.", "NAME"),
  flag("env", "list", "Sets a variable in the program's environment.", "NAME=VALUE", "-e"),
  flag("volume", "list", "Puts a folder of this computer, or a volume, into the container.", "SOURCE:TARGET", "-v"),
  flag("memory", "text", "The most memory the container may use, such as 512m or 2g.", "SIZE", "-m"),
  flag("cap_add", "list", "Gives the program a right that containers do not have by themselves.", "RIGHT"),
  flag("gpus", "text", "Lets the program use graphics processors: all, or how many.", "WHICH"),
  flag("mount", "list", "Puts a folder or a volume into the container, said at length.", "type=…,source=…,target=…"),
  flag("pids_limit", "number", "How many programs and threads may run in the container at once; -1 is without a limit.", "NUMBER"),
  flag("oom_kill_disable", "switch", "Keeps the engine from ending the program when memory runs short."),
  image,
  place("command", "COMMAND", "The program to start instead of the image's own, with its arguments.", null, "words", false),
];

/** The verbs that the fake app knows, enough to try the page. */
export const fakeVerbs: readonly FakeVerb[] = [
  verb("run", "run", "Make a new container from an image and start it.", runFields),
  verb("create", "create", "Make a new container from an image without starting it.", runFields),
  verb("pull", "pull", "Download an image from a registry.", [flag("all_tags", "switch", "Downloads every tag of the repository, not just one.", null, "-a"), flag("platform", "text", "Picks the variant for another kind of processor or system.", "PLATFORM"), flag("quiet", "switch", "Prints only the name of the image at the end.", null, "-q"), image]),
  verb("start", "start", "Start containers that are stopped.", [containers]),
  verb("stop", "stop", "Stop running containers.", [flag("timeout", "number", "How many seconds a container has to end before it is ended by force.", "SECONDS", "-t"), containers]),
  verb("remove-container", "rm", "Remove containers.", [flag("force", "switch", "Removes a running container too; it is ended first.", null, "-f"), flag("volumes", "switch", "Removes the volumes without a name that belong to it, too.", null, "-v"), containers], "performed", true),
  verb("remove-image", "rmi", "Remove images from this engine.", [flag("force", "switch", "Removes the image even if a stopped container was made from it.", null, "-f"), place("images", "IMAGE", "The images to remove, by name or id.", "image", "list")], "performed", true),
  verb("prune-containers", "container prune", "Remove all stopped containers.", [flag("filter", "list", "Limits what is removed, such as until=24h.", "FILTER"), flag("force", "switch", "Does not ask for confirmation.", null, "-f")], "performed", true),
  verb("tag", "tag", "Give an image one more name.", [place("source", "IMAGE", "The image, by its present name or id.", "image"), place("target", "NAME[:TAG]", "Its new name.", null)]),
  verb("commit", "commit", "Make an image of what a container holds now.", [flag("author", "text", "Who made it.", "NAME", "-a"), flag("message", "text", "What was changed.", "TEXT", "-m"), flag("change", "list", "A line of a Dockerfile that applies to the image.", "INSTRUCTION", "-c"), flag("pause", "switch", "Holds the container while its files are read.", null, "-p"), container, place("reference", "NAME[:TAG]", "The name of the new image.", null, "text", false)]),
  verb("create-volume", "volume create", "Make a volume.", [place("name", "NAME", "Its name; without one the engine makes one up.", null, "text", false), flag("driver", "text", "Who keeps it; local is the engine itself.", "DRIVER", "-d"), flag("opt", "list", "A setting of the driver.", "NAME=VALUE", "-o"), flag("label", "list", "Attaches a note to it.", "NAME=VALUE")]),
  verb("prune-volumes", "volume prune", "Remove volumes that no container uses.", [flag("all", "switch", "Removes the named ones too.", null, "-a"), flag("filter", "list", "Limits what is removed.", "FILTER"), flag("force", "switch", "Does not ask for confirmation.", null, "-f")], "performed", true),
  verb("history", "history", "Show how an image was made.", [flag("human", "switch", "Writes sizes and times for people.", null, "-H"), place("image", "IMAGE", "The image, by name or id.", "image")]),
  verb("list-containers", "ps", "List containers.", [flag("all", "switch", "Shows the stopped ones too.", null, "-a"), flag("quiet", "switch", "Shows the ids alone.", null, "-q")], "screen"),
  verb("list-images", "images", "List images.", [flag("all", "switch", "Shows the layers between, too.", null, "-a")], "screen"),
  verb("attach", "attach", "Connect to a running container's program.", [container], "screen"),
  verb("build", "build", "Build an image from a Dockerfile.", [flag("file", "text", "The Dockerfile, where it has another name.", "FILE", "-f"), flag("tag", "list", "The name of the image.", "NAME[:TAG]", "-t"), place("context", "PATH", "The folder with everything that the build needs.", null)], "known"),
];

/** The verb of a tag. */
export function fakeVerb(tag: string): FakeVerb | undefined {
  return fakeVerbs.find((known) => known.form.verb === tag);
}
