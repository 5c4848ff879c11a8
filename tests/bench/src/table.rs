//! The table that the benchmarks print.

/// One line: what was measured, beside its yardstick.
pub struct Row {
    /// What was measured, with its unit.
    pub what: String,
    /// Slipway's figure.
    pub ours: f64,
    /// The yardstick's figure; `None` where there is nothing to compare with.
    pub yardstick: Option<f64>,
    /// What the yardstick is.
    pub against: &'static str,
    /// What it should be.
    pub aim: &'static str,
}

/// What was measured so far.
#[derive(Default)]
pub struct Rows(pub Vec<Row>);

impl Rows {
    /// Adds a line, and tells it at once: what comes later may take long, or fail.
    pub fn push(&mut self, row: Row) {
        eprintln!("{}", print(std::slice::from_ref(&row)));
        self.0.push(row);
    }
}

/// The table as text, columns aligned.
pub fn print(rows: &[Row]) -> String {
    let head = [
        "bench",
        "Slipway",
        "yardstick",
        "ratio",
        "aim",
        "yardstick is",
    ];
    let mut lines = vec![head.map(str::to_owned)];
    for row in rows {
        let (yardstick, ratio) = match row.yardstick {
            Some(figure) => (number(figure), format!("{:.2}x", row.ours / figure)),
            None => ("-".to_owned(), "-".to_owned()),
        };
        lines.push([
            row.what.clone(),
            number(row.ours),
            yardstick,
            ratio,
            row.aim.to_owned(),
            row.against.to_owned(),
        ]);
    }
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            lines
                .iter()
                .map(|line| line[column].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for line in &lines {
        for (cell, width) in line.iter().zip(&widths) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', width - cell.chars().count() + 2));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn number(figure: f64) -> String {
    if figure < 10.0 {
        format!("{figure:.2}")
    } else if figure < 100.0 {
        format!("{figure:.1}")
    } else {
        format!("{figure:.0}")
    }
}

/// The middle of several figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// The figure that 95 of 100 stay under.
pub fn p95(figures: Vec<f64>) -> f64 {
    percentile(figures, 95)
}

/// The figure that so many of 100 stay under.
pub fn percentile(mut figures: Vec<f64>, part: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[(figures.len() * part / 100).min(figures.len() - 1)]
}
