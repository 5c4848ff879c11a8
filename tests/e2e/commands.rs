//! Commands: pasted, read, opened in their forms, done, in the trail, and copied back out of it.

use fantoccini::key::Key;
use slipway_lab::{Kind, Lab};

use slipway_window::{App, Start, cli};

const BAR: &str = "Search, or paste a docker command";

#[tokio::test]
async fn a_pasted_run_is_explained_filled_in_done_and_copied() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("flask_app_df").unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;

    app.ctrl('k').await;
    app.fill(BAR, "docker run -it -d -p 5000:5050 flask_app_df")
        .await;
    for explained in [
        "Lets the container run in the background.",
        "so that you can type into it.",
        "Gives the program a terminal",
        "Opens a port on this computer and sends what arrives there to a port in the container.",
        "The image to make the container from.",
    ] {
        app.read(explained).await;
    }
    app.picture("command-bar");
    app.click("button", "~Open in the form").await;
    app.see("dialog", "Run an image").await;
    app.until("the form is not filled in", async || {
        app.value("~Port on this computer").await == "5000"
            && app.value("~Port in the container").await == "5050"
            && app.value("~Image").await == "flask_app_df"
    })
    .await;
    app.picture("command-in-its-form");
    app.run().await;
    app.gone("dialog", "Run an image").await;

    let made = &cli(&engine, &["ps", "-q"])[0];
    let format = "{{.Config.Tty}} {{.Config.OpenStdin}} {{json .HostConfig.PortBindings}}";
    assert_eq!(
        cli(&engine, &["inspect", made, "--format", format]),
        [r#"true true {"5050/tcp":[{"HostIp":"","HostPort":"5000"}]}"#]
    );
    let line = "docker run -d -it -p 5000:5050 flask_app_df";
    app.until("the trail does not show it done", async || {
        app.trail().await.contains(line)
    })
    .await;
    app.see("img", "Worked").await;

    // What the trail gives back is what the command bar takes, by the clipboard.
    app.ctrl('j').await;
    app.click("button", "Copy command").await;
    app.ctrl('k').await;
    app.see("dialog", BAR).await;
    app.ctrl('v').await;
    app.until("the copy is not the command", async || {
        app.value(BAR).await.trim() == line
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn an_image_in_use_is_removed_from_the_command_to_the_fix() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("hello-world").unwrap();
    let made = ["run", "--name", "greeter", "hello-world"];
    engine.docker(&made).unwrap().ok().unwrap();
    let id = cli(&engine, &["image", "ls", "-q"])[0].clone();

    let app = App::on(&engine).await;
    app.read("greeter").await;
    app.ctrl('k').await;
    app.fill(BAR, &format!("> \\>docker rmi {id}")).await;
    app.click("button", "~Open the question").await;
    app.click("button", "~Remove hello-world").await;
    app.read("is in use").await;
    // Both commands are shown before anything is done.
    app.read("docker rm greeter").await;
    app.read("docker rmi").await;
    app.picture("image-in-use");
    app.click("button", "~Remove the container").await;
    app.until("the image is not gone", async || {
        cli(&engine, &["image", "ls", "-q"]).is_empty()
    })
    .await;
    assert!(cli(&engine, &["container", "ls", "-aq"]).is_empty());
    app.close().await;
}

#[tokio::test]
async fn several_lines_are_gone_through_one_by_one() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    app.ctrl('k').await;
    app.fill(BAR, "$ docker create --name one busy").await;
    for line in [
        "# apt update",
        "$ docker volume create notes",
        "$ docker tag busy <IMAGE NAME>",
    ] {
        // The driver types; what is typed goes on in a new line with Shift.
        app.shift(Key::Enter).await;
        app.press(line).await;
    }
    app.read("3 commands in 4 lines").await;
    app.read("inside the container").await;
    app.picture("several-lines");
    app.click("button", "~Go through them one by one").await;
    app.read("Going through 3 commands").await;
    // Each is opened by the person; a step follows its task.
    app.click("button", "~Open in the form").await;
    app.see("dialog", "Create a container").await;
    app.click("button", "Create").await;
    app.gone("dialog", "Create a container").await;
    app.read("1 of 3 done").await;
    assert_eq!(
        cli(&engine, &["ps", "-a", "--format", "{{.Names}}"]),
        ["one"]
    );
    app.picture("several-lines-half-way");
    app.close().await;
}

#[tokio::test]
async fn the_trail_is_there_after_a_restart_without_its_secrets() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let home = tempfile::tempdir().unwrap();
    let started = || {
        App::start(Start {
            engine: Some(&engine),
            extra_env: vec![("HOME", home.path().to_string_lossy().into_owned())],
            ..Start::default()
        })
    };
    let app = started().await;
    app.read("No containers yet").await;
    app.ctrl('k').await;
    app.fill(
        BAR,
        "docker run -d --name kept -e DB_PASSWORD=canary-4711 busy",
    )
    .await;
    app.click("button", "~Open in the form").await;
    app.see("dialog", "Run an image").await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    let line = "docker run -d --name kept -e 'DB_PASSWORD=***' busy";
    app.until("the trail does not show it", async || {
        app.trail().await.contains(line)
    })
    .await;
    app.close().await;
    // The engine was given the secret, and no file of the app was.
    let env = ["inspect", "kept", "--format", "{{json .Config.Env}}"];
    assert!(cli(&engine, &env)[0].contains("canary-4711"));
    assert_eq!(files_with(home.path(), "canary-4711"), Vec::<String>::new());
    assert_eq!(files_with(home.path(), "DB_PASSWORD").len(), 1);

    let app = started().await;
    app.read("kept").await;
    app.until("the trail has forgotten it", async || {
        app.trail().await.contains(line)
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn the_trail_is_saved_as_a_script_that_does_it_again() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    for (line, button) in [
        ("docker tag busy mine:1", "Give an image one more name"),
        ("docker volume create notes", "Make a volume"),
    ] {
        app.ctrl('k').await;
        app.fill(BAR, line).await;
        app.click("button", "~Open in the form").await;
        app.click("button", &format!("~{button}")).await;
        app.until("it is not done", async || app.trail().await.contains(line))
            .await;
        // What it leads to may be told in a dialog; the next command comes after it.
        app.until("the form does not go", async || {
            app.all("dialog", None).await.is_empty()
        })
        .await;
    }
    app.ctrl('j').await;
    app.click("button", "More for the command trail").await;
    app.click("menuitem", "~Save as a shell script").await;
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("again.sh");
    app.pick("Save the command trail", &script);
    app.read("Saved: ").await;
    app.close().await;

    // On an engine that has none of it, the script does the same.
    engine.docker(&["rmi", "mine:1"]).unwrap().ok().unwrap();
    engine
        .docker(&["volume", "rm", "notes"])
        .unwrap()
        .ok()
        .unwrap();
    let run = std::process::Command::new("sh")
        .arg(&script)
        .env("DOCKER_HOST", engine.host())
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    assert_eq!(cli(&engine, &["volume", "ls", "-q"]), ["notes"]);
    assert_eq!(cli(&engine, &["image", "ls", "-q", "mine:1"]).len(), 1);
}

/// The files below a folder that hold a text.
pub fn files_with(folder: &std::path::Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if path.is_file() {
            let bytes = std::fs::read(&path).unwrap_or_default();
            let holds = bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes());
            if holds {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found
}
