//! Graphics processors: what `--gpus` says.

use crate::fields::split;
use crate::pair::Pair;
use crate::text::{Invalid, shown};

/// What a container asks of the computer's graphics processors.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GpuRequest {
    /// How many; -1 is all, and 0 stands where they are named.
    pub count: i32,
    /// Which ones, by number or id.
    pub devices: Vec<String>,
    /// What provides them.
    pub driver: String,
    /// What they must be able to do; `gpu` is always among it.
    pub capabilities: Vec<String>,
    /// What the driver is told.
    pub options: Vec<Pair>,
}

impl GpuRequest {
    /// Reads the value of `--gpus`: `all`, a number, or fields such as `device=0,driver=nvidia`
    /// (docker/cli, `opts/gpus.go`).
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let mut request = GpuRequest {
            count: 0,
            devices: Vec::new(),
            driver: String::new(),
            capabilities: vec!["gpu".to_owned()],
            options: Vec::new(),
        };
        let mut seen: Vec<String> = Vec::new();
        for field in split(text)? {
            let (key, value) = field.split_once('=').unwrap_or(("count", &field));
            if seen.iter().any(|earlier| earlier == key) {
                return Err(Invalid::new(format!("{} stands here twice.", shown(key))));
            }
            seen.push(key.to_owned());
            let list = || value.split(',').map(str::to_owned).collect::<Vec<_>>();
            match key {
                "count" => request.count = count(value)?,
                "device" => request.devices = list(),
                "driver" => value.clone_into(&mut request.driver),
                "capabilities" => {
                    request.capabilities = list();
                    request.capabilities.push("gpu".to_owned());
                }
                "options" => {
                    let pairs = split(value)?;
                    let pairs: Result<Vec<_>, _> = pairs.iter().map(|it| Pair::parse(it)).collect();
                    request.options = pairs?;
                }
                _ => return Err(wrong(text)),
            }
        }
        if request.devices.is_empty() && !seen.iter().any(|key| key == "count") {
            request.count = 1;
        }
        if !request.devices.is_empty() && request.count != 0 {
            return Err(Invalid::new(
                "Either a number of graphics processors or the names of some can stand here, not both.",
            ));
        }
        Ok(request)
    }
}

fn count(text: &str) -> Result<i32, Invalid> {
    if text == "all" {
        return Ok(-1);
    }
    text.parse()
        .ok()
        .filter(|count| *count >= -1)
        .ok_or_else(|| wrong(text))
}

fn wrong(text: &str) -> Invalid {
    Invalid::new(format!(
        "{} does not say which graphics processors. Write all, a number, or device=0.",
        shown(text)
    ))
}
