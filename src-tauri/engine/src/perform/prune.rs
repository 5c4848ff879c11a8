//! What prunes and lists share: their filters.

use std::collections::HashMap;

use slipway_action::Invalid;
use slipway_action::policy::Filter;

/// An action's filters by their names, each with its values.
pub(super) fn filters(
    texts: &[String],
    parse: impl Fn(&str) -> Result<Filter, Invalid>,
) -> Result<HashMap<String, Vec<String>>, Invalid> {
    let mut filters: HashMap<String, Vec<String>> = HashMap::new();
    for text in texts {
        let filter = parse(text)?;
        filters.entry(filter.name).or_default().push(filter.value);
    }
    Ok(filters)
}

/// The filters as a request's parameter; `None` where there are none.
pub(super) fn json(filters: &HashMap<String, Vec<String>>) -> Option<String> {
    let pairs = filters
        .iter()
        .flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), value.as_str())));
    (!filters.is_empty()).then(|| crate::call::filters(pairs))
}

/// The bytes that an engine says it has freed.
pub(super) fn reclaimed(bytes: Option<i64>) -> Option<u64> {
    Some(u64::try_from(bytes.unwrap_or_default()).unwrap_or_default())
}
