//! What a classic build sends, held to what the docker command sends.
#![allow(clippy::result_large_err, reason = "tests")]
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;

use crate::building::{build, folder};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::{Value, json};
use slipway_engine::Engine;
use slipway_engine::endpoint::Endpoint;
use slipway_engine::surroundings::Surroundings;
use slipway_lab::scripted::{Reply, Scripted};

/// The flags that change what is sent, and the parameters that the docker command makes of them (20.10,
/// `DOCKER_BUILDKIT=0`).
const FLAGS: &str = "-t a -t b:1 -f app.dockerfile --build-arg A=1 --build-arg FROM_HERE --build-arg NOWHERE \
    --label x=y --label z --target one --platform linux/AMD64 --no-cache --pull --network none \
    --add-host db:1.2.3.4 --add-host me=host-gateway -m 64m --memory-swap -1 --shm-size 1m \
    --ulimit nofile=10:20 -c 512 --cpu-period 1000 --cpu-quota 2000 --cpuset-cpus 0 --cpuset-mems 0 \
    --cgroup-parent p --security-opt s --force-rm --cache-from i:1 --cache-from i:2 --squash";

fn expected() -> Vec<(&'static str, Value)> {
    vec![
        (
            "buildargs",
            json!({"A": "1", "FROM_HERE": "here", "NOWHERE": null}),
        ),
        ("cachefrom", json!(["i:1", "i:2"])),
        ("cgroupparent", json!("p")),
        ("cpuperiod", json!("1000")),
        ("cpuquota", json!("2000")),
        ("cpusetcpus", json!("0")),
        ("cpusetmems", json!("0")),
        ("cpushares", json!("512")),
        ("dockerfile", json!("app.dockerfile")),
        ("extrahosts", json!(["db:1.2.3.4", "me:host-gateway"])),
        ("forcerm", json!("1")),
        ("labels", json!({"x": "y", "z": ""})),
        ("memory", json!("67108864")),
        ("memswap", json!("-1")),
        ("networkmode", json!("none")),
        ("nocache", json!("1")),
        ("platform", json!("linux/amd64")),
        ("pull", json!("1")),
        ("rm", json!("1")),
        ("securityopt", json!("s")),
        ("shmsize", json!("1048576")),
        ("squash", json!("1")),
        ("t", json!(["a", "b:1"])),
        ("target", json!("one")),
        (
            "ulimits",
            json!([{"Name": "nofile", "Soft": 10, "Hard": 20}]),
        ),
    ]
}

/// The parameters of a path: those that come several times as lists, JSON as what it says.
fn parameters(path: &str) -> BTreeMap<String, Value> {
    let (_, query) = path.split_once('?').unwrap();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        found
            .entry(name.into_owned())
            .or_default()
            .push(value.into_owned());
    }
    let read = |mut values: Vec<String>| match values.as_slice() {
        [one] if one.starts_with(['{', '[']) => serde_json::from_str(one).unwrap(),
        [_] => json!(values.remove(0)),
        _ => json!(values),
    };
    found
        .into_iter()
        .map(|(name, values)| (name, read(values)))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_flag_is_sent_as_the_docker_command_sends_it() {
    let server = Scripted::new()
        .on("POST /build", Reply::json("{\"error\":\"enough\"}"))
        .start()
        .unwrap();
    let config = folder(&[(
        "config.json",
        &json!({"auths": {
            "https://index.docker.io/v1/": {"auth": STANDARD.encode("me:secret>?~")},
            "ghcr.io": {"identitytoken": "t"},
            "empty.example.com": {},
        }})
        .to_string(),
    )]);
    let mut surroundings = Surroundings::of_this_process();
    surroundings.env.extend([
        (
            "DOCKER_CONFIG".to_owned(),
            config.path().to_string_lossy().into_owned(),
        ),
        ("DOCKER_BUILDKIT".to_owned(), "0".to_owned()),
        ("FROM_HERE".to_owned(), "here".to_owned()),
    ]);
    surroundings.env.remove("NOWHERE");
    let endpoint = Endpoint::parse(&server.host()).unwrap();
    let engine = Engine::connect_in(&surroundings, "scripted", &endpoint)
        .await
        .unwrap();
    let here = folder(&[("app.dockerfile", "FROM busy AS one\n"), ("a.txt", "a")]);
    let line = format!("docker build {FLAGS} .");
    let (done, _) = build(&engine, here.path(), &line).await;
    let problem = done.expect_err("the script says so");

    let requests = server.requests();
    let sent = requests
        .iter()
        .find(|it| it.route().starts_with("/build"))
        .unwrap_or_else(|| panic!("nothing was sent: {problem:#?}"));
    let parameters = parameters(&sent.path);
    let expected: BTreeMap<String, Value> = expected()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    assert_eq!(json!(parameters), json!(expected));
    assert_eq!(sent.header("content-type"), Some("application/x-tar"));
    let logins = URL_SAFE
        .decode(sent.header("x-registry-config").unwrap())
        .unwrap();
    let logins: Value = serde_json::from_slice(&logins).unwrap();
    let hub = &logins["https://index.docker.io/v1/"];
    assert_eq!(
        (&hub["username"], &hub["password"]),
        (&json!("me"), &json!("secret>?~"))
    );
    assert_eq!(logins["ghcr.io"]["identitytoken"], "t");
    assert!(logins.get("empty.example.com").is_none(), "{logins}");
    let names: Vec<String> = tar_names(&sent.body);
    assert_eq!(names, ["a.txt", "app.dockerfile"]);
}

fn tar_names(body: &[u8]) -> Vec<String> {
    let mut archive = tar::Archive::new(body);
    let entries = archive.entries().unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
