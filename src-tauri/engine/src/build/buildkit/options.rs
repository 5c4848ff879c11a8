//! What a build's options are called by BuildKit's Dockerfile frontend
//! (<https://github.com/docker/buildx/blob/master/build/opt.go>).

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::path::PathBuf;

use bollard_buildkit_proto::moby::buildkit::v1::{CacheOptions, CacheOptionsEntry};
use slipway_action::Build;

use super::Request;
use super::error::BuildkitError;
use super::files::{DOCKERFILE, Folder};
use super::pairs::{Pairs, fields};
use super::source::Source;
use crate::build::place::is_remote;

/// The folder of the build under the name that the frontend asks for.
const CONTEXT: &str = "context";
/// The address that means the engine's own computer.
pub(super) const GATEWAY: &str = "host-gateway";

/// What the frontend is told.
#[derive(Debug, Default)]
pub(super) struct Options {
    pub frontend: String,
    pub attributes: HashMap<String, String>,
    pub cache: CacheOptions,
    pub entitlements: Vec<String>,
    /// Folders of this computer, under the names that the frontend asks for.
    pub folders: HashMap<String, Folder>,
}

impl Options {
    /// Reads a build's options. `arguments` are the variables that it is given, `gateway` is the address of the engine's own computer, where it is asked for.
    pub fn read(
        request: &Request<'_>,
        arguments: BTreeMap<String, Option<String>>,
        gateway: Option<&str>,
    ) -> Result<Self, BuildkitError> {
        let action = request.action;
        let mut options = Self {
            frontend: "dockerfile.v0".to_owned(),
            ..Self::default()
        };
        options.sources(request)?;
        options.arguments(arguments);
        options.caches(action)?;
        for label in &action.label {
            let (name, value) = label.split_once('=').unwrap_or((label, ""));
            options.set(format!("label:{name}"), value);
        }
        let target = action.target.as_deref().unwrap_or_default();
        if !target.is_empty() {
            options.set("target", target);
        }
        // Images of this engine count, as with every docker command.
        let resolve = if action.pull { "pull" } else { "local" };
        options.set("image-resolve-mode", resolve);
        let stages = &action.steps.no_cache_filter;
        if !stages.is_empty() {
            options.set("no-cache", stages.join(","));
        }
        if action.no_cache {
            options.set("no-cache", "");
        }
        let platforms = action.platform.iter().flat_map(|it| it.split(','));
        let platforms: Vec<_> = platforms
            .map(str::trim)
            .filter(|it| !it.is_empty() && *it != "local")
            .collect();
        if !platforms.is_empty() {
            options.set("platform", platforms.join(","));
        }
        options
            .entitlements
            .extend(action.steps.allow.iter().cloned());
        options.network(action.network.as_deref())?;
        options.limits(action)?;
        let hosts = action.add_host.iter().map(|line| host(line, gateway));
        let hosts = hosts.collect::<Result<Vec<_>, _>>()?;
        if !hosts.is_empty() {
            options.set("add-hosts", hosts.concat().join(","));
        }
        Ok(options)
    }

    fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.attributes.insert(name.into(), value.into());
    }

    /// Where the files and the Dockerfile come from.
    fn sources(&mut self, request: &Request<'_>) -> Result<(), BuildkitError> {
        match &request.source {
            Source::Folder(path) => {
                let folder = Folder::Disk((*path).to_owned());
                self.folders.insert(CONTEXT.to_owned(), folder);
            }
            Source::Remote(address) => self.set(CONTEXT, *address),
        }
        match &request.dockerfile {
            Some(dockerfile) => {
                if matches!(request.source, Source::Remote(_)) {
                    self.set("dockerfilekey", DOCKERFILE);
                }
                self.set("filename", &dockerfile.name);
                let folder = Folder::Memory(dockerfile.files());
                self.folders.insert(DOCKERFILE.to_owned(), folder);
            }
            None => {
                let name = request.action.file.as_deref().unwrap_or("Dockerfile");
                self.set("filename", name);
            }
        }
        for (name, place) in named_contexts(request.action)? {
            let remote = ["docker-image://", "target:"];
            if is_remote(place) || remote.iter().any(|start| place.starts_with(start)) {
                self.set(format!("context:{name}"), place);
                continue;
            }
            // These two names are taken.
            let local = match name {
                CONTEXT | DOCKERFILE => format!("_{name}"),
                other => other.to_owned(),
            };
            let path = request.folder.join(place);
            if !path.is_dir() {
                return Err(BuildkitError::Option(format!(
                    "--build-context {name}={place} can’t be used: {} is no folder",
                    path.display()
                )));
            }
            self.set(format!("context:{name}"), format!("local:{local}"));
            let shared = super::shared_key(&path);
            self.set(format!("sharedkey:localdir:{local}"), shared);
            self.folders.insert(local, Folder::Disk(path));
        }
        if !request.action.steps.build_context.is_empty() {
            self.set("frontend.caps", "moby.buildkit.frontend.contexts+forward");
        }
        Ok(())
    }

    fn arguments(&mut self, arguments: BTreeMap<String, Option<String>>) {
        for (name, value) in arguments {
            // A name alone that has no value here is not set.
            let Some(value) = value else {
                continue;
            };
            match name.as_str() {
                "BUILDKIT_SYNTAX" if !value.trim().is_empty() => {
                    let source = value.split_whitespace().next();
                    let source = source.unwrap_or_default().to_owned();
                    self.frontend = "gateway.v0".to_owned();
                    self.set("source", source);
                    self.set("cmdline", value.clone());
                }
                "BUILDKIT_MULTI_PLATFORM" if is_true(&value) => {
                    self.set("multi-platform", "true");
                }
                "BUILDKIT_INLINE_CACHE" if is_true(&value) => {
                    self.cache.exports.push(entry("inline", HashMap::new()));
                }
                _ => {}
            }
            self.set(format!("build-arg:{name}"), value);
        }
    }

    fn caches(&mut self, action: &Build) -> Result<(), BuildkitError> {
        for place in &action.steps.cache_from {
            let entry = cache("--cache-from", place)?;
            self.cache.imports.push(entry);
        }
        for place in &action.steps.cache_to {
            let entry = cache("--cache-to", place)?;
            self.cache.exports.push(entry);
        }
        if !self.cache.imports.is_empty() {
            // The frontend looks for them itself, and reads them as JSON.
            let all = self.cache.imports.iter();
            let all: Vec<_> = all
                .map(|it| serde_json::json!({"Type": it.r#type, "Attrs": it.attrs}))
                .collect();
            self.set("cache-imports", serde_json::Value::from(all).to_string());
        }
        Ok(())
    }

    fn network(&mut self, mode: Option<&str>) -> Result<(), BuildkitError> {
        match mode.unwrap_or_default() {
            "" | "default" => {}
            "none" => self.set("force-network-mode", "none"),
            "host" => {
                self.set("force-network-mode", "host");
                self.entitlements.push("network.host".to_owned());
            }
            other => {
                return Err(BuildkitError::Option(format!(
                    "BuildKit knows no network {other} for a build. It takes default, none or host"
                )));
            }
        }
        Ok(())
    }

    fn limits(&mut self, action: &Build) -> Result<(), BuildkitError> {
        let limits = &action.limits;
        if let Some(parent) = limits.cgroup_parent.as_deref().filter(|it| !it.is_empty()) {
            self.set("cgroup-parent", parent);
        }
        if let Some(size) = &limits.shm_size {
            let bytes = slipway_action::limit::Bytes::parse(size)
                .map_err(|why| BuildkitError::Option(format!("--shm-size {size}: {why}")))?;
            if bytes.0 > 0 {
                self.set("shm-size", bytes.0.to_string());
            }
        }
        let ulimits = limits.ulimit.iter().map(|limit| {
            let (name, values) = limit.split_once('=').unwrap_or((limit, ""));
            let (soft, hard) = values.split_once(':').unwrap_or((values, values));
            format!("{name}={soft}:{hard}")
        });
        let ulimits: Vec<_> = ulimits.collect();
        if !ulimits.is_empty() {
            self.set("ulimit", ulimits.join(","));
        }
        Ok(())
    }
}

/// The `--build-context`s of a build: names and places.
pub(super) fn named_contexts(action: &Build) -> Result<Vec<(&str, &str)>, BuildkitError> {
    let all = action.steps.build_context.iter().map(|text| {
        text.split_once('=').ok_or_else(|| {
            BuildkitError::Option(format!(
                "--build-context {text} can’t be used: write it as name=place"
            ))
        })
    });
    all.collect()
}

/// As Go reads truth.
fn is_true(value: &str) -> bool {
    matches!(value, "1" | "t" | "T" | "true" | "TRUE" | "True")
}

fn entry(kind: &str, attrs: HashMap<String, String>) -> CacheOptionsEntry {
    CacheOptionsEntry {
        r#type: kind.to_owned(),
        attrs,
    }
}

/// `type=registry,ref=…`, or an image's name alone.
fn cache(flag: &str, place: &str) -> Result<CacheOptionsEntry, BuildkitError> {
    let wrong = |why: String| BuildkitError::Option(format!("{flag} {place} can’t be used: {why}"));
    let plain = fields(place).map_err(wrong)?;
    if plain.len() == 1 && !place.contains('=') {
        let attrs = [("ref".to_owned(), place.to_owned())];
        return Ok(entry("registry", attrs.into()));
    }
    let pairs = Pairs::read(place).map_err(wrong)?;
    let kind = pairs.get("type").unwrap_or_default();
    if kind.is_empty() {
        return Err(wrong("it has no type".to_owned()));
    }
    let attrs = pairs.iter().filter(|pair| pair.0 != "type");
    let attrs = attrs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok(entry(kind, attrs.collect()))
}

/// `name:address` or `name=address`, as the frontend takes it: `name=address` for each address.
fn host(line: &str, gateway: Option<&str>) -> Result<Vec<String>, BuildkitError> {
    let wrong = || BuildkitError::Option(format!("--add-host {line} can’t be used"));
    let parts = line.split_once('=').or_else(|| line.split_once(':'));
    let (name, addresses) = parts.ok_or_else(wrong)?;
    if name.is_empty() || addresses.is_empty() {
        return Err(wrong());
    }
    if addresses == GATEWAY {
        let address = gateway.ok_or_else(|| {
            BuildkitError::Option(format!(
                "--add-host {line} can’t be used: the engine does not say the address of its computer"
            ))
        })?;
        return Ok(vec![format!("{name}={address}")]);
    }
    let addresses = addresses.split(',').map(|address| {
        let bare = address
            .strip_prefix('[')
            .and_then(|it| it.strip_suffix(']'));
        let bare = bare.unwrap_or(address);
        bare.parse::<IpAddr>().map_err(|_| wrong())?;
        Ok(format!("{name}={bare}"))
    });
    addresses.collect()
}

/// Why these options can't be followed over the engine's API, if they can't: the docker command of this
/// computer can then.
pub(super) fn beyond(action: &Build) -> Option<String> {
    let output = &action.output;
    let elsewhere = output.output.iter().find(|it| {
        let pairs = Pairs::read(it).unwrap_or_default();
        let kind = pairs.get("type");
        !matches!(kind, Some("docker" | "image")) || pairs.iter().count() > 1
    });
    if let Some(place) = elsewhere {
        return Some(format!("the result goes to {place}"));
    }
    if output.push {
        return Some("the result is pushed as it is built".to_owned());
    }
    if !output.annotation.is_empty() {
        return Some("the image’s entry gets annotations".to_owned());
    }
    let records = output.attest.first().or(output.sbom.as_ref());
    let records = records.or(output.provenance.as_ref());
    if records.is_some_and(|value| value != "false") {
        return Some("records of how the image was made are added".to_owned());
    }
    if output
        .call
        .as_deref()
        .is_some_and(|call| !matches!(call, "" | "build"))
        || output.check
    {
        return Some("the Dockerfile is looked at and not built".to_owned());
    }
    if output.metadata_file.is_some() {
        return Some("facts about the build are written to a file".to_owned());
    }
    let builder = action.steps.builder.as_deref().unwrap_or_default();
    if !matches!(builder, "" | "default") {
        return Some(format!("the builder {builder} does it"));
    }
    let caches = action.steps.cache_from.iter().chain(&action.steps.cache_to);
    let on_disk = |place: &&String| {
        let pairs = Pairs::read(place).unwrap_or_default();
        pairs.get("type") == Some("local")
    };
    if caches.clone().any(|place| on_disk(&place)) {
        return Some("finished steps are kept in a folder of this computer".to_owned());
    }
    let contexts = action.steps.build_context.iter();
    if contexts.clone().any(|it| it.contains("=oci-layout://")) {
        return Some("a folder of images is used".to_owned());
    }
    let keys = action.ssh.iter().filter_map(|it| it.split_once('='));
    for (_, path) in keys {
        // A key of its own needs an agent of its own.
        if PathBuf::from(path).is_file() {
            return Some("a key of its own is lent to the steps".to_owned());
        }
    }
    (action.context == "-").then(|| "the files come through standard input".to_owned())
}

#[cfg(test)]
mod tests;
