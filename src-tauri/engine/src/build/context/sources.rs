//! Whether COPY and ADD would find what they name, and if not, why not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::dockerfile::{canonical, place};
use super::error::ContextError;
use super::glob::Glob;
use super::ignore::Verdict;
use super::ignore_file::IgnoreFile;
use super::model::{EditedIgnore, SourceCheck, SourceFound};
use super::real_folder;
use crate::problem::near;

/// A wildcard is not followed through more names than this.
const MOST: usize = 100_000;

/// Looks for each source in `folder`. `edited` are the ignore files that are not saved.
/// It reads from disk: not for an async task.
///
/// # Errors
/// Where the folder or its ignore file cannot be read.
pub fn sources(
    folder: &Path,
    dockerfile: Option<&Path>,
    edited: &[EditedIgnore],
    sources: &[String],
) -> Result<Vec<SourceCheck>, ContextError> {
    let folder = real_folder(folder)?;
    let ignore = IgnoreFile::find(&folder, &place(&folder, dockerfile), edited)?;
    let search = Search {
        folder: &folder,
        ignore: &ignore,
    };
    let checks = sources.iter().map(|source| SourceCheck {
        source: source.clone(),
        found: search.find(source),
    });
    Ok(checks.collect())
}

#[derive(Clone, Copy)]
struct Search<'a> {
    folder: &'a Path,
    ignore: &'a IgnoreFile,
}

impl<'a> Search<'a> {
    fn find(self, source: &str) -> SourceFound {
        if source.contains('$') || is_elsewhere(source) {
            return SourceFound::Unknown;
        }
        let Some(names) = names(source) else {
            return SourceFound::Outside;
        };
        if names.iter().any(|it| it.contains(['*', '?', '[', '\\'])) {
            self.wild(&names)
        } else {
            self.plain(&names)
        }
    }

    /// A path that is meant as it is written.
    fn plain(self, names: &[&str]) -> SourceFound {
        let mut at = self.folder.to_owned();
        for (depth, name) in names.iter().enumerate() {
            // The system may take names for the same that differ in case; in the engine they are two.
            let there = names_in(&at);
            if there.iter().any(|it| it == name) {
                at.push(name);
                let Some(real) = self.within(&at) else {
                    return self.dangling(&names[..=depth]);
                };
                at = real;
                continue;
            }
            let other_case = there
                .iter()
                .find(|it| it.to_lowercase() == name.to_lowercase());
            let similar = |instead: &str| {
                let mut path = names.to_vec();
                path[depth] = instead;
                path.join("/")
            };
            return match other_case {
                Some(instead) => SourceFound::Case {
                    similar: similar(instead),
                },
                None => SourceFound::Missing {
                    similar: near::near(name, there.iter().map(String::as_str))
                        .first()
                        .map(|it| similar(it)),
                },
            };
        }
        self.sent(&names.join("/"), at.is_dir())
    }

    /// A link that leads nowhere is sent as it is; one that leads out of the folder leads nowhere in the
    /// engine. Both can be copied only by what stands above them.
    fn dangling(self, names: &[&str]) -> SourceFound {
        match self.sent(&names.join("/"), false) {
            SourceFound::Here => SourceFound::Missing { similar: None },
            other => other,
        }
    }

    fn within(self, path: &Path) -> Option<PathBuf> {
        canonical(path)
            .ok()
            .filter(|it| it.starts_with(self.folder))
    }

    /// Whether what is there is sent.
    fn sent(self, path: &str, is_folder: bool) -> SourceFound {
        let verdict = self.verdict(path, is_folder);
        match verdict.by {
            Some((pattern, line)) if verdict.ignored => SourceFound::Ignored {
                pattern: pattern.to_owned(),
                line,
                file: self.ignore.shown(self.folder).unwrap_or_default(),
            },
            Some(_) | None => SourceFound::Here,
        }
    }

    /// A folder that holds something excepted is sent, with nothing else in it.
    fn verdict(self, path: &str, is_folder: bool) -> Verdict<'a> {
        let patterns = &self.ignore.patterns;
        let verdict = patterns.verdict(path.as_bytes());
        if verdict.ignored && is_folder && !patterns.may_skip(path.as_bytes()) {
            return Verdict::default();
        }
        verdict
    }

    /// A path with wildcards: here when one that fits is sent.
    fn wild(self, names: &[&str]) -> SourceFound {
        let mut fitting = BTreeSet::from([String::new()]);
        let mut looked = 0;
        for name in names {
            // Wildcards of COPY stay within a folder, however many stand together.
            let mut pattern = (*name).to_owned();
            while pattern.contains("**") {
                pattern = pattern.replace("**", "*");
            }
            let Ok(glob) = Glob::new(&pattern, true) else {
                return SourceFound::Missing { similar: None };
            };
            let mut next = BTreeSet::new();
            for path in fitting {
                let there = names_in(&self.folder.join(&path));
                looked += 1 + there.len();
                if looked > MOST {
                    return SourceFound::Unknown;
                }
                let found = there.into_iter().filter(|it| glob.matches(it.as_bytes()));
                next.extend(found.map(|it| {
                    if path.is_empty() {
                        it
                    } else {
                        format!("{path}/{it}")
                    }
                }));
            }
            fitting = next;
        }
        let mut ignored = None;
        for path in fitting {
            let is_folder =
                fs::symlink_metadata(self.folder.join(&path)).is_ok_and(|it| it.is_dir());
            match self.sent(&path, is_folder) {
                SourceFound::Here => return SourceFound::Here,
                other => ignored = ignored.or(Some(other)),
            }
        }
        ignored.unwrap_or(SourceFound::Missing { similar: None })
    }
}

/// It is text in the Dockerfile, or fetched.
pub(crate) fn is_elsewhere(source: &str) -> bool {
    let address = ["http://", "https://", "git://", "ssh://", "git@"];
    source.starts_with("<<") || address.iter().any(|it| source.starts_with(it))
}

/// The names of a path in the folder; `None` where it leads out. A `/` in front changes nothing.
fn names(source: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for name in source.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names)
}

fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries.flatten().take(MOST);
    names
        .filter_map(|it| it.file_name().into_string().ok())
        .collect()
}
