//! The command that installs an engine on this system.

use std::fs;

/// The exact command, where one is known.
pub(crate) fn install_command() -> Option<String> {
    let command = if cfg!(target_os = "macos") {
        "brew install colima docker"
    } else if cfg!(windows) {
        "wsl --install"
    } else {
        // Systems without the file keep it in the second place (os-release(5)).
        let release = ["/etc/os-release", "/usr/lib/os-release"]
            .iter()
            .find_map(|path| fs::read_to_string(path).ok())?;
        for_linux(&release)?
    };
    Some(command.to_owned())
}

/// By the system's own name first, then by those that it says it is like.
fn for_linux(release: &str) -> Option<&'static str> {
    let field = |key: &str| {
        let line = release
            .lines()
            .find_map(|line| line.trim().strip_prefix(key))?;
        Some(
            line.strip_prefix('=')?
                .trim_matches(['"', '\''])
                .to_ascii_lowercase(),
        )
    };
    let names = [field("ID"), field("ID_LIKE")];
    names
        .iter()
        .flatten()
        .flat_map(|names| names.split_whitespace())
        .find_map(by_name)
}

fn by_name(name: &str) -> Option<&'static str> {
    match name {
        "debian" | "ubuntu" | "linuxmint" | "pop" | "raspbian" => {
            Some("sudo apt install docker.io uidmap slirp4netns rootlesskit")
        }
        "fedora" => Some("sudo dnf install moby-engine"),
        "rhel" | "centos" | "rocky" | "almalinux" => Some("sudo dnf install podman"),
        "arch" | "manjaro" | "endeavouros" => Some("sudo pacman -S docker"),
        "opensuse" | "opensuse-leap" | "opensuse-tumbleweed" | "suse" | "sles" => {
            Some("sudo zypper install docker")
        }
        "alpine" => Some("sudo apk add docker"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_has_its_command() {
        let rows = [
            ("ID=debian\n", "apt install docker.io"),
            (
                "NAME=x\nID=\"neon\"\nID_LIKE=\"ubuntu debian\"\n",
                "apt install docker.io",
            ),
            ("ID=fedora\n", "dnf install moby-engine"),
            (
                "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n",
                "dnf install podman",
            ),
            ("ID=arch\n", "pacman -S docker"),
            ("ID='opensuse-leap'\n", "zypper install docker"),
            ("ID=alpine\n", "apk add docker"),
        ];
        for (release, command) in rows {
            assert!(
                for_linux(release).is_some_and(|found| found.contains(command)),
                "{release}"
            );
        }
        assert_eq!(for_linux("ID=plan9\n"), None);
    }
}
