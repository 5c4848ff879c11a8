//! What `--secret` lends to the steps that ask for it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use bollard_buildkit_proto::moby::buildkit::secrets::v1::{GetSecretRequest, GetSecretResponse};
use tokio::io::AsyncReadExt as _;
use tonic::Status;

use super::error::BuildkitError;
use super::pairs::Pairs;
use crate::surroundings::Surroundings;

/// BuildKit takes no larger one.
const LARGEST: u64 = 500 * 1024;

/// The secrets of a build, by their names.
#[derive(Debug, Clone, Default)]
pub(in crate::build) struct Secrets(HashMap<String, Place>);

/// Where a secret is kept. It is read when it is asked for, and never kept.
#[derive(Clone)]
enum Place {
    File(PathBuf),
    /// The value of a variable of the environment.
    Value(String),
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "File({})", path.display()),
            Self::Value(_) => f.write_str("Value(…)"),
        }
    }
}

impl Secrets {
    /// Reads what stands behind `--secret`; relative paths begin at `folder`.
    pub async fn read(
        flags: &[String],
        folder: &Path,
        surroundings: &Surroundings,
    ) -> Result<Self, BuildkitError> {
        let mut secrets = HashMap::new();
        for flag in flags {
            let (id, place) = one(flag, folder, surroundings)?;
            if let Place::File(path) = &place {
                check(path).await?;
            }
            secrets.insert(id, place);
        }
        Ok(Self(secrets))
    }

    /// Reads them all, for a builder that can't ask for one when a step needs it.
    pub async fn all(&self) -> Result<Vec<(String, Vec<u8>)>, BuildkitError> {
        let mut all = Vec::new();
        for id in self.0.keys() {
            let asked = GetSecretRequest {
                id: id.clone(),
                ..GetSecretRequest::default()
            };
            let read = self.get(asked).await;
            let read = read.map_err(|status| BuildkitError::Option(status.message().to_owned()))?;
            all.push((id.clone(), read.data));
        }
        Ok(all)
    }

    /// Lends one.
    pub async fn get(&self, asked: GetSecretRequest) -> Result<GetSecretResponse, Status> {
        let Some(place) = self.0.get(&asked.id) else {
            return Err(Status::not_found(format!("secret {}: not found", asked.id)));
        };
        let data = match place {
            Place::Value(value) => value.clone().into_bytes(),
            Place::File(path) => content(path)
                .await
                .map_err(|error| Status::internal(format!("secret {}: {error}", asked.id)))?,
        };
        if data.len() as u64 > LARGEST {
            let words = format!("secret {} is larger than 500 KB", asked.id);
            return Err(Status::invalid_argument(words));
        }
        Ok(GetSecretResponse { data })
    }
}

/// No more than what shows that it is too large.
async fn content(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut data = Vec::new();
    let file = tokio::fs::File::open(path).await?;
    file.take(LARGEST + 1).read_to_end(&mut data).await?;
    Ok(data)
}

fn one(
    flag: &str,
    folder: &Path,
    surroundings: &Surroundings,
) -> Result<(String, Place), BuildkitError> {
    let wrong = |why: &str| {
        // The flag names places, never the secret itself.
        BuildkitError::Option(format!("--secret {flag} can’t be used: {why}"))
    };
    let pairs = Pairs::read(flag).map_err(|why| wrong(&why))?;
    let (mut kind, mut id, mut source, mut variable) = (None, None, None, None);
    for (name, value) in pairs.iter() {
        let place = match name {
            "type" => &mut kind,
            "id" => &mut id,
            "src" | "source" => &mut source,
            "env" => &mut variable,
            _ => return Err(wrong(&format!("there is no “{name}”"))),
        };
        *place = Some(value.to_owned());
    }
    match kind.as_deref() {
        None | Some("file") => {}
        Some("env") => variable = variable.or_else(|| source.take()),
        Some(_) => return Err(wrong("its type is file or env")),
    }
    let id = id.or_else(|| source.clone()).or_else(|| variable.clone());
    let id = id.filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| wrong("it has no id"))?;
    if let Some(name) = &variable {
        let value = surroundings.env.get(name);
        let value = value.ok_or_else(|| wrong(&format!("no variable {name} is set")))?;
        return Ok((id, Place::Value(value.clone())));
    }
    match (source, surroundings.env.get(&id)) {
        (Some(source), _) => Ok((id, Place::File(at(&source, folder, surroundings)))),
        // With a name alone, a variable of that name goes before a file.
        (None, Some(value)) => Ok((id, Place::Value(value.clone()))),
        (None, None) => {
            let path = at(&id, folder, surroundings);
            Ok((id, Place::File(path)))
        }
    }
}

/// A path as the user wrote it; a shell would have put the home folder in already.
fn at(path: &str, folder: &Path, surroundings: &Surroundings) -> PathBuf {
    match (path.strip_prefix("~/"), &surroundings.home) {
        (Some(rest), Some(home)) => home.join(rest),
        (Some(_) | None, _) => folder.join(path),
    }
}

async fn check(path: &Path) -> Result<(), BuildkitError> {
    let wrong = |why: String| {
        BuildkitError::Option(format!(
            "The secret {} can’t be used: {why}",
            path.display()
        ))
    };
    let facts = tokio::fs::metadata(path).await;
    let facts = facts.map_err(|error| wrong(error.to_string()))?;
    if facts.len() > LARGEST {
        return Err(wrong("it is larger than 500 KB".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[tokio::test]
    async fn secrets_come_from_files_and_variables() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("key"), "from a file").unwrap();
        std::fs::write(folder.path().join("large"), vec![0; 600 * 1024]).unwrap();
        let surroundings = Surroundings {
            env: [("TOKEN".to_owned(), "from a variable".to_owned())].into(),
            ..Surroundings::default()
        };
        let rows = [
            ("id=a,src=key", "a", Some("from a file")),
            ("type=file,id=a,source=key", "a", Some("from a file")),
            ("id=key", "key", Some("from a file")),
            ("src=key", "key", Some("from a file")),
            ("id=a,env=TOKEN", "a", Some("from a variable")),
            ("type=env,id=a,src=TOKEN", "a", Some("from a variable")),
            ("id=TOKEN", "TOKEN", Some("from a variable")),
            ("id=a,src=key", "b", None),
        ];
        for (flag, id, expected) in rows {
            let flags = [flag.to_owned()];
            let read = Secrets::read(&flags, folder.path(), &surroundings).await;
            let asked = GetSecretRequest {
                id: id.to_owned(),
                ..GetSecretRequest::default()
            };
            let found = read.unwrap().get(asked).await.ok();
            let found = found.map(|found| String::from_utf8(found.data).unwrap());
            assert_eq!(found.as_deref(), expected, "{flag}");
        }
        for flag in [
            "id=a,src=none",
            "id=large",
            "id=a,env=NONE",
            "id=",
            "nothing",
            "type=odd,id=key",
        ] {
            let flags = [flag.to_owned()];
            let read = Secrets::read(&flags, folder.path(), &surroundings).await;
            assert!(read.is_err(), "{flag}");
        }
        let flags = ["id=TOKEN".to_owned()];
        let read = Secrets::read(&flags, folder.path(), &surroundings).await;
        assert!(!format!("{read:?}").contains("from a variable"));
    }
}
