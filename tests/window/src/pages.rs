//! The screens, in the words of what is done on them.

use std::time::Duration;

use slipway_lab::Engine;

use crate::app::{App, PATIENCE};

impl App {
    /// Goes to a page by the navigation.
    pub async fn go(&self, page: &str) {
        self.click("link", &format!("~{page}")).await;
        self.see("heading", page).await;
    }

    /// Pulls an image through the dialog, and leaves the dialog open at its end.
    pub async fn pull(&self, image: &str) {
        self.go("Images").await;
        self.click("button", "Pull an image").await;
        self.see("dialog", "Pull an image").await;
        self.fill("Image", image).await;
        self.click("button", "~Pull").await;
        // A large one on a busy disk takes its time.
        let there = format!("{image} is on this computer");
        let what = format!("the page does not say “{there}”");
        self.until_worked(&what, async || self.text().await.contains(&there))
            .await;
    }

    /// Opens the run dialog with `image` chosen.
    pub async fn open_run(&self, image: &str) {
        self.go("Containers").await;
        self.click("button", "Run an image").await;
        self.see("dialog", "Run an image").await;
        self.fill("~Image", image).await;
        self.press(&char::from(fantoccini::key::Key::Tab).to_string())
            .await;
    }

    /// Presses the run dialog's main button.
    pub async fn run(&self) {
        self.click("button", "Run").await;
    }

    /// What the command trail says, also while a dialog lies over it.
    pub async fn trail(&self) -> String {
        let script =
            "return document.querySelector('section[aria-label=\"Command trail\"]').innerText";
        let text = self
            .client
            .execute(script, vec![])
            .await
            .unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The rows of the list on screen, each as its text.
    pub async fn rows(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('main tbody tr, main [role=row]')]\
            .filter((row) => row.querySelector('td, [role=gridcell]')).map((row) => row.innerText)";
        let rows = self
            .client
            .execute(script, vec![])
            .await
            .unwrap_or_default();
        let rows = rows.as_array().cloned().unwrap_or_default();
        rows.iter()
            .filter_map(|row| row.as_str().map(str::to_owned))
            .collect()
    }

    /// Waits until the rows on screen, by their first lines, are these, in any order.
    pub async fn rows_are(&self, names: &[String]) {
        let mut wanted = names.to_vec();
        wanted.sort();
        self.until(&format!("the list is not {wanted:?}"), async || {
            let mut seen: Vec<String> = self
                .rows()
                .await
                .iter()
                .map(|row| {
                    row.lines()
                        .map(str::trim)
                        .find(|line| !line.is_empty())
                        .unwrap_or_default()
                        .to_owned()
                })
                .collect();
            seen.sort();
            seen == wanted
        })
        .await;
    }
}

impl App {
    /// The text of the page in the preview, as soon as it has some.
    pub async fn preview_text(&self) -> String {
        let began = std::time::Instant::now();
        let main = self.client.window().await.unwrap();
        loop {
            for handle in self.client.windows().await.unwrap() {
                if handle == main {
                    continue;
                }
                self.client.switch_to_window(handle).await.unwrap();
                let text = self.text().await;
                self.client.switch_to_window(main.clone()).await.unwrap();
                if !text.trim().is_empty() {
                    return text;
                }
            }
            if began.elapsed() > PATIENCE {
                break String::from("(nothing)");
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }
}

/// What the CLI prints, a line each.
pub fn cli(engine: &Engine, words: &[&str]) -> Vec<String> {
    let text = engine.docker(words).unwrap().ok().unwrap();
    text.lines().map(str::to_owned).collect()
}
