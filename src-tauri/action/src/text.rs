//! Text that people read: what is wrong with a value, and how a hostile value is shown.

/// What is wrong with a value, said to the person who wrote it: what it is and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(String);

impl Invalid {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Invalid(message.into())
    }
}

/// How much of a value is repeated in a sentence.
const SHOWN: usize = 40;

/// Whether a character has no picture of its own or moves the text around it, so that what is seen
/// is not what is there: control characters, marks of writing direction, spaces without width.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A value as it may stand in a sentence: in quotes, hidden characters escaped, long ones cut.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::from("“");
    for (index, c) in text.chars().enumerate() {
        if index == SHOWN {
            shown.push('…');
            break;
        }
        push_visible(&mut shown, c);
    }
    shown.push('”');
    shown
}

/// How long a text is in UTF-16 units, in which a page counts.
pub(crate) fn utf16_length(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// One character as it may stand in a sentence.
pub(crate) fn shown_char(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        c if is_hidden(c) => format!("the hidden character {}", c.escape_unicode()),
        c => format!("“{c}”"),
    }
}

fn push_visible(text: &mut String, c: char) {
    if is_hidden(c) {
        text.extend(c.escape_unicode());
    } else {
        text.push(c);
    }
}

/// The stand-in that a tutorial writes for a value of one's own, such as `<HOST_PORT>`.
pub(crate) fn placeholder(text: &str) -> Option<&str> {
    let start = text.find('<')?;
    let inside = &text[start + 1..];
    let length = inside.find('>')?;
    let name = &inside[..length];
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '));
    // A closing tag means that this is HTML, not a stand-in.
    (is_name && !text.contains("</")).then(|| &text[start..start + length + 2])
}

/// Refuses characters that no field can carry through to an engine.
pub(crate) fn refuse_nul(text: &str) -> Result<(), Invalid> {
    if text.contains('\0') {
        return Err(Invalid::new(
            "This has the character NUL in it, which no program can be given.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn hidden_characters_are_shown_escaped_and_long_values_cut() {
        assert_eq!(shown("a\u{202e}b\n"), "“a\\u{202e}b\\u{a}”");
        assert_eq!(shown(&"x".repeat(300)).chars().count(), SHOWN + 3);
        assert_eq!(shown_char('\u{200f}'), "the hidden character \\u{200f}");
    }

    #[test]
    fn stand_ins_are_told_from_html() {
        let rows = [
            ("<HOST_PORT>:5050", Some("<HOST_PORT>")),
            ("<CONTAINER ID>", Some("<CONTAINER ID>")),
            ("<b>x</b>", None),
            ("a<b", None),
            ("<>", None),
            ("<img src=x>", None),
        ];
        for (text, expected) in rows {
            assert_eq!(placeholder(text), expected, "{text}");
        }
    }
}
