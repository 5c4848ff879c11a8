//! A table as docker's command line aligns it (Go's `text/tabwriter` with its settings).

use slipway_action::text::is_hidden;

/// Between two columns.
const PADDING: usize = 3;

/// Rows of cells; the last cell of a row is as long as it is.
pub(in crate::perform) struct Table {
    /// No column is narrower.
    narrowest: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these words at its top.
    pub fn new(heads: &[&str]) -> Self {
        let heads = heads.iter().map(|head| (*head).to_owned()).collect();
        Self {
            narrowest: 10,
            rows: vec![heads],
        }
    }

    /// The same with wider columns.
    pub fn at_least(mut self, narrowest: usize) -> Self {
        self.narrowest = narrowest;
        self
    }

    /// Adds a row, without what has no picture: names and texts may come from anybody.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let visible = |cell: String| cell.chars().filter(|c| !is_hidden(*c)).collect();
        self.rows.push(cells.into_iter().map(visible).collect());
    }

    /// The text, a line a row.
    pub fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            let longest = cells.map(|cell| cell.chars().count()).max();
            (longest.unwrap_or_default() + PADDING).max(self.narrowest)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<String>| {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                line.push_str(cell);
                if column + 1 < row.len() {
                    let missing = widths[column].saturating_sub(cell.chars().count());
                    line.extend(std::iter::repeat_n(' ', missing));
                }
            }
            line
        };
        self.rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The text with at most `most` characters, a dot for what is left out.
pub(in crate::perform) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_longest_cell() {
        let mut table = Table::new(&["DRIVER", "VOLUME NAME"]);
        table.row(["local".to_owned(), "a\u{202e}".to_owned()]);
        table.row(["a-longer-one".to_owned(), String::new()]);
        assert_eq!(
            table.text(),
            "DRIVER         VOLUME NAME\nlocal          a\na-longer-one   "
        );
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(shortened("abcdef", 6), "abcdef");
        assert_eq!(shortened("äbcdefg", 6), "äbcde…");
    }
}
