use slipway_action::*;

#[test]
fn secrets_do_not_reach_the_trail() {
    let rows = [
        (
            "docker run -e PASSWORD=hunter2 x",
            "docker run -e 'PASSWORD=***' x",
        ),
        (
            "docker run -e POSTGRES_PASSWORD=hunter2 x",
            "docker run -e 'POSTGRES_PASSWORD=***' x",
        ),
        (
            "docker run -e AWS_SECRET_ACCESS_KEY=hunter2 x",
            "docker run -e 'AWS_SECRET_ACCESS_KEY=***' x",
        ),
        (
            "docker run -e api_key=hunter2 x",
            "docker run -e 'api_key=***' x",
        ),
        (
            "docker run -e apiKey=hunter2 x",
            "docker run -e 'apiKey=***' x",
        ),
        (
            "docker run -e GITHUB_TOKEN=hunter2 x",
            "docker run -e 'GITHUB_TOKEN=***' x",
        ),
        (
            "docker run -e MYSQL_PWD=hunter2 x",
            "docker run -e 'MYSQL_PWD=***' x",
        ),
        (
            "docker run -l my.secret=hunter2 x",
            "docker run -l 'my.secret=***' x",
        ),
        (
            "docker run -e URL=postgres://u:hunter2@db/x y",
            "docker run -e 'URL=postgres://u:***@db/x' y",
        ),
        (
            "docker run x mysql --password=hunter2",
            "docker run x mysql '--password=***'",
        ),
        (
            "docker run x tool --token hunter2 go",
            "docker run x tool --token '***' go",
        ),
        (
            "docker create -e DB_PASS=hunter2 x",
            "docker create -e 'DB_PASS=***' x",
        ),
        ("docker run -e TOKEN x", "docker run -e TOKEN x"),
        (
            "docker run -e PWD=/app -e KEYBOARD=de -e AUTHOR=me -e MONKEY=1 x",
            "docker run -e PWD=/app -e KEYBOARD=de -e AUTHOR=me -e MONKEY=1 x",
        ),
        (
            "docker run -e URL=http://me@host/x y",
            "docker run -e URL=http://me@host/x y",
        ),
        ("docker rm a", "docker rm a"),
    ];
    for (line, expected) in rows {
        let hidden = redact(&Action::parse(line).unwrap());
        let shown = hidden.render(Shell::Posix).line;
        assert_eq!(shown, expected, "{line}");
        assert!(!format!("{hidden:?}").contains("hunter2"), "{line}");
    }
}
