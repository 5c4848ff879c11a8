//! Verbs that take several containers or images: they go on after one fails, as docker does.

use std::pin::Pin;

use bollard::Docker;
use futures_util::{StreamExt as _, stream};

use crate::call::container_name;
use crate::model::Outcome;
use crate::path::Segment;
use crate::perform::Job;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::problem::{Fix, Problem};

/// How many are asked for at the same time. A stop may wait for seconds for each.
const AT_ONCE: usize = 16;
/// Fixes of several failures are offered up to this number.
const MOST_FIXES: usize = 5;

type Try<'a> = Pin<Box<dyn Future<Output = (&'a str, Result<Vec<String>, Failure>)> + Send + 'a>>;

/// Does `one` for each target, and says which are done. What `one` answers was removed by it.
pub(super) async fn each<'a, F, Fut>(
    job: Job<'a>,
    targets: &'a [String],
    subject: fn(&'a str) -> Subject<'a>,
    one: F,
) -> Result<Outcome, Problem>
where
    F: Fn(&'a str) -> Fut,
    Fut: Future<Output = Result<Vec<String>, Failure>> + Send + 'a,
{
    let mut outcome = Outcome::default();
    let mut problems = Vec::new();
    let mut tries: Vec<Try<'a>> = Vec::with_capacity(targets.len());
    for target in targets {
        let done = one(target);
        tries.push(Box::pin(async move { (target.as_str(), done.await) }));
    }
    // In the order in which they were named, whichever is done first.
    let mut tried = stream::iter(tries).buffered(AT_ONCE);
    while let Some((target, done)) = tried.next().await {
        match done {
            Ok(removed) => {
                outcome.done.push(target.to_owned());
                outcome.removed.extend(removed);
            }
            Err(failure) => problems.push(job.problem(failure, subject(target), None).await),
        }
    }
    if problems.is_empty() {
        return Ok(outcome);
    }
    job.report.outcome(outcome);
    Err(one_problem(problems, targets.len()))
}

/// Does `one` for each container, with its name as bollard may be given it.
pub(super) async fn containers<'a, F, Fut>(
    job: Job<'a>,
    names: &'a [String],
    one: F,
) -> Result<Outcome, Problem>
where
    F: Fn(&'a Docker, Segment) -> Fut,
    Fut: Future<Output = Result<(), bollard::errors::Error>> + Send + 'a,
{
    each(job, names, Subject::Container, |name| {
        let asked = container_name(name).map(|name| one(job.engine.docker(), name));
        async move {
            asked?.await?;
            Ok(Vec::new())
        }
    })
    .await
}

/// Several failures as one: what they have in common is said once.
fn one_problem(mut problems: Vec<Problem>, targets: usize) -> Problem {
    let mut first = problems.remove(0);
    if problems.is_empty() && targets == 1 {
        return first;
    }
    let failed = problems.len() + 1;
    let mut whys = vec![first.what];
    first.fixes.truncate(1);
    for problem in problems {
        whys.push(problem.what);
        first.fixes.extend(problem.fixes.into_iter().take(1));
        first.detail = format!("{}\n{}", first.detail, problem.detail);
    }
    first.fixes.truncate(MOST_FIXES);
    first
        .fixes
        .dedup_by(|one: &mut Fix, other| one.actions == other.actions);
    first.what = format!("This failed for {failed} of {targets}");
    first.why = format!("{}.", whys.join(". "));
    first
}
