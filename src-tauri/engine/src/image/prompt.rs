//! Whether a program is a prompt: a shell or the like that waits for what is typed. Without a terminal
//! it reads nothing and ends at once, which surprises whoever runs such an image.

/// Prompts, without the version that may follow (`python3.8`).
const PROMPTS: &[&str] = &[
    "sh",
    "bash",
    "zsh",
    "ash",
    "dash",
    "ksh",
    "fish",
    "csh",
    "tcsh",
    "pwsh",
    "python",
    "ipython",
    "pypy",
    "node",
    "deno",
    "bun",
    "irb",
    "ghci",
    "jshell",
    "julia",
    "R",
    "lua",
    "iex",
    "erl",
    "scala",
    "clj",
    "octave",
    "sqlite",
    "mysql",
    "mariadb",
    "psql",
    "mongosh",
    "redis-cli",
    "racket",
    "ocaml",
];

/// Programs that only start the one behind them.
const STARTERS: &[&str] = &[
    "tini",
    "dumb-init",
    "docker-init",
    "catatonit",
    "env",
    "exec",
    "su-exec",
];

/// Flags with which a prompt still is one.
const PROMPT_FLAGS: &[&str] = &[
    "-i",
    "-l",
    "-il",
    "-li",
    "--login",
    "--interactive",
    "-q",
    "-u",
    "--norc",
];

/// Whether the command, the entrypoint's words first, waits for what is typed.
pub(crate) fn wants_terminal(command: &[String]) -> bool {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    prompts(&words)
}

fn prompts(words: &[&str]) -> bool {
    let [program, rest @ ..] = words else {
        return false;
    };
    let name = program.rsplit('/').next().unwrap_or(program);
    if starts_another(name) {
        // Its own flags end at the next word that is none.
        let next = rest.iter().position(|word| !word.starts_with('-'));
        return next.is_some_and(|next| prompts(&rest[next..]));
    }
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    match (bare, rest) {
        ("php", ["-a"]) => true,
        ("perl", [flag]) => flag.starts_with("-d"),
        // `CMD bash` without brackets.
        (_, ["-c", line]) if is_shell(bare) => {
            prompts(&line.split_whitespace().collect::<Vec<_>>())
        }
        (bare, rest) => {
            PROMPTS.contains(&bare) && rest.iter().all(|word| PROMPT_FLAGS.contains(word))
        }
    }
}

/// Images of Docker Hub begin with a script such as `docker-entrypoint.sh`, which ends in their command.
fn starts_another(name: &str) -> bool {
    STARTERS.contains(&name) || (name.contains("entrypoint") && !name.starts_with('-'))
}

fn is_shell(name: &str) -> bool {
    matches!(name, "sh" | "bash" | "zsh" | "ash" | "dash" | "ksh")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_told_from_programs() {
        let rows = [
            ("bash", true),
            ("/bin/sh", true),
            ("bash -l", true),
            ("python3", true),
            ("/usr/local/bin/python3.8", true),
            ("docker-entrypoint.sh node", true),
            ("/usr/local/bin/docker-entrypoint.sh irb", true),
            ("tini -s -- bash", true),
            ("php -a", true),
            ("perl -de0", true),
            ("R", true),
            ("python3 app.py", false),
            ("node server.js", false),
            ("bash -c sleep", false),
            ("sh script.sh", false),
            ("docker-entrypoint.sh postgres", false),
            ("docker-entrypoint.sh", false),
            ("nginx -g x", false),
            ("python -m http.server", false),
            ("redis-server", false),
            ("", false),
        ];
        for (line, expected) in rows {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            assert_eq!(wants_terminal(&words), expected, "{line}");
        }
        let shell_form = |line: &str| wants_terminal(&["/bin/sh".into(), "-c".into(), line.into()]);
        assert!(shell_form("bash"));
        assert!(shell_form("exec bash -l"));
        assert!(!shell_form("python3 app.py"));
    }
}
