//! What one step printed: most of it in its file, the rest still in memory.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::lines::Lines;
use super::scrub::Scrub;

/// Of what a step leaves out, so much is kept at the end, in bytes: that is where a failure is explained.
const LAST: usize = 256 << 10;

/// Of more steps than these, each keeps less.
const WITH_ALL: usize = 16;

/// What a line costs in memory beside its bytes.
const LINE: usize = 32;

/// Bytes in one window at most.
const WINDOW: u64 = 8 << 20;

/// How much of a log there is, or may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Most {
    /// Bytes, in files.
    pub bytes: u64,
    /// Lines, of which each has its place in memory.
    pub lines: usize,
}

/// Why lines are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// The log of the whole build is as large as it may be.
    Full(Most),
    /// The disk takes less than the step prints.
    Slow,
    /// The file cannot be written; the system's words.
    Disk(String),
}

/// The log of one step.
#[derive(Debug, Default)]
pub struct StepLog {
    lines: Lines,
    /// Where each whole line begins in the file.
    starts: Vec<u64>,
    /// Where the next one will.
    end: u64,
    /// Bytes that lie in the file.
    written: u64,
    /// What is being written there now.
    flushing: Arc<Vec<u8>>,
    /// What will be, after that.
    buffer: Vec<u8>,
    after: Option<After>,
}

/// What comes after the lines of the file.
#[derive(Debug)]
struct After {
    why: LeftOut,
    /// Lines that came since then.
    came: u64,
    /// The newest of them.
    last: VecDeque<Vec<u8>>,
    last_bytes: usize,
    /// Bytes of them that are kept.
    room: usize,
    /// Nothing more comes.
    is_sealed: bool,
}

impl After {
    fn new(why: LeftOut, steps: usize) -> After {
        After {
            room: LAST / (1 + steps / WITH_ALL),
            why,
            came: 0,
            last: VecDeque::new(),
            last_bytes: 0,
            is_sealed: false,
        }
    }

    fn push(&mut self, line: &[u8]) {
        self.came += 1;
        self.last.push_back(line.to_vec());
        self.last_bytes += line.len() + LINE;
        while self.last_bytes > self.room {
            let Some(oldest) = self.last.pop_front() else {
                break;
            };
            self.last_bytes -= oldest.len() + LINE;
        }
    }

    fn mark(&self) -> String {
        let kept = if self.is_sealed { self.last.len() } else { 0 };
        let left = self.came.saturating_sub(kept as u64);
        let lines = if left == 1 { "line is" } else { "lines are" };
        match &self.why {
            LeftOut::Full(Most { bytes, lines: most }) => {
                let bytes = bytes >> 20;
                format!(
                    "… ({left} {lines} left out here: the log of a build is kept up to {bytes} MB and {most} lines)"
                )
            }
            LeftOut::Slow => {
                format!("… ({left} {lines} left out here: the disk was too slow to store them)")
            }
            LeftOut::Disk(why) => {
                format!("… ({left} {lines} left out here: they could not be stored: {why})")
            }
        }
    }
}

/// Some lines of a step: those in the file by their places, the others as they are.
#[derive(Debug, Default)]
pub struct Window {
    /// Where each line begins in the file's bytes, and where the last one ends.
    pub places: Vec<u64>,
    /// The part of them that lies in the file.
    pub file: Range<u64>,
    /// What follows that part.
    pub memory: Vec<u8>,
    /// Lines behind the file's.
    pub more: Vec<Vec<u8>>,
}

impl StepLog {
    /// One whose file is there already, with these beginnings of lines.
    pub fn of_file(starts: Vec<u64>, length: u64) -> StepLog {
        StepLog {
            starts,
            end: length,
            written: length,
            ..StepLog::default()
        }
    }

    /// Takes in what the step printed; `left_out` says why its lines cannot be kept any more, and how many
    /// steps there are. Answers what waits for the file now that did not before.
    pub fn push(
        &mut self,
        bytes: &[u8],
        scrub: &Scrub,
        left_out: Option<(&LeftOut, usize)>,
    ) -> Most {
        let StepLog {
            lines,
            starts,
            end,
            buffer,
            after,
            ..
        } = self;
        if after.is_none()
            && let Some((why, steps)) = left_out
        {
            *after = Some(After::new(why.clone(), steps));
        }
        let (bytes_before, lines_before) = (buffer.len(), starts.len());
        lines.push(bytes, scrub, |line| match after {
            Some(after) => after.push(line),
            None => {
                starts.push(*end);
                buffer.extend_from_slice(line);
                buffer.push(b'\n');
                *end += line.len() as u64 + 1;
            }
        });
        Most {
            bytes: (self.buffer.len() - bytes_before) as u64,
            lines: self.starts.len() - lines_before,
        }
    }

    /// The step has ended: what is left of its line is one, and what was left out is told.
    pub fn seal(&mut self, scrub: &Scrub) {
        if self.lines.is_open() {
            self.push(b"\n", scrub, None);
        }
        let Some(after) = &mut self.after else { return };
        after.is_sealed = true;
        if matches!(after.why, LeftOut::Disk(_)) {
            return;
        }
        // A little more than the bound, so that the end is there after a restart too.
        let Some(after) = self.after.take() else {
            return;
        };
        let mark = after.mark().into_bytes();
        for line in std::iter::once(mark).chain(after.last) {
            self.starts.push(self.end);
            self.end += line.len() as u64 + 1;
            self.buffer.extend_from_slice(&line);
            self.buffer.push(b'\n');
        }
    }

    /// How many lines there are to see.
    pub fn count(&self) -> usize {
        let more = match &self.after {
            Some(after) if after.is_sealed => 1 + after.last.len(),
            Some(_) => 1,
            None => usize::from(self.lines.is_open()),
        };
        self.starts.len() + more
    }

    /// Bytes that wait for the file.
    pub fn waiting(&self) -> usize {
        self.buffer.len()
    }

    /// Whether something was taken that does not lie in the file yet.
    pub fn is_flushing(&self) -> bool {
        !self.flushing.is_empty()
    }

    /// Takes what waits for the file; it can still be read here until [`Self::written`].
    pub fn take(&mut self) -> Arc<Vec<u8>> {
        self.flushing = Arc::new(std::mem::take(&mut self.buffer));
        Arc::clone(&self.flushing)
    }

    /// What was taken lies in the file now.
    pub fn written(&mut self) {
        self.written += self.flushing.len() as u64;
        self.flushing = Arc::default();
    }

    /// What was taken could not be written, and nothing further can: its lines are left out.
    pub fn not_written(&mut self, why: &str) {
        let lost = std::mem::take(&mut self.flushing);
        let mut lost = lost.as_ref().clone();
        lost.append(&mut self.buffer);
        self.starts
            .truncate(self.starts.partition_point(|start| *start < self.written));
        self.end = self.written;
        let mut after = After::new(LeftOut::Disk(why.to_owned()), 1);
        for line in lost.split_inclusive(|byte| *byte == b'\n') {
            after.push(line.strip_suffix(b"\n").unwrap_or(line));
        }
        if let Some(before) = self.after.take() {
            after.came += before.came - before.last.len() as u64;
            before.last.iter().for_each(|line| after.push(line));
            after.is_sealed = before.is_sealed;
        }
        self.after = Some(after);
    }

    /// Lines from `from` on, `count` at most, and not more bytes than a window has.
    pub fn window(&self, from: usize, count: usize, scrub: &Scrub) -> Window {
        let to = from.saturating_add(count).min(self.count());
        let whole = self.starts.len();
        let mut window = Window::default();
        if from < whole {
            let place = |line: usize| self.starts.get(line).copied().unwrap_or(self.end);
            let first = place(from);
            let last = to.min(whole);
            let fits = self.starts[from..last].partition_point(|start| *start < first + WINDOW);
            window.places = (from..=from + fits).map(place).collect();
            let end = place(from + fits);
            let stored = end.min(self.written);
            window.file = first.min(stored)..stored;
            window.memory = self.in_memory(first.max(self.written)..end);
            if from + fits < last {
                return window;
            }
        }
        let behind = from.saturating_sub(whole)..to.saturating_sub(whole);
        window.more = behind.filter_map(|line| self.behind(line, scrub)).collect();
        window
    }

    /// Bytes of the file that are not there yet.
    fn in_memory(&self, range: Range<u64>) -> Vec<u8> {
        let at =
            |place: u64| usize::try_from(place.saturating_sub(self.written)).unwrap_or(usize::MAX);
        let (from, to) = (at(range.start), at(range.end));
        let split = self.flushing.len();
        let first = self.flushing.get(from.min(split)..to.min(split));
        let second = self
            .buffer
            .get(from.max(split) - split..to.max(split) - split);
        [first, second]
            .into_iter()
            .flatten()
            .flatten()
            .copied()
            .collect()
    }

    fn behind(&self, line: usize, scrub: &Scrub) -> Option<Vec<u8>> {
        match (&self.after, line) {
            (None, 0) => self.lines.partial(scrub),
            (None, _) => None,
            (Some(after), 0) => Some(after.mark().into_bytes()),
            (Some(after), line) => after.last.get(line - 1).cloned(),
        }
    }
}
