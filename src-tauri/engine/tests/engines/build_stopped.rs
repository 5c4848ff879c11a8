//! Builds that the user stops, again and again and at any moment, in each way that there is: none is ever
//! done, none goes on behind the user's back, and this process holds afterwards what it held before. Each
//! test is a process of its own, since it counts what its process holds.
#![allow(clippy::result_large_err, reason = "tests")]
#![cfg(target_os = "linux")]

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::time::{Duration, Instant};

use crate::building::{Kept, build, folder, plugins, runs, stopped, with_env};
use crate::doing::{LIMIT, benches};
use slipway_engine::build::{StepState, Way};
use slipway_lab::{Kind, images, left_out, wait_until};

/// So many builds are stopped before anything is counted: the first ones fill what is kept for good.
const WARM: u32 = 10;
/// So many are stopped between the two counts.
const ROUNDS: u32 = 50;
/// So much more memory may be in use then, in KiB. What an allocator keeps for later goes up and down by
/// less; a build that left behind only what it had sent would take ten times that.
const GROWTH: u64 = 6 * 1024;
/// So much of the folder changes each time, so that each build sends it.
const SENT: usize = 1024 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_builds_of_docker_20_leave_nothing_behind() {
    check(Kind::Docker20, Some("0"), Way::Classic).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_builds_of_docker_20_with_buildkit_leave_nothing_behind() {
    check(Kind::Docker20, Some("1"), Way::Buildkit).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_builds_of_the_newest_docker_leave_nothing_behind() {
    check(Kind::DockerNewest, None, Way::Buildkit).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_builds_of_the_newest_docker_without_buildkit_leave_nothing_behind() {
    check(Kind::DockerNewest, Some("0"), Way::Classic).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_builds_of_podman_leave_nothing_behind() {
    check(Kind::Podman, None, Way::Classic).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_builds_of_the_docker_command_leave_nothing_behind() {
    check(Kind::DockerNewest, None, Way::Cli).await;
}

/// When a build is stopped.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// So long after it was asked for.
    After(Duration),
    /// As soon as its steps have changed so often.
    Told(usize),
}

async fn check(kind: Kind, wish: Option<&str>, way: Way) {
    let test = format!("halted-{way:?}").to_lowercase();
    let benches = benches(&test).await;
    let Some(bench) = benches.iter().find(|bench| bench.kind() == kind) else {
        return;
    };
    bench.lab.load_image(images::UBUNTU).unwrap();
    let Some(config) = plugins() else {
        return left_out(&test, "there is no buildx").unwrap();
    };
    let config = config.path().to_string_lossy().into_owned();
    let mut variables = vec![("DOCKER_CONFIG", config.as_str())];
    variables.extend(wish.map(|wish| ("DOCKER_BUILDKIT", wish)));
    let engine = with_env(bench, &variables).await;

    // Numbers that no other process sleeps for. Podman can't end a step that is under way: it ends the build
    // behind that step.
    let mark = format!("{}{}", std::process::id(), way as u8);
    let (long, never) = match kind {
        Kind::Docker20 | Kind::DockerNewest => (format!("1000.{mark}"), format!("2000.{mark}")),
        Kind::Podman => (format!("10.{mark}"), format!("2000.{mark}")),
    };
    let text = format!(
        "FROM ubuntu\nCOPY . /all\nRUN echo one\nRUN sleep 0.1\nRUN sleep {long}\nRUN sleep {never}\n"
    );
    let here = folder(&[("Dockerfile", &text)]);
    let name = bench.name("img");
    let line = match way {
        Way::Cli => "docker build --no-cache -o type=local,dest=out .".to_owned(),
        Way::Classic | Way::Buildkit => format!("docker build --no-cache -t {name} ."),
    };
    let mut random = Random::new();
    let about = format!("{kind} {way:?}, with the seed {}", random.0);
    // Each is another build: 20.10 hangs where it is asked again for what it is just stopping.
    let change = |random: &mut Random| {
        let start = random.next().to_le_bytes();
        let bytes: Vec<u8> = start.into_iter().cycle().take(SENT).collect();
        std::fs::write(here.path().join("changes"), bytes).unwrap();
    };

    // How long it takes until the step that does not end.
    change(&mut random);
    let begun = Instant::now();
    let (done, kept) = stopped(&engine, here.path(), &line, |_| runs(&long)).await;
    let lead = begun.elapsed();
    assert_eq!(done.expect_err("it was stopped").what, "Stopped", "{about}");
    assert_eq!(kept.ways[0].0, way, "{about}");

    let mut before = None;
    for round in 0..WARM + ROUNDS {
        if round == WARM {
            before = Some((descriptors(), memory()));
        }
        let moment = random.moment(lead);
        change(&mut random);
        let begun = Instant::now();
        let (done, kept) = stopped(&engine, here.path(), &line, |kept| match moment {
            Moment::After(time) => begun.elapsed() >= time,
            Moment::Told(count) => changes(kept) >= count || is_running(kept, &long),
        })
        .await;
        let about = format!("{about}, round {round} at {moment:?}");
        let problem = done.expect_err("it was stopped");
        assert_eq!(problem.what, "Stopped", "{about}: {problem:#?}");
        assert!(!kept.is_open(), "{about}: {:#?}", kept.steps);
    }

    // Another build of the same engine takes longer than a next step would take to begin.
    let other = folder(&[("Dockerfile", "FROM ubuntu\nRUN true\n")]);
    let (done, _) = build(&engine, other.path(), "docker build --no-cache .").await;
    done.unwrap_or_else(|problem| panic!("{about}: {problem:#?}"));
    let gone = || (!runs(&long)).then_some(());
    wait_until(LIMIT, &format!("{about}: the steps to end"), gone).unwrap();
    assert!(!runs(&never), "{about}: a build goes on");
    // The containers in which its steps ran are gone as well; others may use the engine meanwhile.
    let left = || {
        let words = ["ps", "-a", "--no-trunc", "--format", "{{.Command}}"];
        let listed = bench.lab.docker(&words).unwrap().ok().unwrap();
        (!listed.contains(&mark)).then_some(())
    };
    wait_until(LIMIT, &format!("{about}: no container of a build"), left).unwrap();
    let code = bench.lab.docker(&["image", "inspect", &name]).unwrap().code;
    assert_ne!(code, Some(0), "{about}: there is no image");
    assert!(!here.path().join("out").exists(), "{about}: nothing came");

    let (files, kept) = before.unwrap();
    let same = || (descriptors() <= files).then_some(());
    let what = format!("{about}: {files} descriptors as before");
    wait_until(LIMIT, &what, same).unwrap();
    let now = memory();
    assert!(
        now <= kept + GROWTH,
        "{about}: {kept} KiB before, {now} KiB after"
    );
}

/// Whether the step with this text is under way.
fn is_running(kept: &Kept, text: &str) -> bool {
    let mut steps = kept.steps.values();
    steps.any(|step| step.name.contains(text) && step.state == StepState::Running)
}

/// How often the steps have changed: each goes from waiting to running to its end.
fn changes(kept: &Kept) -> usize {
    kept.steps.values().map(|step| step.state as usize).sum()
}

/// How many descriptors this process has.
fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// The memory that this process holds, in KiB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap()
}

/// Numbers that look random (splitmix64), and are the same again for the same seed.
struct Random(u64);

impl Random {
    /// Begins anew each time, or with the number in the variable `SLIPWAY_SEED`, to do the same again.
    fn new() -> Self {
        let given = std::env::var("SLIPWAY_SEED").ok();
        let given = given.map(|seed| seed.parse().expect("a number"));
        Self(given.unwrap_or_else(|| RandomState::new().hash_one(0)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    /// Any moment until a while after the step that does not end has begun.
    fn moment(&mut self, lead: Duration) -> Moment {
        if self.next().is_multiple_of(4) {
            return Moment::Told(usize::try_from(self.next() % 16).unwrap());
        }
        let most = u64::try_from(lead.as_micros() * 5 / 4).unwrap();
        Moment::After(Duration::from_micros(self.next() % most.max(1)))
    }
}
