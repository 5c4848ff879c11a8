//! Keys and clicks as hands make them, where a test needs more than a click on one thing.

use fantoccini::actions::{
    Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::Element;
use fantoccini::key::Key;

use crate::app::App;

impl App {
    /// Presses one key that has a name, wherever the focus is.
    pub async fn key(&self, key: Key) {
        self.press(&char::from(key).to_string()).await;
    }

    /// Presses a key and lets it go, wherever the focus is. Unlike the other ways, this one brings nothing
    /// into sight first.
    pub async fn stroke(&self, value: char) {
        let keys = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        let performed = self.client.perform_actions(Actions::from(keys)).await;
        performed.unwrap();
    }

    /// The same while Ctrl is held.
    pub async fn ctrl_stroke(&self, value: char) {
        let control = char::from(Key::Control);
        let keys = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: control });
        let performed = self.client.perform_actions(Actions::from(keys)).await;
        performed.unwrap();
    }

    /// Presses a key while Ctrl is held.
    pub async fn ctrl(&self, key: char) {
        let (control, release) = (char::from(Key::Control), char::from(Key::Null));
        self.press(&format!("{control}{key}{release}")).await;
    }

    /// Presses a key while Shift is held.
    pub async fn shift(&self, key: Key) {
        let (shift, release) = (char::from(Key::Shift), char::from(Key::Null));
        self.press(&format!("{shift}{}{release}", char::from(key)))
            .await;
    }

    /// Clicks in the middle of something while Ctrl is held: a row's cell adds the row to the selected.
    pub async fn ctrl_click(&self, element: &Element) {
        let control = char::from(Key::Control);
        let keys = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: control })
            .pause(std::time::Duration::ZERO)
            .pause(std::time::Duration::ZERO)
            .then(KeyAction::Up { value: control });
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveToElement {
                element: element.clone(),
                duration: None,
                x: 0.0,
                y: 0.0,
            })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            })
            .pause(std::time::Duration::ZERO);
        let both = Actions::from(keys).and(mouse);
        self.client.perform_actions(both).await.unwrap();
    }

    /// The role and name of what has the focus, by the rules by which things are found; `body` where nothing has it.
    pub async fn focused(&self) -> String {
        let script = "const at = document.activeElement; if (at === document.body) return 'body'; const words = (node) => (node.getAttribute('aria-label') \
            ?? (node.labels && node.labels.length ? [...node.labels].map((label) => label.innerText).join(' ') : null) \
            ?? node.innerText ?? '').replace(/\\s+/g, ' ').trim(); return `${at.getAttribute('role') ?? at.tagName.toLowerCase()} ${words(at)}`";
        let name = self
            .client
            .execute(script, vec![])
            .await
            .unwrap_or_default();
        name.as_str().unwrap_or_default().to_owned()
    }
}
