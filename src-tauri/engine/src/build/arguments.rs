//! The variables that a build is given (`--build-arg`), put together as the docker command does it.

use std::collections::BTreeMap;

use serde_json::Value;
use slipway_action::Build;

use crate::connect::Engine;
use crate::context::settings;

/// The proxies that the docker command's settings may name, and the variables that they become.
const PROXIES: &[(&str, &str)] = &[
    ("httpProxy", "HTTP_PROXY"),
    ("httpsProxy", "HTTPS_PROXY"),
    ("ftpProxy", "FTP_PROXY"),
    ("noProxy", "NO_PROXY"),
    ("allProxy", "ALL_PROXY"),
];

/// The variables. A name alone takes its value from this program's environment; one that is not set here
/// stays without a value. Where the docker command's settings name proxies, the steps are told of them
/// too (<https://docs.docker.com/engine/cli/proxy/>).
pub(crate) async fn of(engine: &Engine, verb: &Build) -> BTreeMap<String, Option<String>> {
    let surroundings = engine.surroundings();
    let mut arguments = flags(&verb.build_arg, |name| surroundings.env.get(name).cloned());
    if let Some(settings) = settings(surroundings).await {
        let address = engine.endpoint().to_string();
        for (name, value) in proxies(&settings, &address) {
            arguments.entry(name).or_insert(Some(value));
        }
    }
    arguments
}

/// Of two with one name the last counts.
fn flags(
    flags: &[String],
    from_here: impl Fn(&str) -> Option<String>,
) -> BTreeMap<String, Option<String>> {
    let read = |flag: &String| match flag.split_once('=') {
        Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
        None => (flag.clone(), from_here(flag)),
    };
    flags.iter().map(read).collect()
}

/// Those for this engine, or else those for every one; programs read them in large or small letters.
fn proxies(config: &Value, address: &str) -> Vec<(String, String)> {
    let all = config.get("proxies");
    let own = all.and_then(|all| all.get(address).or_else(|| all.get("default")));
    let Some(own) = own else {
        return Vec::new();
    };
    let named = |(key, name): &(&str, &str)| {
        let value = own.get(key)?.as_str().filter(|value| !value.is_empty())?;
        let both = [name.to_string(), name.to_lowercase()];
        Some(both.map(|name| (name, value.to_owned())))
    };
    PROXIES.iter().filter_map(named).flatten().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arguments_are_read_as_docker_reads_them() {
        let texts = ["A=1", "A=2", "SET", "UNSET", "B=c=d", "E="].map(str::to_owned);
        let here = |name: &str| (name == "SET").then(|| "here".to_owned());
        let read = flags(&texts, here);
        let expected = json!({"A": "2", "SET": "here", "UNSET": null, "B": "c=d", "E": ""});
        assert_eq!(json!(read), expected);
    }

    #[test]
    fn proxies_of_the_settings_are_given_too() {
        let config = json!({"proxies": {
            "default": {"httpProxy": "http://p:1", "noProxy": ""},
            "unix:///x": {"httpsProxy": "http://q:2"},
        }});
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            proxies(&config, "unix:///y"),
            [
                pair("HTTP_PROXY", "http://p:1"),
                pair("http_proxy", "http://p:1")
            ]
        );
        assert_eq!(
            proxies(&config, "unix:///x"),
            [
                pair("HTTPS_PROXY", "http://q:2"),
                pair("https_proxy", "http://q:2")
            ]
        );
        assert!(proxies(&json!({}), "x").is_empty());
    }
}
