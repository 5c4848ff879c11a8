//! Names in paths. bollard puts names into its URLs as they are and then resolves `..`, so that
//! `../containers/other?force=1` given as an image would remove a container; every name is checked
//! here before anything sends it.

use std::fmt;

/// The longest name that is taken; Docker's own limit for a reference without its digest is 255.
const LONGEST: usize = 512;

/// A name that can stand in a path as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Segment(String);

/// A name that can't be an id, a container's name or an image's reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” can’t be a name")]
pub struct BadName(pub String);

impl Segment {
    /// An id or the name of a container, a network, a volume: one piece, without a slash.
    ///
    /// # Errors
    /// [`BadName`] where it holds anything that Docker lets no name hold.
    pub fn name(text: &str) -> Result<Self, BadName> {
        if text.contains('/') {
            Err(bad(text))
        } else {
            Self::reference(text)
        }
    }

    /// An image's reference or id: pieces with slashes between them, a tag, a digest.
    ///
    /// # Errors
    /// [`BadName`] where it holds anything that Docker lets no reference hold.
    pub fn reference(text: &str) -> Result<Self, BadName> {
        // None of these needs an escape in a path (RFC 3986, `pchar`).
        let fits = |c: char| c.is_ascii_alphanumeric() || "._-:@+".contains(c);
        let piece_fits =
            |piece: &str| !piece.is_empty() && piece.chars().all(fits) && !piece.starts_with('.');
        if text.len() <= LONGEST && text.split('/').all(piece_fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(bad(text))
        }
    }

    /// The name, for calls that take text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A path with a query, each value escaped; the pairs keep their order.
pub fn with_query(path: &str, query: &[(&str, &str)]) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    let pairs = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    format!("{path}?{pairs}")
}

/// The name as it can be repeated to a person: not endless, nothing that moves a cursor.
fn bad(text: &str) -> BadName {
    BadName(text.chars().filter(|c| !c.is_control()).take(80).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_leave_its_place_in_a_path_is_refused() {
        let long = "a".repeat(LONGEST + 1);
        let rows = [
            "",
            ".",
            "..",
            "../x",
            "a/../b",
            "a//b",
            "/a",
            "a/",
            "a?force=1",
            "a#b",
            "a%2fb",
            "a b",
            "a\\b",
            "a\nb",
            "a\0b",
            "ä",
            "a/.b",
            long.as_str(),
        ];
        for text in rows {
            assert!(Segment::reference(text).is_err(), "{text:?}");
            assert!(Segment::name(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_docker_takes_is_taken() {
        let digest = format!("localhost:5000/a/b_c__d@sha256:{}", "0".repeat(64));
        let rows = [
            "ubuntu",
            "library/ubuntu:24.04",
            digest.as_str(),
            "ghcr.io/a/b:v1.0+x",
        ];
        for text in rows {
            assert_eq!(
                Segment::reference(text).map(|it| it.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in ["hello", "a_b.c-d", "0123abcd"] {
            assert!(Segment::name(text).is_ok(), "{text}");
        }
        assert!(
            Segment::name("a/b").is_err(),
            "a container's name holds no slash"
        );
    }

    #[test]
    fn queries_are_escaped() {
        assert_eq!(with_query("/a", &[]), "/a");
        let query = [("filters", "{\"a\":[\"b&c\"]}"), ("t", "1")];
        assert_eq!(
            with_query("/a", &query),
            "/a?filters=%7B%22a%22%3A%5B%22b%26c%22%5D%7D&t=1"
        );
    }
}
