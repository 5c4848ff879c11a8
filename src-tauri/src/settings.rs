//! The settings file: read once, written whole, never half.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Mutex;

use crate::disk;
use crate::hub::lock;
use crate::ipc::Settings;

/// Where the settings are kept, and what they are.
#[derive(Debug)]
pub struct SettingsFile {
    path: PathBuf,
    now: Mutex<Settings>,
}

impl SettingsFile {
    /// Reads the file in the folder `config`; a missing or broken one gives the defaults, and a broken
    /// one is kept beside it as `settings.json.broken`, so that nothing is lost.
    pub fn open(config: &std::path::Path) -> SettingsFile {
        let path = config.join("settings.json");
        let now = match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).unwrap_or_else(|error| {
                tracing::warn!("{} is not readable: {error}", path.display());
                if let Err(error) = std::fs::rename(&path, path.with_extension("json.broken")) {
                    tracing::warn!("{} cannot be set aside: {error}", path.display());
                }
                Settings::default()
            }),
            Err(error) => {
                if error.kind() != ErrorKind::NotFound {
                    tracing::warn!("{}: {error}", path.display());
                }
                Settings::default()
            }
        };
        SettingsFile {
            path,
            now: Mutex::new(now),
        }
    }

    /// The settings as they are.
    pub fn get(&self) -> Settings {
        lock(&self.now).clone()
    }

    /// Changes the settings and writes them.
    ///
    /// # Errors
    /// When the file cannot be written; the change then holds until the app ends.
    pub fn change(&self, change: impl FnOnce(&mut Settings)) -> std::io::Result<Settings> {
        let mut now = lock(&self.now);
        change(&mut now);
        let text = serde_json::to_vec_pretty(&*now)?;
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        disk::keep(&self.path, &text)?;
        Ok(now.clone())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::SettingsFile;
    use crate::ipc::Theme;

    #[test]
    fn what_is_changed_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("not/there/yet");
        let changed = SettingsFile::open(&config)
            .change(|settings| settings.theme = Theme::Dark)
            .unwrap();
        assert_eq!(SettingsFile::open(&config).get(), changed);
        assert_eq!(changed.theme, Theme::Dark);
    }

    #[test]
    fn a_broken_file_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        std::fs::write(&path, "{\"theme\": \"plaid").unwrap();
        assert_eq!(
            SettingsFile::open(folder.path()).get(),
            super::Settings::default()
        );
        let kept = std::fs::read_to_string(folder.path().join("settings.json.broken")).unwrap();
        assert_eq!(kept, "{\"theme\": \"plaid");
    }

    #[test]
    fn a_field_of_a_later_version_does_not_lose_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        std::fs::write(&path, r#"{"theme": "light", "hat": "blue"}"#).unwrap();
        assert_eq!(SettingsFile::open(folder.path()).get().theme, Theme::Light);
    }
}
