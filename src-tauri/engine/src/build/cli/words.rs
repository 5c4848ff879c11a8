//! The words of `docker buildx build` for a build.

use std::ffi::OsString;
use std::path::Path;

use slipway_action::Build;

/// The words, without `docker`. How it ended is written to `facts`; the files that the user asked for are
/// written from there.
pub(super) fn of(verb: &Build, facts: &Path) -> Vec<OsString> {
    let mut words = Words(vec![
        "buildx".into(),
        "build".into(),
        "--progress=rawjson".into(),
    ]);
    let mut file = OsString::from("--metadata-file=");
    file.push(facts);
    words.0.push(file);
    let (output, steps, limits) = (&verb.output, &verb.steps, &verb.limits);
    words.each("tag", &verb.tag);
    words.some("file", &verb.file);
    words.each("build-arg", &verb.build_arg);
    words.some("target", &verb.target);
    words.each("platform", &verb.platform);
    words.on("no-cache", verb.no_cache);
    words.on("pull", verb.pull);
    words.each("label", &verb.label);
    words.each("secret", &verb.secret);
    words.each("ssh", &verb.ssh);
    words.some("network", &verb.network);
    words.each("add-host", &verb.add_host);
    words.each("output", &output.output);
    words.on("load", output.load);
    words.on("push", output.push);
    words.each("annotation", &output.annotation);
    words.each("attest", &output.attest);
    words.some("provenance", &output.provenance);
    words.some("sbom", &output.sbom);
    words.some("call", &output.call);
    words.on("check", output.check);
    words.some("builder", &steps.builder);
    words.each("build-context", &steps.build_context);
    words.each("cache-from", &steps.cache_from);
    words.each("cache-to", &steps.cache_to);
    words.each("no-cache-filter", &steps.no_cache_filter);
    words.each("allow", &steps.allow);
    words.on("debug", steps.debug);
    words.some("shm-size", &limits.shm_size);
    words.each("ulimit", &limits.ulimit);
    words.some("cgroup-parent", &limits.cgroup_parent);
    words.0.push("--".into());
    words.0.push(verb.context.clone().into());
    words.0
}

struct Words(Vec<OsString>);

impl Words {
    fn on(&mut self, flag: &str, on: bool) {
        if on {
            self.0.push(format!("--{flag}").into());
        }
    }

    fn some(&mut self, flag: &str, value: &Option<String>) {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            self.0.push(format!("--{flag}={value}").into());
        }
    }

    fn each(&mut self, flag: &str, values: &[String]) {
        let values = values.iter().filter(|value| !value.is_empty());
        self.0
            .extend(values.map(|value| format!("--{flag}={value}").into()));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use slipway_action::Action;

    use super::*;

    /// What the command is given means the same build.
    #[test]
    fn the_words_mean_the_same_build() {
        let lines = [
            "docker build -t a -t b:1 -f 'my file' --build-arg X=1 --push --sbom=true .",
            "docker build --platform linux/amd64,linux/arm64 --target=t --secret id=a,src=b --ssh default ctx",
            "docker build -o type=local,dest=out --no-cache --pull --cache-to type=local,dest=c --check .",
            "docker build --builder b --allow network.host --ulimit nofile=1 --add-host a:1.2.3.4 --network none .",
        ];
        for line in lines {
            let action = Action::parse(line).unwrap();
            let Action::Build(verb) = &action else {
                panic!("{line}")
            };
            let words = of(verb, Path::new("facts"));
            let again: Vec<String> = words
                .iter()
                .map(|word| format!("'{}'", word.to_string_lossy()))
                .collect();
            let again = Action::parse(&format!("docker {}", again.join(" "))).unwrap();
            let Action::Build(mut again) = again else {
                panic!("{line}")
            };
            again.progress = None;
            again.output.metadata_file = None;
            assert_eq!(again, *verb, "{line}");
        }
    }
}
