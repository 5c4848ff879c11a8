//! The texts that a redaction takes away, so that they can be looked for elsewhere.

use serde_json::Value;

use crate::Action;
use crate::secret::{Found, names_secret, redact_and_tell};

/// Shorter texts are in every sentence; replacing them there would hide nothing and spoil all.
const SHORTEST: usize = 4;

/// What [`redact`](crate::redact) hides in an action, the longest first: an engine's answer may
/// repeat it. Where it hides several secrets at once, each of them is told, too.
pub fn secrets(action: &Action) -> Vec<String> {
    let mut found = Found::default();
    redact_and_tell(action, &mut found);
    let mut found = found.0;
    found.retain(|text| text.chars().count() >= SHORTEST);
    found.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    found.dedup();
    found
}

/// The variables of the environment whose values an action takes along and that are nobody's business: those
/// that it names without a value, by names of secrets, and those that `--secret` lends.
pub fn secret_variables(action: &Action) -> Vec<String> {
    let fields = action.fields();
    let texts = |field: &str| {
        let texts = fields.get(field).and_then(Value::as_array);
        texts.into_iter().flatten().filter_map(Value::as_str)
    };
    let named = texts("build_arg").chain(texts("env"));
    let named = named.filter(|name| !name.contains('=') && names_secret(name));
    let lent = texts("secret").flat_map(|text| {
        let parts = text.split(',').filter_map(|part| part.split_once('='));
        // With a name alone, a variable of that name goes before a file.
        let is_variable = text.split(',').any(|part| part == "type=env");
        parts.filter_map(move |(key, value)| match key {
            "env" | "id" => Some(value),
            "src" | "source" if is_variable => Some(value),
            _ => None,
        })
    });
    named.chain(lent).map(str::to_owned).collect()
}

/// The files whose content `--secret` lends to a build, as they are written.
pub fn secret_files(action: &Action) -> Vec<String> {
    let fields = action.fields();
    let texts = fields.get("secret").and_then(Value::as_array);
    let texts = texts.into_iter().flatten().filter_map(Value::as_str);
    let parts = texts.flat_map(|text| text.split(','));
    parts
        .filter_map(|part| part.split_once('='))
        // With a name alone, the file may have that name.
        .filter_map(|(key, value)| matches!(key, "src" | "source" | "id").then_some(value))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{secret_files, secret_variables, secrets};
    use crate::Action;

    #[test]
    fn what_is_hidden_is_told() {
        let rows: [(&str, &[&str]); 13] = [
            ("docker run -e PASSWORD=abcdef ubuntu", &["abcdef"]),
            ("docker run -e COLOUR=abcdef ubuntu", &[]),
            ("docker run -e PASSWORD=abc ubuntu", &[]),
            ("docker login -p abcdef", &["abcdef"]),
            (
                "docker run -e URL=http://me:abcdef@host/ ubuntu",
                &["abcdef"],
            ),
            (
                "docker run -e A_TOKEN=abcdef -e B_TOKEN=abcdefgh ubuntu",
                &["abcdefgh", "abcdef"],
            ),
            (
                "docker run --health-cmd 'pg --password abcdef --token ghijk -q' ubuntu",
                &["abcdef", "ghijk"],
            ),
            (
                "docker run --health-cmd 'pg --password \"abcdef\"' ubuntu",
                &["\"abcdef\"", "abcdef"],
            ),
            (
                "docker build --cache-to type=s3,access_key_id=abcdef,region=west,secret_access_key=ghijk .",
                &[
                    "abcdef,region=west,secret_access_key=ghijk",
                    "abcdef",
                    "ghijk",
                ],
            ),
            (
                "docker volume create -o o=username=me,password=abcdef,vers=3.0 share",
                &["abcdef,vers=3.0", "abcdef"],
            ),
            (
                "docker run -e DB_URL=db://me:abcdef@one,db://me:ghijk@two ubuntu",
                &["abcdef", "ghijk"],
            ),
            (
                "docker run -e API_TOKEN=db://me:abcdef@one ubuntu",
                &["db://me:abcdef@one", "abcdef"],
            ),
            (
                "docker build --secret id=npm,src=abcdef,env=ghijk .",
                &["abcdef", "ghijk"],
            ),
        ];
        for (line, hidden) in rows {
            assert_eq!(secrets(&Action::parse(line).unwrap()), hidden, "{line}");
        }
    }

    #[test]
    fn files_that_are_lent_are_told() {
        let line = "docker build --secret id=a,src=b --secret type=file,id=c,source=/d --secret id=e,env=f .";
        let action = Action::parse(line).unwrap();
        assert_eq!(secret_files(&action), ["a", "b", "c", "/d", "e"]);
    }

    #[test]
    fn variables_that_are_taken_along_are_told() {
        let rows: [(&str, &[&str]); 6] = [
            (
                "docker build --secret type=env,id=a,src=NAME .",
                &["a", "NAME"],
            ),
            (
                "docker build --build-arg API_TOKEN --build-arg WHO --build-arg KEY=x .",
                &["API_TOKEN"],
            ),
            (
                "docker build --secret id=a,env=NAME --secret id=b,src=c .",
                &["a", "NAME", "b"],
            ),
            ("docker run -e PASSWORD -e USER web", &["PASSWORD"]),
            ("docker create -e DB_PASS web", &["DB_PASS"]),
            ("docker stop web", &[]),
        ];
        for (line, expected) in rows {
            let action = Action::parse(line).unwrap();
            assert_eq!(secret_variables(&action), expected, "{line}");
        }
    }
}
