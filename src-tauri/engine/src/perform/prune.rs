//! What both prunes share.

use slipway_action::Invalid;
use slipway_action::policy::Filter;

use crate::call::filters;

/// An action's filters as an engine takes them, with `more` of them.
pub(super) fn query(
    texts: &[String],
    parse: impl Fn(&str) -> Result<Filter, Invalid>,
    more: Option<(&str, &str)>,
) -> Result<String, Invalid> {
    let parsed: Result<Vec<Filter>, _> = texts.iter().map(|text| parse(text)).collect();
    let parsed = parsed?;
    let pairs = parsed
        .iter()
        .map(|filter| (filter.name.as_str(), filter.value.as_str()));
    Ok(filters(pairs.chain(more)))
}
