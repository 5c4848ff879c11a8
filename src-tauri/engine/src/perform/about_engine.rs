//! `docker version` and `docker info`: what the engine says of itself.

use serde_json::Value;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::Job;
use crate::problem::Problem;
use crate::problem::explain::{Subject, cleaned_line};

/// The lines of a part of the engine, by the engine's names for them.
const OF_A_PART: [(&str, &str); 6] = [
    ("ApiVersion", "API version"),
    ("GoVersion", "Go version"),
    ("GitCommit", "Git commit"),
    ("BuildTime", "Built"),
    ("OsArch", "OS/Arch"),
    ("Experimental", "Experimental"),
];

/// The lines of `docker info`, in docker's order and words.
const OF_THE_ENGINE: [(&str, &str); 29] = [
    ("Containers", "Containers"),
    ("ContainersRunning", " Running"),
    ("ContainersPaused", " Paused"),
    ("ContainersStopped", " Stopped"),
    ("Images", "Images"),
    ("ServerVersion", "Server Version"),
    ("Driver", "Storage Driver"),
    ("LoggingDriver", "Logging Driver"),
    ("CgroupDriver", "Cgroup Driver"),
    ("CgroupVersion", "Cgroup Version"),
    ("Plugins", "Plugins"),
    ("DefaultRuntime", "Default Runtime"),
    ("InitBinary", "Init Binary"),
    ("SecurityOptions", "Security Options"),
    ("KernelVersion", "Kernel Version"),
    ("OperatingSystem", "Operating System"),
    ("OSType", "OSType"),
    ("Architecture", "Architecture"),
    ("NCPU", "CPUs"),
    ("MemTotal", "Total Memory"),
    ("Name", "Name"),
    ("ID", "ID"),
    ("DockerRootDir", "Docker Root Dir"),
    ("Debug", "Debug Mode"),
    ("HttpProxy", "HTTP Proxy"),
    ("HttpsProxy", "HTTPS Proxy"),
    ("NoProxy", "No Proxy"),
    ("ExperimentalBuild", "Experimental"),
    ("LiveRestoreEnabled", "Live Restore Enabled"),
];

pub(super) async fn version(job: Job<'_>) -> Result<Outcome, Problem> {
    let answer = Call::get("/version").read::<Value>(job.engine).await;
    let version = job.answer(answer, Subject::Engine).await?;
    Ok(text(version_text(&version)))
}

fn version_text(version: &Value) -> String {
    let mut lines = vec![
        "Client: Slipway".to_owned(),
        format!(" Version:          {}", env!("CARGO_PKG_VERSION")),
        String::new(),
    ];
    let platform = version.pointer("/Platform/Name").and_then(plain);
    lines.push(
        format!("Server: {}", platform.unwrap_or_default())
            .trim_end()
            .to_owned(),
    );
    let parts = version.get("Components").and_then(Value::as_array);
    for part in parts.into_iter().flatten() {
        let word = |key: &str| part.get(key).and_then(plain).unwrap_or_default();
        lines.push(format!(" {}:", word("Name")));
        lines.push(format!("  Version:          {}", word("Version")));
        let details = part.get("Details");
        for (key, name) in OF_A_PART {
            let value = match key {
                "OsArch" => os_arch(details),
                _ => details.and_then(|it| it.get(key)).and_then(plain),
            };
            if let Some(value) = value {
                lines.push(format!("  {:<18}{value}", format!("{name}:")));
            }
        }
    }
    lines.join("\n")
}

fn os_arch(details: Option<&Value>) -> Option<String> {
    let word = |key: &str| details?.get(key).and_then(plain);
    Some(format!("{}/{}", word("Os")?, word("Arch")?))
}

pub(super) async fn info(job: Job<'_>) -> Result<Outcome, Problem> {
    let answer = Call::get("/info").read::<Value>(job.engine).await;
    let info = job.answer(answer, Subject::Engine).await?;
    let mut outcome = text(info_text(&info));
    let warnings = info.get("Warnings").and_then(Value::as_array);
    outcome.warnings = warnings.into_iter().flatten().filter_map(plain).collect();
    Ok(outcome)
}

fn info_text(info: &Value) -> String {
    let mut lines = vec!["Server:".to_owned()];
    for (key, name) in OF_THE_ENGINE {
        let Some(value) = info.get(key) else { continue };
        match (key, value) {
            ("MemTotal", value) => {
                let bytes = value.as_f64().unwrap_or_default();
                lines.push(format!(" {name}: {:.4}GiB", bytes / f64::from(1 << 30)));
            }
            ("Plugins", Value::Object(kinds)) => {
                lines.push(format!(" {name}:"));
                for (kind, names) in kinds {
                    let names = words(names);
                    if !names.is_empty() {
                        lines.push(format!("  {}: {}", cleaned_line(kind), names.join(" ")));
                    }
                }
            }
            (_, Value::Array(_)) => {
                lines.push(format!(" {name}:"));
                lines.extend(words(value).into_iter().map(|word| format!("  {word}")));
            }
            _ => lines.extend(
                plain(value)
                    .filter(|value| !value.is_empty())
                    .map(|value| format!(" {name}: {value}")),
            ),
        }
    }
    lines.join("\n")
}

fn words(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(plain).collect()
}

/// A value on one line; `None` for what has several parts.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(cleaned_line(text)),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn text(text: String) -> Outcome {
    Outcome {
        text: Some(text),
        ..Outcome::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_an_engine_leaves_out_is_left_out() {
        assert_eq!(
            info_text(&json!({"Name": "x", "NCPU": 2})),
            "Server:\n CPUs: 2\n Name: x"
        );
        let version = json!({"Components": [{"Name": "Engine", "Version": "1\u{202e}2",
            "Details": {"ApiVersion": "1.41", "Os": "linux", "Arch": "amd64"}}]});
        let text = version_text(&version);
        let expected = "Server:\n Engine:\n  Version:          12\n  API version:      1.41\n  OS/Arch:          linux/amd64";
        assert!(text.ends_with(expected), "{text}");
    }
}
