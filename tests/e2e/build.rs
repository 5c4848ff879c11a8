//! The build room: the tutorial's Dockerfiles typed into the editor, built with its commands, run and seen;
//! the exercise; a mistake that is marked, explained and mended.

use std::fs;
use std::path::Path;

use fantoccini::key::Key;
use slipway_lab::{Engine, Kind, Lab, left_out};

use slipway_window::{App, Start, cli};

/// The key End, as the WebDriver standard writes it.
const END: char = '\u{e010}';

/// The page that the tutorial serves.
const HELLO_FLASK: &str = include_str!("../lab/images/flask_app_df/hello_flask.py");

const UBUNTU_MINICONDA: &str = r#"# Download the ubuntu image
FROM ubuntu

# Install wget
RUN apt update
RUN apt install -y wget

# Download and install miniconda
RUN wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh
RUN bash Miniconda3-latest-Linux-x86_64.sh -b

# Add miniconda to PATH
ENV PATH="/root/miniconda3/bin:$PATH"

# Initialize the conda shell
RUN conda init bash
"#;

const FLASK_APP: &str = r#"# Use the ubuntu_miniconda_df as the base image
FROM ubuntu_miniconda_df

# Install flask and waitress
RUN conda install -y flask waitress

# Copy the flask app from host to container
COPY ./hello_flask_app /hello_flask_app

# Change the directory to the hello_flask_app folder
WORKDIR /hello_flask_app

# Run the waitress-serve command
CMD ["waitress-serve","--host=0.0.0.0","--port=5050","hello_flask:app"]
"#;

const PYTHON_SLIM: &str = r#"FROM python:3.8.12-slim
RUN pip install flask waitress
COPY hello_flask_app /hello_flask_app
WORKDIR /hello_flask_app
CMD ["waitress-serve", "--host=0.0.0.0", "--port=5050", "hello_flask:app"]
"#;

#[tokio::test]
async fn docker_20_classic() {
    tutorial(Kind::Docker20, "Built by the classic builder.", Vec::new()).await;
}

#[tokio::test]
async fn docker_20_buildkit() {
    let asked = vec![("DOCKER_BUILDKIT", "1".to_owned())];
    tutorial(Kind::Docker20, "Built by BuildKit.", asked).await;
}

#[tokio::test]
async fn docker_newest() {
    tutorial(Kind::DockerNewest, "Built by BuildKit.", Vec::new()).await;
}

#[tokio::test]
async fn podman() {
    tutorial(Kind::Podman, "Built by the classic builder.", Vec::new()).await;
}

/// From an empty folder to served pages, by the window alone.
async fn tutorial(kind: Kind, way: &str, extra_env: Vec<(&'static str, String)>) {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    if let Some((_, why)) = lab
        .missing()
        .into_iter()
        .find(|(missing, _)| *missing == kind)
    {
        return left_out(&format!("builds on {}", kind.name()), &why).unwrap();
    }
    let engine = lab.fresh(kind).unwrap();
    let _world = engine.give_world().unwrap();
    let folder = tutorial_folder();
    let app = App::start(Start {
        engine: Some(&engine),
        extra_env,
        ..Start::default()
    })
    .await;
    app.read("No containers yet").await;
    choose_folder(&app, folder.path()).await;

    type_file(
        &app,
        &folder.path().join("ubuntu_miniconda_df.dockerfile"),
        UBUNTU_MINICONDA,
    )
    .await;
    build(&app, "ubuntu_miniconda_df").await;
    app.read(way).await;
    said(
        &app,
        "docker build -f ubuntu_miniconda_df.dockerfile -t ubuntu_miniconda_df .",
    )
    .await;

    type_file(
        &app,
        &folder.path().join("flask_app_df.dockerfile"),
        FLASK_APP,
    )
    .await;
    build(&app, "flask_app_df").await;
    said(
        &app,
        "docker build -f flask_app_df.dockerfile -t flask_app_df .",
    )
    .await;
    app.picture(&format!("build-done-{}", kind.name()));
    run_and_see(&app, &engine, "flask_app_df", "from_conda", "5000").await;

    // The exercise.
    app.go("Build").await;
    type_file(
        &app,
        &folder.path().join("flask_app_python_slim.dockerfile"),
        PYTHON_SLIM,
    )
    .await;
    build(&app, "flask_app_python_slim").await;
    said(
        &app,
        "docker build -f flask_app_python_slim.dockerfile -t flask_app_python_slim .",
    )
    .await;
    run_and_see(&app, &engine, "flask_app_python_slim", "from_slim", "5035").await;
    app.close().await;

    let found = cli(&engine, &["image", "ls", "--format", "{{.Repository}}"]);
    for name in [
        "ubuntu_miniconda_df",
        "flask_app_df",
        "flask_app_python_slim",
    ] {
        assert!(found.iter().any(|one| one.ends_with(name)), "{found:?}");
    }
}

#[tokio::test]
async fn mistakes_on_docker_20_classic() {
    mistakes(Kind::Docker20, Vec::new()).await;
}

#[tokio::test]
async fn mistakes_on_docker_20_buildkit() {
    let asked = vec![("DOCKER_BUILDKIT", "1".to_owned())];
    mistakes(Kind::Docker20, asked).await;
}

#[tokio::test]
async fn mistakes_on_docker_newest() {
    mistakes(Kind::DockerNewest, Vec::new()).await;
}

#[tokio::test]
async fn mistakes_on_podman() {
    mistakes(Kind::Podman, Vec::new()).await;
}

/// What is in line 6 but for its slips.
const SAYS: &str = "echo preparing";

/// A slip in an instruction, and then one in a command: each is marked, explained and mended.
async fn mistakes(kind: Kind, extra_env: Vec<(&'static str, String)>) {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let missing = lab.missing().into_iter().find(|(one, _)| *one == kind);
    if let Some((_, why)) = missing {
        return left_out(&format!("mistakes on {}", kind.name()), &why).unwrap();
    }
    let engine = lab.fresh(kind).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let app = App::start(Start {
        engine: Some(&engine),
        extra_env,
        ..Start::default()
    })
    .await;
    app.read("No containers yet").await;
    choose_folder(&app, folder.path()).await;
    let file = folder.path().join("typo.dockerfile");
    let slip = " && pithon --version";
    let text = format!(
        "FROM ubuntu\n\nWORKDIR /app\nCOPY hello_flask_app .\nENV GREETING=hello\nRUNN {SAYS}{slip}\n"
    );
    type_file(&app, &file, &text).await;
    // The editor knows before anything is built.
    app.read("Line 6:").await;
    app.picture("build-typo");
    app.fill("Name of the image", "typo").await;
    app.click("button", "~Build").await;
    // The builder says the same, and the editor marks the line.
    app.see("region", "~Line 6 failed").await;
    app.read("RUNN").await;
    is_marked(&app).await;
    app.picture("build-failed");

    // The fix that the editor has for that line stands where the failure is told; then the same build again.
    app.click("button", "Fix line 6: Change it to RUN").await;
    app.click("button", "~Build").await;
    // Of the step that fails now its last lines are shown, and what they mean.
    app.read("There is no program “pithon”").await;
    app.see("region", "~Line 6 failed").await;
    let log = app.see("log", "~Log of RUN").await.text().await.unwrap();
    assert!(log.contains("preparing") && log.contains("pithon"), "{log}");
    is_marked(&app).await;
    app.show(&format!("build-failed-step-{}", kind.name()))
        .await;

    app.field("Dockerfile").await.click().await.unwrap();
    app.ctrl_stroke(END).await;
    app.key(Key::Up).await;
    app.key(Key::End).await;
    for _ in slip.chars() {
        app.key(Key::Backspace).await;
    }
    app.click("button", "~Build").await;
    app.read("typo is ready").await;
    app.close().await;
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        text.replace("RUNN", "RUN").replace(slip, "")
    );
    assert_eq!(cli(&engine, &["image", "ls", "-q", "typo"]).len(), 1);
}

/// The mark of what failed stands at the edge of line 6, and of no other.
async fn is_marked(app: &App) {
    let marked = "return [...document.querySelectorAll('.cm-mark-failed')].map((mark) => { \
        const top = mark.closest('.cm-gutterElement').getBoundingClientRect().top; \
        return [...document.querySelectorAll('.cm-lineNumbers .cm-gutterElement')] \
            .find((line) => Math.abs(line.getBoundingClientRect().top - top) < 4)?.innerText })";
    app.until("line 6 has no mark that it failed", async || {
        let lines = app.client.execute(marked, vec![]).await.unwrap();
        lines == serde_json::json!(["6"])
    })
    .await;
}

pub fn tutorial_folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new()
        .prefix("tutorial-")
        .tempdir()
        .unwrap();
    let inner = folder.path().join("hello_flask_app");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("hello_flask.py"), HELLO_FLASK).unwrap();
    folder
}

pub async fn choose_folder(app: &App, folder: &Path) {
    app.go("Build").await;
    app.click("button", "Choose… Context folder").await;
    app.pick("The folder whose files the Dockerfile can use", folder);
    app.read("No Dockerfile in this folder").await;
}

/// Fills the build page in with a command, through the command bar.
pub async fn open_build(app: &App, command: &str) {
    app.ctrl('k').await;
    app.fill("Search, or paste a docker command", command).await;
    app.click("button", "~Open the build page").await;
    let tag = command.split_once("-t ").unwrap().1;
    let tag = tag.split(' ').next().unwrap();
    app.until(&format!("{command} is not in the form"), async || {
        app.value("Name of the image").await == tag
    })
    .await;
}

/// Types a new Dockerfile into the editor, key by key, and saves it.
async fn type_file(app: &App, file: &Path, text: &str) {
    if app.all("button", Some("New or open")).await.is_empty() {
        app.click("button", "Empty Dockerfile").await;
    } else {
        app.click("button", "New or open").await;
        app.click("menuitem", "Empty Dockerfile").await;
    }
    let editor = app.see("textbox", "Dockerfile").await;
    editor.click().await.unwrap();
    for line in text.lines() {
        if !line.is_empty() {
            app.press(line).await;
        }
        // Whatever is proposed just then, Enter ends the line as it was typed.
        app.key(Key::Enter).await;
    }
    app.click("button", "More for this file").await;
    app.click("menuitem", "~Save as…").await;
    app.pick("Save as", file);
    app.until("the typed text is not in the file", async || {
        fs::read_to_string(file).is_ok_and(|saved| !saved.is_empty())
    })
    .await;
    assert_eq!(
        fs::read_to_string(file).unwrap().trim_end(),
        text.trim_end()
    );
}

pub async fn build(app: &App, name: &str) {
    app.fill("Name of the image", name).await;
    app.click("button", "~Build").await;
    let ready = format!("{name} is ready");
    app.until_worked("the build does not end well", async || {
        let text = app.text().await;
        assert!(!text.contains("stopped at"), "the build fails: {text}");
        text.contains(&ready)
    })
    .await;
}

/// The shown command is the tutorial's, word for word.
async fn said(app: &App, command: &str) {
    let trail = app.trail().await;
    assert!(trail.contains(command), "the trail says: {trail}");
}

async fn run_and_see(app: &App, engine: &Engine, image: &str, name: &str, port: &str) {
    app.click("button", "Run it").await;
    app.see("dialog", "Run an image").await;
    app.fill("Name", name).await;
    app.click("button", "Add a port").await;
    app.fill("~Port on this computer", port).await;
    app.fill("~Port in the container", "5050").await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    let id = cli(engine, &["inspect", name, "--format", "{{.Id}}"])[0][..12].to_owned();
    app.click("tab", "~Preview").await;
    app.read("200 OK").await;
    let shown = app.preview_text().await;
    assert!(
        shown.contains(&format!("Hello flask from inside Docker container id {id}")),
        "{image} shows: {shown}"
    );
}
