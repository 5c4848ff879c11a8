//! The logins that the docker command keeps: in its settings, or with a program that guards them
//! (<https://docs.docker.com/reference/cli/docker/login/#credential-stores>).

use std::process::Stdio;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::connect::Engine;
use crate::context::settings;
use crate::surroundings::Surroundings;

/// The name under which the logins of Docker Hub are kept.
const HUB: &str = "https://index.docker.io/v1/";
/// A program that guards logins may ask the user to open them.
const HELPER_LIMIT: Duration = Duration::from_secs(60);
/// No login is longer.
const MOST_OUTPUT: usize = 1024 * 1024;

/// A login, as the header `X-Registry-Auth` carries it; it never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Login(String);

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Login(…)")
    }
}

impl Login {
    fn of(value: &Value) -> Self {
        Self(URL_SAFE.encode(value.to_string()))
    }

    /// What it carries.
    fn value(&self) -> Option<Value> {
        serde_json::from_slice(&URL_SAFE.decode(&self.0).ok()?).ok()
    }

    /// The user's name and what proves it: a password, or a token, which has no name.
    pub fn parts(&self) -> (String, String) {
        let value = self.value().unwrap_or_default();
        let text = |key: &str| {
            let text = value.get(key).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        match text("identitytoken") {
            token if !token.is_empty() => (String::new(), token),
            _ => (text("username"), text("password")),
        }
    }

    /// The header's value.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The header of somebody who is not logged in: a push must have one.
pub(crate) fn nobody() -> Login {
    Login::of(&json!({}))
}

/// What `docker-credential-NAME get` answers.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Kept {
    username: String,
    secret: String,
}

/// The login for a registry, if the docker command keeps one. One that can't be read counts as none, as
/// it does there; the registry then says what it wants.
pub(crate) async fn login(engine: &Engine, domain: &str) -> Option<Login> {
    let surroundings = engine.surroundings();
    let config = settings(surroundings).await?;
    let server = if domain == "docker.io" { HUB } else { domain };
    let helper = config
        .pointer("/credHelpers")
        .and_then(|helpers| helpers.get(server))
        .or_else(|| config.get("credsStore"))
        .and_then(Value::as_str)
        .filter(|name| !name.is_empty());
    match helper {
        Some(helper) => match guarded(surroundings, helper, server).await {
            Ok(login) => login,
            Err(why) => {
                tracing::warn!(helper, %why, "a login can't be read");
                None
            }
        },
        None => written(&config, server),
    }
}

/// Every login that the docker command keeps, each under the name that it keeps it under, as the header
/// `X-Registry-Config` carries them to a build; `None` where it keeps none.
pub(crate) async fn logins(engine: &Engine) -> Option<Login> {
    let surroundings = engine.surroundings();
    let config = settings(surroundings).await?;
    let mut found = serde_json::Map::new();
    let store = config.get("credsStore").and_then(Value::as_str);
    match store.filter(|store| !store.is_empty()) {
        Some(store) => {
            for server in listed(surroundings, store).await {
                keep(&mut found, surroundings, store, server).await;
            }
        }
        None => {
            let auths = config.get("auths").and_then(Value::as_object);
            for server in auths.into_iter().flat_map(|auths| auths.keys()) {
                if let Some(login) = written(&config, server).and_then(|login| login.value()) {
                    found.insert(server.clone(), login);
                }
            }
        }
    }
    let helpers = config.get("credHelpers").and_then(Value::as_object);
    for (server, helper) in helpers.into_iter().flatten() {
        if let Some(helper) = helper.as_str() {
            keep(&mut found, surroundings, helper, server.clone()).await;
        }
    }
    (!found.is_empty()).then(|| Login::of(&Value::Object(found)))
}

/// Adds the login that a program guards. One that it does not tell counts as none.
async fn keep(
    found: &mut serde_json::Map<String, Value>,
    surroundings: &Surroundings,
    helper: &str,
    server: String,
) {
    match guarded(surroundings, helper, &server).await {
        Ok(login) => {
            if let Some(login) = login.and_then(|login| login.value()) {
                found.insert(server, login);
            }
        }
        Err(why) => tracing::warn!(helper, %why, "a login can't be read"),
    }
}

/// The servers whose logins a program guards.
async fn listed(surroundings: &Surroundings, helper: &str) -> Vec<String> {
    match ask(surroundings, helper, "list", "").await {
        Ok(Some(answer)) => match serde_json::from_slice::<serde_json::Map<_, _>>(&answer) {
            Ok(all) => all.into_iter().map(|(server, _)| server).collect(),
            Err(error) => {
                tracing::warn!(helper, %error, "the list of logins can't be read");
                Vec::new()
            }
        },
        Ok(None) => Vec::new(),
        Err(why) => {
            tracing::warn!(helper, %why, "the logins can't be listed");
            Vec::new()
        }
    }
}

/// A login that stands in the settings: under its server's name, or under an address that older commands
/// wrote.
fn written(config: &Value, server: &str) -> Option<Login> {
    let auths = config.get("auths")?.as_object()?;
    let named = auths.get(server).or_else(|| {
        let same = |key: &&String| host(key) == server;
        auths.keys().find(same).and_then(|key| auths.get(key))
    })?;
    let text = |key: &str| named.get(key).and_then(Value::as_str).unwrap_or_default();
    let token = text("identitytoken");
    if !token.is_empty() {
        return Some(Login::of(
            &json!({"identitytoken": token, "serveraddress": server}),
        ));
    }
    let both = STANDARD.decode(text("auth")).ok()?;
    let both = String::from_utf8(both).ok()?;
    let (user, password) = both.split_once(':')?;
    let password = password.trim_end_matches('\0');
    Some(with_password(user, password, server))
}

fn with_password(user: &str, password: &str, server: &str) -> Login {
    Login::of(&json!({"username": user, "password": password, "serveraddress": server}))
}

/// The computer's name in an address such as `https://registry.example.com/v1/`.
fn host(address: &str) -> &str {
    let bare = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or(address);
    bare.split('/').next().unwrap_or(bare)
}

/// Asks the program that guards it; `None` where that has none.
async fn guarded(
    surroundings: &Surroundings,
    helper: &str,
    server: &str,
) -> Result<Option<Login>, String> {
    let Some(answer) = ask(surroundings, helper, "get", server).await? else {
        return Ok(None);
    };
    let kept: Kept = serde_json::from_slice(&answer).map_err(|_| "its answer is not JSON")?;
    if kept.username == "<token>" {
        let token = json!({"identitytoken": kept.secret, "serveraddress": server});
        return Ok(Some(Login::of(&token)));
    }
    Ok(Some(with_password(&kept.username, &kept.secret, server)))
}

/// Asks a program that guards logins; `None` where it says by its failure that it has nothing.
async fn ask(
    surroundings: &Surroundings,
    helper: &str,
    verb: &str,
    input: &str,
) -> Result<Option<Vec<u8>>, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !helper.chars().all(plain) {
        return Err("this is no name of a program".to_owned());
    }
    let name = format!("docker-credential-{helper}");
    let program = surroundings
        .program(&name)
        .ok_or_else(|| format!("there is no program {name}"))?;
    let mut child = Command::new(program)
        .arg(verb)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| error.to_string())?;
    let asked = async {
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes()).await?;
        }
        child.wait_with_output().await
    };
    let output = tokio::time::timeout(HELPER_LIMIT, asked)
        .await
        .map_err(|_| "it does not answer".to_owned())?
        .map_err(|error| error.to_string())?;
    let fine = output.status.success() && output.stdout.len() <= MOST_OUTPUT;
    Ok(fine.then_some(output.stdout))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn read(login: Option<Login>) -> Option<Value> {
        let bytes = URL_SAFE.decode(login?.as_str()).unwrap();
        Some(serde_json::from_slice(&bytes).unwrap())
    }

    #[test]
    fn logins_in_the_settings_are_found() {
        let config = json!({"auths": {
            "ghcr.io": {"auth": STANDARD.encode("me:p:a>?ß")},
            "https://old.example.com/v1/": {"auth": STANDARD.encode("me:old")},
            "token.example.com": {"identitytoken": "t"},
            "empty.example.com": {},
            HUB: {"auth": STANDARD.encode("hub:secret\0\0")},
        }});
        let rows = [
            ("ghcr.io", Some(("me", "p:a>?ß"))),
            ("old.example.com", Some(("me", "old"))),
            (HUB, Some(("hub", "secret"))),
            ("empty.example.com", None),
            ("nobody.example.com", None),
        ];
        for (server, expected) in rows {
            let found = read(written(&config, server));
            let expected = expected.map(|(user, password)| {
                json!({"username": user, "password": password, "serveraddress": server})
            });
            assert_eq!(found, expected, "{server}");
        }
        let token = read(written(&config, "token.example.com")).unwrap();
        assert_eq!(token["identitytoken"], "t");
        let token = written(&config, "token.example.com").unwrap();
        assert_eq!(token.parts(), (String::new(), "t".to_owned()));
        let login = written(&config, "ghcr.io").unwrap();
        assert_eq!(login.parts(), ("me".to_owned(), "p:a>?ß".to_owned()));
        assert!(!login.as_str().contains(['+', '/']), "base64url");
        assert_eq!(format!("{login:?}"), "Login(…)", "no log shows it");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn programs_that_guard_logins_are_asked() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("docker-credential-test");
        let script = "#!/bin/sh\nread server\ncase $server in\n\
            user.example.com) echo '{\"Username\":\"me\",\"Secret\":\"s\"}' ;;\n\
            token.example.com) echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}' ;;\n\
            odd.example.com) echo nonsense ;;\n\
            *) echo 'credentials not found in native keychain'; exit 1 ;;\nesac\n";
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let path = folder.path().to_string_lossy().into_owned();
        let surroundings = Surroundings {
            env: [("PATH".to_owned(), path)].into(),
            ..Surroundings::default()
        };
        let ask = async |server: &str| guarded(&surroundings, "test", server).await;
        let user = read(ask("user.example.com").await.unwrap()).unwrap();
        assert_eq!(
            (&user["username"], &user["password"]),
            (&json!("me"), &json!("s"))
        );
        let token = read(ask("token.example.com").await.unwrap()).unwrap();
        assert_eq!(token["identitytoken"], "t");
        assert_eq!(ask("none.example.com").await, Ok(None));
        assert!(ask("odd.example.com").await.is_err());
        assert!(guarded(&surroundings, "../x", "a").await.is_err());
        assert!(guarded(&surroundings, "nosuch", "a").await.is_err());
    }
}
