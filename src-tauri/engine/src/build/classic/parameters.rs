//! The parameters of `POST /build`, as the docker command sends them to a classic builder (docker/cli
//! `cli/command/image/build.go`, moby `client/image_build.go`).

use std::collections::BTreeMap;

use serde_json::{Value, json};
use slipway_action::Build;
use slipway_action::limit::{Bytes, Memory, SwapLimit};
use slipway_action::name::{ExtraHost, HostAddress};
use slipway_action::text::Invalid;
use slipway_action::ulimit::Ulimit;

use crate::call::Call;
use crate::capability::Builder;

/// The call for a build. `arguments` are its variables; one without a value is left to the Dockerfile.
pub(super) fn call(
    verb: &Build,
    builder: Builder,
    arguments: &BTreeMap<String, Option<String>>,
) -> Result<Call, Invalid> {
    let mut call = Call::post("/build");
    for tag in &verb.tag {
        call = call.with("t", tag);
    }
    for host in &verb.add_host {
        let ExtraHost { host, address } = ExtraHost::parse(host)?;
        let address = match address {
            HostAddress::Ip(ip) => ip.to_string(),
            HostAddress::Gateway => "host-gateway".to_owned(),
        };
        call = call.with("extrahosts", format!("{host}:{address}"));
    }
    for option in &verb.limits.security_opt {
        call = call.with("securityopt", option);
    }
    let limits = &verb.limits;
    let memory = limits.memory.as_deref().map(Memory::parse).transpose()?;
    let swap = limits.memory_swap.as_deref().map(SwapLimit::parse);
    let shared = limits.shm_size.as_deref().map(Bytes::parse).transpose()?;
    let call = call
        .with_flag("nocache", verb.no_cache)
        .with("rm", u8::from(verb.steps.rm.unwrap_or(true)))
        // What a failed step leaves with Podman is no container that anybody could look into.
        .with_flag(
            "forcerm",
            verb.steps.force_rm || builder == Builder::Buildah,
        )
        .with_flag("pull", verb.pull)
        .with_flag("squash", verb.output.squash)
        .with_some("isolation", limits.isolation.as_deref())
        .with_some("networkmode", network(verb.network.as_deref(), builder))
        .with_some("memory", memory.map(|it| it.0))
        .with_some("memswap", swap.transpose()?.map(SwapLimit::in_bytes))
        .with_some("shmsize", shared.map(|it| it.0))
        .with_some("cpushares", limits.cpu_shares)
        .with_some("cpuperiod", limits.cpu_period)
        .with_some("cpuquota", limits.cpu_quota)
        .with_some("cpusetcpus", limits.cpuset_cpus.as_deref())
        .with_some("cpusetmems", limits.cpuset_mems.as_deref())
        .with_some("cgroupparent", limits.cgroup_parent.as_deref())
        .with_some("target", verb.target.as_deref())
        .with_some(
            "platform",
            verb.platform.first().map(|it| it.to_lowercase()),
        )
        .with_some("ulimits", ulimits(&limits.ulimit, builder)?)
        .with_some("buildargs", some_json(arguments))
        .with_some("labels", some_json(&labels(&verb.label)))
        .with_some(
            "cachefrom",
            (!verb.steps.cache_from.is_empty()).then(|| json!(verb.steps.cache_from)),
        );
    Ok(call)
}

fn some_json<V: serde::Serialize>(map: &BTreeMap<String, V>) -> Option<Value> {
    (!map.is_empty()).then(|| json!(map))
}

/// A label without a value has an empty one; of two with one name the last counts.
fn labels(labels: &[String]) -> BTreeMap<String, String> {
    let pair = |text: &String| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        (name.to_owned(), value.to_owned())
    };
    labels.iter().map(pair).collect()
}

/// Podman knows no network by its name here, and would build with one where none was asked for: it reads
/// the names of buildah's policies (`define.NetworkConfigurationPolicy`).
fn network(name: Option<&str>, builder: Builder) -> Option<&str> {
    match (name, builder) {
        (Some("none"), Builder::Buildah) => Some("NetworkDisabled"),
        (name, _) => name,
    }
}

/// Docker reads objects here, Podman texts as its command line has them.
fn ulimits(texts: &[String], builder: Builder) -> Result<Option<Value>, Invalid> {
    let mut limits: BTreeMap<String, Ulimit> = BTreeMap::new();
    for text in texts {
        let limit = Ulimit::parse(text)?;
        limits.insert(limit.name.clone(), limit);
    }
    if limits.is_empty() {
        return Ok(None);
    }
    let shape = |limit: &Ulimit| {
        let Ulimit { name, soft, hard } = limit;
        match builder {
            Builder::Docker => json!({"Name": name, "Hard": hard, "Soft": soft}),
            Builder::Buildah => json!(format!("{name}={soft}:{hard}")),
        }
    };
    Ok(Some(limits.values().map(shape).collect()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn each_builder_reads_limits_in_its_own_shape() {
        let texts = ["nofile=1:2", "core=0", "nofile=3"].map(str::to_owned);
        let docker = json!([
            {"Name": "core", "Hard": 0, "Soft": 0},
            {"Name": "nofile", "Hard": 3, "Soft": 3},
        ]);
        assert_eq!(ulimits(&texts, Builder::Docker).unwrap(), Some(docker));
        let podman = json!(["core=0:0", "nofile=3:3"]);
        assert_eq!(ulimits(&texts, Builder::Buildah).unwrap(), Some(podman));
        assert_eq!(ulimits(&[], Builder::Docker).unwrap(), None);
        assert!(ulimits(&["x".to_owned()], Builder::Docker).is_err());
    }
}
