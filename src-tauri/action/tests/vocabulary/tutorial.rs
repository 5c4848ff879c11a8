//! Every command of a beginner's tutorial, as it is printed there: prompt, stand-ins and all.

use slipway_action::*;

/// What a line of the tutorial must be read as.
enum Is {
    /// This command, with these stand-ins to be filled in.
    Docker(&'static str, &'static [(&'static str, &'static str)]),
    /// The help page of this.
    Help(Option<&'static str>),
    /// Something that is typed elsewhere; the sentence has these words.
    Other(&'static str),
}
use Is::{Docker, Help, Other};

const INSIDE: &str = "runs inside the container";

/// The tutorial's commands, word for word and in its order.
#[rustfmt::skip]
const TUTORIAL: &[(&str, Is)] = &[
    ("> \\> docker --help", Help(None)),
    ("> \\>docker \\<COMMAND> --help", Help(None)),
    ("> \\>docker images --help", Help(Some("images"))),
    ("> \\>docker container --help", Help(Some("container"))),
    ("> \\>docker image ls", Docker("docker image ls", &[])),
    ("> \\>docker container ls", Docker("docker container ls", &[])),
    ("> \\>docker container ls -a", Docker("docker container ls -a", &[])),
    ("> \\>docker pull hello-world", Docker("docker pull hello-world", &[])),
    ("> \\>docker run hello-world", Docker("docker run hello-world", &[])),
    ("> \\>docker rmi \\<IMAGE ID>", Docker("docker rmi '<IMAGE ID>'", &[("images", "image id")])),
    ("> \\>docker rm \\<CONTAINER ID>", Docker("docker rm '<CONTAINER ID>'", &[("containers", "container id")])),
    ("> \\>docker rm \\<CONTAINER NAME>", Docker("docker rm '<CONTAINER NAME>'", &[("containers", "container name")])),
    ("> \\> docker container prune", Docker("docker container prune", &[])),
    ("> \\>docker pull ubuntu", Docker("docker pull ubuntu", &[])),
    ("> \\>docker run -it ubuntu", Docker("docker run -it ubuntu", &[])),
    ("> \\# apt update", Other(INSIDE)),
    ("> \\# apt install wget", Other(INSIDE)),
    ("> \\# wget --version", Other(INSIDE)),
    ("> \\# wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh", Other(INSIDE)),
    ("> \\# ls", Other(INSIDE)),
    ("> \\# bash Miniconda3-latest-Linux-x86_64.sh -b", Other(INSIDE)),
    ("> \\# pwd", Other(INSIDE)),
    ("> \\# cd /root/miniconda3", Other(INSIDE)),
    ("> \\# echo $PATH", Other(INSIDE)),
    ("> \\# export PATH=\"/root/miniconda3/bin:$PATH\"", Other(INSIDE)),
    ("> \\# conda init bash", Other(INSIDE)),
    ("> \\# conda --version", Other(INSIDE)),
    ("> \\# conda list", Other(INSIDE)),
    ("> Ctrl+P Ctrl+Q (This will keep the container running in the background while exiting)", Other("the container runs on")),
    ("> Ctrl+D (This will stop the container before exiting)", Other("the container stops")),
    ("> \\> docker attach \\<CONTAINER ID>", Docker("docker attach '<CONTAINER ID>'", &[("container", "container id")])),
    ("> \\> docker start \\<CONTAINER ID>", Docker("docker start '<CONTAINER ID>'", &[("containers", "container id")])),
    ("> \\> docker commit \\<CONTAINER ID\\>", Docker("docker commit '<CONTAINER ID>'", &[("container", "container id")])),
    ("> \\> docker tag \\<IMAGE ID\\> \\<IMAGE NAME\\>:\\<TAG\\>  ", Docker("docker tag '<IMAGE ID>' '<IMAGE NAME>:<TAG>'", &[("source", "image id"), ("target", "image name"), ("target", "tag")])),
    ("> \\> docker tag 9599329aa62d ubuntu_miniconda:latest", Docker("docker tag 9599329aa62d ubuntu_miniconda:latest", &[])),
    ("> \\> docker build -f \\<Dockerfile\\> -t \\<IMAGE NAME\\> .", Docker("docker build -f '<Dockerfile>' -t '<IMAGE NAME>' .", &[("file", "dockerfile"), ("tag", "image name")])),
    ("> \\> docker build -f ubuntu_miniconda_df.dockerfile -t ubuntu_miniconda_df .", Docker("docker build -f ubuntu_miniconda_df.dockerfile -t ubuntu_miniconda_df .", &[])),
    ("> \\> docker run -it ubuntu_miniconda_df", Docker("docker run -it ubuntu_miniconda_df", &[])),
    ("> \\# conda install -y flask waitress", Other(INSIDE)),
    ("> \\> docker cp \\<host_machine_path\\> \\<CONTAINER ID\\>:\\<container_path\\>", Docker("docker cp '<host_machine_path>' '<CONTAINER ID>:<container_path>'", &[("source", "host machine path"), ("target", "container id"), ("target", "container path")])),
    ("> \\> docker cp .\\hello_flask_app\\ bc702481a6b3:/", Docker("docker cp '.\\hello_flask_app\\' bc702481a6b3:/", &[])),
    ("> \\> docker commit bc702481a6b3 flask_app", Docker("docker commit bc702481a6b3 flask_app", &[])),
    ("> \\> docker run -it -p \\<HOST_PORT\\>:\\<CONTAINER_PORT\\> flask_app  ", Docker("docker run -it -p '<HOST_PORT>:<CONTAINER_PORT>' flask_app", &[("publish", "host port"), ("publish", "container port")])),
    ("> \\> docker run -it -p 5000:5050 flask_app", Docker("docker run -it -p 5000:5050 flask_app", &[])),
    ("> \\# cd hello_flask_app/", Other(INSIDE)),
    ("> \\# waitress-serve --host=0.0.0.0 --port=5050 hello_flask:app", Other(INSIDE)),
    ("> \\> docker build -f flask_app_df.dockerfile -t flask_app_df .", Docker("docker build -f flask_app_df.dockerfile -t flask_app_df .", &[])),
    ("> \\> docker run -it -d -p \\<HOST_PORT\\>:5050 flask_app_df", Docker("docker run -d -it -p '<HOST_PORT>:5050' flask_app_df", &[("publish", "host port")])),
];

#[track_caller]
fn hold(text: &str, line: &Line, expected: &Is) {
    match (&line.said, expected) {
        (
            Said::Command {
                command,
                blanks,
                what,
                action,
                ..
            },
            Docker(written, asked),
        ) => {
            assert_eq!(command.line, *written, "{text}");
            let found: Vec<_> = blanks
                .iter()
                .map(|blank| (blank.field.as_str(), blank.ask.as_str()))
                .collect();
            assert_eq!(found, *asked, "{text}");
            crate::assert_is_sentence(what);
            // What is to be filled in is what keeps it from being performed, and nothing else.
            let fields: Vec<_> = command
                .problems
                .iter()
                .map(|problem| problem.field.as_str())
                .collect();
            for problem in &fields {
                assert!(
                    asked.iter().any(|(field, _)| field == problem),
                    "{text}: {problem}"
                );
            }
            assert_eq!(Action::parse(text).as_ref(), Ok(action), "{text}");
        }
        (Said::Help { verb }, Help(expected)) => {
            assert_eq!(verb.as_deref(), *expected, "{text}");
            assert!(help(verb.as_deref()).is_some(), "{text}");
        }
        (Said::Other { message, known }, Other(words)) => {
            assert!(known, "{text}: it would be searched for");
            assert!(message.contains(words), "{text}: {message}");
            crate::assert_is_sentence(message);
        }
        (said, _) => panic!("{text}: {said:?}"),
    }
}

/// The tutorial's commands as they are pasted one by one.
pub(crate) fn texts() -> impl Iterator<Item = &'static str> {
    TUTORIAL.iter().map(|(text, _)| *text)
}

#[test]
fn every_command_of_the_tutorial_is_recognised() {
    for (text, expected) in TUTORIAL {
        let reading = read(text, Shell::Posix);
        let [line] = reading.lines.as_slice() else {
            panic!("{text}: {:?}", reading.lines);
        };
        hold(text, line, expected);
    }
}

#[test]
fn the_whole_tutorial_is_a_list_to_go_through() {
    let all: Vec<&str> = TUTORIAL.iter().map(|(text, _)| *text).collect();
    for separator in ["\n", "\r\n", "\n\n"] {
        let text = all.join(separator);
        let reading = read(&text, Shell::Posix);
        assert_eq!(reading.lines.len(), TUTORIAL.len(), "{separator:?}");
        for (line, (text, expected)) in reading.lines.iter().zip(TUTORIAL) {
            assert_eq!(line.text, text.trim_end());
            hold(text, line, expected);
        }
    }
}
