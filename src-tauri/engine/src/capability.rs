//! What an engine can do, and the only place that asks for its brand: the rest of the program asks
//! [`Capabilities`].

use serde_json::Value;

use crate::endpoint::Endpoint;
use crate::model::{Capabilities, EngineFacts};
use crate::transport::ApiVersion;

/// BuildKit's `/session` and `version=2` of `/build` came with this API (Docker 18.09, API 1.39).
const BUILDKIT_SINCE: ApiVersion = ApiVersion {
    major: 1,
    minor: 39,
};

/// What Podman is called in [`EngineFacts::product`].
const PODMAN: &str = "Podman";

/// Reads what `/version` and `/info` say. Both are read field by field: an engine that leaves one out
/// or writes another type there is still an engine.
pub(crate) fn facts(
    version: &Value,
    info: &Value,
    api: ApiVersion,
    endpoint: &Endpoint,
) -> EngineFacts {
    let podman = is_podman(version);
    EngineFacts {
        product: if podman { PODMAN } else { "Docker" }.to_owned(),
        version: text(version, "Version"),
        api: api.to_string(),
        platform: format!("{}/{}", text(version, "Os"), text(version, "Arch")),
        local: endpoint.is_local(),
        capabilities: Capabilities {
            // Podman has neither, and answers 404 where Docker has them (podman#17836).
            buildkit: !podman && api >= BUILDKIT_SINCE,
            swarm: !podman && info.get("Swarm").is_some_and(Value::is_object),
            limits: flag(info, "MemoryLimit") && flag(info, "CpuCfsQuota"),
            rootless: is_rootless(info),
        },
    }
}

/// Who follows a Dockerfile step by step where BuildKit does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Builder {
    /// Docker's classic builder.
    Docker,
    /// Buildah, which Podman builds with: it takes some parameters in other shapes, and words its steps
    /// differently.
    Buildah,
}

/// The classic builder of an engine.
pub(crate) fn builder(facts: &EngineFacts) -> Builder {
    if facts.product == PODMAN {
        Builder::Buildah
    } else {
        Builder::Docker
    }
}

/// Whether its classic builder can be lent secrets, as files that are sent with the folder and that it takes
/// out of it before it begins (`secrets` of Podman's `POST /build`). An older Podman would take no notice, and
/// leave them where a `COPY . .` finds them, so only versions count that are known to do it.
pub(crate) fn takes_secrets(facts: &EngineFacts) -> bool {
    let major = facts.version.split('.').next();
    let major = major.and_then(|it| it.parse::<u32>().ok());
    facts.product == PODMAN && major.is_some_and(|major| major >= 5)
}

/// Docker names its own part `Engine`, Podman `Podman Engine`.
fn is_podman(version: &Value) -> bool {
    let parts = version.get("Components").and_then(Value::as_array);
    parts.into_iter().flatten().any(|part| {
        part.get("Name")
            .and_then(Value::as_str)
            .is_some_and(|name| name.starts_with("Podman"))
    })
}

/// Entries look like `name=rootless` or `name=seccomp,profile=default`.
fn is_rootless(info: &Value) -> bool {
    let options = info.get("SecurityOptions").and_then(Value::as_array);
    options
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .any(|option| option.split(',').any(|part| part == "name=rootless"))
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// Text that people see, from an engine that is not trusted: bounded, without control characters.
fn text(value: &Value, key: &str) -> String {
    let text = value.get(key).and_then(Value::as_str).unwrap_or_default();
    text.chars().filter(|c| !c.is_control()).take(100).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;

    fn read(version: &Value, info: &Value) -> EngineFacts {
        let endpoint = Endpoint::parse("unix:///x").unwrap();
        facts(
            version,
            info,
            ApiVersion {
                major: 1,
                minor: 41,
            },
            &endpoint,
        )
    }

    #[test]
    fn docker_and_podman_are_told_apart_by_their_parts() {
        let docker = json!({"Version": "20.10.24", "Os": "linux", "Arch": "amd64",
            "Components": [{"Name": "Engine"}, {"Name": "containerd"}]});
        let podman = json!({"Version": "5.8.6", "Os": "linux", "Arch": "amd64",
            "Components": [{"Name": "Podman Engine"}]});
        let info = json!({"MemoryLimit": true, "CpuCfsQuota": true, "Swarm": {},
            "SecurityOptions": ["name=seccomp,profile=default", "name=rootless"]});
        let all = Capabilities {
            buildkit: true,
            swarm: true,
            limits: true,
            rootless: true,
        };
        assert_eq!(read(&docker, &info).capabilities, all);
        let podman = read(&podman, &info);
        assert_eq!(podman.product, "Podman");
        assert!(takes_secrets(&podman));
        for (product, version) in [("Docker", "28.5.2"), ("Podman", "4.9.4"), ("Podman", "")] {
            let other = EngineFacts {
                product: product.to_owned(),
                version: version.to_owned(),
                ..podman.clone()
            };
            assert!(!takes_secrets(&other), "{product} {version}");
        }
        assert_eq!(
            podman.capabilities,
            Capabilities {
                buildkit: false,
                swarm: false,
                ..all
            }
        );
    }

    #[test]
    fn an_engine_that_says_nothing_can_do_little() {
        let odd = json!({"Version": 3, "Components": "none"});
        let read = read(
            &odd,
            &json!({"SecurityOptions": null, "MemoryLimit": "yes"}),
        );
        assert_eq!(
            (read.product.as_str(), read.version.as_str()),
            ("Docker", "")
        );
        assert!(!read.capabilities.limits && !read.capabilities.rootless);
    }
}
