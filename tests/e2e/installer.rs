//! Where nothing is installed, the exact command is shown and runs in the system's own terminal: that
//! command, in a terminal that the app knows, and nothing that the page could name.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use slipway_lab::{Kind, Lab, left_out, wait_until};

use slipway_window::{App, PATIENCE, Start};

/// A terminal that only writes down what it was asked to run.
fn terminal(bin: &Path) {
    std::fs::create_dir_all(bin).unwrap();
    let script = "#!/bin/sh\nprintf '%s\\0' \"$@\" > \"$HOME/asked.new\"\nmv \"$HOME/asked.new\" \"$HOME/asked\"\n";
    let place = bin.join("x-terminal-emulator");
    std::fs::write(&place, script).unwrap();
    std::fs::set_permissions(&place, PermissionsExt::from_mode(0o755)).unwrap();
}

#[tokio::test]
async fn the_command_runs_in_the_systems_terminal() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let missing = lab.missing();
    if let Some((_, why)) = missing.iter().find(|(kind, _)| *kind == Kind::Docker20) {
        return left_out("the installer’s terminal", why).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    terminal(&folder.path().join("bin"));
    let path = std::env::var("PATH").unwrap_or_default();
    // In a view of this computer in which no engine is installed.
    let hide = "for program in dockerd dockerd-rootless.sh podman; do \
        for place in $(which -a $program) /usr/share/docker.io/contrib/$program; do \
        [ ! -e $place ] || mount --bind /dev/null $place; done; done; exec \"$@\"";
    let within = ["unshare", "--mount", "--", "sh", "-c", hide, "sh"];
    let app = App::start(Start {
        within: within.map(String::from).to_vec(),
        extra_env: vec![(
            "PATH",
            format!("{}:{path}", folder.path().join("bin").display()),
        )],
        ..Start::default()
    })
    .await;
    app.read("Install an engine").await;
    app.show("nothing-installed").await;
    let shown = app.text().await;
    let command = shown
        .lines()
        .map(|line| line.trim().trim_start_matches("$ "))
        .find(|line| line.starts_with("sudo apt install "))
        .expect("Debian’s command is shown")
        .to_owned();
    app.click("button", "Run it in a terminal").await;
    let asked = app.home().join("asked");
    let words = wait_until(PATIENCE, "the terminal", || {
        std::fs::read_to_string(&asked).ok()
    })
    .unwrap();
    let words: Vec<&str> = words.split_terminator('\0').collect();
    assert_eq!(words[..3], ["-e", "sh", "-c"]);
    assert!(words[3].starts_with(&format!("{command}\n")), "{words:?}");
    assert_eq!(words.len(), 4);

    // The page itself can start nothing.
    let refused = "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('plugin:shell|spawn', \
        { program: 'x-terminal-emulator', args: ['-e', 'id'], options: {}, onEvent: null }) \
        .then(() => done('started'), (e) => done(String(e)))";
    let answer = app.client.execute_async(refused, vec![]).await.unwrap();
    assert!(answer.as_str().unwrap().contains("not allowed"), "{answer}");
    app.close().await;
}
