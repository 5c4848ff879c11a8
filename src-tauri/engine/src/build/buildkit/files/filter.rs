//! Which files of a folder the engine asked for, by fsutil's rules
//! (<https://github.com/tonistiigi/fsutil/blob/master/filter.go>).

use std::path::Path;

use super::follow;
use crate::build::buildkit::error::{FileFailure, FileTrouble};
use crate::build::context::ignore::{Above as Matched, Patterns};

/// What the engine asks for when it wants a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Only what one of these matches; everything where there are none.
    pub include: Vec<String>,
    /// Nothing that one of these matches.
    pub exclude: Vec<String>,
    /// As `include`, and where links in them lead, too.
    pub follow: Vec<String>,
}

/// Chooses files.
#[derive(Debug)]
pub(super) struct Filter {
    include: Option<Include>,
    exclude: Option<Patterns>,
}

#[derive(Debug)]
struct Include {
    patterns: Patterns,
    /// The same as exceptions, which are asked whether they could match anything in a folder.
    reach: Patterns,
}

/// What is known of the folder that a file lies in.
#[derive(Debug, Clone, Default)]
pub(super) struct Above {
    include: Option<Matched>,
    exclude: Option<Matched>,
}

/// Whether a file is sent.
#[derive(Debug)]
pub(super) struct Choice {
    /// It is.
    pub keep: bool,
    /// Something in it may be, if it is a folder.
    pub descend: bool,
    /// What is known of it, for what lies in it.
    pub above: Above,
}

impl Filter {
    /// Makes the patterns ready; links are looked up in `root`.
    pub fn new(root: &Path, wanted: &Wanted) -> Result<Self, FileFailure> {
        let failed = |why: String| FileFailure {
            path: root.to_owned(),
            why: FileTrouble::Pattern(why),
        };
        let read = |lines: &[String]| Patterns::new(lines).map_err(|wrong| failed(wrong.message));
        let mut include = wanted.include.clone();
        if !wanted.follow.is_empty()
            && let Some(targets) = follow::targets(root, &wanted.follow)
        {
            include.extend(targets);
            include = follow::without_inner(include).unwrap_or_default();
        }
        let include = if include.is_empty() {
            None
        } else {
            let plain = include.iter().filter(|line| !line.trim().starts_with('!'));
            let reach: Vec<_> = plain.map(|line| format!("!{}", line.trim())).collect();
            Some(Include {
                patterns: read(&include)?,
                reach: read(&reach)?,
            })
        };
        let exclude = read(&wanted.exclude)?;
        let exclude = (!exclude.is_empty()).then_some(exclude);
        Ok(Self { include, exclude })
    }

    /// What is known at the top.
    pub fn top(&self) -> Above {
        Above {
            include: self.include.as_ref().map(|it| it.patterns.top()),
            exclude: self.exclude.as_ref().map(Patterns::top),
        }
    }

    /// Whether `path`, which lies in the folder that `above` tells of, is sent.
    pub fn choose(&self, path: &[u8], above: &Above) -> Choice {
        let mut choice = Choice {
            keep: true,
            descend: true,
            above: Above::default(),
        };
        if let (Some(include), Some(above)) = (&self.include, &above.include) {
            let (verdict, here) = include.patterns.look(path, above);
            choice.above.include = Some(here);
            if !verdict.ignored {
                choice.keep = false;
                choice.descend = !include.reach.may_skip(path);
            }
        }
        if let (Some(exclude), Some(above)) = (&self.exclude, &above.exclude) {
            let (verdict, here) = exclude.look(path, above);
            choice.above.exclude = Some(here);
            if verdict.ignored {
                choice.keep = false;
                choice.descend &= !exclude.may_skip(path);
            }
        }
        choice
    }
}
