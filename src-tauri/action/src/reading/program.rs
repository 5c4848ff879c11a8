//! What a line is whose command is not docker's.

use crate::paste::Prompt;
use crate::text::shown;
use crate::words::{Joint, Word};

/// Words that stand in front of a program and leave it what it is.
const LEADS: &[&str] = &["sudo", "winpty", "time", "command", "exec", "nohup", "&"];

/// Programs of a shell or of the systems in images: where a tutorial types them, it has entered a
/// container.
const INSIDE: &[&str] = &[
    "apt",
    "apt-get",
    "apk",
    "yum",
    "dnf",
    "microdnf",
    "pip",
    "pip3",
    "conda",
    "mamba",
    "python",
    "python3",
    "flask",
    "waitress-serve",
    "gunicorn",
    "uvicorn",
    "npm",
    "yarn",
    "node",
    "wget",
    "curl",
    "bash",
    "sh",
    "ash",
    "ls",
    "ll",
    "cd",
    "pwd",
    "echo",
    "export",
    "cat",
    "exit",
    "logout",
    "mkdir",
    "touch",
    "rm",
    "mv",
    "cp",
    "nano",
    "vi",
    "vim",
    "source",
    "which",
    "ps",
    "env",
    "whoami",
    "hostname",
    "uname",
    "chmod",
    "chown",
    "tar",
    "unzip",
    "find",
    "grep",
    "head",
    "tail",
    "less",
    "top",
    "ping",
    "id",
    "date",
    "java",
    "go",
    "cargo",
    "make",
    "gcc",
    "git",
    "psql",
    "mysql",
    "redis-cli",
    "nginx",
    "jupyter",
    "R",
    "df",
    "du",
    "kill",
    "sleep",
    "set",
    "printenv",
    "useradd",
    "su",
    "clear",
    "history",
    "man",
    "service",
];
/// Of those, the ones that tutorials type in a terminal of the computer just as often.
const EITHER: &[&str] = &[
    "cd", "ls", "ll", "pwd", "mkdir", "cat", "echo", "export", "git", "curl", "wget", "nano", "vi",
    "vim", "touch", "rm", "mv", "cp", "source", "python", "python3", "pip", "pip3", "npm", "yarn",
    "node", "tar", "unzip", "chmod", "make", "ping", "set", "ps", "find", "grep", "clear", "tail",
    "head", "less", "go", "cargo", "java", "gcc", "conda", "mamba", "which", "whoami", "hostname",
];
/// Programs that only a terminal of the computer has.
const OUTSIDE: &[&str] = &[
    "kubectl",
    "minikube",
    "helm",
    "brew",
    "choco",
    "winget",
    "scoop",
    "wsl",
    "snap",
    "systemctl",
    "journalctl",
    "usermod",
    "newgrp",
    "groupadd",
    "ssh",
    "scp",
    "terraform",
    "vagrant",
    "code",
    "open",
    "start",
    "explorer",
    "explorer.exe",
    "dir",
    "copy",
    "type",
    "del",
    "notepad",
    "docker-compose",
    "docker-machine",
    "dockerd",
    "colima",
    "buildah",
    "skopeo",
    "nerdctl",
    "compose",
    "az",
    "aws",
    "gcloud",
    "invoke-webrequest",
    "iwr",
    "get-content",
    "set-location",
];
/// The instructions of a Dockerfile.
const INSTRUCTIONS: &[&str] = &[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];
/// Words that sentences have and commands do not.
const OF_SENTENCES: &[&str] = &[
    "a", "all", "an", "and", "are", "as", "can", "every", "for", "from", "if", "in", "into", "is",
    "it", "its", "my", "of", "on", "our", "should", "that", "the", "then", "this", "to", "use",
    "we", "will", "with", "you", "your",
];

/// Whether a program is docker, or one that reads the same commands.
pub(crate) fn is_docker(program: &str) -> bool {
    let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
    matches!(name, "docker" | "docker.exe" | "podman" | "podman.exe")
}

/// How many of the words stand in front of the program: `sudo -u me`, `DOCKER_BUILDKIT=1`.
pub(crate) fn lead(words: &[&str]) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if LEADS.contains(word) {
            at += 1;
            while let Some(flag) = words.get(at).filter(|flag| flag.starts_with('-')) {
                let has_value = matches!(*flag, "-u" | "-g" | "--user" | "--group");
                at += if has_value { 2 } else { 1 };
            }
        } else if is_assignment(word) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// `NAME=value` in front of a program.
pub(crate) fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// The program that a line begins with, by a look at its first words alone.
pub(crate) fn first_of_line(line: &str) -> Option<&str> {
    let line = line.lines().next().unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().take(12).collect();
    let program = words.get(lead(&words)).copied()?;
    Some(program.split([';', '|', '&']).next().unwrap_or(program))
}

/// Whether what follows a `#` is a remark and not root's command.
pub(crate) fn is_remark(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(40).collect();
    let Some(program) = words.get(lead(&words)) else {
        return true;
    };
    let is_program = is_docker(program)
        || INSIDE.contains(program)
        || OUTSIDE.contains(program)
        || program.starts_with(['.', '/']);
    let is_flagged = words
        .iter()
        .any(|word| word.starts_with('-') && word.len() > 1);
    let is_sentence = words.iter().any(|word| OF_SENTENCES.contains(word))
        || text.trim_end().ends_with([':', '!', '?'])
        || text.trim_end().ends_with('.') && words.last().is_some_and(|word| word.len() > 1);
    !is_program || is_sentence && !is_flagged
}

/// Whether words without a prompt are a command of another program, and not a name or a sentence:
/// `nginx` alone is more likely looked for than meant to be run.
pub(super) fn is_plainly_a_command(words: &[&str]) -> bool {
    let Some(program) = words.get(lead(words)) else {
        return true;
    };
    if matches!(*program, "exit" | "logout" | "docker-compose") {
        return true;
    }
    words.len() > 1 && (INSTRUCTIONS.contains(program) || !is_remark(&words.join(" ")))
}

/// The keys that a line names, and what they do; `None` when it names none.
pub(super) fn keys(text: &str) -> Option<String> {
    let mut pressed = Vec::new();
    for word in text.split([' ', ',', '+', '-', '\t']) {
        match word.to_ascii_lowercase().as_str() {
            "" => {}
            "ctrl" | "control" | "^" | "strg" => pressed.push(None),
            key => match (pressed.last_mut(), key.chars().next(), key.len()) {
                (Some(open @ None), Some(letter), 1) => *open = Some(letter),
                _ => break,
            },
        }
    }
    let pressed: Option<Vec<char>> = pressed.into_iter().collect();
    let told = match pressed?.as_slice() {
        ['p', 'q'] => {
            "leave the container’s terminal, and the container runs on. In Slipway, close the terminal."
        }
        ['d'] => "end the shell in the container, and with its main program the container stops.",
        ['c'] => "ask the program in the container’s terminal to end.",
        ['z'] => "halt the program in the container’s terminal.",
        [] => return None,
        _ => "are pressed in a terminal.",
    };
    let keys = pressed_name(text);
    Some(if told.starts_with("are") {
        format!("{keys} {told}")
    } else {
        format!("Keys, not a command: they {told}")
    })
}

fn pressed_name(text: &str) -> String {
    shown(text.split('(').next().unwrap_or(text).trim())
}

/// What a command of another program is, said to the person who pasted it.
pub(super) fn other(words: &[Word], prompt: Prompt, joint: Option<Joint>) -> String {
    let plain: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let Some(program) = plain.get(lead(&plain)).copied() else {
        return "This only sets variables of a terminal. Slipway has nothing to do here."
            .to_owned();
    };
    let name = shown(program);
    let known = program.to_ascii_lowercase();
    if joint == Some(Joint::Pipe) {
        return format!(
            "{name} is another program, which is given what the command before it prints. Only a terminal does that."
        );
    }
    if INSTRUCTIONS.contains(&program) {
        return of_dockerfile(program);
    }
    if matches!(program, "exit" | "logout") {
        return format!(
            "{name} ends the shell. Typed in a container’s terminal, it can stop the container."
        );
    }
    if known == "docker-compose" {
        return "This belongs to Docker Compose, which starts several containers by a file. Run it in a terminal.".to_owned();
    }
    if OUTSIDE.contains(&known.as_str()) {
        return format!("{name} is another program. Run it in a terminal of this computer.");
    }
    let is_either = EITHER.contains(&known.as_str()) && prompt != Prompt::Root;
    let is_windows = matches!(prompt, Prompt::Powershell | Prompt::Cmd);
    if is_windows || is_either {
        return format!(
            "{name} is not a docker command. It runs in a terminal of this computer, or inside the container if you have entered one."
        );
    }
    if prompt == Prompt::Root || INSIDE.contains(&known.as_str()) || program.starts_with("./") {
        return format!("{name} runs inside the container. Type it in the container’s terminal.");
    }
    format!("This is not a docker command: it begins with {name}.")
}

/// What a line of a Dockerfile is.
pub(super) fn of_dockerfile(line: &str) -> String {
    let word = line.split_whitespace().next().unwrap_or_default();
    format!(
        "{} is a line of a Dockerfile. Put it in the Dockerfile, and build that.",
        shown(word)
    )
}

/// What a line of prose is.
pub(super) fn prose(text: &str, prompt: Prompt) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    match prompt {
        Prompt::Root => {
            format!(
                "{} runs inside the container. Type it in the container’s terminal.",
                shown(word)
            )
        }
        Prompt::None | Prompt::Shell | Prompt::Hash | Prompt::Powershell | Prompt::Cmd => {
            format!(
                "This is not a docker command: it begins with {}.",
                shown(word)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_told_from_roots_commands() {
        let rows = [
            ("apt update", false),
            ("apt install wget", false),
            ("wget --version", false),
            ("ls", false),
            ("cd /root/miniconda3", false),
            ("echo $PATH", false),
            ("conda init bash", false),
            ("docker run -it ubuntu", false),
            ("docker build .", false),
            ("./configure", false),
            (
                "waitress-serve --host=0.0.0.0 --port=5050 hello_flask:app",
                false,
            ),
            ("apt update the list of packages", true),
            ("cd into the folder", true),
            ("docker run starts a container", true),
            ("this is a remark", true),
            ("Download the ubuntu image", true),
            ("Install wget", true),
            ("build the image:", true),
            ("", true),
        ];
        for (text, expected) in rows {
            assert_eq!(is_remark(text), expected, "{text}");
        }
    }

    #[test]
    fn keys_are_recognised() {
        let rows = [
            (
                "Ctrl+P Ctrl+Q (This will keep the container running)",
                Some("runs on"),
            ),
            ("CTRL-p CTRL-q", Some("runs on")),
            (
                "Ctrl+D (This will stop the container before exiting)",
                Some("stops"),
            ),
            ("Ctrl + C", Some("to end")),
            ("Ctrl+X", Some("are pressed")),
            ("control the container", None),
            ("ctrl", None),
            ("docker ps", None),
            ("", None),
        ];
        for (text, words) in rows {
            match (keys(text), words) {
                (Some(said), Some(words)) => assert!(said.contains(words), "{text}: {said}"),
                (said, words) => assert_eq!(said.as_deref(), words, "{text}"),
            }
        }
    }
}
