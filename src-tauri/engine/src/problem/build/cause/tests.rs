use super::*;

fn check(keyword: &str, script: &str, log: &str, message: &str, expected: Option<Cause>) {
    let scene = Scene {
        keyword,
        script,
        log,
        message,
        code: None,
    };
    assert_eq!(
        cause(scene),
        expected,
        "{keyword} {script}\n{log}\n{message}"
    );
}

fn program(name: &str) -> Option<Cause> {
    Some(Cause::NoSuchProgram(name.to_owned()))
}

fn no_package(by: &'static str, name: &str) -> Option<Cause> {
    let name = name.to_owned();
    Some(Cause::NoPackage { by, name })
}

const ENDED_100: &str = "The command '/bin/sh -c x' returned a non-zero code: 100";
const ENDED_127: &str = "The command '/bin/sh -c x' returned a non-zero code: 127";
const ENDED_1: &str = "building at STEP \"RUN x\": while running runtime: exit status 1\n";

#[test]
fn programs_that_are_missing() {
    // dash, bash, busybox, zsh do not agree on a form.
    for log in [
        "/bin/sh: 1: nosuch: not found\n",
        "bash: line 1: nosuch: command not found\n",
        "/bin/bash: nosuch: command not found\n",
        "/bin/sh: nosuch: not found",
        "before\n/bin/sh: 3: nosuch: not found\nafter\n",
    ] {
        check("RUN", "nosuch x", log, ENDED_127, program("nosuch"));
    }
    for message in [
        // 20.10, 28, BuildKit, Podman.
        "failed to create shim task: OCI runtime create failed: runc create failed: unable to start container \
         process: exec: \"nosuch\": executable file not found in $PATH: unknown",
        "failed to create task for container: unable to start container process: error during container \
         init: exec: \"nosuch\": executable file not found in $PATH",
    ] {
        check("RUN", "[\"nosuch\"]", "", message, program("nosuch"));
    }
    let podman = "error running container: from /usr/sbin/runc creating container for [nosuch]: \
        level=error msg=\"runc create failed: exec: \\\"nosuch\\\": executable file not found in $PATH\"";
    check("RUN", "[\"nosuch\"]", podman, ENDED_1, program("nosuch"));
    let no_shell = "exec: \"/bin/sh\": stat /bin/sh: no such file or directory: unknown";
    check("RUN", "a", "", no_shell, Some(Cause::NoShell));
    let no_shell = "msg=\"exec: \\\"/bin/sh\\\": stat /bin/sh: no such file or directory\"";
    check("RUN", "a", no_shell, ENDED_1, Some(Cause::NoShell));
}

#[test]
fn packages() {
    let locate = "Reading package lists...\nE: Unable to locate package nano\n";
    let candidate = "Package nano is not available, but is referred to by another package.\n\
        E: Package 'nano' has no installation candidate\n";
    for log in [locate, candidate] {
        let update = Some(Cause::NoUpdate("nano".to_owned()));
        check("RUN", "apt-get install nano", log, ENDED_100, update);
        let both = "apt-get update && apt-get install -y nano";
        check("RUN", both, log, ENDED_100, no_package("apt", "nano"));
    }
    let yes = "After this operation, 3 kB of additional disk space will be used.\n\
        Do you want to continue? [Y/n] Abort.\n";
    check(
        "RUN",
        "apt-get install nano",
        yes,
        ENDED_1,
        Some(Cause::NeedsYes),
    );
    let pip = "ERROR: Could not find a version that satisfies the requirement flaskk (from versions: none)\n\
        ERROR: No matching distribution found for flaskk\n";
    check(
        "RUN",
        "pip install flaskk",
        pip,
        ENDED_1,
        no_package("pip", "flaskk"),
    );
    let npm8 = "npm ERR! code E404\nnpm ERR! 404 Not Found - GET https://registry.npmjs.org/expresss\n\
        npm ERR! 404 \nnpm ERR! 404  'expresss@*' is not in this registry.\n";
    let npm11 = "npm error code E404\nnpm error 404 Not Found - GET https://registry.npmjs.org/expresss\n\
        npm error 404\nnpm error 404  The requested resource 'expresss@*' could not be found or you do not have \
        permission to access it.\n";
    for log in [npm8, npm11] {
        let unknown = no_package("npm", "expresss");
        check("RUN", "npm i expresss", log, ENDED_1, unknown);
    }
    let version = "npm error code ETARGET\nnpm error notarget No matching version found for left-pad@99.0.0.\n";
    let unknown = no_package("npm", "left-pad@99.0.0");
    check("RUN", "npm ci", version, ENDED_1, unknown);
    let yarn = "[1/4] Resolving packages...\nerror Couldn't find package \"expresss\" on the \"npm\" registry.\n";
    let unknown = no_package("yarn", "expresss");
    check("RUN", "yarn add expresss", yarn, ENDED_1, unknown);
    let managed =
        "error: externally-managed-environment\n\n× This environment is externally managed\n";
    let found = Some(Cause::ManagedPython);
    check("RUN", "pip install flask", managed, ENDED_1, found);
    let apk = "ERROR: unable to select packages:\n  nosuch (no such package):\n    required by: world[nosuch]\n";
    check(
        "RUN",
        "apk add nosuch",
        apk,
        ENDED_1,
        no_package("apk", "nosuch"),
    );
    let conda = "PackagesNotFoundError: The following packages are not available:\n\n  - flaskk\n";
    check(
        "RUN",
        "conda install flaskk",
        conda,
        ENDED_1,
        no_package("conda", "flaskk"),
    );
}

#[test]
fn network_space_memory_and_rights() {
    let apt = "Err:1 http://deb.debian.org/debian bookworm InRelease\n  Temporary failure resolving \
        'deb.debian.org'\nE: Unable to locate package nano\n";
    check(
        "RUN",
        "apt-get update",
        apt,
        ENDED_100,
        Some(Cause::NoNetwork),
    );
    let curl = "curl: (6) Could not resolve host: example.com\n";
    check("RUN", "curl x", curl, ENDED_1, Some(Cause::NoNetwork));
    let nobody = "W: Failed to fetch http://nosuch.invalid/x/dists/y/InRelease  Could not resolve \
        'nosuch.invalid'\nE: Unable to locate package curl\n";
    check(
        "RUN",
        "apt-get update && apt-get install -y curl",
        nobody,
        ENDED_100,
        Some(Cause::NoNetwork),
    );
    let full = "dd: error writing 'x': No space left on device\n";
    check("RUN", "dd", full, ENDED_1, Some(Cause::DiskFull));
    let killed = "The command '/bin/sh -c x' returned a non-zero code: 137";
    check("RUN", "x", "", killed, Some(Cause::OutOfMemory));
    let killed = "process \"/bin/sh -c x\" did not complete successfully: exit code: 137";
    check("RUN", "x", "", killed, Some(Cause::OutOfMemory));
    let other = "exec /bin/sh: exec format error\n";
    check("RUN", "x", other, ENDED_1, Some(Cause::OtherProcessor));
    let denied = "/bin/sh: 1: ./run.sh: Permission denied\n";
    let ended = "The command '/bin/sh -c ./run.sh' returned a non-zero code: 126";
    let script = Some(Cause::NotExecutable("./run.sh".to_owned()));
    check("RUN", "./run.sh", denied, ended, script);
    let rights = "mkdir: cannot create directory '/x': Permission denied\n";
    check("RUN", "mkdir /x", rights, ENDED_1, Some(Cause::NoRights));
    let windows = "/usr/bin/env: 'bash\\r': No such file or directory\n";
    check("RUN", "./x", windows, ENDED_127, Some(Cause::WindowsLines));
    let dash = "/run.sh: 2: set: Illegal option -\n";
    check(
        "RUN",
        "sh /run.sh",
        dash,
        ENDED_1,
        Some(Cause::WindowsLines),
    );
    let real = "/run.sh: 2: set: Illegal option -z\n";
    check("RUN", "sh /run.sh", real, ENDED_1, None);
}

#[test]
fn what_is_not_in_the_folder() {
    for message in [
        "COPY failed: file not found in build context or excluded by .dockerignore: stat nosuch: file does not exist",
        "COPY failed: forbidden path outside the build context: ../x ()",
        "building at STEP \"COPY nosuch /x\": checking on sources under \"/var/tmp/b/build\": copier: stat: \
         \"/nosuch\": no such file or directory\n",
        "failed to calculate checksum of ref 1::2: \"/nosuch\": not found",
    ] {
        check("COPY", "nosuch /x", "", message, Some(Cause::NoSource));
    }
}

#[test]
fn base_images() {
    let network = "Get \"https://registry-1.docker.io/v2/\": dial tcp: no such host";
    check("FROM", "x", "", network, Some(Cause::Base(None)));
    let buildkit =
        "failed to resolve source metadata for docker.io/library/nosuch:1: pull access denied";
    let name = Some("docker.io/library/nosuch:1".to_owned());
    check("", "", "", buildkit, Some(Cause::Base(name)));
}

#[test]
fn the_dockerfile_itself() {
    let unknown = Some(Cause::UnknownInstruction("RUNN".to_owned()));
    for message in [
        "dockerfile parse error line 2: unknown instruction: RUNN",
        "dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)",
        "building at STEP \"RUNN \": Build error: Unknown instruction: \"RUNN\" &imagebuilder.Step{}",
    ] {
        check("", "", "", message, unknown.clone());
    }
    let rows = [
        (
            "dockerfile parse error line 2: Unknown flag: link",
            Cause::UnknownFlag("link".to_owned()),
        ),
        (
            "the --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/",
            Cause::NeedsBuildkit,
        ),
        ("no build stage in current context", Cause::NoFrom),
        ("the Dockerfile (D8) cannot be empty", Cause::NoFrom),
        (
            "reading multiple stages: stage 1 requires a FROM instruction (\"\")\n",
            Cause::NoFrom,
        ),
        (
            "failed to reach build target x in Dockerfile",
            Cause::NoTarget,
        ),
        ("target stage \"x\" could not be found", Cause::NoTarget),
        (
            "the target \"two\" was not found in the provided Dockerfile",
            Cause::NoTarget,
        ),
        (
            "failed to parse D15: ENV must have two arguments",
            Cause::BadArguments,
        ),
        (
            "dockerfile parse error line 2: COPY requires at least two arguments, but only one was provided.",
            Cause::BadArguments,
        ),
    ];
    for (message, expected) in rows {
        check("", "", "", message, Some(expected));
    }
}

#[test]
fn what_is_not_known_is_not_guessed() {
    check("RUN", "pytest", "1 failed, 2 passed\n", ENDED_1, None);
    check("RUN", "echo not found", "not found\n", ENDED_1, None);
    check("RUN", "true", "", "", None);
}
