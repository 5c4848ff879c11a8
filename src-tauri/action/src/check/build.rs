//! The flags of `docker build`.

use super::findings::Findings;
use super::limits::some_bytes;
use super::value::{argument, isolation, new_name, one_of, path, platforms, some_path};
use crate::env::EnvVar;
use crate::fields::split;
use crate::limit::{CpuSet, Memory, SwapLimit};
use crate::name::{ContainerArg, ExtraHost, plain_name};
use crate::pair::Pair;
use crate::text::{Invalid, shown};
use crate::ulimit::Ulimit;
use crate::{Build, BuildLimits, BuildOutput, BuildSteps};

impl Findings {
    pub(super) fn build(&mut self, verb: &Build) {
        self.each("tag", &verb.tag, new_name);
        self.optional("file", verb.file.as_deref(), path);
        if verb.file.as_deref() == Some("-") && verb.context == "-" {
            self.add(
                "file",
                0,
                "Only one of the two can come in from the terminal: the Dockerfile or the folder.",
            );
        }
        self.each("build_arg", &verb.build_arg, |text| {
            argument(text).and_then(|()| EnvVar::parse(text))
        });
        self.optional("target", verb.target.as_deref(), |text| {
            plain_name(text, "A stage's name")
        });
        self.each("platform", &verb.platform, platforms);
        self.labels(&verb.label);
        self.optional("progress", verb.progress.as_deref(), |text| {
            one_of(text, &["auto", "plain", "tty", "quiet", "rawjson", "none"])
        });
        self.each("secret", &verb.secret, secret);
        self.each("ssh", &verb.ssh, argument);
        self.optional("network", verb.network.as_deref(), network);
        self.each("add_host", &verb.add_host, ExtraHost::parse);
        self.build_output(&verb.output);
        self.build_steps(&verb.steps);
        self.build_limits(&verb.limits);
        self.value("context", 0, &verb.context, some_path);
    }

    fn build_output(&mut self, output: &BuildOutput) {
        self.each("output", &output.output, destination);
        self.optional("iidfile", output.iidfile.as_deref(), path);
        self.optional("metadata_file", output.metadata_file.as_deref(), path);
        self.each("annotation", &output.annotation, Pair::whole);
        self.each("attest", &output.attest, |text| {
            let fields = split(text)?;
            if fields
                .iter()
                .any(|field| matches!(field.as_str(), "type=sbom" | "type=provenance"))
            {
                return Ok(());
            }
            Err(Invalid::new(
                "This needs a kind: type=sbom or type=provenance.",
            ))
        });
        self.optional("provenance", output.provenance.as_deref(), argument);
        self.optional("sbom", output.sbom.as_deref(), argument);
        self.optional("call", output.call.as_deref(), |text| {
            let method = text.split_once(',').map_or(text, |(method, _)| method);
            one_of(method, &["build", "check", "outline", "targets"])
        });
    }

    fn build_steps(&mut self, steps: &BuildSteps) {
        self.optional("builder", steps.builder.as_deref(), argument);
        self.each("build_context", &steps.build_context, Pair::whole);
        self.each("cache_from", &steps.cache_from, argument);
        self.each("cache_to", &steps.cache_to, argument);
        self.each("no_cache_filter", &steps.no_cache_filter, argument);
        self.each("allow", &steps.allow, |text| {
            let right = text.split_once('=').map_or(text, |(right, _)| right);
            let known = [
                "network.host",
                "security.insecure",
                "device",
                "fs",
                "fs.read",
                "fs.write",
                "ssh",
            ];
            one_of(right, &known)
        });
    }

    fn build_limits(&mut self, limits: &BuildLimits) {
        self.optional("memory", limits.memory.as_deref(), Memory::parse);
        self.optional(
            "memory_swap",
            limits.memory_swap.as_deref(),
            SwapLimit::parse,
        );
        self.optional("shm_size", limits.shm_size.as_deref(), some_bytes);
        self.each("ulimit", &limits.ulimit, Ulimit::parse);
        self.number("cpu_shares", limits.cpu_shares, 0, i32::MAX);
        self.number("cpu_period", limits.cpu_period, 0, 1_000_000);
        self.number("cpu_quota", limits.cpu_quota, -1, i32::MAX);
        self.optional("cpuset_cpus", limits.cpuset_cpus.as_deref(), CpuSet::parse);
        self.optional("cpuset_mems", limits.cpuset_mems.as_deref(), CpuSet::parse);
        self.optional("cgroup_parent", limits.cgroup_parent.as_deref(), argument);
        self.each("security_opt", &limits.security_opt, argument);
        self.optional("isolation", limits.isolation.as_deref(), isolation);
    }
}

/// The network of a build's steps.
fn network(text: &str) -> Result<(), Invalid> {
    match text.strip_prefix("container:") {
        Some(container) => ContainerArg::parse(container).map(drop),
        None => plain_name(text, "A network's name"),
    }
}

/// `id=NAME[,src=FILE|env=NAME]`; a secret without an id can be asked for by nobody.
fn secret(text: &str) -> Result<(), Invalid> {
    let mut has_id = false;
    for field in split(text)? {
        let (key, value) = field.split_once('=').unwrap_or((&field, ""));
        match key {
            "id" => has_id = !value.is_empty(),
            "type" => one_of(value, &["file", "env"])?,
            "src" | "source" | "env" => {}
            _ => {
                return Err(Invalid::new(
                    "A part of this means nothing. Write it as id=NAME,src=FILE or id=NAME,env=VARIABLE.",
                ));
            }
        }
    }
    if has_id {
        return Ok(());
    }
    Err(Invalid::new(
        "The secret has no name by which the Dockerfile asks for it. Write it as id=NAME,src=FILE.",
    ))
}

/// Where the result goes: a folder, `-`, or `type=…` with more.
fn destination(text: &str) -> Result<(), Invalid> {
    argument(text)?;
    if !text.contains('=') {
        return path(text);
    }
    let fields = split(text)?;
    let kind = fields.iter().find_map(|field| field.strip_prefix("type="));
    let known = [
        "local",
        "tar",
        "oci",
        "docker",
        "image",
        "registry",
        "cacheonly",
    ];
    match kind {
        Some(kind) if known.contains(&kind) => Ok(()),
        Some(kind) => Err(Invalid::new(format!(
            "{} is not a kind of result. There are {}.",
            shown(kind),
            known.join(", ")
        ))),
        None => Err(Invalid::new(
            "The kind of result is missing. Write it as type=local,dest=out.",
        )),
    }
}
