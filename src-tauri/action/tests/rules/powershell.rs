//! PowerShell's rules, written down a second time: what is rendered for it must be read by them as the
//! very arguments.
//!
//! The rules are those of the language specification (2.2.3 white space, 2.3.5.2 string literals,
//! 7.5 the argument mode), of `about_Parsing` and of `about_Quoting_Rules`. Nothing here is shared with
//! the crate. Whatever would be more than a plain word (a variable, an array, a redirection) is an error.

const SINGLE: &[char] = &['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];
const DOUBLE: &[char] = &['"', '\u{201c}', '\u{201d}', '\u{201e}'];
const DASHES: &[char] = &['-', '\u{2013}', '\u{2014}', '\u{2015}'];
/// What ends a word or begins something else, wherever it stands in a bare word.
const SPECIAL: &[char] = &['{', '}', '(', ')', ';', ',', '|', '&', '<', '>', '$', '`'];
/// What means something at the front of a bare word only.
const SPECIAL_IN_FRONT: &[char] = &['@', '#', '%', '[', ']', '!', '*', '?', '~', '='];

/// Reads one command in the argument mode.
pub fn tokens(line: &str) -> Result<Vec<String>, String> {
    tokens_with(line, &|_| None)
}

/// What a variable of a script holds; `None` where there is none of that name.
type Variables<'v> = &'v dyn Fn(&str) -> Option<String>;

/// The same where a script has variables: `${name}` between double quotes is one.
pub fn tokens_with(line: &str, variables: Variables<'_>) -> Result<Vec<String>, String> {
    let chars: Vec<char> = line.chars().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at] == ' ' {
            at += 1;
            continue;
        }
        let (word, end) = if SINGLE.contains(&chars[at]) {
            literal(&chars, at + 1)?
        } else if DOUBLE.contains(&chars[at]) {
            expandable(&chars, at + 1, variables)?
        } else {
            bare(&chars, at)?
        };
        // What follows a string at once would be a word of its own, or part of this one: never written.
        if chars.get(end).is_some_and(|c| *c != ' ') {
            return Err(format!("{:?} follows a word at once", chars[end]));
        }
        words.push(word);
        at = end;
    }
    Ok(words)
}

/// `'…'`: only the quote itself means anything, doubled it is one.
fn literal(chars: &[char], mut at: usize) -> Result<(String, usize), String> {
    let mut word = String::new();
    loop {
        let c = *chars.get(at).ok_or("a string has no end")?;
        at += 1;
        if SINGLE.contains(&c) {
            match chars.get(at) {
                Some(next) if SINGLE.contains(next) => {
                    word.push(*next);
                    at += 1;
                }
                _ => return Ok((word, at)),
            }
        } else {
            word.push(c);
        }
    }
}

/// `"…"`: backticks escape, `$` begins a variable.
fn expandable(
    chars: &[char],
    mut at: usize,
    variables: Variables<'_>,
) -> Result<(String, usize), String> {
    let mut word = String::new();
    loop {
        let c = *chars.get(at).ok_or("a string has no end")?;
        at += 1;
        let next = chars.get(at).copied();
        if DOUBLE.contains(&c) {
            match next {
                Some(next) if DOUBLE.contains(&next) => {
                    word.push(next);
                    at += 1;
                }
                _ => return Ok((word, at)),
            }
        } else if c == '`' {
            let escaped = next.ok_or("a backtick at the end")?;
            at += 1;
            match escaped {
                '0' => word.push('\0'),
                'a' => word.push('\u{7}'),
                'b' => word.push('\u{8}'),
                'e' => word.push('\u{1b}'),
                'f' => word.push('\u{c}'),
                'n' => word.push('\n'),
                'r' => word.push('\r'),
                't' => word.push('\t'),
                'v' => word.push('\u{b}'),
                'u' => {
                    let rest: String = chars[at..].iter().take(8).collect();
                    let digits = rest
                        .strip_prefix('{')
                        .and_then(|rest| rest.split_once('}'))
                        .ok_or("`u without braces")?
                        .0;
                    let code = u32::from_str_radix(digits, 16).map_err(|e| e.to_string())?;
                    word.push(char::from_u32(code).ok_or("no character")?);
                    at += digits.len() + 2;
                }
                other => word.push(other),
            }
        } else if c == '$' {
            let rest: String = chars[at..].iter().collect();
            let name = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            let name = name.map(|(name, _)| name);
            if let Some((name, value)) = name.and_then(|name| Some((name, variables(name)?))) {
                word.push_str(&value);
                at += name.chars().count() + 2;
                continue;
            }
            let begins = |c: char| c.is_alphanumeric() || "_({?^$:".contains(c);
            if next.is_some_and(begins) {
                return Err("a variable".to_owned());
            }
            word.push(c);
        } else {
            word.push(c);
        }
    }
}

fn bare(chars: &[char], start: usize) -> Result<(String, usize), String> {
    let mut at = start;
    let mut word = String::new();
    while let Some(c) = chars.get(at).copied().filter(|c| *c != ' ') {
        let is_quote = SINGLE.contains(&c) || DOUBLE.contains(&c);
        if SPECIAL.contains(&c) || is_quote || c.is_whitespace() || c.is_control() {
            return Err(format!("{c:?} in a bare word"));
        }
        word.push(c);
        at += 1;
    }
    let first = chars[start];
    if SPECIAL_IN_FRONT.contains(&first) || first.is_ascii_digit() && is_number(&word) {
        return Err(format!("{word} is not a plain word"));
    }
    // `-a.b` is read as `-a .b`, `-a:b` as a parameter with its value, `--%` ends the reading.
    if DASHES.contains(&first) && word.contains(['.', ':', '%']) {
        return Err(format!("{word} is a parameter of its own kind"));
    }
    Ok((word, at))
}

/// Numbers that would be written otherwise than they stand there.
fn is_number(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &lower[digits.len()..];
    let is_suffix = matches!(
        suffix,
        "u" | "s" | "us" | "l" | "ul" | "y" | "uy" | "n" | "d" | "kb" | "mb" | "gb" | "tb" | "pb"
    );
    let is_decimal = !digits.is_empty() && digits.parse::<f64>().is_ok();
    let is_hexadecimal =
        lower.starts_with("0x") && lower[2..].chars().all(|c| c.is_ascii_hexdigit());
    let is_padded =
        lower.len() > 1 && lower.starts_with('0') && lower.bytes().all(|b| b.is_ascii_digit());
    let is_scientific = lower.contains('e') && lower.parse::<f64>().is_ok();
    is_decimal && is_suffix || is_hexadecimal || is_padded || is_scientific
}
