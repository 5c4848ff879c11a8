//! Finding things the way a person does: by role and name, waiting until they are there.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app::{App, PATIENCE};

const FIND: &str = include_str!("find.js");

/// Between two looks at the page; only a state ends the wait.
const LOOK: Duration = Duration::from_millis(40);

/// How long work may take whose length is not the app's doing.
const WORK: std::time::Duration = std::time::Duration::from_secs(600);

impl App {
    /// Everything visible with this role; `name` is exact, `~part` matches a part, `None` any.
    pub async fn all(&self, role: &str, name: Option<&str>) -> Vec<Element> {
        self.all_within(None, role, name).await
    }

    async fn all_within(
        &self,
        within: Option<&str>,
        role: &str,
        name: Option<&str>,
    ) -> Vec<Element> {
        let found = self
            .client
            .execute(FIND, vec![json!(role), json!(name), json!(within)])
            .await;
        // A page that is just being replaced has nothing to find yet.
        let Ok(Value::Array(found)) = found else {
            return Vec::new();
        };
        found
            .into_iter()
            .filter_map(|value| {
                let id = value.as_object()?.values().next()?.as_str()?.to_owned();
                Some(Element::from_element_id(self.client.clone(), id.into()))
            })
            .collect()
    }

    /// The one thing with this role and name, as soon as it is there.
    pub async fn see(&self, role: &str, name: &str) -> Element {
        let began = Instant::now();
        loop {
            if let Some(element) = self.all(role, Some(name)).await.into_iter().next() {
                return element;
            }
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("no {role} “{name}” came")).await;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until nothing with this role and name is there.
    pub async fn gone(&self, role: &str, name: &str) {
        let what = format!("the {role} “{name}” does not go");
        self.until(&what, async || self.all(role, Some(name)).await.is_empty())
            .await;
    }

    /// Clicks it, as soon as it is there and can be clicked.
    pub async fn click(&self, role: &str, name: &str) {
        let began = Instant::now();
        loop {
            let element = self.see(role, name).await;
            let disabled = element.attr("aria-disabled").await.ok().flatten();
            self.settled(&element).await;
            if disabled.as_deref() != Some("true") && element.click().await.is_ok() {
                return;
            }
            // Between the look and the click the page may have been painted anew, or it still asks
            // the engine for what the button needs.
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("{role} “{name}” cannot be clicked"))
                    .await;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until it stays where it is: a click goes to a place, and a dialog that has just opened still
    /// grows while its command comes. What is gone meanwhile has settled, too.
    pub async fn settled(&self, element: &Element) {
        let mut before = element.rectangle().await.ok();
        self.until("it does not come to rest", async || {
            tokio::time::sleep(LOOK).await;
            let now = element.rectangle().await.ok();
            std::mem::replace(&mut before, now) == now
        })
        .await;
    }

    /// Replaces what a field holds by `text`.
    pub async fn fill(&self, name: &str, text: &str) {
        let began = Instant::now();
        // As for a click: what was filled in before may just move it.
        let field = loop {
            let field = self.field(name).await;
            self.settled(&field).await;
            if field.click().await.is_ok() {
                break field;
            }
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("the field “{name}” cannot be clicked"))
                    .await;
            }
            // One that is seen by its edge alone is brought further in, as with the wheel.
            let middle = "arguments[0].scrollIntoView({ block: 'center' })";
            let _ = self.client.execute(middle, vec![json!(field)]).await;
            tokio::time::sleep(LOOK).await;
        };
        let select_all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        field.send_keys(&select_all).await.unwrap();
        field
            .send_keys(&char::from(Key::Delete).to_string())
            .await
            .unwrap();
        if !text.is_empty() {
            field.send_keys(text).await.unwrap();
        }
    }

    /// The field of this name, whichever kind of field it is.
    pub async fn field(&self, name: &str) -> Element {
        let began = Instant::now();
        loop {
            for role in ["textbox", "searchbox", "combobox", "spinbutton"] {
                if let Some(element) = self.all(role, Some(name)).await.into_iter().next() {
                    return element;
                }
            }
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("no field “{name}” came")).await;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// What the field of this name holds.
    pub async fn value(&self, name: &str) -> String {
        let began = Instant::now();
        loop {
            // One that was found may be painted anew before it is asked.
            match self.field(name).await.prop("value").await {
                Ok(value) => return value.unwrap_or_default(),
                Err(error) if began.elapsed() > PATIENCE => {
                    let why = format!("the field “{name}” does not tell its value: {error}");
                    self.give_up(&why).await
                }
                Err(_) => tokio::time::sleep(LOOK).await,
            }
        }
    }

    /// What stands beside the field of this name and describes it: its hint, or what is wrong with it.
    pub async fn description(&self, field: &str) -> String {
        let field = self.field(field).await;
        let script = "return (arguments[0].getAttribute('aria-describedby') ?? '').split(/\\s+/)\
            .map((id) => document.getElementById(id)?.innerText ?? '').join(' ')";
        let text = self
            .client
            .execute(script, vec![json!(field)])
            .await
            .unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until what describes the field says `part`.
    pub async fn is_told(&self, field: &str, part: &str) {
        let what = format!("nobody says “{part}” at the field {field}");
        self.until(&what, async || self.description(field).await.contains(part))
            .await;
    }

    /// Whether the button of this name can be pressed.
    pub async fn can_press(&self, button: &str) -> bool {
        let button = self.see("button", button).await;
        let disabled = button.attr("aria-disabled").await.ok().flatten();
        disabled.as_deref() != Some("true")
            && button.attr("disabled").await.ok().flatten().is_none()
    }

    /// Waits until `state` holds.
    pub async fn until(&self, what: &str, mut state: impl AsyncFnMut() -> bool) {
        let began = Instant::now();
        while !state().await {
            if began.elapsed() > PATIENCE {
                self.give_up(what).await;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until `state` holds, for work that takes minutes on a busy machine: packages that are
    /// installed in a build.
    pub async fn until_worked(&self, what: &str, mut state: impl AsyncFnMut() -> bool) {
        let began = Instant::now();
        while !state().await {
            if began.elapsed() > WORK {
                self.give_up(what).await;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until the page's text holds `part`.
    pub async fn read(&self, part: &str) {
        let what = format!("the page does not say “{part}”");
        self.until(&what, async || self.text().await.contains(part))
            .await;
    }

    /// All text that the page shows.
    pub async fn text(&self) -> String {
        let text = self
            .client
            .execute("return document.body.innerText", vec![])
            .await;
        text.ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Presses keys wherever the focus is.
    pub async fn press(&self, keys: &str) {
        self.client
            .active_element()
            .await
            .unwrap()
            .send_keys(keys)
            .await
            .unwrap();
    }

    /// Fails with a picture and with what the page says.
    pub async fn give_up(&self, why: &str) -> ! {
        let test = std::thread::current()
            .name()
            .unwrap_or("test")
            .replace("::", "-");
        self.picture(&format!("failed-{test}"));
        let log = std::fs::read_to_string(self.home().join("app.log")).unwrap_or_default();
        panic!(
            "{why}\n--- the page says:\n{}\n--- the app says:\n{log}",
            self.text().await
        );
    }
}
