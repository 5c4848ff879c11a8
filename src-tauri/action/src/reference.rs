//! Names of images: `ubuntu`, `ghcr.io/owner/app:1.2`, `app@sha256:…`.
//!
//! The grammar is that of <https://github.com/distribution/reference>, with Docker's defaults
//! (`docker.io`, `library/`) as its `ParseNormalizedNamed` fills them in.

use std::fmt;

use crate::text::{Invalid, shown, shown_char};

/// Where an image comes from when its name says no registry.
const DEFAULT_DOMAIN: &str = "docker.io";
/// What Docker Hub was called once; still written here and there.
const LEGACY_DOMAIN: &str = "index.docker.io";
/// Where Docker Hub keeps its official images.
const OFFICIAL: &str = "library/";
/// The longest path that registries take.
const MAX_PATH: usize = 255;
/// The longest tag that registries take.
const MAX_TAG: usize = 128;
/// The digits of a full image id.
pub(crate) const ID_DIGITS: usize = 64;

/// The name of an image in a registry, with Docker's defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    domain: String,
    path: String,
    tag: Option<String>,
    digest: Option<String>,
}

impl Reference {
    /// Reads a reference as `docker` does.
    ///
    /// # Errors
    /// Says which part is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        refuse_at_a_glance(text)?;
        let (domain, remainder) = split_domain(text);
        let (name, digest) = match remainder.split_once('@') {
            Some((name, digest)) => (name, Some(digest)),
            None => (remainder.as_str(), None),
        };
        let (path, tag) = match name.split_once(':') {
            Some((path, tag)) => (path, Some(tag)),
            None => (name, None),
        };
        check_domain(&domain)?;
        check_path(path, text)?;
        tag.map_or(Ok(()), check_tag)?;
        digest.map_or(Ok(()), check_digest)?;
        Ok(Reference {
            path: path.to_owned(),
            tag: tag.map(str::to_owned),
            digest: digest.map(str::to_owned),
            domain,
        })
    }

    /// The registry's host, with its port where one was given, such as `docker.io`.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The repository within its registry, such as `library/ubuntu`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The tag; `None` when none was given, which is not the same as `latest` for a digest.
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The digest, such as `sha256:…`.
    pub fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    /// The tag that an engine uses: the given one, `latest` where neither tag nor digest was given.
    pub fn tag_or_latest(&self) -> Option<&str> {
        match (&self.tag, &self.digest) {
            (Some(tag), _) => Some(tag),
            (None, Some(_)) => None,
            (None, None) => Some("latest"),
        }
    }

    /// The repository as people write it, without tag and digest: `ubuntu`, `ghcr.io/owner/app`.
    pub fn familiar_name(&self) -> String {
        if self.domain != DEFAULT_DOMAIN {
            return format!("{}/{}", self.domain, self.path);
        }
        match self.path.strip_prefix(OFFICIAL) {
            Some(name) if !name.contains('/') => name.to_owned(),
            _ => self.path.clone(),
        }
    }

    /// The reference as people write it: the defaults left out.
    pub fn familiar(&self) -> String {
        self.with_suffix(self.familiar_name())
    }

    /// The reference in full, such as `docker.io/library/ubuntu:22.04`; no tag is made up.
    pub fn canonical(&self) -> String {
        self.with_suffix(format!("{}/{}", self.domain, self.path))
    }

    fn with_suffix(&self, mut name: String) -> String {
        if let Some(tag) = &self.tag {
            name.push(':');
            name.push_str(tag);
        }
        if let Some(digest) = &self.digest {
            name.push('@');
            name.push_str(digest);
        }
        name
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.familiar())
    }
}

/// An image that an engine has, named by reference or by id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ImageName {
    /// An id that can be nothing else: 64 hex digits, or `sha256:` and up to 64 of them.
    Id(String),
    /// A name; one of hex digits alone may still be the beginning of an id, the engine knows.
    Reference(Reference),
}

impl ImageName {
    /// Reads an argument such as those of `docker rmi`.
    ///
    /// # Errors
    /// Says which part is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let digits = text.strip_prefix("sha256:").unwrap_or(text);
        let is_id = is_lower_hex(digits)
            && digits.len() <= ID_DIGITS
            && (digits.len() == ID_DIGITS || digits.len() < text.len());
        if is_id {
            return Ok(ImageName::Id(text.to_owned()));
        }
        Reference::parse(text).map(ImageName::Reference)
    }

    /// Whether it can be the beginning of an image's id.
    pub fn may_be_id(&self) -> bool {
        match self {
            ImageName::Id(_) => true,
            ImageName::Reference(reference) => is_lower_hex(&reference.familiar()),
        }
    }

    /// The reference, where it is one.
    pub fn reference(&self) -> Option<&Reference> {
        match self {
            ImageName::Id(_) => None,
            ImageName::Reference(reference) => Some(reference),
        }
    }
}

impl fmt::Display for ImageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImageName::Id(id) => f.write_str(id),
            ImageName::Reference(reference) => reference.fmt(f),
        }
    }
}

pub(crate) fn is_lower_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// The mistakes that have a better sentence than "this part is wrong".
fn refuse_at_a_glance(text: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new(
            "Name an image, such as ubuntu or ubuntu:22.04.",
        ));
    }
    if let Some((scheme, rest)) = text.split_once("://") {
        return Err(Invalid::new(format!(
            "An image's name has no “{}://” in front. Write {}.",
            scheme
                .chars()
                .take(10)
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>(),
            shown(rest)
        )));
    }
    if text.len() == ID_DIGITS && is_lower_hex(text) {
        return Err(Invalid::new(
            "This is an image's id, not a name. Write the image's name, or sha256: before the id.",
        ));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-/:@[]+".contains(c);
    if let Some(c) = text.chars().find(|c| !allowed(*c)) {
        return Err(Invalid::new(format!(
            "An image's name can’t contain {}. It has small letters, digits, and . _ - / : between them, such as ubuntu:22.04.",
            shown_char(c)
        )));
    }
    Ok(())
}

/// Docker's rule for the part before the first slash: it is a registry when it can't be anything else.
fn split_domain(text: &str) -> (String, String) {
    let Some((first, rest)) = text.split_once('/') else {
        return (DEFAULT_DOMAIN.to_owned(), format!("{OFFICIAL}{text}"));
    };
    let is_registry = first == "localhost"
        || first.contains(['.', ':'])
        || first.bytes().any(|b| b.is_ascii_uppercase());
    let (domain, path) = match first {
        LEGACY_DOMAIN => (DEFAULT_DOMAIN, rest),
        _ if is_registry => (first, rest),
        _ => (DEFAULT_DOMAIN, text),
    };
    if domain == DEFAULT_DOMAIN && !path.contains('/') {
        return (domain.to_owned(), format!("{OFFICIAL}{path}"));
    }
    (domain.to_owned(), path.to_owned())
}

fn check_domain(domain: &str) -> Result<(), Invalid> {
    let wrong = |domain: &str| {
        Invalid::new(format!(
            "{} is not the address of a registry. One looks like ghcr.io, localhost:5000 or [::1]:5000.",
            shown(domain)
        ))
    };
    let port = if let Some(inside) = domain.strip_prefix('[') {
        let (address, port) = inside.split_once(']').ok_or_else(|| wrong(domain))?;
        let is_address =
            !address.is_empty() && address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':');
        if !is_address {
            return Err(wrong(domain));
        }
        port
    } else {
        let (host, port) = domain
            .find(':')
            .map_or((domain, ""), |colon| domain.split_at(colon));
        if !host.split('.').all(is_host_part) {
            return Err(wrong(domain));
        }
        port
    };
    let has_good_port = match port.strip_prefix(':') {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()),
        None => port.is_empty(),
    };
    if has_good_port {
        Ok(())
    } else {
        Err(wrong(domain))
    }
}

fn is_host_part(part: &str) -> bool {
    !part.is_empty()
        && !part.starts_with('-')
        && !part.ends_with('-')
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn check_path(path: &str, whole: &str) -> Result<(), Invalid> {
    if path.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err(Invalid::new(format!(
            "An image's name has only small letters. Write {}.",
            shown(&lower_path(path, whole))
        )));
    }
    if path.len() > MAX_PATH {
        return Err(Invalid::new(format!(
            "An image's name has at most {MAX_PATH} characters; this one has {}.",
            path.len()
        )));
    }
    let written = path.strip_prefix(OFFICIAL).unwrap_or(path);
    for part in written.split('/') {
        if part.is_empty() {
            return Err(Invalid::new(if written.is_empty() {
                "The image's name is missing before the “:” or “@”. Write it as in ubuntu:22.04."
            } else {
                "A part of the image's name is empty: there is a “/” too many."
            }));
        }
        if !is_path_part(part) {
            return Err(Invalid::new(format!(
                "{} can’t be part of an image's name. It begins and ends with a small letter or a digit, with a single . or _ or any number of - between them.",
                shown(part)
            )));
        }
    }
    Ok(())
}

/// `[a-z0-9]+` joined by `.`, `_`, `__` or any number of `-`.
fn is_path_part(part: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    part.starts_with(is_plain)
        && part.ends_with(is_plain)
        && part.split(is_plain).all(|separator| {
            matches!(separator, "" | "." | "_" | "__") || separator.bytes().all(|b| b == b'-')
        })
}

/// What the person meant who wrote capitals: the same with the path in small letters.
fn lower_path(path: &str, whole: &str) -> String {
    let written = path.strip_prefix(OFFICIAL).unwrap_or(path);
    match whole.rfind(written) {
        Some(at) => {
            let end = at + written.len();
            format!(
                "{}{}{}",
                &whole[..at],
                written.to_ascii_lowercase(),
                &whole[end..]
            )
        }
        None => whole.to_ascii_lowercase(),
    }
}

fn check_tag(tag: &str) -> Result<(), Invalid> {
    if tag.is_empty() {
        return Err(Invalid::new(
            "The tag after the “:” is missing. Write one, such as :latest, or leave out the “:”.",
        ));
    }
    if tag.len() > MAX_TAG {
        return Err(Invalid::new(format!(
            "A tag has at most {MAX_TAG} characters; this one has {}.",
            tag.len()
        )));
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if tag.starts_with(is_word) && tag.chars().all(|c| is_word(c) || c == '.' || c == '-') {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} is not a tag. A tag begins with a letter, a digit or _, and goes on with these and . and -, such as 22.04.",
        shown(tag)
    )))
}

fn check_digest(digest: &str) -> Result<(), Invalid> {
    let digits = match digest.split_once(':') {
        Some(("sha256", digits)) if digits.len() == 64 => digits,
        Some(("sha384", digits)) if digits.len() == 96 => digits,
        Some(("sha512", digits)) if digits.len() == 128 => digits,
        _ => "",
    };
    if is_lower_hex(digits) {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} is not a digest. A digest is sha256: and 64 digits from 0-9 and a-f.",
        shown(digest)
    )))
}
