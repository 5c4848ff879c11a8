//! Every command of a beginner's tutorial, as it is printed there.

use slipway_action::*;

#[test]
fn the_commands_of_a_tutorial_are_actions() {
    // as printed, as Slipway writes it, what is still to be filled in
    let rows = [
        (
            "> \\>docker pull hello-world",
            "docker pull hello-world",
            None,
        ),
        (
            "> \\>docker run hello-world",
            "docker run hello-world",
            None,
        ),
        (
            "> \\>docker rmi \\<IMAGE ID>",
            "docker rmi '<IMAGE ID>'",
            Some("images"),
        ),
        (
            "> \\>docker rm \\<CONTAINER ID>",
            "docker rm '<CONTAINER ID>'",
            Some("containers"),
        ),
        (
            "> \\>docker rm \\<CONTAINER NAME>",
            "docker rm '<CONTAINER NAME>'",
            Some("containers"),
        ),
        (
            "> \\> docker container prune",
            "docker container prune",
            None,
        ),
        ("> \\>docker pull ubuntu", "docker pull ubuntu", None),
        ("> \\>docker run -it ubuntu", "docker run -it ubuntu", None),
        (
            "> \\> docker start \\<CONTAINER ID>",
            "docker start '<CONTAINER ID>'",
            Some("containers"),
        ),
        (
            "docker start 9599329aa62d",
            "docker start 9599329aa62d",
            None,
        ),
        (
            "> \\> docker run -it ubuntu_miniconda_df",
            "docker run -it ubuntu_miniconda_df",
            None,
        ),
        (
            "> \\> docker run -it -p \\<HOST_PORT\\>:\\<CONTAINER_PORT\\> flask_app  ",
            "docker run -it -p '<HOST_PORT>:<CONTAINER_PORT>' flask_app",
            Some("publish"),
        ),
        (
            "> \\> docker run -it -p 5000:5050 flask_app",
            "docker run -it -p 5000:5050 flask_app",
            None,
        ),
        (
            "> \\> docker run -it -d -p \\<HOST_PORT\\>:5050 flask_app_df",
            "docker run -d -it -p '<HOST_PORT>:5050' flask_app_df",
            Some("publish"),
        ),
        (
            "docker run -it -d -p <HOST_PORT>:5050 flask_app_df",
            "docker run -d -it -p '<HOST_PORT>:5050' flask_app_df",
            Some("publish"),
        ),
    ];
    for (line, written, missing) in rows {
        let action = Action::parse(line).unwrap_or_else(|e| panic!("{line}: {e}"));
        let rendered = action.render(Shell::Posix);
        assert_eq!(rendered.line, written, "{line}");
        let fields: Vec<_> = rendered
            .problems
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(fields, missing.into_iter().collect::<Vec<_>>(), "{line}");
    }
}

#[test]
fn the_commands_that_only_look_are_known() {
    for line in [
        "> \\>docker image ls",
        "> \\>docker container ls -a",
        "> \\> docker attach \\<CONTAINER ID>",
        "> \\> docker commit \\<CONTAINER ID\\>",
        "> \\> docker tag 9599329aa62d ubuntu_miniconda:latest",
        "> \\> docker build -f ubuntu_miniconda_df.dockerfile -t ubuntu_miniconda_df .",
        "> \\> docker cp .\\hello_flask_app\\ bc702481a6b3:/",
    ] {
        Action::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    }
}
