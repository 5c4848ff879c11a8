//! Which pages are shown in the preview: those of ports on this computer.

use tauri::Url;

/// The place that a preview stays on: scheme, host and port.
#[derive(Debug, Clone)]
pub struct Origin(tauri::Url);

/// Why an address is not shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusedAddress {
    /// Not an address at all.
    #[error("“{0}” is not a web address")]
    NotAnAddress(String),
    /// Another scheme, such as `file:`.
    #[error("the preview shows http and https pages, not {0}: addresses")]
    Scheme(String),
    /// Another computer.
    #[error("the preview shows pages on this computer, and {0} is another one")]
    Elsewhere(String),
}

impl Origin {
    /// Reads an address, and says where it stays.
    ///
    /// # Errors
    /// When it is not an http or https address of this computer.
    pub fn of(address: &str) -> Result<(Origin, Url), RefusedAddress> {
        let url = Url::parse(address)
            .map_err(|_| RefusedAddress::NotAnAddress(address.chars().take(80).collect()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(RefusedAddress::Scheme(url.scheme().to_owned()));
        }
        let host = url.host_str().unwrap_or_default();
        if !matches!(host, "127.0.0.1" | "localhost" | "[::1]") {
            return Err(RefusedAddress::Elsewhere(host.to_owned()));
        }
        Ok((Origin(url.clone()), url))
    }

    /// Whether `url` is in the same place.
    pub fn holds(&self, url: &Url) -> bool {
        url.origin() == self.0.origin()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{Origin, RefusedAddress};

    #[test]
    fn only_pages_of_this_computer_are_shown() {
        for (address, shown) in [
            ("http://127.0.0.1:5000", true),
            ("http://localhost:5000/a?b#c", true),
            ("https://[::1]:8443/", true),
            ("http://127.0.0.1.evil.example:5000", false),
            ("http://127.0.0.1@evil.example/", false),
            ("http://evil.example/", false),
            ("http://169.254.169.254/latest", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("tauri://localhost/", false),
            ("ipc://localhost/perform", false),
            ("data:text/html,hello", false),
            ("", false),
            ("5000", false),
        ] {
            assert_eq!(Origin::of(address).is_ok(), shown, "{address}");
        }
        assert_eq!(
            Origin::of("file:///etc/passwd").map(|_| ()).unwrap_err(),
            RefusedAddress::Scheme("file".to_owned())
        );
    }

    #[test]
    fn it_stays_where_it_was_opened() {
        let (origin, _) = Origin::of("http://127.0.0.1:5000/start").unwrap();
        for (to, stays) in [
            ("http://127.0.0.1:5000/other?x=1", true),
            ("http://127.0.0.1:5001/", false),
            ("http://localhost:5000/", false),
            ("https://127.0.0.1:5000/", false),
            ("tauri://localhost/index.html", false),
            ("about:blank", false),
        ] {
            assert_eq!(origin.holds(&to.parse().unwrap()), stays, "{to}");
        }
    }
}
