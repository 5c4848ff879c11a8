//! The rows follow the tables in distribution/reference and what the docker CLI answers.

use proptest::prelude::*;
use slipway_action::{ImageName, Reference};

use crate::refused;

const D: &str = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
const ID: &str = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a";

#[test]
fn references_are_read_with_dockers_defaults() {
    // text, familiar, canonical
    let rows = [
        ("ubuntu", "ubuntu", "docker.io/library/ubuntu"),
        (
            "ubuntu:22.04",
            "ubuntu:22.04",
            "docker.io/library/ubuntu:22.04",
        ),
        ("library/ubuntu", "ubuntu", "docker.io/library/ubuntu"),
        ("docker.io/ubuntu", "ubuntu", "docker.io/library/ubuntu"),
        (
            "docker.io/library/ubuntu",
            "ubuntu",
            "docker.io/library/ubuntu",
        ),
        (
            "index.docker.io/ubuntu",
            "ubuntu",
            "docker.io/library/ubuntu",
        ),
        (
            "index.docker.io/owner/app",
            "owner/app",
            "docker.io/owner/app",
        ),
        ("owner/app", "owner/app", "docker.io/owner/app"),
        (
            "library/foo/bar",
            "library/foo/bar",
            "docker.io/library/foo/bar",
        ),
        (
            "library/foo/bar:1",
            "library/foo/bar:1",
            "docker.io/library/foo/bar:1",
        ),
        ("localhost/app", "localhost/app", "localhost/app"),
        (
            "localhost:5000/app:1",
            "localhost:5000/app:1",
            "localhost:5000/app:1",
        ),
        ("LOCALDOMAIN/app", "LOCALDOMAIN/app", "LOCALDOMAIN/app"),
        ("Docker/docker", "Docker/docker", "Docker/docker"),
        (
            "127.0.0.1:5000/docker/docker",
            "127.0.0.1:5000/docker/docker",
            "127.0.0.1:5000/docker/docker",
        ),
        ("[::1]:5000/x", "[::1]:5000/x", "[::1]:5000/x"),
        (
            "[2001:db8::1]/repo:tag",
            "[2001:db8::1]/repo:tag",
            "[2001:db8::1]/repo:tag",
        ),
        (
            "ghcr.io/owner/app",
            "ghcr.io/owner/app",
            "ghcr.io/owner/app",
        ),
        (
            "b.gcr.io/test.example.com/my-app:test.example.com",
            "b.gcr.io/test.example.com/my-app:test.example.com",
            "b.gcr.io/test.example.com/my-app:test.example.com",
        ),
        (
            "xn--7o8h.com/myimage:xn--7o8h.com",
            "xn--7o8h.com/myimage:xn--7o8h.com",
            "xn--7o8h.com/myimage:xn--7o8h.com",
        ),
        (
            "test.com:5000",
            "test.com:5000",
            "docker.io/library/test.com:5000",
        ),
        (
            "192.168.1.1",
            "192.168.1.1",
            "docker.io/library/192.168.1.1",
        ),
        (
            "192.168.1.1:5000/repo:5050",
            "192.168.1.1:5000/repo:5050",
            "192.168.1.1:5000/repo:5050",
        ),
        (
            "foo_bar.com:8080",
            "foo_bar.com:8080",
            "docker.io/library/foo_bar.com:8080",
        ),
        (
            "foo/foo_bar.com:8080",
            "foo/foo_bar.com:8080",
            "docker.io/foo/foo_bar.com:8080",
        ),
        (
            "docker---rules/docker",
            "docker---rules/docker",
            "docker.io/docker---rules/docker",
        ),
        (
            "dock__er/docker",
            "dock__er/docker",
            "docker.io/dock__er/docker",
        ),
        (
            "lowercase:Uppercase",
            "lowercase:Uppercase",
            "docker.io/library/lowercase:Uppercase",
        ),
        ("a:_x.-", "a:_x.-", "docker.io/library/a:_x.-"),
        ("sha256:abc", "sha256:abc", "docker.io/library/sha256:abc"),
        (
            "thisisthesongthatneverendsitgoesonandonandonthisisthesongthatnev",
            "thisisthesongthatneverendsitgoesonandonandonthisisthesongthatnev",
            "docker.io/library/thisisthesongthatneverendsitgoesonandonandonthisisthesongthatnev",
        ),
    ];
    for (text, familiar, canonical) in rows {
        let reference = Reference::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(reference.familiar(), familiar, "{text}");
        assert_eq!(reference.canonical(), canonical, "{text}");
        assert_eq!(
            Reference::parse(&canonical_again(&reference)).unwrap(),
            reference,
            "{text}"
        );
    }
}

fn canonical_again(reference: &Reference) -> String {
    reference.canonical()
}

#[test]
fn parts_are_kept_apart() {
    // text, domain, path, tag, digest, the tag that an engine uses
    let digest = format!("busybox@{D}");
    let both = format!("test:5000/repo:tag@{D}");
    let rows = [
        (
            "ubuntu",
            "docker.io",
            "library/ubuntu",
            None,
            None,
            Some("latest"),
        ),
        (
            "ubuntu:latest",
            "docker.io",
            "library/ubuntu",
            Some("latest"),
            None,
            Some("latest"),
        ),
        (&digest, "docker.io", "library/busybox", None, Some(D), None),
        (
            &both,
            "test:5000",
            "repo",
            Some("tag"),
            Some(D),
            Some("tag"),
        ),
    ];
    for (text, domain, path, tag, digest, used) in rows {
        let reference = Reference::parse(text).unwrap();
        assert_eq!(reference.domain(), domain, "{text}");
        assert_eq!(reference.path(), path, "{text}");
        assert_eq!(reference.tag(), tag, "{text}");
        assert_eq!(reference.digest(), digest, "{text}");
        assert_eq!(reference.tag_or_latest(), used, "{text}");
    }
}

#[test]
fn what_docker_refuses_is_refused_with_a_reason() {
    let long_path = format!("example.com/{}:tag", "a".repeat(256));
    let long_tag = format!("a:{}", "b".repeat(129));
    let long = "x".repeat(300);
    let short_digest = format!("repo@sha256:{}", "f".repeat(34));
    let capital_digest = format!("repo@{}", D.replace('f', "F"));
    let unknown_digest = format!("repo@invaliddigest:{}", "f".repeat(64));
    let only_digest = format!("@{D}");
    let rows = [
        ("", "Name an image"),
        (":justtag", "missing before"),
        (&only_digest, "missing before"),
        ("ubuntu:", "tag after the “:” is missing"),
        ("ubuntu@", "not a digest"),
        (&short_digest, "not a digest"),
        (&capital_digest, "not a digest"),
        (&unknown_digest, "not a digest"),
        (ID, "image's id"),
        ("Uppercase:tag", "Write “uppercase:tag”"),
        ("docker/Docker", "Write “docker/docker”"),
        (
            "test:5000/Uppercase/lowercase:Tag",
            "Write “test:5000/uppercase/lowercase:Tag”",
        ),
        (&long_path, "at most 255"),
        (&long, "at most 255 characters; this one has 308"),
        (&long_tag, "at most 128"),
        ("aa/asdf$$^/aa", "can’t contain “$”"),
        ("a b", "can’t contain a space"),
        (" ubuntu", "can’t contain a space"),
        ("ubuntu\n", "a line break"),
        ("ubuntu\u{202e}", "hidden character \\u{202e}"),
        ("ubuntu\0", "hidden character \\u{0}"),
        ("ümlaut", "“ü”"),
        ("<b>x</b>", "“<”"),
        ("../x?force=1", "“?”"),
        ("../containers/victim", "registry"),
        ("x/../y", "“..” can’t be part"),
        ("x#y", "“#”"),
        ("x%2fy", "“%”"),
        ("https://github.com/docker/docker", "no “https://” in front"),
        ("-docker", "“-docker” can’t be part"),
        ("docker-/docker", "“docker-” can’t be part"),
        ("-docker.io/docker/docker", "not the address of a registry"),
        ("docker///docker", "“/” too many"),
        ("docker/", "“/” too many"),
        ("/docker", "“/” too many"),
        ("____/____", "“____” can’t be part"),
        ("_docker/_docker", "can’t be part"),
        ("dock..er/docker", "not the address of a registry"),
        ("a/dock_.er", "“dock_.er” can’t be part"),
        ("[fc00::1]", "can’t be part"),
        ("[2001:db8::1]:5000", "can’t be part"),
        ("[fe80::1%eth0]:5000/debian", "“%”"),
        ("fc00::1:5000/debian", "not the address of a registry"),
        (
            "[2001:db8:3:4::192.0.2.33]:5000/debian",
            "not the address of a registry",
        ),
        ("a:b:c", "“b:c” is not a tag"),
        ("ubuntu:-x", "“-x” is not a tag"),
        ("localhost:/x", "not the address of a registry"),
    ];
    for (text, words) in rows {
        refused(Reference::parse(text), text, words);
    }
}

#[test]
fn an_argument_may_be_an_id() {
    let full = format!("sha256:{ID}");
    let rows = [
        (ID, true, true),
        (full.as_str(), true, true),
        ("sha256:4bcff63911fc", true, true),
        ("9599329aa62d", false, true),
        ("beef", false, true),
        ("ubuntu", false, false),
        ("ubuntu:22.04", false, false),
        ("sha256:latest", false, false),
    ];
    for (text, is_id, may_be_id) in rows {
        let name = ImageName::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(name.reference().is_none(), is_id, "{text}");
        assert_eq!(name.may_be_id(), may_be_id, "{text}");
        assert_eq!(name.to_string(), text, "{text}");
    }
    let too_long = format!("sha256:{ID}0");
    for text in ["", "../x?force=1", "x/../y", "-f", "<IMAGE ID>"] {
        ImageName::parse(text).expect_err(text);
    }
    // As docker reads it: a repository with a tag.
    assert!(ImageName::parse(&too_long).unwrap().reference().is_some());
}

proptest! {
    #![proptest_config(crate::laws::config())]

    #[test]
    fn reading_never_panics_and_what_is_read_stays_the_same(text in "[a-zA-Z0-9._:/@\\[\\]-]{0,24}|\\PC{0,12}") {
        if let Ok(reference) = Reference::parse(&text) {
            prop_assert_eq!(&Reference::parse(&reference.familiar()).unwrap(), &reference);
            prop_assert_eq!(&Reference::parse(&reference.canonical()).unwrap(), &reference);
        }
        let _ = ImageName::parse(&text);
    }
}
