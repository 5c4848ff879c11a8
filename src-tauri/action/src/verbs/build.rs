//! `docker build`: a new image from a Dockerfile.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the fields' comments are sentences for users, where brackets are docker's own"
)]

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Build an image from a Dockerfile and the files around it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Build {
    /// The Dockerfile; without it the file named Dockerfile in the folder.
    #[arg(short = 'f', long, value_name = "FILE")]
    pub file: Option<String>,
    /// Names the new image. Without a tag it is `latest`.
    #[arg(short = 't', long, value_name = "NAME[:TAG]")]
    pub tag: Vec<String>,
    /// Sets a variable that the Dockerfile asks for with ARG.
    #[arg(long, value_name = "NAME=VALUE")]
    pub build_arg: Vec<String>,
    /// Builds only as far as this stage of the Dockerfile.
    #[arg(long, value_name = "STAGE")]
    pub target: Option<String>,
    /// Builds for another kind of processor or system, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Vec<String>,
    /// Does every step again, even if nothing has changed.
    #[arg(long)]
    pub no_cache: bool,
    /// Looks for newer versions of the images that it builds on.
    #[arg(long)]
    pub pull: bool,
    /// Prints only the id of the image at the end.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// Attaches a note to the image, as name=value.
    #[arg(long, value_name = "NAME=VALUE")]
    pub label: Vec<String>,
    /// How the steps are printed: auto, plain, tty, quiet or rawjson.
    #[arg(long, value_name = "HOW")]
    pub progress: Option<String>,
    /// Lends a secret to the steps that ask for it, without leaving it in the image.
    #[arg(long, value_name = "id=NAME[,src=FILE]")]
    pub secret: Vec<String>,
    /// Lends your ssh keys to the steps that ask for them.
    #[arg(long, value_name = "default|NAME[=FILE]")]
    pub ssh: Vec<String>,
    /// The network of the steps: default, none or host.
    #[arg(long, value_name = "MODE")]
    pub network: Option<String>,
    /// Adds a line to the list of known hosts while the steps run.
    #[arg(long, value_name = "HOST:ADDRESS")]
    pub add_host: Vec<String>,
    /// Where the result goes.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub output: BuildOutput,
    /// How the steps are done.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub steps: BuildSteps,
    /// How much the steps may use.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub limits: BuildLimits,
    /// The folder whose files the Dockerfile can use, such as . for this one.
    #[arg(value_name = "FOLDER|URL|-")]
    pub context: String,
}

/// Where the result of a build goes, and what is told about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct BuildOutput {
    /// Writes the result somewhere else than into this engine, such as type=local,dest=out.
    #[arg(short = 'o', long, value_name = "DESTINATION")]
    #[ts(as = "Option<_>", optional)]
    pub output: Vec<String>,
    /// Puts the result into this engine's images.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub load: bool,
    /// Uploads the result to its registry.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub push: bool,
    /// Writes the new image's id into a file.
    #[arg(long, value_name = "FILE")]
    #[ts(optional = nullable)]
    pub iidfile: Option<String>,
    /// Writes facts about the finished build into a file.
    #[arg(long, value_name = "FILE")]
    #[ts(optional = nullable)]
    pub metadata_file: Option<String>,
    /// Attaches a note to the image's entry in a registry.
    #[arg(long, value_name = "NAME=VALUE")]
    #[ts(as = "Option<_>", optional)]
    pub annotation: Vec<String>,
    /// Adds a record of how the image was made, such as type=sbom.
    #[arg(long, value_name = "TYPE[,KEY=VALUE]")]
    #[ts(as = "Option<_>", optional)]
    pub attest: Vec<String>,
    /// Adds a record of where the content comes from.
    #[arg(long, value_name = "true|false|MODE")]
    #[ts(optional = nullable)]
    pub provenance: Option<String>,
    /// Adds a list of the software in the image.
    #[arg(long, value_name = "true|false|GENERATOR")]
    #[ts(optional = nullable)]
    pub sbom: Option<String>,
    /// Looks at the Dockerfile instead of building: check, outline or targets.
    #[arg(long, value_name = "METHOD")]
    #[ts(optional = nullable)]
    pub call: Option<String>,
    /// Checks the Dockerfile for mistakes instead of building.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub check: bool,
    /// Skips the check of the image's signature; this is docker's own habit.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[ts(optional = nullable)]
    pub disable_content_trust: Option<bool>,
    /// Makes one layer of all new ones.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub squash: bool,
}

/// How the steps of a build are done, and what is kept of them for the next time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct BuildSteps {
    /// The builder that does the work; without it the one that is chosen.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub builder: Option<String>,
    /// A further folder or image that the Dockerfile can use by name.
    #[arg(long, value_name = "NAME=PLACE")]
    #[ts(as = "Option<_>", optional)]
    pub build_context: Vec<String>,
    /// Takes finished steps from here, such as an image in a registry.
    #[arg(long, value_name = "PLACE")]
    #[ts(as = "Option<_>", optional)]
    pub cache_from: Vec<String>,
    /// Keeps finished steps here, such as type=local,dest=cache.
    #[arg(long, value_name = "PLACE")]
    #[ts(as = "Option<_>", optional)]
    pub cache_to: Vec<String>,
    /// Does the steps of these stages again.
    #[arg(long, value_name = "STAGE")]
    #[ts(as = "Option<_>", optional)]
    pub no_cache_filter: Vec<String>,
    /// Gives the steps a right that they do not have otherwise, such as network.host.
    #[arg(long, value_name = "RIGHT")]
    #[ts(as = "Option<_>", optional)]
    pub allow: Vec<String>,
    /// Prints more when something goes wrong.
    #[arg(short = 'D', long)]
    #[ts(as = "Option<_>", optional)]
    pub debug: bool,
    /// Sends the folder's files compressed.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub compress: bool,
    /// Removes the containers of the steps even if a step fails.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub force_rm: bool,
    /// Removes the containers of the steps after a build that went well, unless it is false.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[ts(optional = nullable)]
    pub rm: Option<bool>,
}

/// How much the steps of a build may use.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct BuildLimits {
    /// The most memory that a step may use, such as 512m or 2g.
    #[arg(short = 'm', long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub memory: Option<String>,
    /// The most memory and swap space together; -1 is without a limit.
    #[arg(long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub memory_swap: Option<String>,
    /// The size of the memory that programs of a step share, /dev/shm.
    #[arg(long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub shm_size: Option<String>,
    /// Sets a limit of the system for the steps, such as nofile=1024.
    #[arg(long, value_name = "NAME=SOFT[:HARD]")]
    #[ts(as = "Option<_>", optional)]
    pub ulimit: Vec<String>,
    /// The steps' share of the processors against others; 1024 is usual.
    #[arg(
        short = 'c',
        long,
        value_name = "WEIGHT",
        allow_negative_numbers = true
    )]
    #[ts(optional = nullable)]
    pub cpu_shares: Option<i32>,
    /// The length of the turns in which processor time is dealt out.
    #[arg(long, value_name = "MICROSECONDS", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub cpu_period: Option<i32>,
    /// How much processor time the steps get in each turn.
    #[arg(long, value_name = "MICROSECONDS", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub cpu_quota: Option<i32>,
    /// The processors that the steps may use, such as 0-3 or 0,1.
    #[arg(long, value_name = "NUMBERS")]
    #[ts(optional = nullable)]
    pub cpuset_cpus: Option<String>,
    /// The parts of memory that the steps may use, on computers with several.
    #[arg(long, value_name = "NUMBERS")]
    #[ts(optional = nullable)]
    pub cpuset_mems: Option<String>,
    /// The system's group of programs to which the steps belong.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub cgroup_parent: Option<String>,
    /// Changes how the steps are held apart from the rest of the computer.
    #[arg(long, value_name = "OPTION")]
    #[ts(as = "Option<_>", optional)]
    pub security_opt: Vec<String>,
    /// How Windows holds the steps apart: default, process or hyperv.
    #[arg(long, value_name = "KIND")]
    #[ts(optional = nullable)]
    pub isolation: Option<String>,
}
