//! The title of a page, as plain text: whoever shows it shows letters, never markup.

/// A title is shown up to this length.
const LONGEST: usize = 200;

/// What stands in the page's first `<title>`.
pub(super) fn title(page: &str) -> Option<String> {
    // Lowering ASCII only keeps every position.
    let lower = page.to_ascii_lowercase();
    let tag = lower.match_indices("<title").find_map(|(at, _)| {
        let after = at + "<title".len();
        // Not `<titles>`.
        lower[after..]
            .starts_with(['>', ' ', '\t', '\r', '\n', '/'])
            .then_some(after)
    })?;
    let start = tag + lower[tag..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let text = visible(&decoded(&page[start..end]));
    (!text.is_empty()).then_some(text)
}

/// Text with its white space gathered, without what has no picture, not endless.
pub(super) fn visible(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            word.chars()
                .filter(|c| !slipway_action::text::is_hidden(*c))
                .collect()
        })
        .collect();
    words.join(" ").trim().chars().take(LONGEST).collect()
}

/// Character references become their characters: numbers, and the names that titles have.
fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest
            .find(';')
            .and_then(|end| Some((character(&rest[1..end])?, end)));
        match reference {
            Some((c, end)) => {
                decoded.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "laquo" => '«',
        "raquo" => '»',
        "middot" => '·',
        "bull" => '•',
        "copy" => '©',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_plain_text() {
        let rows = [
            (
                "<html><TITLE lang=en>\n Hello \n world </Title>",
                Some("Hello world"),
            ),
            (
                "<title>a &amp; b &lt;b&gt; &#39;&#x2014;&nope; &</title>",
                Some("a & b <b> '—&nope; &"),
            ),
            ("<titles>no</titles><title>yes</title>", Some("yes")),
            ("<title>\u{202e}evil\u{7}</title>", Some("evil")),
            ("<title>&#x202e;evil</title>", Some("evil")),
            ("<title>é</title>", Some("é")),
            ("<title></title>", None),
            ("<title>cut off", None),
            ("<p>none</p>", None),
        ];
        for (page, expected) in rows {
            assert_eq!(title(page).as_deref(), expected, "{page}");
        }
        let long = format!("<title>{}</title>", "x".repeat(5000));
        assert_eq!(title(&long).map(|it| it.len()), Some(LONGEST));
    }
}
