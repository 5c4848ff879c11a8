#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{BuildLog, Files, Most, Scrub};

fn all(log: &BuildLog, step: u32) -> Vec<String> {
    let mut lines = Vec::new();
    loop {
        let window = log.lines(step, lines.len(), 1_000).unwrap();
        if window.is_empty() {
            return lines;
        }
        let text = window
            .iter()
            .map(|line| String::from_utf8_lossy(line).into_owned());
        lines.extend(text);
    }
}

fn count(log: &BuildLog, step: u32) -> usize {
    log.counts()[&step] as usize
}

fn log(folder: &Path) -> BuildLog {
    BuildLog::new(folder, Scrub::default())
}

#[test]
fn two_hundred_thousand_lines_come_back_exactly_while_they_are_written() {
    const LINES: usize = 200_000;
    let folder = tempfile::tempdir().unwrap();
    let log = Arc::new(log(folder.path()));
    let line = |n: usize| format!("line {n} {}", "x".repeat(n % 90));
    let done = Arc::new(AtomicBool::new(false));
    let writer = std::thread::spawn({
        let (log, done) = (Arc::clone(&log), Arc::clone(&done));
        move || {
            let mut files = Files::default();
            while log.wait(Duration::from_millis(5)) {
                log.write_out(&mut files);
            }
            log.write_out(&mut files);
            done.store(true, Ordering::Relaxed);
        }
    });
    let mut printed = Vec::new();
    for n in 0..LINES {
        printed.extend_from_slice(line(n).as_bytes());
        printed.push(b'\n');
    }
    for (n, piece) in printed.chunks(1_234).enumerate() {
        log.push(3, piece);
        log.push(4, b"beside it\n");
        if n % 500 == 0 {
            // What is in the file, on its way there, or waiting, is one to a reader.
            let seen = count(&log, 3);
            let from = seen.saturating_sub(20);
            let lines = log.lines(3, from, 19).unwrap();
            for (n, found) in (from..).zip(lines) {
                assert_eq!(found, line(n).as_bytes());
            }
        }
    }
    log.seal();
    writer.join().unwrap();
    assert!(done.load(Ordering::Relaxed));
    // Now, and after a restart.
    for log in [&*log, &BuildLog::load(folder.path())] {
        let found = all(log, 3);
        assert_eq!(found.len(), LINES);
        assert!((0..LINES).all(|n| found[n] == line(n)));
        assert_eq!(count(log, 4), printed.len().div_ceil(1_234));
        assert_eq!(
            log.lines(3, 150_000, 2).unwrap(),
            [line(150_000), line(150_001)].map(String::into_bytes)
        );
        assert!(log.lines(3, LINES, 5).unwrap().is_empty());
        assert!(log.lines(99, 0, 5).unwrap().is_empty());
    }
}

#[test]
fn a_line_can_be_seen_before_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let log = log(folder.path());
    log.push(1, b"first\nDownloading 10%");
    assert_eq!(all(&log, 1), ["first", "Downloading 10%"]);
    log.push(1, b"\rDownloading 20%\r");
    assert_eq!(
        (all(&log, 1), count(&log, 1)),
        (vec!["first".into(), "Downloading 20%".into()], 2)
    );
    log.push(1, b"Done");
    log.seal();
    log.push(1, b"too late\n");
    log.write_out(&mut Files::default());
    assert_eq!(all(&log, 1), ["first", "Done"]);
    assert_eq!(all(&BuildLog::load(folder.path()), 1), ["first", "Done"]);
}

#[test]
fn a_log_that_the_app_did_not_finish_has_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("0.log"), "one\ntwo\nthr").unwrap();
    std::fs::write(folder.path().join("1.log"), "").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "foreign").unwrap();
    std::fs::write(folder.path().join("x.log"), "foreign").unwrap();
    let log = BuildLog::load(folder.path());
    assert_eq!(all(&log, 0), ["one", "two", "thr"]);
    assert_eq!(log.counts(), [(0, 3), (1, 0)].into());
    // A file that became shorter behind our back is an error, not other lines.
    std::fs::write(folder.path().join("0.log"), "o").unwrap();
    assert!(log.lines(0, 0, 3).is_err());
}

#[test]
fn what_is_too_much_is_left_out_and_the_end_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    const MOST: u64 = 2 << 20;
    let bound = Most {
        bytes: MOST,
        lines: 100_000,
    };
    let log = BuildLog::bounded(folder.path(), Scrub::default(), bound);
    let mut files = Files::default();
    let mut line = vec![b'x'; 60_000];
    line.push(b'\n');
    let most = usize::try_from(MOST).unwrap() / line.len() + 1;
    for _ in 0..most {
        log.push(1, &line);
        log.write_out(&mut files);
    }
    for n in 0..10_000 {
        log.push(1, format!("after {n}\n").as_bytes());
    }
    let mark = |line: &[u8]| String::from_utf8_lossy(line).into_owned();
    let seen = count(&log, 1);
    assert!(mark(&log.lines(1, seen - 1, 1).unwrap()[0]).contains("10000 lines are left out"));
    log.push(1, b"error: that is why");
    log.seal();
    log.write_out(&mut files);
    for log in [&log, &BuildLog::load(folder.path())] {
        let count = count(log, 1);
        assert_eq!(
            mark(&log.lines(1, count - 1, 1).unwrap()[0]),
            "error: that is why"
        );
        assert_eq!(mark(&log.lines(1, count - 2, 1).unwrap()[0]), "after 9999");
        let said = mark(&log.lines(1, most, 1).unwrap()[0]);
        assert!(
            said.contains("left out here: the log of a build is kept up to 2 MB and 100000 lines"),
            "{said}"
        );
    }
    let size = std::fs::metadata(folder.path().join("1.log"))
        .unwrap()
        .len();
    assert!(size < MOST + (1 << 20));
}

/// An empty line takes one byte of the disk, and its place takes eight of the memory.
#[test]
fn lines_are_counted_as_well_as_their_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let most = Most {
        bytes: 256 << 20,
        lines: 1_000,
    };
    let log = BuildLog::bounded(folder.path(), Scrub::default(), most);
    let mut files = Files::default();
    for _ in 0..20 {
        log.push(1, &[b'\n'; 1 << 20]);
        log.write_out(&mut files);
    }
    log.push(1, b"the end\n");
    log.seal();
    log.write_out(&mut files);
    let lines = count(&log, 1);
    assert!(lines < 600_000, "{lines}");
    assert_eq!(log.lines(1, lines - 1, 1).unwrap(), [b"the end"]);
    // A file that somebody made much longer is read to a bound, too.
    let path = folder.path().join("1.log");
    std::fs::write(&path, vec![b'\n'; 5_000]).unwrap();
    let found = super::store::scan(folder.path(), most);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].1.len(), found[0].2), (2_000, 2_000));
}

/// The ends of very many steps take no more memory together than those of a few.
#[test]
fn many_steps_keep_less_of_their_ends() {
    let folder = tempfile::tempdir().unwrap();
    let most = Most { bytes: 1, lines: 1 };
    let log = BuildLog::bounded(folder.path(), Scrub::default(), most);
    log.push(0, b"one\n");
    let line = [b"x".repeat(999), b"\n".to_vec()].concat();
    let steps = 1..=400;
    for step in steps.clone() {
        for _ in 0..300 {
            log.push(step, &line);
        }
        log.push(step, b"the end\n");
    }
    log.seal();
    let kept = |step| {
        let lines = all(&log, step);
        assert_eq!(lines.last().unwrap(), "the end");
        lines.iter().map(String::len).sum::<usize>()
    };
    let whole: usize = steps.map(kept).sum();
    assert!(whole < 32 << 20, "{whole}");
}

#[test]
fn a_disk_that_takes_nothing_more_stops_no_build() {
    let folder = tempfile::tempdir().unwrap();
    let log = log(folder.path());
    let mut files = Files::default();
    log.push(1, b"stored\n");
    log.write_out(&mut files);
    // The next file cannot be made: its place is taken.
    std::fs::create_dir(folder.path().join("2.log")).unwrap();
    log.push(2, b"lost?\n");
    log.write_out(&mut files);
    log.push(1, b"further\n");
    log.push(2, b"no\n");
    log.seal();
    log.write_out(&mut files);
    let (one, two) = (all(&log, 1), all(&log, 2));
    assert_eq!((one[0].as_str(), one[2].as_str()), ("stored", "further"));
    assert!(one[1].contains("could not be stored"), "{one:?}");
    assert!(two[0].contains("could not be stored"), "{two:?}");
    assert_eq!(two[1..], ["lost?", "no"]);
}

#[test]
fn no_secret_reaches_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = [
        "canary-4711".to_owned(),
        "first line\nsecond-4711\n".to_owned(),
    ];
    let log = BuildLog::new(folder.path(), Scrub::new(&secrets));
    for byte in b"+ curl -H canary-4711 x\nsecond-4711\nlast canary-4711" {
        log.push(1, std::slice::from_ref(byte));
        assert!(!all(&log, 1).iter().any(|line| line.contains("4711")));
    }
    log.seal();
    log.write_out(&mut Files::default());
    let text = std::fs::read_to_string(folder.path().join("1.log")).unwrap();
    assert_eq!(text, "+ curl -H *** x\n***\nlast ***\n");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let log = log(folder.path());
    log.push(1, b"a\n");
    log.write_out(&mut Files::default());
    let facts = std::fs::metadata(folder.path().join("1.log")).unwrap();
    assert_eq!(facts.permissions().mode() & 0o777, 0o600);
}
