//! The inspects: of containers, images, volumes, networks, and of whatever has a name.

use serde_json::value::RawValue;
use slipway_action::{Inspect, InspectContainer, InspectImage, InspectNetwork, InspectVolume};

use crate::call::{Call, container, image, network, volume};
use crate::model::Outcome;
use crate::perform::{Job, indent, invalid, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::transport::RequestError;

/// What can be inspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Container { size: bool },
    Image,
    Network { verbose: bool },
    Volume,
}

impl Kind {
    fn subject<'a>(self) -> fn(&'a str) -> Subject<'a> {
        match self {
            Self::Container { .. } => Subject::Container,
            Self::Image => Subject::Image,
            Self::Network { .. } => Subject::Network,
            Self::Volume => Subject::Volume,
        }
    }

    fn call(self, name: &str) -> Result<Call, RequestError> {
        Ok(match self {
            Self::Container { size } => {
                Call::get(container(name, "/json")?).with_flag("size", size)
            }
            Self::Image => Call::get(image(name, "/json")?),
            Self::Network { verbose } => {
                Call::get(network(name, "")?).with_flag("verbose", verbose)
            }
            Self::Volume => Call::get(volume(name, "")?),
        })
    }
}

pub(super) async fn containers(job: Job<'_>, verb: &InspectContainer) -> Result<Outcome, Problem> {
    let kind = Kind::Container { size: verb.size };
    each(job, &verb.containers, &[kind]).await
}

pub(super) async fn images(job: Job<'_>, verb: &InspectImage) -> Result<Outcome, Problem> {
    each(job, &verb.images, &[Kind::Image]).await
}

pub(super) async fn networks(job: Job<'_>, verb: &InspectNetwork) -> Result<Outcome, Problem> {
    let kind = Kind::Network {
        verbose: verb.verbose,
    };
    each(job, &verb.networks, &[kind]).await
}

pub(super) async fn volumes(job: Job<'_>, verb: &InspectVolume) -> Result<Outcome, Problem> {
    each(job, &verb.volumes, &[Kind::Volume]).await
}

/// The first thing that has the name, in docker's order.
pub(super) async fn anything(job: Job<'_>, verb: &Inspect) -> Result<Outcome, Problem> {
    let all = [
        Kind::Container { size: verb.size },
        Kind::Image,
        Kind::Network { verbose: false },
        Kind::Volume,
    ];
    let kinds = match verb.r#type.as_deref() {
        None | Some("") => &all[..],
        Some("container") => &all[..1],
        Some("image") => &all[1..2],
        Some("network") => &all[2..3],
        Some("volume") => &all[3..],
        Some(other) => {
            return Err(invalid(&format!(
                "Slipway can’t inspect “{other}”. It knows container, image, network and volume."
            )));
        }
    };
    each(job, &verb.names, kinds).await
}

async fn each<'a>(
    job: Job<'a>,
    names: &'a [String],
    kinds: &'a [Kind],
) -> Result<Outcome, Problem> {
    let found = indent::Found::default();
    let subject = kinds
        .first()
        .map_or_else(|| Kind::Image.subject(), |kind| kind.subject());
    let outcome = targets::each(job, names, subject, |name| {
        let found = &found;
        async move {
            found.add(name, first(job, name, kinds).await?);
            Ok(Vec::new())
        }
    })
    .await;
    let found = found.finish(names);
    match outcome {
        Ok(_) => Ok(found),
        Err(problem) => {
            job.report.outcome(found);
            Err(problem)
        }
    }
}

async fn first(job: Job<'_>, name: &str, kinds: &[Kind]) -> Result<Box<RawValue>, Failure> {
    let mut missing = None;
    for kind in kinds {
        let call = match kind.call(name) {
            Ok(call) => call,
            // A name that only images can have is none of a container.
            Err(error) if kinds.len() > 1 => {
                missing.get_or_insert(error);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        match call.read(job.engine).await {
            Ok(json) => return Ok(json),
            Err(error) if error.status() == Some(404) => {
                missing.get_or_insert(error);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(missing.map_or_else(|| Failure::Said(String::new()), Failure::from))
}
