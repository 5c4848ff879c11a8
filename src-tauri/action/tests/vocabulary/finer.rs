//! The values of the finer flags, and what they are read as.

use proptest::prelude::*;
use slipway_action::attachment::{Attachment, Link, MacAddress, VolumesFrom};
use slipway_action::device::{Device, Throttle};
use slipway_action::duration::{Moment, Span};
use slipway_action::gpu::GpuRequest;
use slipway_action::limit::{Bytes, CpuSet, SwapLimit};
use slipway_action::mount::{Mount, MountKind, Recursive};
use slipway_action::pair::Pair;
use slipway_action::rights::{Capability, SecurityOption};
use slipway_action::subnet::{Subnet, TakenAddress};
use slipway_action::ulimit::Ulimit;
use slipway_action::{CopyPlace, NetworkArg, VolumeName};

use crate::refused;
use crate::strategy::text;

#[test]
fn amounts() {
    for (text, bytes) in [
        ("0", 0),
        ("64", 64),
        ("64b", 64),
        ("1.5k", 1536),
        ("64m", 64 << 20),
        ("2 GB", 2 << 30),
    ] {
        assert_eq!(Bytes::parse(text).unwrap(), Bytes(bytes), "{text}");
    }
    refused(Bytes::parse("-1"), "-1", "not an amount");
    refused(Bytes::parse(""), "", "not an amount");
    refused(Bytes::parse("9999999999p"), "9999999999p", "any computer");
    assert_eq!(SwapLimit::parse("-1").unwrap().in_bytes(), -1);
    assert_eq!(SwapLimit::parse("1g").unwrap().in_bytes(), 1 << 30);
    refused(SwapLimit::parse("-2"), "-2", "not an amount");
    assert_eq!(CpuSet::parse("0-3,5").unwrap().0, [(0, 3), (5, 5)]);
    for text in ["", "3-1", "a", "0,", "-1", "0-", "99999"] {
        refused(CpuSet::parse(text), text, "0-3 or 0,1");
    }
}

#[test]
fn limits_of_the_system() {
    let read = |text| {
        let limit = Ulimit::parse(text).unwrap();
        (limit.name, limit.soft, limit.hard)
    };
    assert_eq!(read("nofile=1024"), ("nofile".to_owned(), 1024, 1024));
    assert_eq!(read("nofile=1024:2048"), ("nofile".to_owned(), 1024, 2048));
    assert_eq!(read("core=-1"), ("core".to_owned(), -1, -1));
    assert_eq!(read("core=5:-1"), ("core".to_owned(), 5, -1));
    for (text, words) in [
        ("nofile", "NAME=NUMBER"),
        ("nofiles=1", "Did you mean nofile?"),
        ("zzz=1", "There are core, cpu"),
        ("nofile=a", "NAME=NUMBER"),
        ("nofile=1:2:3", "NAME=NUMBER"),
        ("nofile=-2", "NAME=NUMBER"),
        ("nofile=2:1", "greater than the second"),
        ("nofile=-1:5", "greater than the second"),
    ] {
        refused(Ulimit::parse(text), text, words);
    }
}

#[test]
fn mounts() {
    let bind = Mount::parse("type=bind,source=/a,target=/b,readonly").unwrap();
    assert_eq!(bind.kind, MountKind::Bind);
    assert_eq!(
        (bind.source.as_deref(), bind.target.as_str()),
        (Some("/a"), "/b")
    );
    assert!(bind.read_only);
    let bind = "type=bind,src=.,dst=/b,ro=false,bind-propagation=rslave,bind-recursive=disabled,bind-create-src";
    let bind = Mount::parse(bind).unwrap();
    assert!(!bind.read_only && bind.create_source);
    assert_eq!(bind.propagation.as_deref(), Some("rslave"));
    assert_eq!(bind.recursive, Recursive::Disabled);
    let volume = Mount::parse(
        r#"source=data,target=/b,volume-driver=local,"volume-opt=o=addr=1,rw",volume-label=a=b,volume-nocopy"#,
    )
    .unwrap();
    assert_eq!(volume.kind, MountKind::Volume);
    assert_eq!(volume.driver_options[0].value, "addr=1,rw");
    assert_eq!(volume.labels[0].name, "a");
    assert!(volume.no_copy);
    let memory = Mount::parse("type=tmpfs,target=/t,tmpfs-size=64m,tmpfs-mode=1777").unwrap();
    assert_eq!(memory.tmpfs_size, Some(Bytes(64 << 20)));
    assert_eq!(memory.tmpfs_mode, Some(0o1777));
    assert_eq!(MountKind::Image.as_str(), "image");
    for (text, words) in [
        ("", "means nothing"),
        ("/a:/b", "means nothing"),
        ("type=bind,source=/a", "target=/data"),
        ("type=bind,target=/b", "source=/home/me/data"),
        ("type=bind,source=a,target=/b", "not a full path"),
        ("type=bind,source=$PWD,target=/b", "terminal"),
        ("type=bind,source=~/a,target=/b", "terminal"),
        ("source=a,target=b", "begins with “/”"),
        ("type=disk,target=/b", "not a kind of mount"),
        ("type=tmpfs,source=/a,target=/b", "no source"),
        ("type=tmpfs,target=/b,volume-nocopy", "type=tmpfs"),
        ("type=tmpfs,target=/b,tmpfs-mode=9", "from 0 to 7"),
        ("type=tmpfs,target=/b,tmpfs-size=x", "not an amount"),
        ("type=image,target=/b", "source=IMAGE"),
        ("sorce=a,target=/b", "Did you mean source?"),
        ("source=,target=/b", "value is missing"),
        ("source,target=/b", "value is missing"),
        ("source= a,target=/b", "a space too many"),
        ("target=/b,ro=maybe", "true or false"),
        ("type=bind,source=/a,target=/b,bind-recursive=x", "enabled"),
        (
            "type=bind,source=/a,target=/b,bind-propagation=x",
            "rprivate",
        ),
        ("target=/b,volume-subpath=x", "source=NAME"),
        ("\"target=/b", "never closed"),
        ("tar\"get=/b", "around a whole part"),
        ("\"target=/b\"x", "comes a comma"),
    ] {
        refused(Mount::parse(text), text, words);
    }
}

#[test]
fn devices_and_disks() {
    let file = |host: &str, container: &str, rights: &str| Device::File {
        host: host.into(),
        container: container.into(),
        rights: rights.into(),
    };
    for (text, expected) in [
        ("/dev/x", file("/dev/x", "/dev/x", "rwm")),
        ("/dev/x:r", file("/dev/x", "/dev/x", "r")),
        ("/dev/x:/dev/y", file("/dev/x", "/dev/y", "rwm")),
        ("/dev/x:/dev/y:rw", file("/dev/x", "/dev/y", "rw")),
        (
            "nvidia.com/gpu=all",
            Device::Named("nvidia.com/gpu=all".into()),
        ),
    ] {
        assert_eq!(Device::parse(text).unwrap(), expected, "{text}");
    }
    for (text, words) in [
        ("", "full path"),
        ("ttyUSB0", "full path"),
        ("/dev/x:y", "full path"),
        ("/dev/x:/dev/y:rx", "rights"),
        ("/dev/x:/dev/y:rr", "rights"),
        ("/a:/b:r:w", "too many"),
    ] {
        refused(Device::parse(text), text, words);
    }
    assert_eq!(Throttle::in_bytes("/dev/sda:1mb").unwrap().rate, 1 << 20);
    assert_eq!(Throttle::in_accesses("/dev/sda:1000").unwrap().rate, 1000);
    assert_eq!(Throttle::weight("/dev/sda:200").unwrap().device, "/dev/sda");
    refused(Throttle::in_bytes("sda:1mb"), "sda:1mb", "/dev/sda:1mb");
    refused(
        Throttle::in_bytes("/dev/sda:x"),
        "/dev/sda:x",
        "not an amount",
    );
    refused(
        Throttle::in_accesses("/dev/sda:1k"),
        "/dev/sda:1k",
        "accesses",
    );
    refused(Throttle::weight("/dev/sda:5"), "/dev/sda:5", "10 to 1000");
}

#[test]
fn graphics_processors() {
    let all = GpuRequest::parse("all").unwrap();
    assert_eq!((all.count, all.capabilities), (-1, vec!["gpu".to_owned()]));
    assert_eq!(GpuRequest::parse("2").unwrap().count, 2);
    let named =
        GpuRequest::parse(r#""device=0,1",driver=nvidia,"capabilities=compute,utility""#).unwrap();
    assert_eq!(named.devices, ["0", "1"]);
    assert_eq!((named.count, named.driver.as_str()), (0, "nvidia"));
    assert_eq!(named.capabilities, ["compute", "utility", "gpu"]);
    assert_eq!(GpuRequest::parse("driver=nvidia").unwrap().count, 1);
    for (text, words) in [
        ("", "Write all"),
        ("some", "Write all"),
        ("-2", "Write all"),
        ("cont=1", "Write all"),
        ("count=1,count=2", "twice"),
        ("count=1,device=0", "not both"),
    ] {
        refused(GpuRequest::parse(text), text, words);
    }
}

#[test]
fn networks_with_more() {
    let plain = Attachment::parse("web").unwrap();
    assert_eq!(plain.network.to_string(), "web");
    let long = "name=web,alias=db,alias=store,ip=10.0.0.5,ip6=2001:db8::33,mac-address=92:D0:c6:0a:29:33,link-local-ip=169.254.1.1,driver-opt=a=b,gw-priority=-1";
    let long = Attachment::parse(long).unwrap();
    assert_eq!(long.network.to_string(), "web");
    assert_eq!(long.aliases, ["db", "store"]);
    assert_eq!(long.ip.unwrap().to_string(), "10.0.0.5");
    assert_eq!(long.mac_address.unwrap().as_str(), "92:d0:c6:0a:29:33");
    assert_eq!((long.driver_options.len(), long.gateway_priority), (1, -1));
    for (text, words) in [
        ("alias=a", "network's name is missing"),
        ("name=", "value is missing"),
        ("name=a,x=1", "means nothing"),
        ("name=a,ailas=b", "Did you mean alias?"),
        ("name=a,ip=x", "IPv4"),
        ("name=a,ip6=1.2.3.4", "IPv6"),
        ("name=a,mac-address=1", "network card"),
        ("name=a,gw-priority=x", "whole number"),
        ("name=a,driver-opt=x", "NAME=VALUE"),
        ("name=a/b", "“/”"),
        ("a/b", "“/”"),
    ] {
        refused(Attachment::parse(text), text, words);
    }
    assert_eq!(
        MacAddress::parse("92-D0-C6-0A-29-33").unwrap().as_str(),
        "92:d0:c6:0a:29:33"
    );
    let link = Link::parse("db:store").unwrap();
    assert_eq!(
        (link.container.as_str(), link.alias.as_str()),
        ("db", "store")
    );
    assert_eq!(Link::parse("db").unwrap().alias, "db");
    refused(Link::parse("a:b:c"), "a:b:c", "“:”");
    assert_eq!(VolumesFrom::parse("a:ro").unwrap().mode, "ro");
    refused(VolumesFrom::parse("a:x"), "a:x", "ro (read only)");
}

#[test]
fn ranges_of_addresses() {
    let subnet = |text| Subnet::parse(text).unwrap();
    assert_eq!(subnet("172.28.0.0/16").to_string(), "172.28.0.0/16");
    for (range, address, inside) in [
        ("172.28.0.0/16", "172.28.5.1", true),
        ("172.28.0.0/16", "172.29.5.1", false),
        ("0.0.0.0/0", "8.8.8.8", true),
        ("2001:db8::/64", "2001:db8::1", true),
        ("2001:db8::/64", "2001:db8:1::1", false),
        ("0.0.0.0/0", "::1", false),
    ] {
        let address = address.parse().unwrap();
        assert_eq!(subnet(range).contains(address), inside, "{range} {address}");
    }
    assert!(subnet("10.0.0.0/8").overlaps(&subnet("10.1.0.0/16")));
    assert!(!subnet("10.0.0.0/16").overlaps(&subnet("10.1.0.0/16")));
    for text in [
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/+8",
        "a/8",
        "::/129",
    ] {
        refused(Subnet::parse(text), text, "172.28.0.0/16");
    }
    assert_eq!(TakenAddress::parse("a=10.0.0.1").unwrap().name, "a");
    refused(TakenAddress::parse("10.0.0.1"), "10.0.0.1", "NAME=ADDRESS");
}

#[test]
fn rights_of_a_container() {
    for (text, expected) in [
        ("NET_ADMIN", "CAP_NET_ADMIN"),
        ("cap_net_admin", "CAP_NET_ADMIN"),
        ("all", "ALL"),
    ] {
        assert_eq!(
            Capability::parse(text).unwrap().as_str(),
            expected,
            "{text}"
        );
    }
    refused(
        Capability::parse("NET_ADMN"),
        "NET_ADMN",
        "Did you mean NET_ADMIN?",
    );
    refused(Capability::parse("CAP_ALL"), "CAP_ALL", "no right");
    for text in [
        "no-new-privileges",
        "no-new-privileges:true",
        "no-new-privileges=false",
        "seccomp=unconfined",
        "apparmor=profile",
        "label:disable",
        "systempaths=unconfined",
        "writable-cgroups=true",
    ] {
        SecurityOption::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
    for text in ["", "x", "seccomp", "seccomp=", "label"] {
        refused(SecurityOption::parse(text), text, "not a security option");
    }
    refused(
        SecurityOption::parse("no-new-privileges=maybe"),
        "maybe",
        "=true or =false",
    );
    assert_eq!(Pair::sysctl("net.core.somaxconn=1").unwrap().value, "1");
    refused(Pair::sysctl("vm.swappiness=1"), "vm", "whole computer");
    refused(Pair::sysctl("net.x"), "net.x", "no value");
    refused(Pair::parse("=x"), "=x", "no name");
}

#[test]
fn times() {
    for (text, nanos) in [
        ("0", 0),
        ("30s", 30_000_000_000),
        ("1.5s", 1_500_000_000),
        ("1m30s", 90_000_000_000),
        ("1h", 3_600_000_000_000),
        ("100ms", 100_000_000),
        (".5us", 500),
    ] {
        assert_eq!(Span::parse(text).unwrap().nanos, nanos, "{text}");
    }
    for text in ["", "30", "s", "1d", "-1s", "1.5.5s", "99999999999h", ".s"] {
        refused(Span::parse(text), text, "30s, 5m or 1h30m");
    }
    refused(Span::of_health("1us"), "1us", "at least 1ms");
    assert!(matches!(Moment::parse("10m").unwrap(), Moment::Ago(_)));
    for text in ["1700000000", "1700000000.5"] {
        assert!(
            matches!(Moment::parse(text).unwrap(), Moment::Unix(_)),
            "{text}"
        );
    }
    for text in [
        "2026-01-31",
        "2026-01-31T10",
        "2026-01-31T10:00",
        "2026-01-31T10:00:00",
        "2026-01-31T10:00:00.123Z",
        "2026-01-31T10:00:00+01:00",
        "2026-01-31Z",
    ] {
        assert!(
            matches!(Moment::parse(text).unwrap(), Moment::Date(_)),
            "{text}"
        );
    }
    for text in [
        "",
        "yesterday",
        "2026-13-01",
        "2026-01",
        "2026-01-31T25:00",
        "2026-01-31T10:00:00+1",
        "1700000000.",
    ] {
        refused(Moment::parse(text), text, "not a time");
    }
}

#[test]
fn places_of_a_copy() {
    let container = |container, path| CopyPlace::Container { container, path };
    for (text, expected) in [
        ("web:/app", container("web", "/app")),
        ("web:", container("web", "")),
        ("9599329aa62d:app", container("9599329aa62d", "app")),
        ("-", CopyPlace::Terminal),
        ("/a:b", CopyPlace::Local("/a:b")),
        ("./a:b", CopyPlace::Local("./a:b")),
        (".\\a\\", CopyPlace::Local(".\\a\\")),
        ("C:\\a", CopyPlace::Local("C:\\a")),
        ("c:/a", CopyPlace::Local("c:/a")),
        ("a", CopyPlace::Local("a")),
        (":/a", CopyPlace::Local(":/a")),
    ] {
        assert_eq!(CopyPlace::of(text), expected, "{text}");
    }
}

#[test]
fn names_of_volumes_and_networks_can_stand_in_an_address() {
    for name in ["data", "my_data.1", "a0"] {
        assert_eq!(VolumeName::parse(name).unwrap().as_str(), name);
        assert_eq!(NetworkArg::parse(name).unwrap().as_str(), name);
    }
    for name in ["", "..", "a/b", "a?force=1", "a%2f", "-a", "a b"] {
        VolumeName::parse(name).expect_err(name);
        NetworkArg::parse(name).expect_err(name);
    }
}

proptest! {
    #![proptest_config(crate::laws::config())]

    #[test]
    fn reading_never_panics(text in text()) {
        let _ = Bytes::parse(&text);
        let _ = SwapLimit::parse(&text);
        let _ = CpuSet::parse(&text);
        let _ = Ulimit::parse(&format!("nofile={text}"));
        let _ = Mount::parse(&text);
        let _ = Mount::parse(&format!("type=bind,source={text},target=/{text}"));
        let _ = Device::parse(&text);
        let _ = Throttle::in_bytes(&format!("/dev/{text}"));
        let _ = GpuRequest::parse(&text);
        let _ = Attachment::parse(&format!("name=a,{text}"));
        let _ = Link::parse(&text);
        let _ = VolumesFrom::parse(&text);
        let _ = MacAddress::parse(&text);
        let _ = Subnet::parse(&text);
        let _ = TakenAddress::parse(&text);
        let _ = Capability::parse(&text);
        let _ = SecurityOption::parse(&text);
        let _ = Pair::sysctl(&text);
        let _ = Span::parse(&text);
        let _ = Span::parse(&format!("1.{text}s"));
        let _ = Moment::parse(&text);
        let _ = Moment::parse(&format!("2026-01-31T{text}"));
        let _ = CopyPlace::of(&text);
    }
}
