//! A row of a comparison and where it is played: what is done before, the line, what is looked at afterwards.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use serde_json::{Value, json};
use slipway_lab::{Kind, wait_until};

use crate::comparing::normalise;
use crate::doing::{Bench, LIMIT};
use Look::{Count, Facts, Manifest, Once, Tar, There};

/// What is looked at afterwards.
#[derive(Clone, Copy)]
pub enum Look {
    /// Everything that the engine knows of it: the words of an inspect.
    Facts(&'static str),
    /// The same of a container, once it is in this state.
    Once(&'static str, &'static str),
    /// Which of them are still there: the words of inspects.
    There(&'static [&'static str]),
    /// How many a list shows.
    Count(&'static str),
    /// Which files a tar file of the folder holds, of which kind and with which rights.
    Tar(&'static str),
    /// What the registry says of this name and tag.
    Manifest(&'static str, &'static str),
}

/// `{x}` is a name of the test's own, `FILES` a folder, `REGISTRY` a registry's address, and `_` a blank
/// within a word.
pub struct Row {
    pub before: &'static [&'static str],
    pub line: &'static str,
    pub looks: &'static [Look],
    pub after: &'static [&'static str],
    /// Neither goes well, on any engine.
    pub fails: bool,
    /// An engine that would take no notice of a flag; docker does not say so, and we refuse.
    pub refused: Option<Kind>,
}

pub const fn row(
    before: &'static [&'static str],
    line: &'static str,
    looks: &'static [Look],
    after: &'static [&'static str],
) -> Row {
    Row {
        before,
        line,
        looks,
        after,
        fails: false,
        refused: None,
    }
}

impl Row {
    /// It goes well for neither.
    pub const fn failing(mut self) -> Row {
        self.fails = true;
        self
    }
}

/// Where a row is played.
pub struct Scene<'a> {
    pub bench: &'a Bench,
    pub folder: &'a Path,
    pub registry: String,
}

impl Scene<'_> {
    pub fn filled(&self, line: &str) -> String {
        line.replace("FILES", &self.folder.to_string_lossy())
            .replace("REGISTRY", &self.registry)
    }

    /// Words for the docker command.
    fn words(&self, line: &str) -> Vec<String> {
        let own = self.filled(line);
        let own = own.replace('{', &self.bench.name("")).replace('}', "");
        own.split(' ').map(|word| word.replace('_', " ")).collect()
    }

    fn docker(&self, line: &str) -> slipway_lab::Output {
        let words = self.words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.bench.lab.docker(&words).unwrap()
    }

    pub fn run(&self, lines: &[&str]) {
        for line in lines {
            let done = self.docker(line).ok();
            done.unwrap_or_else(|error| panic!("{}: {error}", self.bench.kind()));
        }
    }

    /// What was there before the row is there after it, whatever came of it.
    pub fn tidy(&self, row: &Row) {
        for line in row.after {
            self.docker(line);
        }
        for look in row.looks {
            match look {
                Tar(file) => drop(std::fs::remove_file(self.folder.join(file))),
                Manifest(name, tag) => self.forget(name, tag),
                Facts(_) | Once(..) | There(_) | Count(_) => {}
            }
        }
    }

    /// A state that will come is waited for only where what was asked for is `done`.
    pub fn look(&self, looks: &[Look], done: bool) -> Value {
        let found = looks.iter().enumerate().map(|(at, look)| {
            let name = format!("{at}");
            (name, self.one(*look, done))
        });
        Value::Object(found.collect())
    }

    fn one(&self, look: Look, done: bool) -> Value {
        match look {
            Facts(words) => self.facts(words),
            Once(name, _) if !done => self.facts(&format!("container inspect {name}")),
            Once(name, state) => {
                let what = format!("{}: {name} to be {state}", self.bench.kind());
                let there = || (self.state(name) == state).then_some(());
                match wait_until(LIMIT, &what, there) {
                    Ok(()) => self.facts(&format!("container inspect {name}")),
                    Err(error) => json!(error.to_string()),
                }
            }
            There(all) => all
                .iter()
                .map(|words| json!([words, self.docker(words).code == Some(0)]))
                .collect(),
            Count(words) => {
                let listed = self.docker(words).ok().unwrap();
                let ids: BTreeSet<&str> = listed.lines().collect();
                json!(ids.len())
            }
            Tar(file) => self.tar(&self.folder.join(file)),
            Manifest(name, tag) => {
                let answer = self.registry("GET", name, tag);
                let (_, body) = answer.split_once("\r\n\r\n").unwrap();
                json!(body)
            }
        }
    }

    fn state(&self, name: &str) -> String {
        let found = self.docker(&format!("container inspect {name}"));
        let found: Vec<Value> = serde_json::from_str(&found.stdout).unwrap_or_default();
        let Some(found) = found.first() else {
            return String::new();
        };
        let state = found["State"]["Status"].as_str().unwrap_or_default();
        // Podman says that a container has exited before it takes its network away.
        let network = found["NetworkSettings"]["SandboxKey"].as_str();
        if state == "exited" && self.bench.kind() == Kind::Podman && network != Some("") {
            return "exited, with its network".to_owned();
        }
        state.to_owned()
    }

    fn facts(&self, words: &str) -> Value {
        let text = self.docker(words);
        let Ok(mut found) = serde_json::from_str::<Vec<Value>>(&text.stdout) else {
            return json!(text.stderr);
        };
        let found = found.pop().unwrap_or_default();
        let id = found["Id"].as_str().unwrap_or_default();
        let text = found.to_string();
        let text = match id.get(..12).filter(|_| !id.starts_with("sha256:")) {
            Some(short) => text.replace(id, "ID").replace(short, "SHORT"),
            None => text,
        };
        normalise(&text)
    }

    fn tar(&self, path: &Path) -> Value {
        let Ok(file) = std::fs::File::open(path) else {
            return json!("there is none");
        };
        let mut archive = tar::Archive::new(file);
        let entries = archive.entries().unwrap().map(|entry| {
            let entry = entry.unwrap();
            let head = entry.header();
            let name = entry.path().unwrap().to_string_lossy().into_owned();
            let kind = char::from(head.entry_type().as_byte());
            let rights = format!("{kind} {:o}", head.mode().unwrap());
            // The moments in the JSON files of an image are not always of one length.
            json!([name, rights, entry.size() >> 12])
        });
        let found: Value = entries.collect();
        normalise(&found.to_string())
    }

    /// Asks the registry for an image, and gives the whole answer.
    fn registry(&self, method: &str, name: &str, tag: &str) -> String {
        let mut stream = TcpStream::connect(&self.registry).unwrap();
        write!(
            stream,
            "{method} /v2/{name}/manifests/{tag} HTTP/1.0\r\nHost: {}\r\n\
             Accept: application/vnd.docker.distribution.manifest.v2+json\r\n\
             Accept: application/vnd.oci.image.manifest.v1+json\r\n\
             Accept: application/vnd.oci.image.index.v1+json\r\n\r\n",
            self.registry
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn forget(&self, name: &str, tag: &str) {
        let known = self.registry("GET", name, tag);
        let digest = known
            .lines()
            .find_map(|line| line.strip_prefix("Docker-Content-Digest: "));
        let Some(digest) = digest else { return };
        let answer = self.registry("DELETE", name, digest.trim());
        assert!(answer.contains(" 202 "), "{answer}");
        let answer = self.registry("GET", name, tag);
        assert!(answer.contains(" 404 "), "{answer}");
    }
}
