//! `name=value,name=value`: how docker's flags hold several values, as one line of CSV.

/// The pairs of a flag, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads them; names count without regard to case.
    pub fn read(text: &str) -> Result<Self, String> {
        let pairs = fields(text)?.into_iter().map(|field| {
            let (name, value) = field
                .split_once('=')
                .ok_or_else(|| format!("“{field}” has no “=”"))?;
            Ok((name.trim().to_ascii_lowercase(), value.to_owned()))
        });
        Ok(Self(pairs.collect::<Result<_, String>>()?))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().rev().filter(|pair| pair.0 == name);
        found.next().map(|pair| pair.1.as_str())
    }
}

/// The fields of a line: parted by commas, in quotation marks where they hold one.
pub(super) fn fields(text: &str) -> Result<Vec<String>, String> {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.next_if_eq(&'"').is_some() => field.push('"'),
            ('"', true) => quoted = false,
            ('"', false) if field.is_empty() => quoted = true,
            (',', false) => fields.push(std::mem::take(&mut field)),
            (other, _) => field.push(other),
        }
    }
    if quoted {
        return Err("a quotation mark is not closed".to_owned());
    }
    fields.push(field);
    Ok(fields)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn pairs_are_read_as_csv() {
        let pairs = Pairs::read(r#"ID=a,"src=x,y ""z""",type=file"#).unwrap();
        assert_eq!(pairs.get("id"), Some("a"));
        assert_eq!(pairs.get("src"), Some(r#"x,y "z""#));
        assert_eq!(pairs.get("none"), None);
        assert!(Pairs::read("a").is_err());
        assert!(Pairs::read("\"a=b").is_err());
    }
}
