//! The lists of containers and images, decoded item by item: one that can't be read is left out and
//! logged, and the others are still shown.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::call::{Call, filters};
use crate::connect::Engine;
use crate::model::{ContainerRow, ContainerState, ImageRow, Port};
use crate::transport::RequestError;

/// How many ids go into one request: each takes about 80 bytes of its head.
const IDS_AT_ONCE: usize = 200;

/// All containers of an engine, stopped ones too.
pub(crate) async fn containers(engine: &Engine) -> Result<Vec<ContainerRow>, RequestError> {
    let items: Vec<Box<RawValue>> = Call::get("/containers/json")
        .with("all", 1)
        .read(engine)
        .await?;
    Ok(decoded::<Container>(&items)
        .map(ContainerRow::from)
        .collect())
}

/// Those of the containers with these full ids that exist.
pub(crate) async fn containers_with(
    engine: &Engine,
    ids: &[String],
) -> Result<Vec<ContainerRow>, RequestError> {
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_AT_ONCE) {
        let wanted = filters(some.iter().map(|id| ("id", id.as_str())));
        let call = Call::get("/containers/json")
            .with("all", 1)
            .with("filters", wanted);
        let items: Vec<Box<RawValue>> = call.read(engine).await?;
        rows.extend(decoded::<Container>(&items).map(ContainerRow::from));
    }
    // A filter takes an id for the beginning of one, or for a pattern.
    rows.retain(|row| ids.contains(&row.id));
    Ok(rows)
}

/// The containers of an engine, stopped ones too, that a filter finds, such as `volume` with the name of
/// one.
pub(crate) async fn containers_by(
    engine: &Engine,
    filter: &str,
    value: &str,
) -> Result<Vec<ContainerRow>, RequestError> {
    let call = Call::get("/containers/json")
        .with("all", 1)
        .with("filters", filters([(filter, value)]));
    let items: Vec<Box<RawValue>> = call.read(engine).await?;
    Ok(decoded::<Container>(&items)
        .map(ContainerRow::from)
        .collect())
}

/// All images of an engine but the parts of others.
pub(crate) async fn images(engine: &Engine) -> Result<Vec<ImageRow>, RequestError> {
    let items: Vec<Box<RawValue>> = Call::get("/images/json").read(engine).await?;
    Ok(decoded::<Image>(&items).map(ImageRow::from).collect())
}

fn decoded<T: DeserializeOwned>(items: &[Box<RawValue>]) -> impl Iterator<Item = T> {
    items.iter().filter_map(|item| match serde_json::from_str(item.get()) {
        Ok(item) => Some(item),
        Err(error) => {
            tracing::warn!(%error, "an item of the engine's list can't be read and is left out");
            None
        }
    })
}

/// A container as `GET /containers/json` lists it. Whatever an engine may leave out or set to null is
/// optional.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Container {
    id: String,
    names: Option<Vec<String>>,
    image: Option<String>,
    #[serde(rename = "ImageID")]
    image_id: Option<String>,
    command: Option<String>,
    state: Option<String>,
    status: Option<String>,
    created: Option<i64>,
    ports: Option<Vec<ListedPort>>,
    labels: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ListedPort {
    #[serde(rename = "IP")]
    address: Option<String>,
    private_port: u16,
    public_port: Option<u16>,
    #[serde(rename = "Type")]
    protocol: Option<String>,
}

impl From<Container> for ContainerRow {
    fn from(listed: Container) -> Self {
        let status = listed.status.unwrap_or_default();
        Self {
            name: own_name(&listed.names.unwrap_or_default(), &listed.id),
            image: listed.image.unwrap_or_default(),
            image_id: listed.image_id.unwrap_or_default(),
            command: listed.command.unwrap_or_default(),
            state: state(&listed.state.unwrap_or_default()),
            exit_code: exit_code(&status),
            status,
            created: listed.created.unwrap_or_default(),
            ports: ports(listed.ports.unwrap_or_default()),
            labels: listed.labels.unwrap_or_default(),
            id: listed.id,
        }
    }
}

/// Names come as `/web`; one with a second slash is what another container calls it by a link.
fn own_name(names: &[String], id: &str) -> String {
    let bare = |name: &String| name.strip_prefix('/').unwrap_or(name).to_owned();
    let own = names
        .iter()
        .map(bare)
        .find(|name| !name.is_empty() && !name.contains('/'));
    own.unwrap_or_else(|| id.chars().take(12).collect())
}

/// Docker's words, and those of Podman that differ (its `define/containerstate.go`).
fn state(word: &str) -> ContainerState {
    match word.to_ascii_lowercase().as_str() {
        "created" | "configured" | "initialized" => ContainerState::Created,
        "running" | "stopping" => ContainerState::Running,
        "paused" => ContainerState::Paused,
        "restarting" => ContainerState::Restarting,
        "removing" => ContainerState::Removing,
        "exited" | "stopped" => ContainerState::Exited,
        "dead" => ContainerState::Dead,
        _ => ContainerState::Unknown,
    }
}

/// The number in `Exited (137) 5 minutes ago` and `Restarting (1) 3 seconds ago`.
fn exit_code(status: &str) -> Option<i64> {
    let rest = status
        .strip_prefix("Exited (")
        .or_else(|| status.strip_prefix("Restarting ("))?;
    rest.split_once(')')?.0.parse().ok()
}

fn ports(listed: Vec<ListedPort>) -> Vec<Port> {
    let mut ports: Vec<Port> = listed.into_iter().map(Port::from).collect();
    // Docker publishes on IPv4 and IPv6 and lists both: the IPv4 one speaks for both.
    let pairs = [("::", "0.0.0.0"), ("::1", "127.0.0.1")];
    let all = ports.clone();
    ports.retain(|port| {
        let twin = pairs
            .iter()
            .find(|(six, _)| port.address.as_deref() == Some(six));
        !twin.is_some_and(|(_, four)| {
            all.iter().any(|other| {
                other.address.as_deref() == Some(four)
                    && (other.host, other.container, &other.protocol)
                        == (port.host, port.container, &port.protocol)
            })
        })
    });
    ports.sort_by(|one, other| {
        let key = |port: &Port| (port.host.is_none(), port.container, port.protocol.clone());
        key(one).cmp(&key(other)).then_with(|| one.cmp(other))
    });
    ports.dedup();
    ports
}

impl From<ListedPort> for Port {
    fn from(listed: ListedPort) -> Self {
        let host = listed.public_port.filter(|port| *port != 0);
        let address = listed.address.filter(|address| !address.is_empty());
        Self {
            // Podman says nothing where Docker says all addresses.
            address: host.map(|_| address.unwrap_or_else(|| "0.0.0.0".to_owned())),
            host,
            container: listed.private_port,
            protocol: listed.protocol.unwrap_or_else(|| "tcp".to_owned()),
        }
    }
}

/// An image as `GET /images/json` lists it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Image {
    id: String,
    repo_tags: Option<Vec<String>>,
    repo_digests: Option<Vec<String>>,
    size: Option<i64>,
    created: Option<i64>,
}

impl From<Image> for ImageRow {
    fn from(listed: Image) -> Self {
        let id = listed.id;
        let named = |names: Option<Vec<String>>| {
            let mut names = names.unwrap_or_default();
            names.retain(|name| !name.starts_with("<none>"));
            names.sort();
            names
        };
        Self {
            id: if id.contains(':') {
                id
            } else {
                format!("sha256:{id}")
            },
            tags: named(listed.repo_tags),
            digests: named(listed.repo_digests),
            size: listed
                .size
                .and_then(|size| u64::try_from(size).ok())
                .unwrap_or_default(),
            created: listed.created.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value, json};

    use super::*;

    fn rows(list: &Value) -> Vec<ContainerRow> {
        let items: Vec<Box<RawValue>> = serde_json::from_str(&list.to_string()).unwrap();
        decoded::<Container>(&items)
            .map(ContainerRow::from)
            .collect()
    }

    fn port(address: Option<&str>, host: Option<u16>, container: u16) -> Port {
        let protocol = "tcp".to_owned();
        Port {
            address: address.map(str::to_owned),
            host,
            container,
            protocol,
        }
    }

    #[test]
    fn a_state_that_nobody_knew_does_not_empty_the_list() {
        let list = json!([
            {"Id": "a", "State": "running"},
            {"Id": "b", "State": "levitating", "Status": "Up in the air"},
            {"State": "running"},
            "nonsense",
            {"Id": "c", "State": null, "Names": null, "Ports": null, "Labels": null, "New": {}},
            {"Id": "d", "Ports": [{"PrivatePort": "many"}]},
            {"Id": "e", "State": "stopped"},
        ]);
        let states: Vec<_> = rows(&list)
            .into_iter()
            .map(|row| (row.id, row.state))
            .collect();
        let expected = [
            ("a", ContainerState::Running),
            ("b", ContainerState::Unknown),
            ("c", ContainerState::Unknown),
            ("e", ContainerState::Exited),
        ];
        assert_eq!(states, expected.map(|(id, state)| (id.to_owned(), state)));
    }

    #[test]
    fn names_lose_their_slash_and_links_are_no_names() {
        let rows_of = |names: Value| rows(&json!([{"Id": "0123456789abcdef", "Names": names}]));
        let table = [
            (json!(["/web"]), "web"),
            (json!(["/other/db", "/web"]), "web"),
            (json!(["web"]), "web"),
            (json!([]), "0123456789ab"),
            (json!(["/"]), "0123456789ab"),
        ];
        for (names, expected) in table {
            assert_eq!(rows_of(names.clone())[0].name, expected, "{names}");
        }
    }

    #[test]
    fn exit_codes_come_from_the_status() {
        let table = [
            ("Exited (0) 5 minutes ago", Some(0)),
            ("Exited (137) About an hour ago", Some(137)),
            ("Restarting (1) 3 seconds ago", Some(1)),
            ("Exited (-1) 2 days ago", Some(-1)),
            ("Up 5 minutes (healthy)", None),
            ("Exited (", None),
            ("Created", None),
        ];
        for (status, expected) in table {
            assert_eq!(exit_code(status), expected, "{status}");
        }
    }

    #[test]
    fn no_port_stands_twice_and_published_ones_come_first() {
        let listed = json!([{"Id": "a", "Ports": [
            {"PrivatePort": 22, "Type": "tcp"},
            {"IP": "::", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
            {"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
            {"IP": "::", "PrivatePort": 81, "PublicPort": 8081, "Type": "tcp"},
            {"PrivatePort": 70, "PublicPort": 7070},
            {"IP": "", "PrivatePort": 53, "PublicPort": 0},
        ]}]);
        let expected = [
            port(Some("0.0.0.0"), Some(7070), 70),
            port(Some("0.0.0.0"), Some(8080), 80),
            port(Some("::"), Some(8081), 81),
            port(None, None, 22),
            port(None, None, 53),
        ];
        assert_eq!(rows(&listed)[0].ports, expected);
    }

    #[test]
    fn images_without_a_name_have_none() {
        let listed = json!([
            {"Id": "sha256:a", "RepoTags": ["<none>:<none>"], "RepoDigests": ["<none>@<none>"], "Size": 5},
            {"Id": "b", "RepoTags": null, "Size": -1},
            {"Id": "sha256:c", "RepoTags": ["z:1", "a:1"]},
        ]);
        let items: Vec<Box<RawValue>> = serde_json::from_str(&listed.to_string()).unwrap();
        let images: Vec<ImageRow> = decoded::<Image>(&items).map(ImageRow::from).collect();
        assert_eq!(
            (
                images[0].tags.len(),
                images[0].digests.len(),
                images[0].size
            ),
            (0, 0, 5)
        );
        assert_eq!((images[1].id.as_str(), images[1].size), ("sha256:b", 0));
        assert_eq!(images[2].tags, ["a:1", "z:1"]);
    }
}
