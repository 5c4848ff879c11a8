//! The command bar: how long one key takes, without a window and without an engine.

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Instant;

use slipway_action::{KnownContainer, KnownImage, Names, Shell, complete, read};

use crate::table::{Row, median};

/// Rounds whose middle is taken.
const ROUNDS: usize = 200;
/// Starts of the docker command whose middle is taken.
const STARTS: usize = 10;
/// Containers and images, each.
const MANY: usize = 10_000;

/// A command as long as tutorials have them.
const LONG: &str = r#"$ sudo docker run -dit --name web --restart unless-stopped --init --read-only \
    -p 127.0.0.1:5000:5050 -p 8443:443 -e APP_MODE=production -e "GREETING=it's me" \
    -e DATABASE_URL=postgres://db:5432/app -v "$PWD/site":/srv/site:ro -v data:/var/lib/app \
    --network back --label team=web --label purpose=demo --memory 512m --cpus 1.5 --user 1000:1000 \
    --workdir /srv --hostname web --add-host db:10.0.0.5 --stop-signal SIGINT --stop-timeout 20 \
    <your-name>/app:1.2.3 waitress-serve --host=0.0.0.0 --port=5050 hello_flask:app"#;

/// What a key costs in the command bar.
pub fn rows() -> Vec<Row> {
    vec![long_command(), ten_thousand_names()]
}

/// Milliseconds that something takes, the middle of many rounds.
fn timed(rounds: usize, mut work: impl FnMut()) -> f64 {
    let times = (0..rounds).map(|_| {
        let began = Instant::now();
        work();
        began.elapsed().as_secs_f64() * 1e3
    });
    median(times.collect())
}

fn long_command() -> Row {
    // The first look at a verb makes its grammar, once in the life of the app.
    black_box(read(LONG, Shell::Posix));
    let ours = timed(ROUNDS, || {
        black_box(read(black_box(LONG), Shell::Posix));
    });
    let yardstick = timed(STARTS, || {
        // It reads all the flags before it refuses the last one, and asks no engine.
        let ended = Command::new("docker")
            .args(["run", "-dit", "--name", "web", "-p", "80:80", "--none-such"])
            .env("DOCKER_HOST", "unix:///none/such")
            .stdin(Stdio::null())
            .output()
            .expect("the docker command");
        assert!(!ended.status.success());
    });
    Row {
        what: "a long docker run pasted, read and explained, ms".to_owned(),
        ours,
        yardstick: Some(yardstick),
        against: "the docker command, started to refuse a flag",
        aim: "under 1 ms",
    }
}

fn ten_thousand_names() -> Row {
    let names: Vec<String> = (0..MANY)
        .map(|number| format!("container-{number:05}"))
        .collect();
    let ids: Vec<String> = (0..MANY).map(|number| format!("{number:064x}")).collect();
    let containers: Vec<KnownContainer<'_>> = names
        .iter()
        .zip(&ids)
        .enumerate()
        .map(|(number, (name, id))| KnownContainer {
            name,
            id,
            image: "busy",
            running: number.is_multiple_of(3),
        })
        .collect();
    let images: Vec<KnownImage<'_>> = names
        .iter()
        .zip(&ids)
        .map(|(name, id)| KnownImage { name, id })
        .collect();
    let known = Names {
        containers: &containers,
        images: &images,
        ..Names::default()
    };
    let typed = "docker inspect container-04242";
    let keys = (1..=typed.len()).map(|key| {
        let text = &typed[..key];
        let found = complete(text, key, &known);
        assert!(key < typed.len() || !found.items.is_empty());
        timed(ROUNDS / 10, || {
            black_box(complete(black_box(text), key, &known));
        })
    });
    let ours = keys.fold(0.0, f64::max);
    // What cannot be spared: one look at each of the names.
    let yardstick = timed(ROUNDS, || {
        let fits = |name: &&String| name.contains(black_box("04242"));
        black_box(names.iter().filter(fits).count());
        black_box(ids.iter().filter(fits).count());
    });
    Row {
        what: "a key typed over 10,000 containers and 10,000 images, the slowest, ms".to_owned(),
        ours,
        yardstick: Some(yardstick),
        against: "a plain search through as many names and ids",
        aim: "under 16 ms",
    }
}
