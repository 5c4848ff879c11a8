//! The command trail: its lines are done again and opened again, saved as a script that runs as it stands,
//! and hold no secret.

use std::path::Path;
use std::process::Command;

use serde_json::json;
use slipway_lab::{Engine, Kind, Lab};

use slipway_window::{App, Start, cli};

use crate::commands::files_with;

/// Saves the trail as a script for a shell, in this file, through the window.
pub async fn save_script(app: &App, script: &Path) {
    app.click("button", "More for the command trail").await;
    app.click("menuitem", "~Save as a shell script").await;
    app.pick("Save the command trail", script);
    app.read("Saved: ").await;
}

/// Runs a script in bash, with a docker that talks to `engine`.
pub fn run_script(script: &Path, engine: &Engine) {
    let run = Command::new("bash")
        .arg(script)
        .env("DOCKER_HOST", engine.host())
        .env("DOCKER_CONFIG", engine.docker_config())
        .output()
        .unwrap();
    let text = std::fs::read_to_string(script).unwrap();
    assert!(run.status.success(), "{run:?}\n{text}");
}

/// Chooses something in the menu of the first line with this command.
pub async fn of_line(app: &App, line: &str, label: &str) {
    app.click("button", &format!("Actions for {line}")).await;
    app.click("menuitem", label).await;
}

/// Begins a command as the page does when it was pasted, in this folder, and waits until it has ended.
async fn perform(app: &App, line: &str, folder: &Path) {
    let script = "const [line, folder, done] = arguments; const { invoke } = window.__TAURI_INTERNALS__; \
        invoke('read', { text: line }).then(({ lines }) => \
        invoke('perform', { actions: [lines[0].said.action], engine: 'env', folder }))\
        .then(([id]) => done(id), (e) => done(JSON.stringify(e) ?? String(e)))";
    let folder = json!(folder.to_str().unwrap());
    let begun = app
        .client
        .execute_async(script, vec![json!(line), folder])
        .await
        .unwrap();
    assert!(begun.is_number(), "{line}: {begun}");
    let newest = || async {
        let lines = app.all("button", Some("~Actions for ")).await;
        lines.len()
    };
    let id = usize::try_from(begun.as_u64().unwrap()).unwrap();
    app.until(&format!("{line} does not end"), async || {
        // One that waits works before it ends: it would slip by who looks the other way round.
        newest().await >= id
            && app.all("img", Some("Waiting")).await.is_empty()
            && app.all("img", Some("Working")).await.is_empty()
    })
    .await;
}

#[tokio::test]
async fn what_the_engine_gave_a_name_is_found_again_by_the_script() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("busy").unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    app.ctrl('j').await;
    app.open_run("busy").await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    let names = async || cli(&engine, &["ps", "--format", "{{.Names}}"]);
    app.until("nothing runs", async || names().await.len() == 1)
        .await;
    let name = names().await[0].clone();
    app.go("Containers").await;
    app.click("button", &format!("Stop {name}")).await;
    app.until("it does not stop", async || {
        cli(&engine, &["ps", "-q"]).is_empty()
    })
    .await;
    app.click("button", &format!("More actions for {name}"))
        .await;
    app.click("menuitem", "~Remove…").await;
    app.click("button", &format!("Remove {name}")).await;
    app.read("No containers yet").await;

    // An image without a name, which is only known by its id.
    let folder = tempfile::tempdir().unwrap();
    let dockerfile = folder.path().join("Dockerfile");
    std::fs::write(dockerfile, "FROM busy\nLABEL made=here\n").unwrap();
    perform(&app, "docker build .", folder.path()).await;
    let made = async || cli(&engine, &["images", "-q", "--filter", "label=made=here"]);
    app.until("nothing is built", async || made().await.len() == 1)
        .await;
    let made = made().await[0].clone();
    perform(&app, &format!("docker tag {made} mine:1"), folder.path()).await;
    app.until("it is not there", async || {
        cli(&engine, &["images", "-q", "mine:1"]).len() == 1
    })
    .await;

    let script = folder.path().join("again.sh");
    save_script(&app, &script).await;
    app.close().await;
    let text = std::fs::read_to_string(&script).unwrap();
    assert!(text.contains("docker run -d"), "it was stopped: {text}");
    let names_it = |line: &str| !line.starts_with('#') && line.contains(&name);
    assert!(!text.lines().any(names_it), "{text}");

    let fresh = lab.fresh(Kind::DockerNewest).unwrap();
    fresh.load_image("busy").unwrap();
    run_script(&script, &fresh);
    assert!(
        cli(&fresh, &["ps", "-aq"]).is_empty(),
        "it was removed again"
    );
    assert_eq!(cli(&fresh, &["images", "-q", "mine:1"]).len(), 1);
}

#[tokio::test]
async fn a_line_is_done_again_and_its_form_opened_again() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    app.ctrl('j').await;
    perform(&app, "docker run -d -e COLOUR=blue busy", Path::new("/")).await;
    let line = "docker run -d -e COLOUR=blue busy";
    of_line(&app, line, "Do it again").await;
    app.until("it is not done again", async || {
        cli(&engine, &["ps", "-q"]).len() == 2
    })
    .await;
    app.until("the trail does not say so", async || {
        app.trail().await.matches(line).count() == 2
    })
    .await;

    of_line(&app, line, "Open its form again").await;
    app.see("dialog", "Run an image").await;
    app.until("it is not filled in", async || {
        app.value("~Image").await == "busy"
    })
    .await;
    app.fill("Name", "third").await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    app.see("heading", "third").await;
    let env = ["inspect", "third", "--format", "{{json .Config.Env}}"];
    assert!(cli(&engine, &env)[0].contains("COLOUR=blue"));
    app.close().await;
}

/// A command, and where the secret is in it; `{}` stands for the secret.
const PLACES: [&str; 16] = [
    "docker run -d --name one -e DB_PASSWORD={} busy",
    // The same name again, so that the engine says no.
    "docker run -d --name one -e DB_PASSWORD={} busy",
    "docker run -d -e URL=http://me:{}@host/ busy",
    "docker run -d busy /busy --password {}",
    "docker run -d busy /nowhere --password {}",
    "docker run -d --health-cmd '/busy --password {}a --token {}b' busy",
    "docker run -d -l api.token={} --kernel-memory 64m busy",
    "docker volume create -o type=cifs -o o=username=me,password={},vers=3.0 -o device=//no/where share",
    "docker volume create -d nobody -o password={} other",
    "docker run -d -v share:/x busy",
    "docker pull https://me:{}@registry.invalid/image",
    "docker build https://me:{}@127.0.0.1:1/x.git",
    "docker login -u me -p {} registry.invalid",
    "docker build --build-arg API_TOKEN={}a,{}b .",
    "docker build --secret id=npm,src=npmrc -f secret.dockerfile .",
    "docker build --cache-to type=s3,access_key_id={}a,secret_access_key={}b .",
];

#[tokio::test]
async fn no_secret_reaches_a_file_of_the_app() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    for image in ["busy", "ubuntu"] {
        engine.load_image(image).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    file(
        "Dockerfile",
        "FROM ubuntu\nARG API_TOKEN\nRUN echo \"it is $API_TOKEN\" >&2; exit 3\n",
    );
    file(
        "secret.dockerfile",
        "FROM ubuntu\nRUN --mount=type=secret,id=npm cat /run/secrets/npm >&2; exit 3\n",
    );
    let home = tempfile::tempdir().unwrap();
    let app = App::start(Start {
        engine: Some(&engine),
        extra_env: vec![("HOME", home.path().to_string_lossy().into_owned())],
        ..Start::default()
    })
    .await;
    app.read("No containers yet").await;
    app.ctrl('j').await;
    let mut canaries = Vec::new();
    for (index, place) in PLACES.iter().enumerate() {
        let canary = format!("canary-{index:02}-{}", std::process::id());
        file("npmrc", &format!("//registry/:_authToken={canary}\n"));
        perform(&app, &place.replace("{}", &canary), folder.path()).await;
        canaries.push(canary);
    }
    // The engine was given them, and some of these did fail.
    assert!(app.all("img", Some("Failed")).await.len() > 5);
    let env = ["inspect", "one", "--format", "{{json .Config.Env}}"];
    assert!(cli(&engine, &env)[0].contains(&canaries[0]));
    // Nobody is told one of them either, on whichever screen.
    let shown = app.trail().await;
    app.close().await;
    for canary in &canaries {
        assert!(!shown.contains(canary), "{shown}");
        let found = files_with(home.path(), canary);
        assert!(found.is_empty(), "{canary} is in {found:?}");
    }
    // What was printed is there, and what was asked for.
    assert!(!files_with(home.path(), "it is ***").is_empty());
    assert!(!files_with(home.path(), "--kernel-memory").is_empty());
}
