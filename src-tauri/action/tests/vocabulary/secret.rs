use serde_json::json;
use slipway_action::grammar::{Count, Takes, grammars};
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
        (
            "docker run --health-cmd 'pg --password hunter2 -q' x",
            "docker run --health-cmd 'pg --password *** -q' x",
        ),
        (
            "docker run --health-cmd 'pg --password \"hunter2 hunter2\" -q' x",
            "docker run --health-cmd 'pg --password *** -q' x",
        ),
        (
            "docker run x sh -c 'export PASSWORD=\"hunter2 and hunter2\" && go'",
            "docker run x sh -c 'export PASSWORD=*** && go'",
        ),
        (
            "docker run x bash -c 'sh -c \"pg --token hunter2 -q\" && say \"--key hunter2\"'",
            "docker run x bash -c 'sh -c \"pg --token *** -q\" && say \"--key ***\"'",
        ),
        // A quote that is never closed quotes nothing, and one behind a backslash closes none.
        (
            "docker run x sh -c 'echo \"open; pg --password hunter2 -q'",
            "docker run x sh -c 'echo \"open; pg --password *** -q'",
        ),
        (
            "docker run x sh -c 'pg --password \"hunter2 \\\" hunter2\" -q'",
            "docker run x sh -c 'pg --password *** -q'",
        ),
        (
            "docker commit -c 'ENV TOKEN=\"hunter2 hunter2\" A=b' a",
            "docker commit -c 'ENV TOKEN=*** A=b' a",
        ),
        (
            "docker run x sh -c 'pg --password=hunter2 -q'",
            "docker run x sh -c 'pg --password=*** -q'",
        ),
        (
            "docker run --log-opt splunk-token=hunter2 x",
            "docker run --log-opt 'splunk-token=***' x",
        ),
        (
            "docker volume create -o o=addr=1,username=u,password=hunter2,a a",
            "docker volume create -o 'o=addr=1,username=u,password=***' a",
        ),
        (
            "docker run --mount 'type=volume,target=/a,\"volume-opt=o=password=hunter2,b\"' x",
            "docker run --mount 'type=volume,target=/a,\"volume-opt=o=password=***' x",
        ),
        (
            "docker build --build-arg NPM_TOKEN=hunter2 --build-arg A=b .",
            "docker build --build-arg 'NPM_TOKEN=***' --build-arg A=b .",
        ),
        (
            "docker build --secret id=npm,src=hunter2 .",
            "docker build --secret 'id=npm,src=***' .",
        ),
        (
            "docker build --secret hunter2 .",
            "docker build --secret '***' .",
        ),
        (
            "docker build --cache-to type=s3,access_key_id=hunter2,secret_access_key=hunter2 .",
            "docker build --cache-to 'type=s3,access_key_id=***' .",
        ),
        (
            "docker build https://u:hunter2@github.com/x.git",
            "docker build 'https://u:***@github.com/x.git'",
        ),
        (
            "docker build https://ghp_hunter2hunter2hunter2@github.com/x.git",
            "docker build 'https://***@github.com/x.git'",
        ),
        (
            "docker login -u me -p hunter2 registry",
            "docker login -u me -p '***' registry",
        ),
        (
            "docker exec -e PASSWORD=hunter2 a pg --password hunter2",
            "docker exec -e 'PASSWORD=***' a pg --password '***'",
        ),
        (
            "docker commit -c 'ENV PASSWORD hunter2' a",
            "docker commit -c 'ENV PASSWORD ***' a",
        ),
        (
            "docker commit -c 'ENV TOKEN=hunter2' a",
            "docker commit -c 'ENV TOKEN=***' a",
        ),
        (
            "docker run x curl https://a:hunter2@b https://c:hunter2@d",
            "docker run x curl 'https://a:***@b' 'https://c:***@d'",
        ),
        (
            "docker run --detach-keys ctrl-p,ctrl-q --mount type=bind,source=/run/secrets,target=/a x",
            "docker run --detach-keys ctrl-p,ctrl-q --mount type=bind,source=/run/secrets,target=/a x",
        ),
    ];
    for (line, expected) in rows {
        let hidden = redact(&Action::parse(line).unwrap());
        let shown = hidden.render(Shell::Posix).line;
        assert_eq!(shown, expected, "{line}");
        assert!(!format!("{hidden:?}").contains("hunter2"), "{line}");
    }
}

#[test]
fn no_field_of_any_verb_lets_a_named_secret_through() {
    for grammar in grammars() {
        let list = |text: &str| json!([text, "--password", text.replace("TOKEN=", "")]);
        let mut action = json!({ "verb": grammar.tag });
        for flag in &grammar.flags {
            action[flag.field] = match flag.takes {
                Takes::Nothing | Takes::TrueOrFalse => json!(true),
                Takes::Number => json!(1),
                Takes::Text => json!("TOKEN=hunter2"),
                Takes::List => json!(["TOKEN=hunter2", "a,b=c,TOKEN=hunter2"]),
            };
        }
        for name in &grammar.names {
            action[name.field] = match name.count {
                Count::One => json!("TOKEN=hunter2"),
                Count::Several => json!(["https://me:hunter2@host/"]),
                Count::Words => list("TOKEN=hunter2"),
            };
        }
        let action: Action = serde_json::from_value(action).unwrap();
        let hidden = redact(&action);
        assert!(!format!("{hidden:?}").contains("hunter2"), "{hidden:?}");
        let line = hidden.render(Shell::Powershell).line;
        assert!(!line.contains("hunter2"), "{line}");
    }
}
