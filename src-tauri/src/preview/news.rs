//! What the preview does, for the main page: where it is, and what it wanted and may not.

use std::sync::Arc;

use tauri::Url;
use tokio::sync::watch;

use crate::ipc::{PreviewNews, PreviewRefused, RefusedKind};

/// An address that a page made up may be of any length; nobody reads more.
const LONGEST: usize = 2_000;

/// Told by the preview's webview; the newest state is all that is kept, so a page that asks for
/// something again and again costs nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct News(Arc<watch::Sender<PreviewNews>>);

impl News {
    /// Nothing is shown.
    pub(super) fn clear(&self) {
        self.0.send_replace(PreviewNews::default());
    }

    /// A page begins, or has loaded. What an earlier one wanted no longer matters.
    pub(super) fn shows(&self, url: &Url) {
        self.0.send_if_modified(|news| {
            // Half an address leads elsewhere.
            let address = Some(url.as_str())
                .filter(|url| url.len() <= LONGEST)
                .map(str::to_owned);
            if news.address == address {
                return false;
            }
            *news = PreviewNews {
                address,
                refused: None,
            };
            true
        });
    }

    /// The page wanted something that it may not.
    pub(super) fn refused(&self, kind: RefusedKind, url: &Url) {
        // An empty frame goes nowhere.
        if url.scheme() == "about" {
            return;
        }
        self.0.send_if_modified(|news| {
            let refused = Some(PreviewRefused {
                kind,
                url: shortened(url),
            });
            let is_new = news.refused != refused;
            news.refused = refused;
            is_new
        });
    }

    pub(super) fn reader(&self) -> PreviewReader {
        let mut receiver = self.0.subscribe();
        receiver.mark_changed();
        PreviewReader(receiver)
    }
}

fn shortened(url: &Url) -> String {
    url.as_str().chars().take(LONGEST).collect()
}

/// Follows the preview: first how it stands, then each change.
#[derive(Debug)]
pub struct PreviewReader(watch::Receiver<PreviewNews>);

impl PreviewReader {
    /// Waits for the next change.
    pub async fn next(&mut self) -> PreviewNews {
        if self.0.changed().await.is_err() {
            // The app ends.
            std::future::pending::<()>().await;
        }
        self.0.borrow_and_update().clone()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{LONGEST, News};
    use crate::ipc::{PreviewNews, RefusedKind};

    #[tokio::test]
    async fn what_a_page_wanted_is_told_until_another_is_shown() {
        let news = News::default();
        news.shows(&"http://127.0.0.1:5000/".parse().unwrap());
        let mut reader = news.reader();
        let first = reader.next().await;
        assert_eq!(first.address.as_deref(), Some("http://127.0.0.1:5000/"));
        assert_eq!(first.refused, None);

        // Frames without an address are everywhere, and nobody misses them.
        news.refused(RefusedKind::Elsewhere, &"about:blank".parse().unwrap());
        news.refused(
            RefusedKind::Elsewhere,
            &"https://example.com/".parse().unwrap(),
        );
        let told = reader.next().await;
        let refused = told.refused.unwrap();
        assert_eq!(
            (refused.kind, refused.url.as_str()),
            (RefusedKind::Elsewhere, "https://example.com/")
        );
        // The page that stays has loaded: it still wanted that.
        news.shows(&"http://127.0.0.1:5000/".parse().unwrap());
        assert!(news.0.borrow().refused.is_some());

        news.shows(&"http://127.0.0.1:5000/next".parse().unwrap());
        assert_eq!(reader.next().await.refused, None);
        news.clear();
        assert_eq!(reader.next().await, PreviewNews::default());
    }

    #[test]
    fn an_address_has_an_end() {
        let news = News::default();
        let long = format!("http://127.0.0.1:5000/{}", "x".repeat(1_000_000));
        news.refused(RefusedKind::Download, &long.parse().unwrap());
        let refused = news.0.borrow().refused.clone().unwrap();
        assert_eq!(refused.url.chars().count(), LONGEST);
        news.shows(&long.parse().unwrap());
        assert_eq!(news.0.borrow().address, None);
    }
}
