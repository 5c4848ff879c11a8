//! The images that the lab's mirror serves under the names that a beginner types.
//!
//! They are the lab's own, so that no test needs Docker Hub: small programs built on the spot, and
//! Debian for what is based on a distribution.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cache::{made, say};
use crate::engine::Engine;
use crate::error::{During, LabError};
use crate::kind::Kind;
use crate::paths::{Paths, make_folder};
use crate::process::run;
use crate::registry::Registry;
use crate::roots;

/// Says hello and ends with 0.
pub const HELLO_WORLD: &str = "hello-world";
/// Debian 12 under Ubuntu's name, with `bash` as its command.
pub const UBUNTU: &str = "ubuntu";
/// Debian's Python 3 with pip, under the name of an official image.
pub const PYTHON: &str = "python:3.8.12-slim";
/// A Flask page on port 5050 that names its container.
pub const FLASK_APP: &str = "flask_app_df";
/// Under 1 MB: prints a line, answers HTTP on 8080, ends with 0 on SIGTERM.
pub const BUSY: &str = "busy";

/// All names.
pub const ALL: [&str; 5] = [HELLO_WORLD, BUSY, UBUNTU, PYTHON, FLASK_APP];

/// An image that is built: its name, and the files of its build context. A C file is compiled to a
/// static program of its name.
struct Source {
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
}

const SOURCES: [Source; 4] = [
    Source {
        name: HELLO_WORLD,
        files: &[
            (
                "Dockerfile",
                include_str!("../images/hello-world/Dockerfile"),
            ),
            ("hello.c", include_str!("../images/hello-world/hello.c")),
        ],
    },
    Source {
        name: BUSY,
        files: &[
            ("Dockerfile", include_str!("../images/busy/Dockerfile")),
            ("busy.c", include_str!("../images/busy/busy.c")),
        ],
    },
    Source {
        name: PYTHON,
        files: &[("Dockerfile", include_str!("../images/python/Dockerfile"))],
    },
    Source {
        name: FLASK_APP,
        files: &[
            (
                "Dockerfile",
                include_str!("../images/flask_app_df/Dockerfile"),
            ),
            (
                "hello_flask.py",
                include_str!("../images/flask_app_df/hello_flask.py"),
            ),
        ],
    },
];

/// The data folder of a registry that holds all the images.
pub(crate) fn data(paths: &Paths) -> Result<PathBuf, LabError> {
    let mut recipe = vec![roots::BASE];
    for source in &SOURCES {
        recipe.push(source.name);
        recipe.extend(source.files.iter().flat_map(|(name, text)| [*name, *text]));
    }
    Ok(made(paths, "images", &recipe, |folder| make(paths, folder))?.join("registry"))
}

fn make(paths: &Paths, folder: &Path) -> Result<(), LabError> {
    let data = folder.join("registry");
    make_folder(&data)?;
    let base = roots::base(paths)?;
    let registry = Registry::fresh(paths, Some(&data), None)?;
    let engine = Engine::fresh(paths, Kind::Docker20, registry.port())?;
    let tar = base.to_string_lossy();
    engine
        .docker(&["import", "--change", "CMD [\"bash\"]", &tar, UBUNTU])?
        .ok()?;
    push(&engine, &registry, UBUNTU)?;
    for source in &SOURCES {
        say(&format!("building image {}", source.name));
        let context = folder.join("context");
        make_folder(&context)?;
        for (name, text) in source.files {
            let path = context.join(name);
            fs::write(&path, text).during(|| format!("write {}", path.display()))?;
            if let Some(program) = name.strip_suffix(".c") {
                let mut compiler = Command::new("cc");
                compiler.args(["-static", "-Os", "-s", "-o", program, name]);
                run(compiler.current_dir(&context))?;
            }
        }
        engine
            .docker(&["build", "-q", "-t", source.name, &context.to_string_lossy()])?
            .ok()?;
        push(&engine, &registry, source.name)?;
        crate::cache::remove(&context)?;
    }
    Ok(())
}

fn push(engine: &Engine, registry: &Registry, name: &str) -> Result<(), LabError> {
    let there = format!("{}/library/{name}", registry.address());
    engine.docker(&["tag", name, &there])?.ok()?;
    engine.docker(&["push", "-q", &there])?.ok().map(drop)
}
