//! Checks that several verbs share, and those of the verbs with many flags.

use super::findings::Findings;
use super::value::{argument, path, some_path};
use crate::Copy;
use crate::env::EnvVar;
use crate::name::{ContainerArg, Label};
use crate::object::{NetworkArg, VolumeName};
use crate::policy::Platform;
use crate::reference::{ImageName, Reference};
use crate::target::CopyPlace;

impl Findings {
    pub(super) fn image(&mut self, image: &str) {
        // An image can be run by its id too.
        self.value("image", 0, image, ImageName::parse);
    }

    /// At least one of a list must be named.
    pub(super) fn several(&mut self, field: &str, names: &[String], otherwise: &str) {
        if names.iter().all(String::is_empty) {
            self.add(field, 0, otherwise);
        }
    }

    pub(super) fn container(&mut self, container: &str) {
        self.value("container", 0, container, ContainerArg::parse);
    }

    pub(super) fn containers(&mut self, containers: &[String]) {
        self.several(
            "containers",
            containers,
            "Say which container, by its name or id.",
        );
        self.each("containers", containers, ContainerArg::parse);
    }

    pub(super) fn images(&mut self, images: &[String]) {
        self.several("images", images, "Say which image, by its name or id.");
        self.each("images", images, ImageName::parse);
    }

    pub(super) fn volume_names(&mut self, volumes: &[String]) {
        self.several("volumes", volumes, "Say which volume, by its name.");
        self.each("volumes", volumes, VolumeName::parse);
    }

    pub(super) fn networks(&mut self, networks: &[String]) {
        self.several(
            "networks",
            networks,
            "Say which network, by its name or id.",
        );
        self.each("networks", networks, NetworkArg::parse);
    }

    pub(super) fn platform(&mut self, platform: Option<&str>) {
        self.optional("platform", platform, Platform::parse);
    }

    pub(super) fn every_tag_or_one(&mut self, all_tags: bool, image: &str) {
        if all_tags && Reference::parse(image).is_ok_and(|image| image.tag().is_some()) {
            self.add("all_tags", 0, "Every tag can’t be meant when the image is named with one. Leave out the tag, or this flag.");
        }
    }

    pub(super) fn labels(&mut self, labels: &[String]) {
        self.each("label", labels, |text| {
            argument(text).and_then(|()| Label::parse(text))
        });
    }

    pub(super) fn environment(&mut self, env: &[String], files: &[String]) {
        self.each("env", env, |text| {
            argument(text).and_then(|()| EnvVar::parse(text))
        });
        self.each("env_file", files, path);
    }

    pub(super) fn seconds(&mut self, field: &str, seconds: Option<i32>) {
        if seconds.is_some_and(|seconds| seconds < -1) {
            self.add(
                field,
                0,
                "Write a number of seconds, 0 or more; -1 waits without end.",
            );
        }
    }

    pub(super) fn command(&mut self, command: &[String]) {
        self.words("command", command);
    }

    /// What another program is given.
    pub(super) fn words(&mut self, field: &str, words: &[String]) {
        for (index, word) in words.iter().enumerate() {
            self.value(field, index, word, argument);
        }
    }

    pub(super) fn copy(&mut self, copy: &Copy) {
        self.value("source", 0, &copy.source, some_path);
        self.value("target", 0, &copy.target, some_path);
        let places = (CopyPlace::of(&copy.source), CopyPlace::of(&copy.target));
        for (field, place) in [("source", places.0), ("target", places.1)] {
            if let CopyPlace::Container { container, .. } = place {
                self.value(field, 0, container, ContainerArg::parse);
            }
        }
        let message = match places {
            (CopyPlace::Container { .. }, CopyPlace::Container { .. }) => {
                "Files can’t go from one container to another in one step. Copy them to this computer first."
            }
            (CopyPlace::Container { .. }, _) | (_, CopyPlace::Container { .. }) => return,
            (_, _) if copy.source.is_empty() || copy.target.is_empty() => return,
            (_, _) => "One side must be in a container. Write it as CONTAINER:PATH.",
        };
        self.add("target", 0, message);
    }
}
