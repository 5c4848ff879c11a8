//! What Linux knows of processes: when they began, what they hold, what they have used.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

/// Clock ticks a second, as /proc counts them on every Linux that we know.
const TICKS: f64 = 100.0;

/// Milliseconds since 1970.
pub fn now() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |since| since.as_secs_f64() * 1000.0)
}

/// The fields of /proc/PID/stat after the program's name, which may itself hold spaces.
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, after) = text.rsplit_once(')')?;
    Some(after.split_whitespace().map(str::to_owned).collect())
}

/// When a process began, in milliseconds since 1970, to about 10 ms.
pub fn began(pid: u32) -> Option<f64> {
    let ticks: f64 = stat(pid)?.get(19)?.parse().ok()?;
    let uptime = fs::read_to_string("/proc/uptime").ok()?;
    let uptime: f64 = uptime.split_whitespace().next()?.parse().ok()?;
    Some(now() - (uptime - ticks / TICKS) * 1000.0)
}

/// A process and all that it has started, directly or not.
pub fn family(root: u32) -> Vec<u32> {
    let mut pairs = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        if let Some(parent) = stat(pid).and_then(|stat| stat.get(1)?.parse::<u32>().ok()) {
            pairs.push((pid, parent));
        }
    }
    let mut family = vec![root];
    let mut at = 0;
    while at < family.len() {
        let parent = family[at];
        family.extend(
            pairs
                .iter()
                .filter(|(_, of)| *of == parent)
                .map(|(pid, _)| *pid),
        );
        at += 1;
    }
    family
}

/// The newest process of this program.
pub fn newest(program: &std::path::Path) -> Option<u32> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        if fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == program) {
            found.push((stat(pid)?.get(19)?.parse::<u64>().ok()?, pid));
        }
    }
    found.into_iter().max().map(|(_, pid)| pid)
}

/// Proportional memory of a family, in MB: what is shared counts to each by its share.
pub fn memory(root: u32) -> f64 {
    let kilobytes: f64 = family(root)
        .into_iter()
        .filter_map(|pid| fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok())
        .filter_map(|text| {
            let line = text
                .lines()
                .find(|line| line.starts_with("Pss:"))?
                .to_owned();
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .sum();
    kilobytes / 1024.0
}

/// Processor time that a family has used, in milliseconds.
pub fn processor(root: u32) -> f64 {
    family(root)
        .into_iter()
        .filter_map(|pid| {
            let stat = stat(pid)?;
            let user: f64 = stat.get(11)?.parse().ok()?;
            let system: f64 = stat.get(12)?.parse().ok()?;
            Some((user + system) / TICKS * 1000.0)
        })
        .sum()
}

/// What processes hold now, in MB; what they share counts for each.
pub fn resident(pids: &[u32]) -> f64 {
    pids.iter().map(|pid| status(*pid, "VmRSS:")).sum()
}

/// The most that each of them has held since [`forget_peak`], in MB: all of them together held no more.
pub fn peak(pids: &[u32]) -> f64 {
    pids.iter().map(|pid| status(*pid, "VmHWM:")).sum()
}

/// Begins to count anew what processes hold at most (proc(5), `clear_refs`).
pub fn forget_peak(pids: &[u32]) {
    for pid in pids {
        if let Err(error) = fs::write(format!("/proc/{pid}/clear_refs"), "5") {
            panic!("the peak of {pid} cannot be reset: {error}");
        }
    }
}

fn status(pid: u32, key: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    let kilobytes: Option<f64> = line
        .and_then(|line| line.split_whitespace().next())
        .and_then(|number| number.parse().ok());
    kilobytes.unwrap_or_else(|| panic!("{key} of {pid} is not known")) / 1024.0
}
