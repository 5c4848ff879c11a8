#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::*;

/// A tar file with these entries: type, path, content or target.
fn tar(entries: &[(u8, &str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (kind, path, content) in entries {
        let is_link = matches!(kind, b'1' | b'2');
        let size = if is_link { 0 } else { content.len() };
        let mut header = [0; 512];
        header[..path.len().min(100)].copy_from_slice(&path.as_bytes()[..path.len().min(100)]);
        header[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
        header[156] = *kind;
        if is_link {
            header[157..157 + content.len()].copy_from_slice(content);
        }
        header[257..263].copy_from_slice(b"ustar\0");
        header[148..156].copy_from_slice(b"        ");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        bytes.extend_from_slice(&header);
        if !is_link {
            bytes.extend_from_slice(content);
            bytes.resize(bytes.len().next_multiple_of(512), 0);
        }
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn shown(layers: &[LayerFiles]) -> Vec<String> {
    let show = |layer: &LayerFiles| {
        let files: Vec<String> = layer
            .biggest
            .iter()
            .map(|it| {
                format!(
                    "{}{} {}",
                    if it.removed { "-" } else { "" },
                    it.path,
                    it.bytes
                )
            })
            .collect();
        format!("{}: {} ({})", layer.layer, layer.files, files.join(", "))
    };
    layers.iter().map(show).collect()
}

fn first() -> Vec<u8> {
    let long = "x/".repeat(80) + "long";
    let pax = format!("{} path={long}\n", long.len() + 6 + 4);
    tar(&[
        (b'5', "etc/", b""),
        (b'0', "./etc/small", b"a"),
        (b'0', "etc/big", b"abcdef"),
        (b'2', "etc/link", b"big"),
        (b'x', "pax", pax.as_bytes()),
        (b'0', "short", b"abc"),
        (b'L', "././@LongLink", b"gnu/long\0"),
        (b'0', "gnu/lo", b"ab"),
    ])
}

fn second() -> Vec<u8> {
    tar(&[
        (b'0', "etc/.wh.big", b""),
        (b'0', "var/.wh..wh..opq", b""),
        (b'0', ".wh..wh.plnk", b""),
        (b'0', "new", b"x"),
    ])
}

fn expected() -> [String; 2] {
    let long = "x/".repeat(80) + "long";
    [
        format!("0: 5 (/etc/big 6, /{long} 3, /gnu/long 2, /etc/small 1, /etc/link 0)"),
        "2: 1 (/new 1, -/etc/big 0, -/var/ 0)".to_owned(),
    ]
}

fn config() -> Vec<u8> {
    json!({"history": [{}, {"empty_layer": true}, {"created_by": "x"}]})
        .to_string()
        .into_bytes()
}

#[test]
fn images_in_dockers_form_are_read() {
    let manifest = json!([{"Config": "c.json", "Layers": ["1/layer.tar", "2/layer.tar"]}]);
    let archive = tar(&[
        (b'0', "1/layer.tar", &first()),
        (b'2', "2/layer.tar", b"../3/layer.tar"),
        (b'0', "3/layer.tar", &second()),
        (b'0', "c.json", &config()),
        (b'0', "manifest.json", manifest.to_string().as_bytes()),
        (b'0', "repositories", b"not json"),
    ]);
    assert_eq!(shown(&read(&archive[..]).unwrap()), expected());
}

#[test]
fn images_in_the_form_of_oci_are_read_packed_too() {
    let manifest = json!({"config": {"digest": "sha256:c"}, "layers": [{"digest": "sha256:1"}, {"digest": "sha256:2"}]});
    let inner = json!({"manifests": [
        {"digest": "sha256:m", "platform": {"os": "linux"}},
        {"digest": "sha256:a", "platform": {"os": "unknown"}},
    ]});
    let index = json!({"manifests": [{"digest": "sha256:i"}]});
    let archive = tar(&[
        (b'0', "blobs/sha256/1", &gzip(&first())),
        (b'0', "blobs/sha256/2", &second()),
        (b'0', "blobs/sha256/c", &config()),
        (b'0', "blobs/sha256/m", manifest.to_string().as_bytes()),
        (b'0', "blobs/sha256/i", inner.to_string().as_bytes()),
        (b'0', "index.json", index.to_string().as_bytes()),
    ]);
    assert_eq!(shown(&read(&archive[..]).unwrap()), expected());
}

#[test]
fn archives_that_lie_end_with_an_error() {
    let manifest = json!([{"Config": "c.json", "Layers": ["1"]}]).to_string();
    let with = |layer: &[u8]| {
        tar(&[
            (b'0', "1", layer),
            (b'0', "manifest.json", manifest.as_bytes()),
        ])
    };
    let whole = with(&first());
    let cut = &whole[..700];
    let mut broken_layer = first();
    broken_layer[512 + 20] ^= 1;
    let mut endless = tar(&[(b'L', "././@LongLink", b"")]);
    endless[124..136].copy_from_slice(b"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff");
    let zstd = [0x28, 0xb5, 0x2f, 0xfd, 0, 0];
    let loops = tar(&[
        (b'2', "1", b"2"),
        (b'2', "2", b"1"),
        (b'0', "manifest.json", manifest.as_bytes()),
    ]);
    let bad: [(&str, &[u8]); 8] = [
        ("nothing", b""),
        ("no tar", &[b'x'; 2000]),
        ("cut", cut),
        ("a layer that is broken", &with(&broken_layer)),
        ("a name without end", &endless),
        ("zstd", &with(&zstd)),
        ("links that lead round", &loops),
        ("text", &with(b"hello")),
    ];
    for (name, bytes) in bad {
        assert!(read(bytes).is_err(), "{name}");
    }
}

/// Names that are not UTF-8, files with holes, a device that claims content, and a first file that is
/// called as JSON begins.
#[test]
fn odd_entries_do_not_hide_those_behind_them() {
    let pax = |records: &[(&str, &[u8])]| {
        let mut header = Vec::new();
        for (key, value) in records {
            let length = key.len() + value.len() + 5;
            header.extend_from_slice(format!("{length} {key}=").as_bytes());
            header.extend_from_slice(value);
            header.push(b'\n');
        }
        header
    };
    let odd = pax(&[("path", b"caf\xe9/a/b/c"), ("linkpath", b"long enough")]);
    let holes = pax(&[("GNU.sparse.name", b"with/holes"), ("path", b"GNUSparse.0")]);
    let mut layer = tar(&[
        (b'0', "[", b"abc"),
        (b'x', "pax", &odd),
        (b'0', "short", b"abcd"),
        (b'x', "pax", &holes),
        (b'0', "GNUSparse.0/holes", b"ab"),
    ]);
    layer.truncate(layer.len() - 1024);
    // GNU's old form: the head, and two further blocks of places.
    let mut old = tar(&[(b'S', "old/holes", b"x")]);
    old[482] = 1;
    reseal(&mut old[..512]);
    let mut places = [[b'0'; 512]; 2];
    (places[0][504], places[1][504]) = (1, 0);
    layer.extend_from_slice(&old[..512]);
    layer.extend_from_slice(places.as_flattened());
    layer.extend_from_slice(&old[512..1024]);
    let mut device = tar(&[(b'3', "null", b"")]);
    device[124..135].copy_from_slice(b"00000077777");
    reseal(&mut device[..512]);
    layer.extend_from_slice(&device[..512]);
    layer.extend_from_slice(&tar(&[(b'0', "last", b"abcde")]));
    let manifest = json!([{"Config": "c", "Layers": ["1"]}]).to_string();
    let archive = tar(&[
        (b'0', "1", &layer),
        (b'0', "manifest.json", manifest.as_bytes()),
    ]);
    let expected = "0: 5 (/last 5, /caf\u{fffd}/a/b/c 4, /[ 3, /with/holes 2, /old/holes 1)";
    assert_eq!(shown(&read(&archive[..]).unwrap()), [expected]);
}

fn reseal(head: &mut [u8]) {
    head[148..156].copy_from_slice(b"        ");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
}

/// However many parts it has, and however long their names are.
#[test]
fn an_archive_takes_no_more_memory_than_there_is_room_for() {
    let long = |length: usize| {
        let path = "x".repeat(length);
        let pax = format!(
            "{} path={path}\n",
            length + 7 + (length + 13).to_string().len()
        );
        tar(&[(b'x', "pax", pax.as_bytes()), (b'0', "short", b"")])
    };
    assert!(Layer::read(&long(60_000)[..]).unwrap().takes() < 2 * 1024);
    assert!(
        Layer::read(&long(70_000)[..]).is_err(),
        "no path is so long"
    );
    let names: Vec<String> = (0..200).map(|number| format!("{number:099}")).collect();
    let files: Vec<(u8, &str, &[u8])> = names
        .iter()
        .map(|it| (b'0', it.as_str(), &b""[..]))
        .collect();
    let layer = tar(&files);
    let mut archive = Vec::new();
    for number in 0..3_000 {
        let one = tar(&[(b'0', &number.to_string(), &layer)]);
        archive.extend_from_slice(&one[..one.len() - 1024]);
    }
    let error = read(&archive[..]).unwrap_err();
    assert!(error.to_string().contains("too many"), "{error}");
}

#[test]
fn only_the_largest_are_named() {
    let names: Vec<(String, Vec<u8>)> = (0..500)
        .map(|it| (format!("f{it}"), vec![b'x'; it]))
        .collect();
    let entries: Vec<(u8, &str, &[u8])> = names
        .iter()
        .map(|(name, content)| (b'0', name.as_str(), content.as_slice()))
        .collect();
    let layer = Layer::read(&tar(&entries)[..]).unwrap().at(0);
    assert_eq!((layer.files, layer.biggest.len()), (500, 200));
    assert_eq!(layer.biggest[0].path, "/f499");
    assert_eq!(layer.biggest[199].path, "/f300");
}
