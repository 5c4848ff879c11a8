#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Mutex;

use serde_json::json;

use super::*;
use crate::build::Step;
use crate::build::dockerfile::Dockerfile;

const TEXT: &str = "FROM ubuntu\nRUN b\nRUN c\nCOPY a.txt /a.txt\n";

/// What a build told: the steps as they were last, and what each printed.
#[derive(Default)]
struct Heard {
    steps: Mutex<Vec<Step>>,
    logs: Mutex<Vec<Vec<u8>>>,
}

impl Heard {
    fn hear(&self, told: Told<'_>) {
        match told {
            Told::Step(step) => {
                let mut steps = self.steps.lock().unwrap();
                let at = usize::try_from(step.id).unwrap();
                if at == steps.len() {
                    steps.push(step.clone());
                } else {
                    steps[at] = step.clone();
                }
            }
            Told::Log(step, bytes) => {
                let mut logs = self.logs.lock().unwrap();
                let at = usize::try_from(step).unwrap();
                if logs.len() <= at {
                    logs.resize(at + 1, Vec::new());
                }
                logs[at].extend_from_slice(bytes);
            }
            Told::Way(..) | Told::Sent(_) | Told::Finding(_) => {}
        }
    }

    fn shown(&self) -> Vec<String> {
        let logs = self.logs.lock().unwrap();
        let show = |step: &Step| {
            let at = usize::try_from(step.id).unwrap();
            let log = logs.get(at).map(|log| String::from_utf8_lossy(log));
            format!(
                "{} {:?}: {}",
                step.name,
                step.state,
                log.unwrap_or_default()
            )
        };
        self.steps.lock().unwrap().iter().map(show).collect()
    }
}

/// Reads a stream, and gives the steps, the image that is proven, and the failure.
fn read(
    builder: Builder,
    dockerfile: Option<&str>,
    lines: &[serde_json::Value],
) -> (Vec<String>, Option<String>, Option<SaidError>) {
    let heard = Heard::default();
    let tell = |told: Told<'_>| heard.hear(told);
    let dockerfile = dockerfile.map(|text| Dockerfile::read(text.as_bytes()));
    let plan = Plan::of(dockerfile.as_ref(), None, builder, true);
    let mut reader = Reader::begin(&tell, builder, false, plan);
    let mut failed = None;
    for line in lines {
        let message = serde_json::from_value(line.clone()).unwrap();
        if let Err(error) = reader.take(message) {
            reader.fail(&error.message);
            failed = Some(error);
        }
    }
    let built = reader.built().map(str::to_owned);
    if failed.is_none() {
        reader.finish();
    }
    (heard.shown(), built, failed)
}

/// The steps in the order in which their numbers put them, as the page shows them.
fn numbered(builder: Builder, dockerfile: &str, lines: &[serde_json::Value]) -> Vec<String> {
    let heard = Heard::default();
    let tell = |told: Told<'_>| heard.hear(told);
    let dockerfile = Dockerfile::read(dockerfile.as_bytes());
    let plan = Plan::of(Some(&dockerfile), None, builder, false);
    let mut reader = Reader::begin(&tell, builder, false, plan);
    for line in lines {
        let message = serde_json::from_value(line.clone()).unwrap();
        reader.take(message).unwrap();
    }
    let mut steps = heard.steps.lock().unwrap().clone();
    let place = |step: &Step| step.number.map(|it| (it.at, it.of)).unwrap();
    steps.sort_by_key(|step| (step.stage.clone(), place(step).0));
    let show = |step: &Step| format!("{:?} {} {:?}", place(step), step.name, step.state);
    steps.iter().map(show).collect()
}

fn says(texts: &[&str]) -> Vec<serde_json::Value> {
    texts.iter().map(|text| json!({ "stream": text })).collect()
}

fn aux() -> serde_json::Value {
    json!({"aux": {"ID": format!("sha256:{}", "ab".repeat(32))}})
}

#[test]
fn docker_tells_steps_and_no_line_of_a_log_is_lost() {
    let mut lines = says(&["Step 1/4 : FROM ubuntu", "\n"]);
    lines.push(json!({"status": "Pulling from library/ubuntu", "id": "latest"}));
    lines.push(
        json!({"status": "Downloading", "id": "f2", "progressDetail": {"current": 3, "total": 9}}),
    );
    lines.push(json!({"status": "Pull complete", "id": "f2", "progressDetail": {}}));
    lines.extend(says(&[
        " ---> 38fd602fbf1d\n",
        "Step 2/4 : RUN b",
        "\n",
        " ---> Running in 1b34eee7d98a\n",
        "\u{1b}[91merr\n\u{1b}[0m",
        // A program that speaks as the builder does.
        "Step 3/4 : RUN c",
        "\n",
        " ---> Using cache\n",
        "Successfully built abababababab\n",
        "hi\nno newline",
        "Removing intermediate container 1b34eee7d98a\n",
        " ---> 64e66469e30c\n",
        "Step 3/4 : RUN c",
        "\n",
        " ---> Using cache\n",
        " ---> 64e66469e30c\n",
        "Step 4/4 : COPY a.txt /a.txt",
        "\n",
        " ---> 8b5968a55c79\n",
    ]));
    let (steps, built, _) = read(Builder::Docker, Some(TEXT), &lines);
    assert_eq!(built, None, "the image is not named yet");
    assert_eq!(
        steps,
        [
            "load build context Done: ",
            "FROM ubuntu Done: latest: Pulling from library/ubuntu\n ---> 38fd602fbf1d\n",
            "RUN b Done:  ---> Running in 1b34eee7d98a\n\u{1b}[91merr\n\u{1b}[0mStep 3/4 : RUN c\n \
             ---> Using cache\nSuccessfully built abababababab\nhi\nno newlineRemoving intermediate \
             container 1b34eee7d98a\n ---> 64e66469e30c\n",
            "RUN c Cached:  ---> Using cache\n ---> 64e66469e30c\n",
            "COPY a.txt /a.txt Done:  ---> 8b5968a55c79\n",
        ]
    );
    lines.push(aux());
    let (_, built, _) = read(Builder::Docker, Some(TEXT), &lines);
    assert_eq!(built, None, "an image of a stage is not the end");
    lines.extend(says(&["Successfully built abababababab\n"]));
    let (_, built, _) = read(Builder::Docker, Some(TEXT), &lines);
    assert_eq!(built, Some(format!("sha256:{}", "ab".repeat(32))));
}

#[test]
fn podman_tells_steps_and_what_an_image_adds_to_them() {
    let lines = says(&[
        "STEP 1/4: FROM ubuntu\n",
        "Trying to pull docker.io/library/ubuntu:latest...\n",
        // The image's ONBUILD.
        "STEP 2/5: RUN echo onbuild\n",
        "onbuild\nSTEP 3/5: RUN b\n",
        "--> 602c3c44217f\n",
        "STEP 3/5: RUN b\n",
        "--> Using cache c00700d670282787f851b468aae7d091e558d9e17de72c3ae63bd4b5ae4fefc1\n",
        "--> c00700d67028\n",
        "STEP 4/5: RUN c\n",
        "hi\n",
        "--> Using cache c00700d670282787f851b468aae7d091e558d9e17de72c3ae63bd4b5ae4fefc1\n",
        "STEP 5/5: COPY a.txt /a.txt\n",
        "no newline",
        "--> c00700d67028\n",
        "STEP 5/5: COPY a.txt /a.txt\n",
        "COMMIT docker.io/library/x\n",
        "--> abababababab\n",
    ]);
    let (steps, _, _) = read(Builder::Buildah, Some(TEXT), &lines);
    assert_eq!(
        steps,
        [
            "load build context Done: ",
            "FROM ubuntu Done: Trying to pull docker.io/library/ubuntu:latest...\n",
            "RUN b Cached: --> Using cache \
             c00700d670282787f851b468aae7d091e558d9e17de72c3ae63bd4b5ae4fefc1\n--> c00700d67028\n",
            "RUN c Done: hi\n--> Using cache \
             c00700d670282787f851b468aae7d091e558d9e17de72c3ae63bd4b5ae4fefc1\nSTEP 5/5: COPY a.txt \
             /a.txt\nno newline--> c00700d67028\n",
            "COPY a.txt /a.txt Done: COMMIT docker.io/library/x\n--> abababababab\n",
            "RUN echo onbuild Done: onbuild\nSTEP 3/5: RUN b\n--> 602c3c44217f\n",
        ]
    );
}

#[test]
fn what_an_image_adds_stands_where_it_was_done() {
    let mut lines = says(&[
        "STEP 1/4: FROM ubuntu\n",
        "STEP 2/6: RUN one\n",
        "--> 602c3c44217f\n",
    ]);
    let numbered = |lines: &[_]| numbered(Builder::Buildah, TEXT, lines);
    assert_eq!(
        numbered(&lines),
        [
            "(1, 6) FROM ubuntu Done",
            "(2, 6) RUN one Running",
            "(3, 6) RUN b Waiting",
            "(4, 6) RUN c Waiting",
            "(5, 6) COPY a.txt /a.txt Waiting",
        ]
    );
    lines.extend(says(&[
        "STEP 3/6: RUN two\n",
        "--> 602c3c44217f\n",
        "STEP 4/6: RUN b\n",
    ]));
    assert_eq!(
        numbered(&lines),
        [
            "(1, 6) FROM ubuntu Done",
            "(2, 6) RUN one Done",
            "(3, 6) RUN two Done",
            "(4, 6) RUN b Running",
            "(5, 6) RUN c Waiting",
            "(6, 6) COPY a.txt /a.txt Waiting",
        ]
    );
}

#[test]
fn podman_numbers_stages_too() {
    let text = "ARG V=latest\nFROM ubuntu:$V AS one\nRUN echo one > /o\nFROM a\nRUN two\n\
        FROM ubuntu\nCOPY --from=one /o /o\nRUN <<EOF\necho heredoc\nEOF\n";
    let lines = says(&[
        "[1/3] STEP 1/2: FROM ubuntu:latest AS one\n",
        "[1/3] STEP 2/2: RUN echo one > /o\n",
        "--> 8c95e556ebb6\n",
        "[3/3] STEP 1/3: FROM ubuntu AS three\n",
        "[3/3] STEP 2/3: COPY --from=one /o /o\n",
        "--> 79deeea6b847\n",
        "[3/3] STEP 3/3: RUN <<EOF (echo heredoc)\n",
        "heredoc\n",
    ]);
    let (steps, _, _) = read(Builder::Buildah, Some(text), &lines);
    assert_eq!(
        steps,
        [
            "load build context Done: ",
            "FROM ubuntu:$V AS one Done: ",
            "RUN echo one > /o Done: --> 8c95e556ebb6\n",
            "FROM ubuntu Done: ",
            "COPY --from=one /o /o Done: --> 79deeea6b847\n",
            "RUN <<EOF Done: heredoc\n",
        ]
    );
}

#[test]
fn a_failure_belongs_to_the_step_that_is_under_way() {
    let mut lines = says(&["Step 1/4 : FROM ubuntu", "\n", " ---> 38fd602fbf1d\n"]);
    lines.extend(says(&[
        "Step 2/4 : RUN b",
        "\n",
        " ---> Running in 1b34eee7d98a\n",
    ]));
    lines.push(
        json!({"errorDetail": {"code": 127, "message": "returned 127"}, "error": "returned 127"}),
    );
    let (steps, built, failed) = read(Builder::Docker, Some(TEXT), &lines);
    let error = SaidError {
        message: "returned 127".to_owned(),
        code: Some(127),
    };
    assert_eq!((failed, built), (Some(error), None));
    let states: Vec<&str> = steps
        .iter()
        .filter_map(|step| step.split_once(": ").map(|it| it.0))
        .collect();
    assert_eq!(
        states,
        [
            "load build context Done",
            "FROM ubuntu Done",
            "RUN b Failed",
            "RUN c Waiting",
            "COPY a.txt /a.txt Waiting",
        ]
    );
}

#[test]
fn a_dockerfile_that_only_the_engine_has_is_followed_too() {
    let lines = says(&[
        "Step 1/2 : FROM ubuntu",
        "\n",
        " ---> 38fd602fbf1d\n",
        "Step 2/2 : RUN b",
        "\n",
        "b\n",
    ]);
    let (steps, _, _) = read(Builder::Docker, None, &lines);
    assert_eq!(
        steps,
        [
            "load build context Done: ",
            "FROM ubuntu Done:  ---> 38fd602fbf1d\n",
            "RUN b Done: b\n",
        ]
    );
}
