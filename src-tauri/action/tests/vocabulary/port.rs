use std::net::IpAddr;

use proptest::prelude::*;
use slipway_action::{ExposeSpec, PortSpec, Protocol};

use crate::refused;

#[test]
fn every_way_to_publish_is_read() {
    let local: Option<IpAddr> = "127.0.0.1".parse().ok();
    let six: Option<IpAddr> = "::1".parse().ok();
    // text, address, host, container, protocol, written again
    let rows = [
        ("80", None, None, (80, 80), Protocol::Tcp, "80"),
        (
            "5000:5050",
            None,
            Some((5000, 5000)),
            (5050, 5050),
            Protocol::Tcp,
            "5000:5050",
        ),
        (
            "5000:5050/tcp",
            None,
            Some((5000, 5000)),
            (5050, 5050),
            Protocol::Tcp,
            "5000:5050",
        ),
        (
            "53:53/udp",
            None,
            Some((53, 53)),
            (53, 53),
            Protocol::Udp,
            "53:53/udp",
        ),
        (
            "53:53/UDP",
            None,
            Some((53, 53)),
            (53, 53),
            Protocol::Udp,
            "53:53/udp",
        ),
        (
            "9:9/sctp",
            None,
            Some((9, 9)),
            (9, 9),
            Protocol::Sctp,
            "9:9/sctp",
        ),
        (
            "published=5000,target=5050",
            None,
            Some((5000, 5000)),
            (5050, 5050),
            Protocol::Tcp,
            "5000:5050",
        ),
        (
            "target=53,protocol=udp",
            None,
            None,
            (53, 53),
            Protocol::Udp,
            "53/udp",
        ),
        ("80/", None, None, (80, 80), Protocol::Tcp, "80"),
        (":80", None, None, (80, 80), Protocol::Tcp, "80"),
        ("0:80", None, None, (80, 80), Protocol::Tcp, "80"),
        (
            "080:80",
            None,
            Some((80, 80)),
            (80, 80),
            Protocol::Tcp,
            "80:80",
        ),
        (
            "127.0.0.1:5000:5050",
            local,
            Some((5000, 5000)),
            (5050, 5050),
            Protocol::Tcp,
            "127.0.0.1:5000:5050",
        ),
        (
            "127.0.0.1::80",
            local,
            None,
            (80, 80),
            Protocol::Tcp,
            "127.0.0.1::80",
        ),
        (
            "[::1]:80:80",
            six,
            Some((80, 80)),
            (80, 80),
            Protocol::Tcp,
            "[::1]:80:80",
        ),
        (
            "::1:80:80",
            six,
            Some((80, 80)),
            (80, 80),
            Protocol::Tcp,
            "[::1]:80:80",
        ),
        ("[::1]::80", six, None, (80, 80), Protocol::Tcp, "[::1]::80"),
        (
            "7000-7002:8000-8002",
            None,
            Some((7000, 7002)),
            (8000, 8002),
            Protocol::Tcp,
            "7000-7002:8000-8002",
        ),
        (
            "8000-9000:80",
            None,
            Some((8000, 9000)),
            (80, 80),
            Protocol::Tcp,
            "8000-9000:80",
        ),
        (
            "8000-8002",
            None,
            None,
            (8000, 8002),
            Protocol::Tcp,
            "8000-8002",
        ),
        (
            "1:65535",
            None,
            Some((1, 1)),
            (65535, 65535),
            Protocol::Tcp,
            "1:65535",
        ),
        (
            "1-65535:1-65535",
            None,
            Some((1, 65535)),
            (1, 65535),
            Protocol::Tcp,
            "1-65535:1-65535",
        ),
    ];
    for (text, address, host, container, protocol, again) in rows {
        let port = PortSpec::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(port.address, address, "{text}");
        assert_eq!(port.host, host.map(|(a, b)| a..=b), "{text}");
        assert_eq!(port.container, container.0..=container.1, "{text}");
        assert_eq!(port.protocol, protocol, "{text}");
        assert_eq!(port.to_string(), again, "{text}");
    }
}

#[test]
fn what_is_no_port_is_refused_in_plain_words() {
    let rows = [
        ("", "HOST:CONTAINER"),
        ("abc", "“abc” is not a port"),
        ("abc:80", "“abc” is not a port"),
        ("70000", "no port “70000”"),
        ("70000:80", "no port “70000”"),
        ("80:70000", "no port “70000”"),
        ("99999999999999999999:80", "no port"),
        ("0", "no port 0 in the container"),
        ("80:0", "no port 0 in the container"),
        ("0-5:1-6", "no port 0 on this computer"),
        ("5000:", "in the container is missing"),
        (":", "in the container is missing"),
        ("80-:80", "on this computer is missing"),
        ("+80", "“+80” is not a port"),
        (" 80:80", "“ 80” is not a port"),
        ("80:80 ", "“80 ” is not a port"),
        ("-1:80", "on this computer is missing"),
        ("1.5:80", "“1.5” is not a port"),
        ("127.0.0.1:80", "“127.0.0.1” is not a port"),
        ("localhost:80:80", "“localhost” is not an address"),
        ("1.2.3.4.5:80:80", "not an address"),
        ("[::1:80:80", "not an address"),
        ("80:80/http", "“http” is not a protocol"),
        ("80:80/tcp/udp", "not a protocol"),
        ("5-3:80", "runs backwards"),
        ("8000-8002:1-2", "not of the same length"),
        ("80:1-2", "not of the same length"),
        ("٣:80", "is not a port"),
        ("80\u{202e}:80", "\\u{202e}"),
        ("<HOST_PORT>:5050", "is not a port"),
    ];
    for (text, words) in rows {
        refused(PortSpec::parse(text), text, words);
    }
}

#[test]
fn pairs_follow_the_ranges() {
    let pairs = |text| PortSpec::parse(text).unwrap().pairs().collect::<Vec<_>>();
    assert_eq!(
        pairs("7000-7002:80-82"),
        [
            (80, Some(7000..=7000)),
            (81, Some(7001..=7001)),
            (82, Some(7002..=7002))
        ]
    );
    assert_eq!(
        pairs("8000-9000:80"),
        [(80, Some(8000..=9000))],
        "the engine chooses among them"
    );
    assert_eq!(pairs("80"), [(80, None)]);
    assert_eq!(
        pairs("65534-65535:65534-65535").len(),
        2,
        "the last port does not overflow"
    );
}

#[test]
fn two_ports_clash_only_where_both_want_the_same_place() {
    let rows = [
        ("80:80", "80:81", true),
        ("80:80", "81:80", false),
        ("80:80/udp", "80:80", false),
        ("127.0.0.1:80:80", "80:80", true),
        ("127.0.0.1:80:80", "0.0.0.0:80:80", true),
        ("127.0.0.1:80:80", "127.0.0.2:80:80", false),
        ("127.0.0.1:80:80", "[::1]:80:80", false),
        ("70-90:70-90", "80:80", true),
        ("8000-9000:80", "8000-9000:81", false),
        ("80", "80", false),
    ];
    for (one, other, clash) in rows {
        let (a, b) = (
            PortSpec::parse(one).unwrap(),
            PortSpec::parse(other).unwrap(),
        );
        assert_eq!(a.clashes_with(&b), clash, "{one} and {other}");
        assert_eq!(b.clashes_with(&a), clash, "{other} and {one}");
    }
}

#[test]
fn exposed_ports_have_no_host() {
    assert_eq!(ExposeSpec::parse("80/udp").unwrap().protocol, Protocol::Udp);
    assert_eq!(
        ExposeSpec::parse("8000-8010").unwrap().container,
        8000..=8010
    );
    refused(ExposeSpec::parse("80:80"), "80:80", "publish it");
    refused(ExposeSpec::parse("abc"), "abc", "is not a port");
}

proptest! {
    #![proptest_config(crate::laws::config())]

    #[test]
    fn reading_never_panics_and_what_is_read_stays_the_same(text in "[0-9:./\\[\\]a-f-]{0,20}|[0-9]{1,5}(-[0-9]{1,5})?:[0-9]{1,5}|\\PC{0,12}") {
        if let Ok(port) = PortSpec::parse(&text) {
            prop_assert_eq!(PortSpec::parse(&port.to_string()).unwrap(), port.clone());
            prop_assert_eq!(port.pairs().count(), port.container.len());
        }
        let _ = ExposeSpec::parse(&text);
    }
}
