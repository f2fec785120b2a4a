//! docs/performance.md: an introduction, and a section for each benchmark, replaced one by one.

use serde_json::Value;

use crate::figure::{Figure, HEADS};
use crate::result::Result;
use crate::section::Section;

const INTRODUCTION: &str = "\
# Performance

Figures of Haggle, each against something else that was measured in the same run on the same machine, in turns of a few
seconds, because machines drift. Trust the ratios, not the amounts: server, database, clients and whatever it is compared
with share the cores. A ratio is the median over the rounds. Each section was written by the command under it, which
starts all it needs in a temporary folder: a PostgreSQL with fsync and synchronous_commit on, and `haggle serve` on it
without rate limits.

Not measured here: other machines than this one, a network between client and server, TLS, and what happens
over hours.
";

/// Columns of the text.
const WIDTH: usize = 120;

/// As Markdown, which can be read on a terminal too.
pub fn section(section: &Section) -> String {
    let name = format!("{:?}", section.name).to_lowercase();
    let about = wrap(section.about);
    let (by, on) = (&section.made_by, &section.made_on);
    let table = table(&section.figures);
    format!("## {name}\n\n{about}\n\n`{by}` on {on}:\n\n{table}")
}

/// The document with these sections in place of their older selves.
pub fn with_sections(old: &str, sections: &[Section]) -> String {
    let mut parts: Vec<(String, String)> = old
        .split("\n## ")
        .skip(1)
        .map(|part| {
            let name = part.lines().next().unwrap_or_default();
            (name.to_owned(), format!("## {}\n", part.trim_end()))
        })
        .collect();
    for new in sections {
        let name = format!("{:?}", new.name).to_lowercase();
        let text = section(new);
        match parts.iter_mut().find(|(old, _)| *old == name) {
            Some((_, old)) => *old = text,
            None => parts.push((name, text)),
        }
    }
    let mut document = INTRODUCTION.to_owned();
    for (_, part) in parts {
        document.push('\n');
        document.push_str(&part);
    }
    document
}

/// The same for programs: an array of sections.
pub fn with_sections_in_json(old: &str, sections: &[Section]) -> Result<String> {
    let mut all: Vec<Value> = serde_json::from_str(old).unwrap_or_default();
    for section in sections {
        let new = serde_json::to_value(section)?;
        match all.iter_mut().find(|old| old["name"] == new["name"]) {
            Some(old) => *old = new,
            None => all.push(new),
        }
    }
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

fn table(figures: &[Figure]) -> String {
    let mut lines = vec![HEADS.map(str::to_owned)];
    lines.extend(figures.iter().map(Figure::cells));
    let mut widths = [3; HEADS.len()];
    for (column, width) in widths.iter_mut().enumerate() {
        let cells = lines.iter().map(|line| line[column].chars().count());
        *width = cells.max().unwrap_or(0).max(*width);
    }
    lines.insert(1, widths.map(|width| "-".repeat(width)));
    let line = |cells: &[String; HEADS.len()]| {
        let cells = cells.iter().zip(widths);
        let cells: Vec<_> = cells
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        format!("| {} |\n", cells.join(" | "))
    };
    lines.iter().map(line).collect()
}

fn wrap(text: &str) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        if column > 0 && column + 1 + word.len() > WIDTH {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += word.len();
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{with_sections, with_sections_in_json};
    use crate::figure::{Amount, Figure, Unit};
    use crate::section::{Name, Section};

    fn made(name: Name, value: f64) -> Section {
        Section {
            name,
            about: "What it is.",
            made_by: "cargo xtask bench".to_owned(),
            made_on: "2 cores".to_owned(),
            figures: vec![Figure::alone("sends", Amount::new(value, Unit::PerSecond))],
        }
    }

    #[test]
    fn a_section_replaces_itself_and_leaves_the_others() {
        let old = with_sections("", &[made(Name::Sends, 1.0), made(Name::Start, 2.0)]);
        let new = with_sections(&old, &[made(Name::Sends, 3.0)]);
        assert!(
            !new.contains("1/s") && new.contains("2/s") && new.contains("3/s"),
            "{new}"
        );
        assert!(new.find("## sends") < new.find("## start"));
        assert_eq!(with_sections(&new, &[]), new);
    }

    #[test]
    fn the_file_beside_it_has_each_section_once() {
        let both = [made(Name::Sends, 1.0), made(Name::Start, 2.0)];
        let old = with_sections_in_json("", &both).unwrap();
        let new = with_sections_in_json(&old, &[made(Name::Sends, 3.0)]).unwrap();
        let new: Vec<Value> = serde_json::from_str(&new).unwrap();
        let shown = |at: usize| {
            (
                new[at]["name"].as_str(),
                new[at]["figures"][0]["measured"]["value"].as_f64(),
            )
        };
        assert_eq!(
            (shown(0), shown(1)),
            ((Some("sends"), Some(3.0)), (Some("start"), Some(2.0)))
        );
    }
}
