//! The values of the other flags.

use proptest::prelude::*;
use slipway_action::*;

use crate::refused;

#[test]
fn container_names() {
    // Unlike an image's, it may have capitals.
    for name in ["hello", "a1", "A_b.c-d", "0x", "Web", "WEB"] {
        assert_eq!(ContainerName::parse(name).unwrap().as_str(), name);
    }
    let long = "x".repeat(300);
    let rows = [
        ("", "missing"),
        ("a", "at least two"),
        ("-a", "begins with a letter"),
        ("_ab", "begins with a letter"),
        ("a b", "a space"),
        ("../x?force=1", "“/”"),
        ("a/b", "“/”"),
        ("<b>x</b>", "“<”"),
        ("naïve", "“ï”"),
        ("a\u{202e}b", "hidden character"),
        ("a\0b", "hidden character"),
        (&long, "at most 255 characters; this one has 300"),
    ];
    for (text, words) in rows {
        refused(ContainerName::parse(text), text, words);
    }
}

#[test]
fn container_arguments_cannot_leave_a_path() {
    for (text, kept) in [
        ("hello", "hello"),
        ("/hello", "hello"),
        ("f", "f"),
        ("9599329aa62d", "9599329aa62d"),
    ] {
        assert_eq!(ContainerArg::parse(text).unwrap().as_str(), kept);
    }
    for text in [
        "",
        "/",
        "..",
        ".",
        "a/../b",
        "a?force=1",
        "a#b",
        "a%2fb",
        "//a",
        "-f",
        "a b",
        "a\\b",
        "a\nb",
    ] {
        ContainerArg::parse(text).expect_err(text);
    }
}

#[test]
fn networks_users_and_hosts() {
    for text in ["bridge", "host", "none", "my-net", "container:hello"] {
        assert_eq!(Network::parse(text).unwrap().to_string(), text);
    }
    refused(
        Network::parse("container:"),
        "container:",
        "which container",
    );
    refused(Network::parse("name=a,alias=b"), "name=a", "without name=");
    refused(Network::parse("a/b"), "a/b", "“/”");

    assert_eq!(
        User::parse("1000:1000").unwrap().group.as_deref(),
        Some("1000")
    );
    assert_eq!(User::parse("nobody").unwrap().group, None);
    for text in ["", ":", "a:", "a:b:c", "a b", "a\nb"] {
        refused(User::parse(text), text, "is not a user");
    }

    assert_eq!(
        Hostname::parse("web-1.local").unwrap().as_str(),
        "web-1.local"
    );
    refused(Hostname::parse(&"h".repeat(65)), "65 h", "at most 64");
    refused(Hostname::parse("a b"), "a b", "a space");

    let hosts = [
        ("db:192.168.1.5", "db:192.168.1.5"),
        ("db=192.168.1.5", "db:192.168.1.5"),
        ("db:[::1]", "db:::1"),
        ("db:::1", "db:::1"),
        (
            "host.docker.internal:host-gateway",
            "host.docker.internal:host-gateway",
        ),
    ];
    for (text, api) in hosts {
        assert_eq!(ExtraHost::parse(text).unwrap().to_string(), api, "{text}");
    }
    for text in ["", "db", "db:", "db:x"] {
        refused(ExtraHost::parse(text), text, "NAME:ADDRESS");
    }
}

#[test]
fn variables_and_labels() {
    let rows = [
        ("A=b", "A", Some("b")),
        ("A=", "A", Some("")),
        ("A", "A", None),
        ("A=b=c", "A", Some("b=c")),
        ("A=line\nline", "A", Some("line\nline")),
    ];
    for (text, name, value) in rows {
        let var = EnvVar::parse(text).unwrap();
        assert_eq!(
            (var.name.as_str(), var.value.as_deref()),
            (name, value),
            "{text}"
        );
    }
    refused(EnvVar::parse(""), "", "no name");
    refused(EnvVar::parse("=x"), "=x", "no name");
    refused(EnvVar::parse("A = b"), "A = b", "a space");
    refused(EnvVar::parse("A=\0"), "NUL", "NUL");

    assert_eq!(Label::parse("a=b=c").unwrap().value, "b=c");
    assert_eq!(Label::parse("a").unwrap().value, "");
    refused(Label::parse("=x"), "=x", "no name");
    refused(Label::parse("a b=c"), "a b=c", "a space");
}

#[test]
fn volumes() {
    let folder = |path: &str| Source::Folder(path.to_owned());
    let rows: [(&str, Source, &str, &[&str]); 14] = [
        ("/data", Source::Anonymous, "/data", &[]),
        ("data:/data", Source::Volume("data".into()), "/data", &[]),
        ("/home/me:/data:ro", folder("/home/me"), "/data", &["ro"]),
        ("/a:/b:ro,z", folder("/a"), "/b", &["ro", "z"]),
        ("/a b:/c d", folder("/a b"), "/c d", &[]),
        ("./x:/y", Source::RelativeFolder("./x".into()), "/y", &[]),
        (".:/y", Source::RelativeFolder(".".into()), "/y", &[]),
        ("../x:/y", Source::RelativeFolder("../x".into()), "/y", &[]),
        (r"C:\x:/y:ro", folder(r"C:\x"), "/y", &["ro"]),
        ("C:/x:/y", folder("C:/x"), "/y", &[]),
        (r"C:\x:D:\y", folder(r"C:\x"), r"D:\y", &[]),
        (r"C:\x", Source::Anonymous, r"C:\x", &[]),
        (
            r"\\.\pipe\a:\\.\pipe\b",
            folder(r"\\.\pipe\a"),
            r"\\.\pipe\b",
            &[],
        ),
        (r"\\server\share:/y", folder(r"\\server\share"), "/y", &[]),
    ];
    for (text, source, target, options) in rows {
        let volume = VolumeSpec::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(volume.source, source, "{text}");
        assert_eq!(volume.target, target, "{text}");
        assert_eq!(volume.options, options, "{text}");
        assert_eq!(volume.to_string(), text, "{text}");
        assert_eq!(
            volume.bind().is_none(),
            source == Source::Anonymous,
            "{text}"
        );
    }
    let refusals = [
        ("", "A part is missing"),
        (":/x", "A part is missing"),
        ("/a:", "A part is missing"),
        ("/a::ro", "A part is missing"),
        ("/a:/b:ro:z", "too many"),
        ("foo", "no place in the container"),
        ("data:data", "not a full path"),
        ("foo/bar:/x", "“foo/bar” is not a full path"),
        ("~/x:/y", "“~”"),
        ("$PWD:/y", "variable"),
        ("$(pwd):/y", "variable"),
        ("%cd%:/y", "variable"),
        ("ab cd:/y", "a space"),
        ("/a:/", "in the place of"),
        ("/a:/b:rw,ro", "not both"),
        ("/a:/b:zz", "“zz” is not an option"),
        ("/a:/b\n", "line breaks"),
        ("/a\0:/b", "NUL"),
        ("<FOLDER>:/b", "“<”"),
    ];
    for (text, words) in refusals {
        refused(VolumeSpec::parse(text), text, words);
    }
}

#[test]
fn memory() {
    let rows = [
        ("512m", 512 << 20),
        ("512M", 512 << 20),
        ("2g", 2 << 30),
        ("2GiB", 2 << 30),
        ("2 gb", 2 << 30),
        ("1.5g", 3 << 29),
        (".5g", 1 << 29),
        ("5.g", 5 << 30),
        ("8388608", 8 << 20),
        ("8388608b", 8 << 20),
        ("0", 0),
        ("1p", 1 << 50),
    ];
    for (text, bytes) in rows {
        assert_eq!(Memory::parse(text).unwrap(), Memory(bytes), "{text}");
    }
    let refusals = [
        ("", "is not an amount"),
        ("m", "is not an amount"),
        (".", "is not an amount"),
        ("-1", "is not an amount"),
        ("abc", "is not an amount"),
        ("2gg", "is not an amount"),
        ("1.2.3g", "is not an amount"),
        ("5m", "at least 6m"),
        ("512", "at least 6m"),
        ("99999999999999999999", "is not an amount"),
        ("9999999999p", "more memory than any computer"),
    ];
    for (text, words) in refusals {
        refused(Memory::parse(text), text, words);
    }
}

#[test]
fn cpus() {
    let rows = [
        ("1.5", 1_500_000_000),
        ("2", 2_000_000_000),
        (".5", 500_000_000),
        ("0", 0),
        ("0.010000000000", 10_000_000),
        ("3.", 3_000_000_000),
    ];
    for (text, nano) in rows {
        assert_eq!(Cpus::parse(text).unwrap().nano, nano, "{text}");
    }
    for (text, words) in [
        ("", "is not a number"),
        (".", "is not a number"),
        ("abc", "is not a number"),
        ("-1", "is not a number"),
        ("1,5", "is not a number"),
        ("0.001", "at least 0.01"),
        ("0.1234567891", "fewer digits"),
        ("99999999999", "more processors"),
    ] {
        refused(Cpus::parse(text), text, words);
    }
}

#[test]
fn policies_platforms_and_signals() {
    assert_eq!(RestartPolicy::parse("no").unwrap(), RestartPolicy::No);
    assert_eq!(
        RestartPolicy::parse("unless-stopped").unwrap().as_str(),
        "unless-stopped"
    );
    assert_eq!(
        RestartPolicy::parse("on-failure:3").unwrap(),
        RestartPolicy::OnFailure { retries: Some(3) }
    );
    refused(
        RestartPolicy::parse("on-failure:x"),
        "on-failure:x",
        "number of times",
    );
    refused(
        RestartPolicy::parse("on-failure:-1"),
        "on-failure:-1",
        "number of times",
    );
    refused(
        RestartPolicy::parse("always:3"),
        "always:3",
        "Only on-failure",
    );
    refused(
        RestartPolicy::parse("sometimes"),
        "sometimes",
        "not a restart policy",
    );

    assert_eq!(PullPolicy::parse("never").unwrap(), PullPolicy::Never);
    refused(
        PullPolicy::parse("sometimes"),
        "sometimes",
        "always, missing or never",
    );

    for text in [
        "linux/amd64",
        "linux/arm/v7",
        "linux",
        "arm64",
        "windows/amd64",
    ] {
        assert_eq!(Platform::parse(text).unwrap().to_string(), text);
    }
    for text in [
        "",
        "foo",
        "linux/",
        "/amd64",
        "linux/arm/v7/x",
        "linux amd64",
        "a?b/c",
    ] {
        refused(Platform::parse(text), text, "not a platform");
    }

    for text in [
        "SIGTERM",
        "term",
        "sigint",
        "9",
        "64",
        "RTMIN+3",
        "SIGRTMAX-1",
    ] {
        assert_eq!(Signal::parse(text).unwrap().as_str(), text);
    }
    for text in ["", "0", "65", "FOO", "SIG", "SIG9", "-9", "RTMIN+99"] {
        refused(Signal::parse(text), text, "not a signal");
    }

    assert_eq!(Filter::for_containers("until=24h").unwrap().value, "24h");
    assert_eq!(
        Filter::for_containers("label!=a=b").unwrap(),
        Filter {
            name: "label!".into(),
            value: "a=b".into()
        }
    );
    assert_eq!(
        Filter::for_images("dangling=true").unwrap().name,
        "dangling"
    );
    refused(
        Filter::for_containers("dangling=true"),
        "dangling",
        "There is no filter",
    );
    refused(Filter::for_containers("until"), "until", "NAME=VALUE");
}

proptest! {
    #![proptest_config(crate::laws::config())]

    #[test]
    fn reading_never_panics(text in "\\PC{0,16}|[a-zA-Z0-9:/\\\\.~=,-]{0,24}|[0-9.]{0,24}[kmgtp]?") {
        let _ = ContainerName::parse(&text);
        let _ = ContainerArg::parse(&text);
        let _ = Network::parse(&text);
        let _ = User::parse(&text);
        let _ = Hostname::parse(&text);
        let _ = ExtraHost::parse(&text);
        let _ = Label::parse(&text);
        let _ = EnvVar::parse(&text);
        let _ = Memory::parse(&text);
        let _ = Cpus::parse(&text);
        let _ = RestartPolicy::parse(&text);
        let _ = PullPolicy::parse(&text);
        let _ = Platform::parse(&text);
        let _ = Signal::parse(&text);
        let _ = Filter::for_images(&text);
        if let Ok(volume) = VolumeSpec::parse(&text) {
            prop_assert_eq!(VolumeSpec::parse(&volume.to_string()).unwrap(), volume);
        }
    }
}
