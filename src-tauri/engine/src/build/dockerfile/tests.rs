#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

/// First line, last line, stage, text.
type Row<'a> = (u32, u32, Option<usize>, &'a str);

fn rows(found: &Dockerfile) -> Vec<Row<'_>> {
    let row = |it: &'_ Instruction| (it.first, it.last, it.stage);
    let of = |it| row(it);
    found
        .instructions
        .iter()
        .map(|it| (of(it).0, of(it).1, of(it).2, it.text.as_str()))
        .collect()
}

#[test]
fn instructions_are_found_with_their_lines() {
    let check = |name: &str, text: &str, expected: &[Row<'_>]| {
        assert_eq!(rows(&Dockerfile::read(text.as_bytes())), expected, "{name}");
    };
    check("nothing", "", &[]);
    check("comments alone", "# a\n\n  # b\n", &[]);
    check(
        "stages",
        "ARG V=1\nFROM a:$V AS one\nRUN x\n\nFROM one\nCOPY a b",
        &[
            (1, 1, None, "ARG V=1"),
            (2, 2, Some(0), "FROM a:$V AS one"),
            (3, 3, Some(0), "RUN x"),
            (5, 5, Some(1), "FROM one"),
            (6, 6, Some(1), "COPY a b"),
        ],
    );
    check(
        "lines that go on, with comments and empty lines between",
        "FROM a\nRUN b \\\n  # no\n\n    && c \\  \n    && d\nCMD e",
        &[
            (1, 1, Some(0), "FROM a"),
            (2, 6, Some(0), "RUN b && c && d"),
            (7, 7, Some(0), "CMD e"),
        ],
    );
    check(
        "a doubled mark stands for itself",
        "FROM a\nRUN b \\\\\nRUN c",
        &[
            (1, 1, Some(0), "FROM a"),
            (2, 2, Some(0), "RUN b \\\\"),
            (3, 3, Some(0), "RUN c"),
        ],
    );
    check(
        "a line that goes on past the end",
        "FROM a\nRUN b \\",
        &[(1, 1, Some(0), "FROM a"), (2, 2, Some(0), "RUN b")],
    );
    check(
        "another mark",
        "# escape=`\nFROM a\nRUN dir c:\\`\n x\n",
        &[(2, 2, Some(0), "FROM a"), (3, 4, Some(0), "RUN dir c:\\ x")],
    );
    check(
        "a directive below a comment is a comment",
        "# note\n# escape=`\nFROM a\nRUN b \\\n c",
        &[(3, 3, Some(0), "FROM a"), (4, 5, Some(0), "RUN b c")],
    );
    check(
        "windows line ends and a byte order mark",
        "\u{feff}FROM a\r\nRUN b \\\r\n c\r\n",
        &[(1, 1, Some(0), "FROM a"), (2, 3, Some(0), "RUN b c")],
    );
    check(
        "heredocs",
        "FROM a\nRUN <<EOF\nFROM b\nEOF\nCOPY <<-\"X\" <<Y /z\n\tin x\n\tX\nin y\nY\nRUN d",
        &[
            (1, 1, Some(0), "FROM a"),
            (2, 4, Some(0), "RUN <<EOF"),
            (5, 9, Some(0), "COPY <<-\"X\" <<Y /z"),
            (10, 10, Some(0), "RUN d"),
        ],
    );
    check(
        "what looks like a heredoc",
        "FROM a\nRUN echo \"<<EOF\"\nRUN echo $((1<<2))\nENV A=<<EOF\nRUN cat <<<x",
        &[
            (1, 1, Some(0), "FROM a"),
            (2, 2, Some(0), "RUN echo \"<<EOF\""),
            (3, 3, Some(0), "RUN echo $((1<<2))"),
            (4, 4, Some(0), "ENV A=<<EOF"),
            (5, 5, Some(0), "RUN cat <<<x"),
        ],
    );
    check(
        "a heredoc without an end",
        "FROM a\nRUN <<EOF\nb\nc",
        &[(1, 1, Some(0), "FROM a"), (2, 4, Some(0), "RUN <<EOF")],
    );
    check(
        "small letters and unknown words",
        "from a\n  runn b",
        &[(1, 1, Some(0), "from a"), (2, 2, Some(0), "runn b")],
    );
}

#[test]
fn flags_and_bodies_are_taken_apart() {
    let text = "# syntax=docker/dockerfile:1\nFROM --platform=$P a as Base\n\
        COPY --from=base --chown=\"a b\" x y\nRUN --mount=type=secret,id=s <<E sh\nls\nE\nRUN -- x\n";
    let found = Dockerfile::read(text.as_bytes());
    assert_eq!(found.syntax.as_deref(), Some("docker/dockerfile:1"));
    let stage = Stage {
        name: Some("Base".to_owned()),
        base: "a".to_owned(),
        from: 0,
    };
    assert_eq!(found.stages, [stage]);
    let [from, copy, run, bare] = found.instructions.as_slice() else {
        panic_with(&found)
    };
    assert_eq!(from.keyword, "FROM");
    assert_eq!(copy.flag("from"), Some("base"));
    assert_eq!(copy.flag("chown"), Some("\"a b\""));
    assert_eq!(copy.rest, "x y");
    assert_eq!(run.heredocs.as_deref(), Some("ls\n"));
    assert_eq!(run.script(), "<<E sh\nls\n");
    assert_eq!((bare.flags.len(), bare.rest.as_str()), (0, "x"));
    assert_eq!(found.stage_of("base"), Some(0));
    assert_eq!(found.stage_of("0"), Some(0));
    assert_eq!(found.stage_of("stage-0"), Some(0));
    assert_eq!(found.stage_of("1"), None);
    assert_eq!(found.stage_name(0), "Base");
}

#[allow(clippy::panic, reason = "a test ends with it")]
fn panic_with(found: &Dockerfile) -> ! {
    panic!("{found:#?}")
}

#[test]
fn any_bytes_are_read_and_nothing_grows_without_end() {
    let long_line = format!("FROM a\nRUN {}", "x".repeat(1_000_000));
    let found = Dockerfile::read(long_line.as_bytes());
    assert_eq!(found.instructions[1].text.len(), LONGEST_TEXT);
    let many = "RUN a\n".repeat(MOST + 5);
    let found = Dockerfile::read(many.as_bytes());
    assert_eq!((found.instructions.len(), found.cut), (MOST, true));
    let joined = format!("RUN a{}", "\\\nä".repeat(100_000));
    let found = Dockerfile::read(joined.as_bytes());
    assert_eq!(found.instructions.len(), 1);
    assert!(found.instructions[0].text.len() <= LONGEST_TEXT);
    let utf16: Vec<u8> = "FROM a\nRUN b"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        Dockerfile::read(&utf16).stages.len(),
        0,
        "UTF-16 is no text"
    );
    let odd: [&[u8]; 5] = [b"\0\0\0", b"\xff\xfe", b"RUN <<", b"--", b"\\\n\\\n"];
    for bytes in odd {
        let whole = Dockerfile::read(bytes);
        assert!(whole.instructions.len() <= 1, "{bytes:?}");
    }
}
