//! The settings that the engine is started with: the user's `daemon.json` in the data folder, and
//! what must be so for it to be private.

use std::fs;
use std::io;

use serde_json::{Map, Value, json};

use super::place::Place;

/// Writes the file that the engine reads. `bridge` is the network device that was made for it.
pub(super) fn write(place: &Place, bridge: Option<&str>) -> io::Result<()> {
    let text = match fs::read_to_string(place.user_config()) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => "{}".to_owned(),
        Err(error) => return Err(error),
    };
    let settings = merged(&text, place, bridge).map_err(|error| {
        let text = format!("{}: {error}", place.user_config().display());
        io::Error::new(io::ErrorKind::InvalidData, text)
    })?;
    fs::write(place.config(), format!("{settings:#}\n"))
}

/// The user's settings win, but for those by which the app finds the engine again.
fn merged(user: &str, place: &Place, bridge: Option<&str>) -> Result<Value, serde_json::Error> {
    let mut settings: Map<String, Value> = serde_json::from_str(user)?;
    let mut unless_set = |key: &str, value: Value| {
        settings.entry(key).or_insert(value);
    };
    unless_set("data-root", json!(place.data().join("docker")));
    if let Some(bridge) = bridge {
        unless_set("bridge", json!(bridge));
    }
    settings.insert(
        "hosts".to_owned(),
        json!([format!("unix://{}", place.socket().display())]),
    );
    settings.insert("exec-root".to_owned(), json!(place.exec_root()));
    settings.insert("pidfile".to_owned(), json!(place.pid_file()));
    Ok(Value::Object(settings))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::path::Path;

    use super::*;
    use crate::surroundings::Surroundings;

    #[test]
    fn the_user_sets_all_but_what_the_app_needs() {
        let place = Place::new(&Surroundings::default(), Path::new("/data"));
        let user = r#"{"registry-mirrors": ["http://m"], "hosts": ["tcp://0.0.0.0:2375"],
            "bridge": "br7"}"#;
        let settings = merged(user, &place, Some("slip0")).unwrap();
        assert_eq!(settings["registry-mirrors"], json!(["http://m"]));
        assert_eq!(settings["bridge"], "br7");
        assert_eq!(settings["data-root"], "/data/engine/docker");
        let socket = format!("unix://{}", place.socket().display());
        assert_eq!(
            settings["hosts"],
            json!([socket]),
            "no port is opened to the network"
        );
        assert!(
            merged("[]", &place, None).is_err(),
            "what is no object is said, not guessed"
        );
    }
}
