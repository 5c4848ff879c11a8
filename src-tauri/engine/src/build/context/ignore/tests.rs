#![allow(clippy::expect_used, clippy::panic, reason = "tests")]

use super::*;

/// What `moby/patternmatcher` expects of one pattern: the pattern, a path, whether it is left out.
const ONE: &[(&str, &str, bool)] = &[
    ("**", "file", true),
    ("**", "file/", true),
    ("**/", "file", true),
    ("**/", "file/", true),
    ("**", "/", true),
    ("**/", "/", true),
    ("**", "dir/file", true),
    ("**/", "dir/file", true),
    ("**", "dir/file/", true),
    ("**/", "dir/file/", true),
    ("**/**", "dir/file", true),
    ("**/**", "dir/file/", true),
    ("dir/**", "dir/file", true),
    ("dir/**", "dir/file/", true),
    ("dir/**", "dir/dir2/file", true),
    ("dir/**", "dir/dir2/file/", true),
    ("**/dir", "dir", true),
    ("**/dir", "dir/file", true),
    ("**/dir2/*", "dir/dir2/file", true),
    ("**/dir2/*", "dir/dir2/file/", true),
    ("**/dir2/**", "dir/dir2/dir3/file", true),
    ("**/dir2/**", "dir/dir2/dir3/file/", true),
    ("**file", "file", true),
    ("**file", "dir/file", true),
    ("**/file", "dir/file", true),
    ("**file", "dir/dir/file", true),
    ("**/file", "dir/dir/file", true),
    ("**/file*", "dir/dir/file", true),
    ("**/file*", "dir/dir/file.txt", true),
    ("**/file*txt", "dir/dir/file.txt", true),
    ("**/file*.txt", "dir/dir/file.txt", true),
    ("**/file*.txt*", "dir/dir/file.txt", true),
    ("**/**/*.txt", "dir/dir/file.txt", true),
    ("**/**/*.txt2", "dir/dir/file.txt", false),
    ("**/*.txt", "file.txt", true),
    ("**/**/*.txt", "file.txt", true),
    ("a**/*.txt", "a/file.txt", true),
    ("a**/*.txt", "a/dir/file.txt", true),
    ("a**/*.txt", "a/dir/dir/file.txt", true),
    ("a/*.txt", "a/dir/file.txt", false),
    ("a/*.txt", "a/file.txt", true),
    ("a/*.txt**", "a/file.txt", true),
    ("a[b-d]e", "ae", false),
    ("a[b-d]e", "ace", true),
    ("a[b-d]e", "aae", false),
    ("a[^b-d]e", "aze", true),
    (".*", ".foo", true),
    (".*", "foo", false),
    ("abc.def", "abcdef", false),
    ("abc.def", "abc.def", true),
    ("abc.def", "abcZdef", false),
    ("abc?def", "abcZdef", true),
    ("abc?def", "abcdef", false),
    (r"a\\", r"a\", true),
    ("**/foo/bar", "foo/bar", true),
    ("**/foo/bar", "dir/foo/bar", true),
    ("**/foo/bar", "dir/dir2/foo/bar", true),
    ("abc/**", "abc", false),
    ("abc/**", "abc/def", true),
    ("abc/**", "abc/def/ghi", true),
    ("**/.foo", ".foo", true),
    ("**/.foo", "bar.foo", false),
    ("a(b)c/def", "a(b)c/def", true),
    ("a(b)c/def", "a(b)c/xyz", false),
    ("a.|)$(}+{bc", "a.|)$(}+{bc", true),
    (
        "dist/p.py-2.4.0rc3.dev36+g08-py3.whl",
        "dist/p.py-2.4.0rc3.dev36+g08-py3.whl",
        true,
    ),
    ("dist/*.whl", "dist/p.py-2.4.0rc3.dev36+g08-py3.whl", true),
    (r"a\*b", "a*b", true),
    // Those of Go's filepath.Match.
    ("abc", "abc", true),
    ("*", "abc", true),
    ("*c", "abc", true),
    ("a*", "a", true),
    ("a*", "abc", true),
    ("a*", "ab/c", true),
    ("a*/b", "abc/b", true),
    ("a*/b", "a/c/b", false),
    ("a*b*c*d*e*/f", "axbxcxdxe/f", true),
    ("a*b*c*d*e*/f", "axbxcxdxexxx/f", true),
    ("a*b*c*d*e*/f", "axbxcxdxe/xxx/f", false),
    ("a*b*c*d*e*/f", "axbxcxdxexxx/fff", false),
    ("a*b?c*x", "abxbbxdbxebxczzx", true),
    ("a*b?c*x", "abxbbxdbxebxczzy", false),
    ("ab[c]", "abc", true),
    ("ab[b-d]", "abc", true),
    ("ab[e-g]", "abc", false),
    ("ab[^c]", "abc", false),
    ("ab[^b-d]", "abc", false),
    ("ab[^e-g]", "abc", true),
    (r"a\*b", "ab", false),
    ("a?b", "a☺b", true),
    ("a[^a]b", "a☺b", true),
    ("a???b", "a☺b", false),
    ("a[^a][^a][^a]b", "a☺b", false),
    ("[a-ζ]*", "α", true),
    ("*[a-ζ]", "A", false),
    ("a?b", "a/b", false),
    ("a*b", "a/b", false),
    (r"[\]a]", "]", true),
    (r"[\-]", "-", true),
    (r"[x\-]", "x", true),
    (r"[x\-]", "-", true),
    (r"[x\-]", "z", false),
    (r"[\-x]", "x", true),
    (r"[\-x]", "-", true),
    (r"[\-x]", "a", false),
    ("*x", "xxx", true),
    // What follows from its translation into a regular expression.
    ("a**b", "a/b", true),
    ("a**b", "ax/b", true),
    ("a**b", "axb", false),
    ("x**b**c", "xb/bc", true),
    ("[^a]b", "/b", true),
    ("*.{js,ts}", "a.{js,ts}", true),
    ("*.{js,ts}", "a.js", false),
    ("*??", "日", false),
    ("*??", "日本", true),
    (r"src\build", "srcbuild", false),
    (r"dir\data", "dir7ata", true),
    ("^a*", "ab", true),
    ("a^*", "a^b", false),
    ("a^", "a^", true),
    ("**/a*", "x\ny/ab", false),
    ("a*", "a\nb", true),
    ("/abc", "abc", false),
    ("./abc", "abc", true),
    ("abc/../def/", "def", true),
    ("..", "a", false),
    (".", "a", false),
    ("/", "a", false),
    ("é*", "éa", true),
    ("a b", "a b", true),
];

const SEVERAL: &[(&[&str], &str, bool)] = &[
    (&["**", "!util/docker/web"], "util/docker/web/foo", false),
    (
        &["**", "!util/docker/web", "util/docker/web/foo"],
        "util/docker/web/foo",
        true,
    ),
    (
        &["**", "!dist/a.py-1.dev36+g08.whl"],
        "dist/a.py-1.dev36+g08.whl",
        false,
    ),
    (&["**", "!dist/*.whl"], "dist/a.py-1.dev36+g08.whl", false),
    (&["!fileutils.go", "*.go"], "fileutils.go", true),
    (&["*.go", "!fileutils.go"], "fileutils.go", false),
    (&["docs", "!docs/README.md"], "docs/README.md", false),
    (&["docs/", "!docs/README.md"], "docs/README.md", false),
    (&["docs/*", "!docs/README.md"], "docs/README.md", false),
    (&["docs", "  !docs/README.md  "], "docs/README.md", false),
    (&["*.go"], ".", false),
    (&["**"], ".", false),
    (&[], "any/path", false),
    (&["", "  "], "any/path", false),
    // An exception that had no say over the folder is not asked about it again.
    (&["a/*", "!a"], "a/b", true),
    (&["a", "!a"], "a/b", false),
];

fn of(lines: &[&str]) -> Result<Patterns, IgnoreWrong> {
    let lines: Vec<_> = lines.iter().map(|it| (*it).to_owned()).collect();
    Patterns::new(&lines)
}

#[test]
fn one_pattern_is_read_as_docker_reads_it() {
    for (pattern, path, ignored) in ONE {
        let patterns = of(&[pattern]).unwrap_or_else(|it| panic!("{pattern}: {it:?}"));
        let verdict = patterns.verdict(path.as_bytes());
        assert_eq!(verdict.ignored, *ignored, "{pattern:?} on {path:?}");
        assert_eq!(verdict.by.is_some(), *ignored, "{pattern:?} on {path:?}");
    }
}

#[test]
fn the_last_pattern_that_matches_counts() {
    for (lines, path, ignored) in SEVERAL {
        let patterns = of(lines).unwrap_or_else(|it| panic!("{lines:?}: {it:?}"));
        let verdict = patterns.verdict(path.as_bytes());
        assert_eq!(verdict.ignored, *ignored, "{lines:?} on {path:?}");
    }
}

#[test]
fn what_is_no_pattern_is_refused() {
    let bad = [
        "[]a]", "[-]", "[x-]", "[-x]", r"\", "[a-b-c]", "[", "[^", "[^bc", "a[", "!", "[", r"a\",
        "[z-a]", r"a\q", r"[\q]", r"a\é", "a/[", "*[", "[a", r"[a\", "[a-", "[a-]",
    ];
    for pattern in bad {
        let wrong = of(&["fine", pattern]).expect_err(pattern);
        assert_eq!(wrong.line, 2, "{pattern}");
        assert!(wrong.message.contains(pattern), "{wrong:?}");
        assert!(wrong.message.ends_with('.'), "{wrong:?}");
        let (patterns, wrongs) = Patterns::read(&format!("# one\n{pattern}\nlast"));
        assert_eq!(wrongs.len(), 1, "{pattern}");
        assert_eq!(wrongs[0].line, 2, "{pattern}");
        assert!(patterns.verdict(b"last").ignored, "the others still count");
    }
}

#[test]
fn an_ignore_file_is_read_line_by_line() {
    let text = "\u{feff}first\r\n/second\n/a/file/here\n\n last \n# a comment\n #no comment\n! /inner/abs\n//twice\n";
    let (patterns, wrongs) = Patterns::read(text);
    assert_eq!(wrongs, []);
    let rows: &[(&str, Option<(&str, u32)>)] = &[
        ("first", Some(("first", 1))),
        ("second", Some(("/second", 2))),
        ("a/file/here", Some(("/a/file/here", 3))),
        ("last/x", Some(("last", 5))),
        ("# a comment", None),
        ("#no comment", Some(("#no comment", 7))),
        ("twice", Some(("//twice", 9))),
        ("other", None),
    ];
    for (path, by) in rows {
        assert_eq!(patterns.verdict(path.as_bytes()).by, *by, "{path}");
    }
    let (patterns, _) = Patterns::read("*\n!keep\n");
    let verdict = patterns.verdict(b"keep/this");
    assert_eq!(verdict.by, Some(("!keep", 2)), "an exception is named too");
    assert!(!verdict.ignored);
    let (_, wrongs) = Patterns::read("ok\n!\n! \n");
    assert_eq!(wrongs.iter().map(|it| it.line).collect::<Vec<_>>(), [2, 3]);
    let (_, wrongs) = Patterns::read(&"x".repeat(70_000));
    assert_eq!(wrongs.len(), 1, "docker's reader gives up on such a line");
}

#[test]
fn on_windows_a_backslash_parts_names() {
    let (patterns, wrongs) = Patterns::read_as("dir\\data\n\\top\\x*\n", true);
    assert_eq!(wrongs, []);
    for (path, ignored) in [("dir/data", true), ("top/xy", true), ("dir7ata", false)] {
        assert_eq!(patterns.verdict(path.as_bytes()).ignored, ignored, "{path}");
    }
}

#[test]
fn names_that_are_not_utf8_count_byte_by_byte() {
    let patterns = of(&["a?b", "c*d", "**/\u{fffd}"]).expect("patterns");
    for (path, ignored) in [
        (&b"a\xffb"[..], true),
        (b"a\xff\xffb", false),
        (b"c\xff\xfed", true),
        (b"x/\xff", false),
    ] {
        assert_eq!(patterns.verdict(path).ignored, ignored, "{path:?}");
    }
}

#[test]
fn a_folder_is_skipped_only_when_nothing_in_it_can_be_excepted() {
    // The patterns, an ignored folder, whether it may be skipped, whether the classic builder's CLI does.
    let rows: &[(&[&str], &str, bool, bool)] = &[
        (&["docs"], "docs", true, true),
        (&["*", "!docs/README.md"], "docs", false, false),
        (&["*", "!docs/README.md"], "doc", true, true),
        (&["*", "!docs/a/b"], "docs/a", false, false),
        (&["*", "!docs/a/b"], "docs/c", true, true),
        (&["*", "!**/README.md"], "docs", false, true),
        (&["*", "!docs/*.md"], "docs", false, false),
        (&["*", "!do*/x.md"], "docs", false, true),
        (&["*", "!do*/x.md"], "web", true, true),
        (&["!docs/x", "docs"], "docs", false, false),
    ];
    for (lines, folder, may, classic) in rows {
        let patterns = of(lines).unwrap_or_else(|it| panic!("{lines:?}: {it:?}"));
        assert_eq!(
            patterns.may_skip(folder.as_bytes()),
            *may,
            "{lines:?} {folder}"
        );
        assert_eq!(
            patterns.classic_skips(folder.as_bytes()),
            *classic,
            "{lines:?} {folder}"
        );
    }
}

#[test]
fn a_file_that_is_needed_is_excepted() {
    let (mut patterns, _) = Patterns::read("*");
    patterns.except("a[b]/Dockerfile");
    assert!(!patterns.verdict(b"a[b]/Dockerfile").ignored);
    assert!(!patterns.classic_skips(b"a[b]") && !patterns.may_skip(b"a[b]"));
    assert!(patterns.verdict(b"other").ignored);
}

#[test]
fn hostile_patterns_take_no_longer_than_their_length_times_the_path() {
    let pattern = "a*".repeat(2_000);
    let patterns = of(&[&pattern, &"**/a".repeat(500)]).expect("patterns");
    let path = "a".repeat(1_900);
    assert!(!patterns.verdict(path.as_bytes()).ignored);
}
