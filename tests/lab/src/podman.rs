//! What is Podman's own: its configuration files, and what it leaves on the host.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::daemon::{Start, socket};
use crate::error::{During, LabError};
use crate::net::Slot;
use crate::paths::{Paths, make_folder};
use crate::process::run;
use crate::roots;

/// Adds Podman's words to the command that enters the namespaces, and writes its configuration.
pub(crate) fn daemon(command: &mut Command, start: &Start) -> Result<(), LabError> {
    let folder = start.folder;
    let slot = start.slot;
    let networks = folder.join("networks");
    make_folder(&networks)?;
    let subnet = slot.subnet();
    let pool = slot.pool();
    write(
        &folder.join("containers.conf"),
        &format!(
            "[network]\n\
             default_subnet = \"{subnet}\"\n\
             default_subnet_pools = [{{ base = \"{pool}\", size = 27 }}]\n\
             [engine]\n\
             events_logger = \"file\"\n\
             [containers]\n\
             log_driver = \"k8s-file\"\n\
             default_ulimits = {ulimits}\n",
            ulimits = ulimits()
        ),
    )?;
    // The built-in default network always uses the link `podman0`, which two Podmans can't share.
    let network = serde_json::json!({
        "name": "podman",
        "id": format!("{:064x}", u64::from(slot.number()) + 1),
        "driver": "bridge",
        "network_interface": slot.bridge(),
        "created": "2026-01-01T00:00:00Z",
        "subnets": [{ "subnet": subnet, "gateway": slot.gateway() }],
        "ipv6_enabled": false,
        "internal": false,
        "dns_enabled": false,
        "ipam_options": { "driver": "host-local" },
    });
    write(&networks.join("podman.json"), &network.to_string())?;
    write(
        &folder.join("registries.conf"),
        &format!(
            "unqualified-search-registries = [\"docker.io\"]\n\
             short-name-mode = \"permissive\"\n\
             [[registry]]\n\
             prefix = \"docker.io\"\n\
             location = \"docker.io\"\n\
             [[registry.mirror]]\n\
             location = \"127.0.0.1:{mirror}\"\n\
             insecure = true\n\
             [[registry]]\n\
             location = \"127.0.0.1\"\n\
             insecure = true\n\
             [[registry]]\n\
             prefix = \"*.localhost\"\n\
             insecure = true\n",
            mirror = start.mirror
        ),
    )?;
    command
        .env("CONTAINERS_CONF", folder.join("containers.conf"))
        .env("CONTAINERS_REGISTRIES_CONF", folder.join("registries.conf"))
        // crun refuses the hybrid cgroup layout that some test machines have.
        .args([
            "podman",
            "--runtime=/usr/sbin/runc",
            "--cgroup-manager=cgroupfs",
        ])
        .args(["--storage-driver=overlay"])
        .arg(format!("--root={}", folder.join("data").display()))
        .arg(format!("--runroot={}", folder.join("exec").display()))
        .arg(format!("--tmpdir={}", folder.join("exec/libpod").display()))
        .arg(format!("--network-config-dir={}", networks.display()))
        .args(["system", "service", "--time=0"])
        .arg(format!("unix://{}", socket(folder).display()));
    Ok(())
}

/// The most that this process may raise its own limits to, as a list in TOML: builds ask for more, and a
/// machine that is itself a container refuses that.
fn ulimits() -> String {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let hard = |words: &str| {
        let line = limits.lines().find_map(|line| line.strip_prefix(words))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    let known = [("nofile", "Max open files"), ("nproc", "Max processes")];
    let listed: Vec<String> = known
        .into_iter()
        .filter_map(|(name, words)| Some(format!("\"{name}={0}:{0}\"", hard(words)?)))
        .collect();
    format!("[{}]", listed.join(", "))
}

fn write(path: &Path, text: &str) -> Result<(), LabError> {
    fs::write(path, text).during(|| format!("write {}", path.display()))
}

/// The containers of the Podman in `folder`; none if it is no Podman's.
pub(crate) fn containers(folder: &Path) -> Vec<String> {
    let Ok(text) = fs::read_to_string(folder.join("data/overlay-containers/containers.json"))
    else {
        return Vec::new();
    };
    let list: Vec<Value> = serde_json::from_str(&text).unwrap_or_default();
    list.iter()
        .filter_map(|item| item["id"].as_str().map(str::to_owned))
        .collect()
}

/// Removes the firewall rules of the networks in `slot`. Podman publishes ports by such rules alone,
/// so those of a killed engine would swallow a port that another one publishes later.
pub(crate) fn remove_rules(paths: &Paths, slot: Slot) -> Result<(), LabError> {
    // The host need not have nft(8), but the root that Podman runs in has.
    let root = roots::sid(paths)?;
    let nft = |arguments: &[&str]| {
        let mut command = Command::new("chroot");
        command.arg(&root).arg("nft").args(arguments);
        run(&mut command)
    };
    let Ok(text) = nft(&["--json", "--handle", "list", "table", "inet", "netavark"]) else {
        // There is no such table as long as no container has run.
        return Ok(());
    };
    let listed: Value = serde_json::from_str(&text).unwrap_or_default();
    let mut marks = slot.prefixes('.');
    marks.extend(slot.prefixes('_'));
    let ours = |value: &Value| {
        let text = value.to_string();
        marks.iter().any(|mark| {
            text.match_indices(mark.as_str())
                .any(|(at, _)| !text[..at].ends_with(|before: char| before.is_ascii_digit()))
        })
    };
    let items = || listed["nftables"].as_array().into_iter().flatten();
    let mut chains = Vec::new();
    for item in items() {
        let rule = &item["rule"];
        let chain = rule["chain"].as_str().unwrap_or_default();
        if (ours(&rule["expr"]) || ours(&rule["chain"]))
            && let Some(handle) = rule["handle"].as_u64()
        {
            nft(&[
                "delete",
                "rule",
                "inet",
                "netavark",
                chain,
                "handle",
                &handle.to_string(),
            ])?;
        }
        if ours(&item["chain"]["name"])
            && let Some(name) = item["chain"]["name"].as_str()
        {
            chains.push(name);
        }
    }
    for chain in chains {
        nft(&["delete", "chain", "inet", "netavark", chain])?;
    }
    Ok(())
}
