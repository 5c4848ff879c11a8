//! Blank fields: what a half-filled dialog leaves behind.

use clap::Arg;
use serde_json::Value;

use crate::Action;

/// Flags whose empty value means something of its own: `--entrypoint ""` takes the image's away.
pub(crate) const MEANT_WHEN_EMPTY: &[&str] = &["entrypoint"];

impl Action {
    /// The same action without blank entries, as [`render`](Action::render) shows it and as it is
    /// performed. Kept are the words of a command and an empty `--entrypoint`, which mean something.
    #[must_use]
    pub fn without_blanks(self) -> Action {
        // An action always becomes an object, and stays one of the same shape.
        let Ok(mut value) = serde_json::to_value(&self) else {
            return self;
        };
        for arg in (self.verb().grammar)().get_arguments() {
            if let Some(field) = value.get_mut(arg.get_id().as_str()) {
                drop_blanks(arg, field);
            }
        }
        serde_json::from_value(value).unwrap_or(self)
    }
}

fn drop_blanks(arg: &Arg, field: &mut Value) {
    let is_blank = |value: &Value| value.as_str() == Some("");
    if let Value::Array(entries) = field {
        if !arg.is_trailing_var_arg_set() {
            entries.retain(|entry| !is_blank(entry));
        }
        return;
    }
    // What is required stays blank, and is complained about.
    let means_something = MEANT_WHEN_EMPTY.contains(&arg.get_id().as_str());
    if is_blank(field) && !arg.is_required_set() && !means_something {
        *field = Value::Null;
    }
}
