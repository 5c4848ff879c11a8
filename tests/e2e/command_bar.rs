//! The command bar: what is pasted into it, typed in it, wrong in it, and where it leads.

use fantoccini::key::Key;
use serde_json::json;
use slipway_lab::{Engine, Kind, Lab};

use slipway_window::{App, cli};

const BAR: &str = "Search, or paste a docker command";

/// An engine on which `web` runs and `old` has ended.
fn busy(lab: &Lab) -> Engine {
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    for words in [
        ["run", "-d", "--name", "web", "busy"],
        ["run", "-d", "--name", "old", "busy"],
    ] {
        engine.docker(&words).unwrap().ok().unwrap();
    }
    engine.docker(&["kill", "old"]).unwrap().ok().unwrap();
    engine
}

/// Puts a text on the clipboard as hands do: it is typed into the bar, chosen and cut.
async fn cut(app: &App, text: &str) {
    app.ctrl('k').await;
    app.fill(BAR, text).await;
    app.ctrl('a').await;
    app.ctrl('x').await;
    app.until("it is not cut", async || app.value(BAR).await.is_empty())
        .await;
    app.key(Key::Escape).await;
    app.gone("dialog", BAR).await;
}

/// Puts a text into the bar that no driver can type, as one piece: what a paste does in a field.
async fn insert(app: &App, text: &str) {
    app.fill(BAR, "").await;
    let script = "document.execCommand('insertText', false, arguments[0])";
    app.client.execute(script, vec![json!(text)]).await.unwrap();
}

#[tokio::test]
async fn a_line_of_a_tutorial_is_read_alone() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = busy(&lab);
    let app = App::on(&engine).await;
    app.read("web").await;
    cut(&app, "> \\# apt update").await;
    app.ctrl('k').await;
    app.see("dialog", BAR).await;
    app.ctrl('v').await;
    app.read("“apt” runs inside the container. Type it in the container’s terminal.")
        .await;
    assert_eq!(app.value(BAR).await, "> \\# apt update");
    app.picture("tutorial-line-alone");
    for (line, said) in [
        ("(base) me@box:~$ docker ps", "Show the containers"),
        ("1. `docker stop web`", "Stop web"),
        ("podman stop web", "Stop web"),
        (
            "Run `docker stop web` to end it",
            "Go through them one by one",
        ),
    ] {
        app.fill(BAR, line).await;
        app.see("button", &format!("~{said}")).await;
    }
    // A name is searched for, whatever program is called the same.
    app.fill(BAR, "web").await;
    app.see("option", "~web").await;
    app.fill(BAR, "nothing of this name").await;
    app.read("Nothing matches").await;
    app.close().await;
}

#[tokio::test]
async fn a_paste_without_a_field_opens_the_bar() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = busy(&lab);
    let app = App::on(&engine).await;
    app.read("web").await;
    let line = "docker pull hello-world";
    cut(&app, line).await;
    for (role, name, focused) in [
        ("heading", "Containers", "Containers"),
        ("cell", "~Running", "web"),
    ] {
        // A page whose row or heading has the focus has no field that could take it.
        app.click(role, name).await;
        app.until(&format!("the {role} does not give the focus"), async || {
            app.focused().await.contains(focused)
        })
        .await;
        app.ctrl('v').await;
        app.see("dialog", BAR).await;
        app.until("the bar is not filled in", async || {
            app.value(BAR).await == line
        })
        .await;
        app.key(Key::Escape).await;
        app.gone("dialog", BAR).await;
        app.go("Images").await;
        app.go("Containers").await;
    }
    // In a field it is that field's.
    app.field("~Find").await.click().await.unwrap();
    app.ctrl('v').await;
    app.until("the find box has not got it", async || {
        app.value("~Find").await == line
    })
    .await;
    assert!(app.all("dialog", None).await.is_empty());
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_is_marked_and_the_text_kept() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.shared(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.see("heading", "Containers").await;
    app.ctrl('k').await;
    // the line, what is said, what is marked
    for (line, said, place) in [
        (
            "docker rum hello-world",
            "There is no command docker rum.",
            "rum",
        ),
        (
            "$ docker run --detatch hello-world",
            "--detatch",
            "--detatch",
        ),
        ("docker run -e 'A=b hello-world", "never closed", "'"),
        (
            "docker run \u{202e}hello",
            "There is the hidden character \\u{202e}",
            "\u{202e}",
        ),
        (
            "docker run \u{1b}[31mhello",
            "There is the hidden character",
            "\u{1b}",
        ),
        ("docker run he\0llo", "the character NUL", "\0"),
    ] {
        insert(&app, line).await;
        app.read(said).await;
        assert_eq!(app.value(BAR).await, line, "what was typed stays");
        app.until(
            &format!("{line:?} is not marked at {place:?}"),
            async || {
                let mark = app.all("mark", None).await;
                let mark = mark.first().map(|mark| mark.prop("textContent"));
                match mark {
                    Some(text) => text.await.ok().flatten().as_deref() == Some(place),
                    None => false,
                }
            },
        )
        .await;
        let field = app.field(BAR).await;
        let invalid = field.attr("aria-invalid").await.unwrap();
        assert_eq!(invalid.as_deref(), Some("true"), "{line:?}");
        app.is_told(BAR, said).await;
        assert!(
            app.all("button", Some("~Open")).await.is_empty(),
            "{line:?} cannot be gone on with"
        );
    }
    app.click("button", "~Take it out").await;
    app.until("the character is still there", async || {
        app.value(BAR).await == "docker run hello"
    })
    .await;
    app.fill(BAR, "docker run --detatch hello-world").await;
    app.click("button", "~Did you mean --detach").await;
    app.until("the line is not repaired", async || {
        app.value(BAR).await == "docker run --detach hello-world"
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn a_megabyte_is_pasted_and_nothing_of_it_is_lost() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.shared(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.see("heading", "Containers").await;
    app.ctrl('k').await;
    app.fill(BAR, "").await;
    let paste = "const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', arguments[0]); \
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))";
    let line = "docker run ubuntu\n";
    let all = line.repeat(60_000);
    app.client.execute(paste, vec![json!(all)]).await.unwrap();
    app.read("This is a lot of text.").await;
    app.read("Show 90").await;
    let shown = app.value(BAR).await;
    assert!(all.starts_with(&shown) && shown.len() > 60_000);
    app.picture("a-megabyte");
    let told = async || {
        let text = app.text().await;
        let told = text
            .lines()
            .find(|line| line.contains("This is a lot of text."));
        told.unwrap_or_default().to_owned()
    };
    let before = told().await;
    app.click("button", "Go on with the rest").await;
    app.until("the rest does not come", async || told().await != before)
        .await;
    assert!(app.value(BAR).await.starts_with(line));
    // One line of that length is no command.
    app.fill(BAR, "").await;
    let long = format!("docker run {}", "x".repeat(1_000_000));
    app.client.execute(paste, vec![json!(long)]).await.unwrap();
    app.read("This is a lot of text.").await;
    assert!(long.starts_with(&app.value(BAR).await));
    app.key(Key::Escape).await;
    app.gone("dialog", BAR).await;
    app.close().await;
}

#[tokio::test]
async fn a_command_opens_the_screen_that_it_asks_for() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = busy(&lab);
    let app = App::on(&engine).await;
    app.read("web").await;
    let chosen = async |role: &str, name: &str, state: &str| {
        app.until(&format!("{name} is not chosen"), async || {
            let it = app.see(role, name).await;
            it.attr(state).await.unwrap().as_deref() == Some("true")
        })
        .await;
    };

    app.ctrl('k').await;
    app.fill(BAR, "docker attach web").await;
    app.read("Slipway shows what the program prints, but it can’t be typed into here yet.")
        .await;
    app.picture("attach");
    app.see("button", "~Show web").await;
    app.key(Key::Enter).await;
    app.see("heading", "web").await;
    chosen("tab", "Output", "aria-selected").await;
    // The command itself is one button away.
    app.ctrl('k').await;
    app.fill(BAR, "docker attach web").await;
    app.click("button", "~Open in the form").await;
    app.see("button", "~Copy the command").await;
    app.key(Key::Escape).await;
    app.gone("button", "~Copy the command").await;

    app.ctrl('k').await;
    app.fill(BAR, "docker ps -f status=exited").await;
    app.click("button", "~Show the containers").await;
    chosen("radio", "~Stopped", "aria-checked").await;
    app.rows_are(&["old".to_owned()]).await;
    app.ctrl('k').await;
    app.fill(BAR, "docker ps -a -n 1").await;
    app.read("Slipway does not follow --last here.").await;
    app.click("button", "~Show the containers").await;
    app.rows_are(&["old".to_owned(), "web".to_owned()]).await;

    app.ctrl('k').await;
    app.fill(BAR, "docker context use moon").await;
    app.read("Slipway knows no engine called moon.").await;
    app.click("button", "~Show the engines").await;
    app.see("heading", "Settings").await;
    app.close().await;
}

#[tokio::test]
async fn names_are_completed() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = busy(&lab);
    let made = ["volume", "create", "notes"];
    engine.docker(&made).unwrap().ok().unwrap();
    let made = ["network", "create", "backend"];
    engine.docker(&made).unwrap().ok().unwrap();
    let id = cli(&engine, &["ps", "-q", "--filter", "name=web"])[0].clone();
    let app = App::on(&engine).await;
    app.read("web").await;
    app.ctrl('k').await;
    let rows = [
        ("docker run bu".to_owned(), "busy:latest"),
        (format!("docker stop {}", &id[..6]), id.as_str()),
        ("docker volume rm no".to_owned(), "notes"),
        ("docker run -v no".to_owned(), "notes"),
        ("docker network rm back".to_owned(), "backend"),
    ];
    for (typed, name) in rows {
        app.fill(BAR, &typed).await;
        app.see("option", &format!("~{name}")).await;
        app.key(Key::Tab).await;
        let front = typed.rsplit_once(' ').unwrap().0;
        let whole = format!("{front} {name}");
        app.until(&format!("{typed} does not become {whole}"), async || {
            app.value(BAR).await.trim_end() == whole
        })
        .await;
    }
    // What was made since is there for the next word.
    let made = ["volume", "create", "later"];
    engine.docker(&made).unwrap().ok().unwrap();
    app.fill(BAR, "docker volume rm l").await;
    app.see("option", "~later").await;
    app.close().await;
}

#[tokio::test]
async fn a_tutorial_is_gone_through_to_its_end() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = busy(&lab);
    let app = App::on(&engine).await;
    app.read("web").await;
    app.ctrl('k').await;
    app.fill(BAR, "> \\> docker attach web").await;
    for line in [
        "> \\# apt update",
        "> \\> docker cp a web:/",
        "> \\> docker login",
        "> \\> docker logs <CONTAINER ID>",
    ] {
        app.shift(Key::Enter).await;
        app.press(line).await;
    }
    app.click("button", "~Go through them one by one").await;
    app.read("0 of 4 done").await;
    app.click("button", "~Show web").await;
    app.read("1 of 4 done").await;
    app.click("button", "~Copy the command").await;
    app.read("2 of 4 done").await;
    app.click("button", "~Open in the form").await;
    app.see("dialog", "docker login").await;
    app.click("button", "~Copy the command").await;
    app.key(Key::Escape).await;
    app.read("3 of 4 done").await;
    app.click("button", "~Open in the form").await;
    app.see("dialog", "docker logs").await;
    app.fill("Container", "web").await;
    app.key(Key::Tab).await;
    app.click("button", "~Show web").await;
    app.read("4 of 4 done").await;
    app.read("That was all of it.").await;
    app.picture("tutorial-done");
    app.close().await;
}
