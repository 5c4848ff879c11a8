//! Which engines are found, in which order, on computers made for the purpose.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::around::{empty, with_env};
use sha2::{Digest, Sha256};
use slipway_engine::endpoint::{Endpoint, TlsFiles};
use slipway_engine::find::{Found, find};
use slipway_engine::problem::Code;

type Env<'a> = &'a [(&'a str, &'a str)];

const DOCKER: &str = "socket:ROOT/var/run/docker.sock";

fn computer() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("home/me/.docker")).unwrap();
    root
}

fn touch(root: &Path, path: &str) -> PathBuf {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "").unwrap();
    path
}

fn folder_of(name: &str) -> String {
    Sha256::digest(name)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn context(root: &Path, name: &str, meta: &str) {
    let path = format!(
        "home/me/.docker/contexts/meta/{}/meta.json",
        folder_of(name)
    );
    fs::write(touch(root, &path), meta).unwrap();
}

fn context_at(root: &Path, name: &str, host: &str) {
    let meta = serde_json::json!({"Name": name, "Metadata": {}, "Endpoints": {
        "docker": {"Host": host, "SkipTLSVerify": false}, "kubernetes": {"Host": "x"}}});
    context(root, name, &meta.to_string());
}

fn use_context(root: &Path, name: &str) {
    let config = serde_json::json!({"auths": {}, "currentContext": name});
    fs::write(root.join("home/me/.docker/config.json"), config.to_string()).unwrap();
}

/// The ids, with the computer's root written as ROOT.
fn ids(root: &Path, found: &Found) -> Vec<String> {
    let root = root.to_str().unwrap();
    found
        .candidates
        .iter()
        .map(|candidate| candidate.id.replace(root, "ROOT"))
        .collect()
}

#[test]
fn the_order_is_env_chosen_named_current_others_sockets_own() {
    let root = computer();
    let root = root.path();
    for name in ["alpha", "beta", "gamma", "delta"] {
        context_at(root, name, &format!("ssh://{name}"));
    }
    use_context(root, "beta");
    touch(root, "run/user/1000/podman/podman.sock");
    let env = [
        ("DOCKER_HOST", "tcp://10.0.0.1"),
        ("DOCKER_CONTEXT", "gamma"),
    ];
    let own = root.join("own.sock");
    let found = find(&with_env(root, &env), Some("context:delta"), Some(&own));
    let order = [
        "env",
        "context:delta",
        "context:gamma",
        "context:beta",
        "context:alpha",
        DOCKER,
        "socket:ROOT/run/user/1000/podman/podman.sock",
        "own",
    ];
    assert_eq!(ids(root, &found), order);
    assert_eq!(found.meant.as_deref(), Some("env"), "as for the docker CLI");
    assert_eq!(found.current.as_deref(), Some("context:beta"));
}

#[test]
fn what_is_meant() {
    let root = computer();
    let root = root.path();
    context_at(root, "alpha", "ssh://alpha");
    let context = [("DOCKER_CONTEXT", "alpha")];
    let host = [("DOCKER_HOST", "unix:///x")];
    let default = [("DOCKER_CONTEXT", "default"), ("DOCKER_HOST", "")];
    let rows: [(Env, Option<&str>, Option<&str>); 7] = [
        (&[], None, None),
        (&[], Some("own"), Some("own")),
        (&[], Some("env"), None),
        (&context, None, Some("context:alpha")),
        (&context, Some("own"), Some("own")),
        (&host, Some("own"), Some("env")),
        (&default, None, None),
    ];
    for (env, chosen, meant) in rows {
        let found = find(&with_env(root, env), chosen, Some(Path::new("/own")));
        assert_eq!(found.meant.as_deref(), meant, "{env:?}, {chosen:?}");
    }
}

#[test]
fn a_computer_with_nothing_has_dockers_own_socket_to_ask() {
    let root = tempfile::tempdir().unwrap();
    let found = find(&empty(root.path()), None, None);
    assert_eq!(ids(root.path(), &found), [DOCKER]);
    assert_eq!((found.meant, found.current), (None, None));
}

#[test]
fn each_engine_is_found_by_its_socket() {
    let rows = [
        ("home/me/.docker/desktop/docker.sock", "Docker Desktop"),
        ("home/me/.docker/run/docker.sock", "Docker Desktop"),
        ("run/user/1000/docker.sock", "Docker (rootless)"),
        ("run/user/1000/podman/podman.sock", "Podman"),
        ("run/podman/podman.sock", "Podman (root)"),
        (
            "home/me/.local/share/containers/podman/machine/podman.sock",
            "Podman",
        ),
        ("home/me/.colima/default/docker.sock", "Colima"),
        ("home/me/.config/colima/big/docker.sock", "Colima (big)"),
        ("home/me/.orbstack/run/docker.sock", "OrbStack"),
        ("home/me/.rd/docker.sock", "Rancher Desktop"),
    ];
    for (path, name) in rows {
        let root = computer();
        let path = touch(root.path(), path);
        let found = find(&empty(root.path()), None, None);
        let names: Vec<&str> = found
            .candidates
            .iter()
            .map(|candidate| candidate.name.as_str())
            .collect();
        assert_eq!(names, ["Docker", name], "{}", path.display());
        assert_eq!(found.candidates[1].endpoint, Ok(Endpoint::Unix(path)));
    }
}

#[test]
fn one_place_is_listed_once_whatever_leads_there() {
    let root = computer();
    let root = root.path();
    // As Colima and Docker Desktop do it on macOS: a context, their socket, and a link to it.
    let socket = touch(root, "home/me/.colima/default/docker.sock");
    fs::create_dir_all(root.join("var/run")).unwrap();
    symlink(&socket, root.join("var/run/docker.sock")).unwrap();
    context_at(root, "colima", &format!("unix://{}", socket.display()));
    assert_eq!(
        ids(root, &find(&empty(root), None, None)),
        ["context:colima"]
    );
    // Docker's /var/run is a link to /run: one socket, gone or not.
    let other = computer();
    let other = other.path();
    fs::create_dir_all(other.join("run")).unwrap();
    fs::create_dir_all(other.join("var")).unwrap();
    symlink(other.join("run"), other.join("var/run")).unwrap();
    let host = format!("unix://{}", other.join("run/docker.sock").display());
    let found = find(&with_env(other, &[("DOCKER_HOST", &host)]), None, None);
    assert_eq!(ids(other, &found), ["env"]);
}

#[test]
fn an_engine_in_use_stays_in_the_list_while_its_socket_is_gone() {
    let root = computer();
    let root = root.path();
    let id = format!(
        "socket:{}",
        root.join("run/user/1000/docker.sock").display()
    );
    let found = find(&empty(root), Some(&id), None);
    assert_eq!(found.meant.as_deref(), Some(id.as_str()));
    let found = find(&empty(root), Some("context:removed"), None);
    assert_eq!(
        found.meant.as_deref(),
        Some("context:removed"),
        "no other takes its place"
    );
    let problem = found.candidates[0].endpoint.clone().unwrap_err();
    assert_eq!(problem.code, Code::EngineUnreachable);
}

#[test]
fn a_broken_context_leaves_the_others_as_they_are() {
    let root = computer();
    let root = root.path();
    context_at(root, "good", "ssh://good");
    context_at(root, "odd", "gopher://odd");
    context(root, "torn", "{\"Name\": \"torn");
    context(root, "nameless", "{\"Endpoints\": {}}");
    context(root, "list", "[1]");
    context(
        root,
        "types",
        "{\"Name\": \"types\", \"Endpoints\": {\"docker\": {\"Host\": 7}}}",
    );
    context(
        root,
        "more",
        "{\"Name\": \"more\", \"Later\": {}, \"Endpoints\": {\"docker\": \
        {\"Host\": \"ssh://more\", \"Extra\": [1]}}}",
    );
    touch(root, "home/me/.docker/contexts/meta/a-file");
    fs::write(root.join("home/me/.docker/config.json"), "{{{").unwrap();
    let found = find(&empty(root), None, None);
    let listed = [
        "context:good",
        "context:more",
        "context:odd",
        "context:types",
        DOCKER,
    ];
    assert_eq!(ids(root, &found), listed);
    let failed: Vec<bool> = found
        .candidates
        .iter()
        .map(|candidate| candidate.endpoint.is_err())
        .collect();
    assert_eq!(
        failed,
        [false, false, true, true, false],
        "and each says what is wrong with it"
    );
}

#[test]
fn tls_comes_from_the_environment_as_for_the_docker_cli() {
    let root = computer();
    let root = root.path();
    let certs = root.join("certs");
    for name in ["ca.pem", "cert.pem", "key.pem"] {
        touch(root, &format!("certs/{name}"));
    }
    let file = |name: &str| Some(certs.join(name));
    let full = TlsFiles {
        ca: file("ca.pem"),
        cert: file("cert.pem"),
        key: file("key.pem"),
        ..TlsFiles::default()
    };
    let unchecked = TlsFiles {
        ca: None,
        skip_verify: true,
        ..full.clone()
    };
    let path = certs.to_str().unwrap();
    let rows: [(Env, Option<TlsFiles>); 4] = [
        (&[], None),
        (&[("DOCKER_CERT_PATH", path)], None),
        (
            &[("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", path)],
            Some(full),
        ),
        (
            &[("DOCKER_TLS", "1"), ("DOCKER_CERT_PATH", path)],
            Some(unchecked),
        ),
    ];
    for (env, tls) in rows {
        let mut env = env.to_vec();
        env.push(("DOCKER_HOST", "tcp://box:2376"));
        let found = find(&with_env(root, &env), None, None);
        let expected = Endpoint::Tcp {
            host: "box".into(),
            port: 2376,
            tls,
        };
        assert_eq!(found.candidates[0].endpoint, Ok(expected), "{env:?}");
    }
}

#[test]
fn tls_comes_from_a_context() {
    let root = computer();
    let root = root.path();
    context_at(root, "secure", "tcp://box:2376");
    let folder = format!(
        "home/me/.docker/contexts/tls/{}/docker",
        folder_of("secure")
    );
    let ca = touch(root, &format!("{folder}/ca.pem"));
    let meta = r#"{"Name": "lax", "Endpoints": {"docker": {"Host": "tcp://box:1", "SkipTLSVerify": true}}}"#;
    context(root, "lax", meta);
    context_at(root, "plain", "tcp://box:2375");
    let found = find(&empty(root), None, None);
    let tls: Vec<Option<TlsFiles>> = found
        .candidates
        .iter()
        .filter_map(|candidate| match &candidate.endpoint {
            Ok(Endpoint::Tcp { tls, .. }) => Some(tls.clone()),
            _ => None,
        })
        .collect();
    let lax = TlsFiles {
        skip_verify: true,
        ..TlsFiles::default()
    };
    let secure = TlsFiles {
        ca: Some(ca),
        ..TlsFiles::default()
    };
    assert_eq!(tls, [Some(lax), None, Some(secure)]);
}

#[test]
fn an_address_that_makes_no_sense_says_so() {
    let root = computer();
    let env = [("DOCKER_HOST", "tcp://a b\n")];
    let found = find(&with_env(root.path(), &env), None, None);
    let problem = found.candidates[0].endpoint.clone().unwrap_err();
    assert_eq!(problem.code, Code::EngineUnreachable);
    assert!(problem.why.contains("DOCKER_HOST"), "{problem}");
}
