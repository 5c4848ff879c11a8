//! Where symbolic links lead within a folder, for what COPY names
//! (<https://github.com/tonistiigi/fsutil/blob/master/followlinks.go>): the links themselves are sent too, so
//! the engine finds its way.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::build::context::ignore::Patterns;

/// Links that lead to links may go in circles, or branch without end: so many names are looked at, and
/// what is named beyond is sent as it is.
const MOST: usize = 100_000;
/// No file system has longer paths, in bytes.
const LONGEST: usize = 4096;

/// The paths, and where links in them lead, as patterns; `None` where that is the whole folder.
pub(super) fn targets(root: &Path, paths: &[String]) -> Option<Vec<String>> {
    let mut found = Found {
        root,
        resolved: BTreeSet::new(),
        looks: 0,
    };
    for path in paths {
        found.add(path);
    }
    without_inner(found.resolved.into_iter().collect())
}

/// Without those that lie in another of them; `None` where one is the whole folder.
pub(super) fn without_inner(mut paths: Vec<String>) -> Option<Vec<String>> {
    paths.sort();
    let mut kept: Vec<String> = Vec::with_capacity(paths.len());
    for path in paths {
        if path == "." {
            return None;
        }
        let outer = kept
            .last()
            .and_then(|last| path.strip_prefix(last.as_str()));
        if !outer.is_some_and(|rest| rest.starts_with('/')) {
            kept.push(path);
        }
    }
    Some(kept)
}

struct Found<'a> {
    root: &'a Path,
    resolved: BTreeSet<String>,
    looks: usize,
}

impl Found<'_> {
    /// Goes down a path name by name. Where a link is met, the rest is looked for behind it.
    fn add(&mut self, path: &str) {
        let mut open = vec![clean(path)];
        while let Some(path) = open.pop() {
            if path.len() > LONGEST || self.looks > MOST {
                self.resolved.insert(path);
                continue;
            }
            let names: Vec<&str> = path.split('/').collect();
            for end in 1..=names.len() {
                self.looks += 1;
                let (here, rest) = names.split_at(end);
                let current = here.join("/");
                let targets = self.read_links(&current);
                if targets.is_empty() && !rest.is_empty() {
                    continue;
                }
                // What was resolved before leads nowhere new: links in a circle end here.
                if !self.resolved.insert(current) {
                    break;
                }
                for target in &targets {
                    open.push(clean(&format!("{target}/{}", rest.join("/"))));
                }
                if !targets.is_empty() {
                    break;
                }
            }
        }
    }

    /// Where a link leads, or where all those lead that a name with wildcards matches.
    fn read_links(&mut self, path: &str) -> Vec<String> {
        // What lies above the folder is nobody's business, not even its names.
        if path == "." || path == ".." || path.starts_with("../") {
            return Vec::new();
        }
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        if !has_wildcards(name) {
            return self.link(path).into_iter().collect();
        }
        // What is no pattern matches nothing; the engine will say so.
        let Ok(pattern) = Patterns::new(&[name.to_owned()]) else {
            return Vec::new();
        };
        let Ok(entries) = fs::read_dir(self.at(parent)) else {
            return Vec::new();
        };
        let looks = &mut self.looks;
        let entries = entries.inspect(|_| *looks += 1);
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let matching: Vec<_> = names
            .filter(|name| pattern.verdict(name.as_bytes()).ignored)
            .map(|name| clean(&format!("{parent}/{name}")))
            .collect();
        matching.iter().filter_map(|path| self.link(path)).collect()
    }

    /// Where this very file leads, if it is a link. Names above it are no links: they were looked at before.
    fn link(&mut self, path: &str) -> Option<String> {
        let target = fs::read_link(self.at(path)).ok()?;
        let target = target.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        // The folder is the top for absolute links, and nothing leads above it.
        if target.starts_with('/') {
            return Some(clean(&target));
        }
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        Some(clean(&format!("/{parent}/{target}")))
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }
}

/// A path without empty names, `.` and `..`, relative to the folder; `.` is the folder itself. A path that
/// begins with `/` cannot lead above it.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match (name, names.last()) {
            ("" | ".", _) => {}
            ("..", Some(&last)) if last != ".." => {
                names.pop();
            }
            ("..", None) if rooted => {}
            (other, _) => names.push(other),
        }
    }
    if names.is_empty() {
        return ".".to_owned();
    }
    names.join("/")
}

fn has_wildcards(name: &str) -> bool {
    let mut chars = name.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if cfg!(not(windows)) => {
                chars.next();
            }
            '*' | '?' | '[' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_followed_within_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("dir/deep")).unwrap();
        fs::write(root.join("dir/deep/file"), "x").unwrap();
        for (target, link) in [
            ("dir/deep/file", "one"),
            ("one", "two"),
            ("/dir/deep", "rooted"),
            ("../../dir", "dir/up"),
            ("../../../../etc", "out"),
            ("circle", "circle"),
            ("b", "a"),
            ("a", "b"),
            (".", "here"),
        ] {
            symlink(target, root.join(link)).unwrap();
        }
        let rows: &[(&[&str], Option<&[&str]>)] = &[
            (&["plain"], Some(&["plain"])),
            (&["/one"], Some(&["dir/deep/file", "one"])),
            (&["two"], Some(&["dir/deep/file", "one", "two"])),
            (&["rooted/file"], Some(&["dir/deep/file", "rooted"])),
            (&["dir/up/deep"], Some(&["dir/deep", "dir/up"])),
            (&["out"], Some(&["etc", "out"])),
            (&["circle"], Some(&["circle"])),
            (&["a"], Some(&["a", "b"])),
            (&["here"], None),
            (&["o*e"], Some(&["dir/deep/file", "o*e"])),
            (&["dir", "dir/deep"], Some(&["dir"])),
            (&["../x"], Some(&["../x"])),
            (&["."], None),
        ];
        for (paths, expected) in rows {
            let paths: Vec<_> = paths.iter().map(|it| (*it).to_owned()).collect();
            let found = targets(root, &paths);
            let expected = expected.map(|all| all.iter().map(|it| (*it).to_owned()).collect());
            assert_eq!(found, expected, "{paths:?}");
        }
    }

    #[test]
    fn nothing_above_the_folder_is_looked_at_and_nothing_goes_on_for_ever() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("root");
        fs::create_dir(&root).unwrap();
        symlink("elsewhere", outer.path().join("link")).unwrap();
        symlink("a/a", root.join("a")).unwrap();
        for number in 0..200 {
            symlink(format!("{number}"), root.join(format!("l{number}"))).unwrap();
        }
        let mut found = Found {
            root: &root,
            resolved: BTreeSet::new(),
            looks: 0,
        };
        let long = "x/".repeat(100_000);
        for path in ["../link", "../l*", "..", "../*", "a/b", &long] {
            found.add(path);
        }
        assert!(found.looks < 100, "{}", found.looks);
        let up = found.resolved.iter().filter(|path| path.starts_with(".."));
        assert_eq!(up.collect::<Vec<_>>(), ["..", "../*", "../l*", "../link"]);
        for number in 0..10_000 {
            found.add(&format!("*{number}"));
        }
        assert!(found.looks < MOST + 1_000, "{}", found.looks);
        assert!(found.resolved.contains("*9999"), "it is still asked for");
    }
}
