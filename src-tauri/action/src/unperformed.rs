//! Flags that docker knows and Slipway does not perform: said, never dropped.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::Action;
use crate::text::shown;
use crate::verb::long_name;

/// Something to know about an action before it is performed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Note {
    /// The action's field that it is about; `None` where it is about the whole.
    pub field: Option<String>,
    /// What is to be known.
    pub message: String,
}

/// The flags of `docker run` and `docker create` that are known and not performed, by field.
const OF_CONTAINERS: &[&str] = &[
    "attach",
    "cpu_count",
    "cpu_percent",
    "io_maxbandwidth",
    "io_maxiops",
    "isolation",
    "kernel_memory",
    "use_api_socket",
];

/// Those of other verbs: the tags of the verbs, and the fields.
const OF_OTHERS: &[(&[&str], &[&str])] = &[
    (
        &[
            "push",
            "remove-image",
            "inspect-image",
            "history",
            "save",
            "load",
        ],
        &["platform"],
    ),
    (&["system-df"], &["verbose"]),
];

/// Flags that have no place in what Slipway does: the tags of the verbs, the fields, and why.
const OUT_OF_PLACE: &[(&[&str], &[&str], &str)] = &[
    (
        &["run", "start"],
        &["detach_keys"],
        "Slipway’s terminal is left by leaving its tab, so it has no keys for that.",
    ),
    (
        &["run"],
        &["sig_proxy"],
        "Slipway passes no signals of a terminal on; stop or kill the container instead.",
    ),
    (
        &["start"],
        &["checkpoint", "checkpoint_dir"],
        "Saved states of programs are an experiment of docker’s that Slipway leaves alone.",
    ),
    (
        &["create-volume"],
        &[
            "availability",
            "group",
            "limit_bytes",
            "required_bytes",
            "scope",
            "secret",
            "sharing",
            "topology_preferred",
            "topology_required",
            "type",
        ],
        "Only the volumes of a swarm have this, and Slipway leaves swarms alone.",
    ),
    (
        &["list-volumes"],
        &["cluster"],
        "Only the volumes of a swarm have this, and Slipway leaves swarms alone.",
    ),
];

/// Flags that only change how docker prints the answer: the tags of the verbs, and the fields.
const PRINTING: &[(&[&str], &[&str])] = &[
    (
        &["pull", "push", "load", "run", "create", "build"],
        &["quiet"],
    ),
    (&["build"], &["progress", "debug"]),
    (
        &[
            "history",
            "inspect-image",
            "inspect-container",
            "inspect-volume",
            "inspect-network",
            "inspect",
            "info",
            "version",
            "system-df",
            "list-volumes",
            "list-networks",
            "search",
            "list-containers",
            "list-images",
            "list-contexts",
        ],
        &["format"],
    ),
    (&["list-containers", "list-images"], &["no_trunc", "quiet"]),
    (&["list-contexts"], &["quiet"]),
];

/// What a screen does not do although a flag asks for it: the tags of the verbs, the fields, and
/// what it shows instead. Filters are [`the_lists_own`]'s matter.
const BESIDE_SCREENS: &[(&[&str], &[&str], &str)] = &[
    (
        &["list-containers"],
        &["last", "latest"],
        "The list shows all containers. Sorted by age, the youngest stand first.",
    ),
    (
        &["list-containers"],
        &["size"],
        "The list does not show how much space each container takes. The command tells it in a terminal.",
    ),
    (
        &["list-images"],
        &["all"],
        "The list leaves the unnamed images in between out. The command shows them in a terminal.",
    ),
    (
        &["list-images"],
        &["digests"],
        "The list shows no digests. “docker image inspect” tells the one of an image.",
    ),
    (
        &["list-images"],
        &["tree"],
        "The list shows images without their variants. The command shows them in a terminal.",
    ),
    (
        &["logs"],
        &["since", "until", "tail"],
        "Slipway shows the last 2,000 lines and what comes after them. The find box above them finds words.",
    ),
    (
        &["logs"],
        &["timestamps", "details"],
        "Slipway shows what the program wrote, and nothing beside it. The command shows that in a terminal.",
    ),
];

/// Whether the list of a screen can narrow itself to what a filter leaves; of one
/// kind it takes the first. The page does it (`ui/src/features/command/screens.ts`).
fn the_lists_own(tag: &str, filter: &str, is_first: bool) -> bool {
    let (key, value) = filter.split_once('=').unwrap_or((filter, ""));
    is_first
        && match (tag, key) {
            ("list-containers", "status") => matches!(value, "running" | "exited"),
            // Docker takes it for a pattern, which a name alone is, too.
            ("list-containers", "name") | ("list-images", "reference") => value
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-/:@".contains(c)),
            _ => false,
        }
}

impl Action {
    /// The flags that are set, that docker knows, and that Slipway does not perform. An action
    /// with one of them is not performed at all, because it would not be what was asked for.
    pub fn unperformed(&self) -> Vec<Note> {
        let tag = &*self.tag();
        let mut notes = Vec::new();
        for (field, flag) in self.set_flags() {
            let out_of_place = OUT_OF_PLACE
                .iter()
                .find(|(tags, fields, _)| tags.contains(&tag) && fields.contains(&field));
            let message = if let Some((_, _, why)) = out_of_place {
                format!("Slipway does not perform --{flag}. {why}")
            } else if self.container_options().is_some() && OF_CONTAINERS.contains(&field)
                || OF_OTHERS
                    .iter()
                    .any(|(tags, fields)| tags.contains(&tag) && fields.contains(&field))
            {
                format!(
                    "Slipway knows --{flag} but does not perform it yet. Leave it out, or run the command in a terminal."
                )
            } else if field == "disable_content_trust" && !self.is_on(field) {
                format!(
                    "Slipway does not perform --{flag}=false. It cannot check the signatures of images."
                )
            } else {
                continue;
            };
            notes.push(Note {
                field: Some(field.to_owned()),
                message,
            });
        }
        notes
    }

    /// The flags that are set and change nothing in Slipway, because they are about what docker
    /// prints in a terminal.
    pub fn about_printing(&self) -> Vec<Note> {
        let tag = &*self.tag();
        let set = self.set_flags();
        let printing = set.into_iter().filter(|(field, _)| {
            PRINTING
                .iter()
                .any(|(tags, fields)| tags.contains(&tag) && fields.contains(field))
        });
        printing
            .map(|(field, flag)| Note {
                field: Some(field.to_owned()),
                message: format!(
                    "--{flag} only changes what docker prints in a terminal. Slipway shows all of it."
                ),
            })
            .collect()
    }

    /// The flags that are set and that the screen which shows the answer does not follow.
    pub fn beside_its_screen(&self) -> Vec<Note> {
        let tag = &*self.tag();
        let set = self.set_flags().into_iter().filter_map(|(field, flag)| {
            let row = BESIDE_SCREENS
                .iter()
                .find(|(tags, fields, _)| tags.contains(&tag) && fields.contains(&field));
            row.map(|(_, _, instead)| Note {
                field: Some(field.to_owned()),
                message: format!("Slipway does not follow --{flag} here. {instead}"),
            })
        });
        let mut notes: Vec<Note> = set.collect();
        let (filters, can) = if let Action::ListContainers(verb) = self {
            let can = "narrowed to those that run or are stopped, and it finds names, images, ids and ports";
            (&*verb.filter, can)
        } else if let Action::ListImages(verb) = self {
            let can = "narrowed to those in use or not in use, and it finds names and ids";
            (&*verb.filter, can)
        } else {
            return notes;
        };
        let kind = |filter: &str| filter.split('=').next().unwrap_or_default().to_owned();
        for (at, filter) in filters.iter().enumerate() {
            let is_first = !filters[..at]
                .iter()
                .any(|other| kind(other) == kind(filter));
            if !the_lists_own(tag, filter, is_first) {
                notes.push(Note {
                    field: Some("filter".to_owned()),
                    message: format!(
                        "The list has no filter {}, so it shows the others too. It can be {can}.",
                        shown(filter)
                    ),
                });
            }
        }
        notes
    }

    fn tag(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        value["verb"].as_str().unwrap_or_default().to_owned()
    }

    fn is_on(&self, field: &str) -> bool {
        self.fields().get(field) == Some(&Value::Bool(true))
    }

    /// The flags that are written when it is rendered: their fields and their long names.
    pub(crate) fn set_flags(&self) -> Vec<(&'static str, &'static str)> {
        let fields = self.clone().without_blanks().fields();
        let blank = (self.verb().blank)().fields();
        let flags = (self.verb().grammar)().get_arguments();
        flags
            .filter(|arg| !arg.is_positional())
            .map(|arg| (arg.get_id().as_str(), long_name(arg)))
            .filter(|(field, _)| fields.get(field) != blank.get(field))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{Grammar, grammars};

    /// A row that names no field of its verb would say nothing, ever.
    #[test]
    fn the_tables_name_fields_that_there_are() {
        let has = |tag: &str, field: &str| {
            let of = |verb: &&Grammar| verb.tag == tag;
            let verb = grammars().iter().find(of);
            verb.is_some_and(|verb| verb.flags.iter().any(|flag| flag.field == field))
        };
        let out_of_place = OUT_OF_PLACE.iter().map(|(tags, fields, _)| (tags, fields));
        let screens = BESIDE_SCREENS
            .iter()
            .map(|(tags, fields, _)| (tags, fields));
        let printing = PRINTING.iter().map(|(tags, fields)| (tags, fields));
        let others = OF_OTHERS.iter().map(|(tags, fields)| (tags, fields));
        for (tags, fields) in out_of_place.chain(screens).chain(printing).chain(others) {
            for field in *fields {
                let all = tags.iter().all(|tag| has(tag, field));
                let any = tags.iter().any(|tag| has(tag, field));
                // A row may name fields that only some of its verbs have.
                assert!(all || any && tags.len() > 1, "{tags:?} {field}");
            }
        }
        for field in OF_CONTAINERS {
            assert!(has("run", field), "{field}");
        }
    }
}
