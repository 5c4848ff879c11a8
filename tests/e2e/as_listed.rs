//! The lists say what `docker container ls -a` and `docker image ls` say: names, images, states, ports, tags,
//! ids and sizes, on each kind of engine.

use slipway_lab::{Engine, Kind, Lab, left_out};

use slipway_window::{App, cli};

#[tokio::test]
async fn docker_20() {
    on(Kind::Docker20).await;
}

#[tokio::test]
async fn docker_newest() {
    on(Kind::DockerNewest).await;
}

#[tokio::test]
async fn podman() {
    on(Kind::Podman).await;
}

async fn on(kind: Kind) {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let missing = lab.missing().into_iter().find(|(other, _)| *other == kind);
    if let Some((_, why)) = missing {
        return left_out(&format!("lists on {}", kind.name()), &why).unwrap();
    }
    let engine = lab.fresh(kind).unwrap();
    for image in ["busy", "hello-world", "ubuntu"] {
        engine.load_image(image).unwrap();
    }
    let docker = |words: &[&str]| engine.docker(words).unwrap().ok().unwrap();
    docker(&[
        "run",
        "-d",
        "--name",
        "web",
        "-p",
        "127.0.0.1::8080",
        "-p",
        "127.0.0.1::53/udp",
        "busy",
    ]);
    docker(&["run", "-d", "--name", "rests", "busy"]);
    docker(&["pause", "rests"]);
    docker(&["create", "--name", "never", "busy"]);
    docker(&["run", "--name", "done", "hello-world"]);
    let failed = engine.docker(&["run", "--name", "failed", "ubuntu", "sh", "-c", "exit 3"]);
    assert!(failed.unwrap().ok().is_err(), "it ends with 3");
    docker(&["tag", "busy", "registry.example/team/name:v2.1"]);
    docker(&["commit", "done"]);

    let app = App::on(&engine).await;
    containers(&app, &engine).await;
    images(&app, &engine).await;
    app.close().await;
}

/// A row with one blank between its words.
fn squeezed(row: &str) -> String {
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wanted of a row: how it begins, and the ports in it.
struct Wanted {
    begin: String,
    ports: Vec<String>,
}

/// Waits until there is one row for each of these, and no other.
async fn rows_are(app: &App, wanted: &[Wanted]) {
    let begins: Vec<&str> = wanted.iter().map(|row| row.begin.as_str()).collect();
    app.until(&format!("the rows are not {begins:#?}"), async || {
        let rows: Vec<String> = app.rows().await.iter().map(|row| squeezed(row)).collect();
        rows.len() == wanted.len()
            && wanted.iter().all(|wanted| {
                let fits = |row: &&String| row.starts_with(&wanted.begin);
                let mut found = rows.iter().filter(fits);
                let row = found.next().map_or("", |row| row.as_str());
                found.next().is_none()
                    && wanted.ports.iter().all(|port| row.contains(port))
                    && row.matches('→').count() == wanted.ports.len()
            })
    })
    .await;
}

/// The word for what `docker container ls` says of a state.
fn word(state: &str, status: &str) -> String {
    let code = status.split(['(', ')']).nth(1);
    match (state, code) {
        ("running", _) => "Running".to_owned(),
        ("paused", _) => "Paused".to_owned(),
        ("created", _) => "Not started".to_owned(),
        ("exited", Some("0")) => "Stopped".to_owned(),
        ("exited", Some(code)) => format!("Failed exit code {code}"),
        _ => panic!("no word for {state}, {status}"),
    }
}

/// The published ones of its column PORTS, as the list shows them.
fn ports(listed: &str) -> Vec<String> {
    let published = listed.split(", ").filter_map(|port| port.split_once("->"));
    published
        .map(|(host, inside)| {
            let host = host.rsplit(':').next().unwrap_or(host);
            format!("{host} → {}", inside.trim_end_matches("/tcp"))
        })
        .collect()
}

async fn containers(app: &App, engine: &Engine) {
    let format = "{{.Names}}|{{.Image}}|{{.State}}|{{.Status}}|{{.Ports}}|{{.ID}}";
    let listed = cli(engine, &["container", "ls", "-a", "--format", format]);
    assert_eq!(listed.len(), 5);
    let mut wanted = Vec::new();
    let mut ids = Vec::new();
    for line in &listed {
        let cells: Vec<&str> = line.split('|').collect();
        let [name, image, state, status, published, id] = cells[..] else {
            panic!("{line}")
        };
        let image = image.trim_start_matches("docker.io/");
        let image = image.trim_start_matches("library/");
        wanted.push(Wanted {
            begin: format!("{name} {image} {}", word(state, status)),
            ports: ports(published),
        });
        ids.push((name.to_owned(), id.to_owned()));
    }
    let published: usize = wanted.iter().map(|row| row.ports.len()).sum();
    assert_eq!(published, 2, "{listed:?}");
    rows_are(app, &wanted).await;
    // The list has no column for ids; the find box knows them.
    for (name, id) in ids {
        app.fill("Find by name or image", &id).await;
        app.rows_are(&[name]).await;
    }
}

async fn images(app: &App, engine: &Engine) {
    app.go("Images").await;
    let format = "{{.Repository}}|{{.Tag}}|{{.ID}}|{{.Size}}";
    let listed = cli(engine, &["image", "ls", "--format", format]);
    assert_eq!(listed.len(), 5, "{listed:?}");
    let wanted: Vec<Wanted> = listed
        .iter()
        .map(|line| {
            let cells: Vec<&str> = line.split('|').collect();
            let [name, tag, id, size] = cells[..] else {
                panic!("{line}")
            };
            let tag = if name == "<none>" {
                "no name of its own"
            } else {
                tag
            };
            let unit = size.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
            let number = size.trim_end_matches(unit);
            Wanted {
                begin: format!("{name} {tag} {id} {number} {unit}"),
                ports: Vec::new(),
            }
        })
        .collect();
    rows_are(app, &wanted).await;
}
