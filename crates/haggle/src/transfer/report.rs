//! What became of each row: a line of JSON for what is not as it stood, and a summary for the screen.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use chat_postgres::{Count, Fate, Note, Tally};
use serde::Serialize;

use super::input::named;

pub struct Report {
    path: PathBuf,
    file: BufWriter<File>,
    /// The first error; the import goes on, and says so at its end.
    failed: Option<io::Error>,
}

#[derive(Serialize)]
struct Line<'a> {
    table: &'a str,
    id: &'a str,
    what: &'a str,
    why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    file: &'a str,
    #[serde(rename = "line")]
    at: u64,
}

impl Report {
    pub fn create(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            named(folder, fs::create_dir_all(folder))?;
        }
        Ok(Self {
            path: path.to_owned(),
            file: BufWriter::new(named(path, File::create(path))?),
            failed: None,
        })
    }

    pub fn note(&mut self, note: &Note) {
        let line = Line {
            table: note.table,
            id: &note.id,
            what: note.what.as_str(),
            why: note.why,
            detail: note.detail.as_deref(),
            file: &note.origin.file,
            at: note.origin.line,
        };
        let written = serde_json::to_writer(&mut self.file, &line).map_err(io::Error::from);
        let written = written.and_then(|()| self.file.write_all(b"\n"));
        if let Err(error) = written {
            self.failed.get_or_insert(error);
        }
    }

    /// Where it is, once it is whole.
    pub fn finish(mut self) -> io::Result<PathBuf> {
        let flushed = self
            .failed
            .map_or(Ok(()), Err)
            .and_then(|()| self.file.flush());
        named(&self.path, flushed)?;
        Ok(self.path)
    }
}

/// Lines for the screen.
pub fn summary(tally: &Tally, dry_run: bool) -> Vec<String> {
    let counts = [
        ("conversations", tally.conversations),
        ("messages", tally.messages),
        ("files", tally.files),
    ];
    let mut lines: Vec<String> = counts
        .iter()
        .filter(|(_, count)| count.found > 0)
        .map(|(what, count)| counted(what, *count, dry_run))
        .collect();
    for ((table, what, why), rows) in &tally.reasons {
        let what = match what {
            Fate::Corrected => "corrected",
            Fate::Merged => "merged",
            Fate::Refused => "refused",
        };
        lines.push(format!("  {table} {what}: {why}: {rows}"));
    }
    lines
}

fn counted(what: &str, count: Count, dry_run: bool) -> String {
    let Count {
        found,
        kept,
        new,
        merged,
        refused,
    } = count;
    let new_ones = if dry_run { "would be new" } else { "new" };
    format!(
        "{what}: {found} found = {kept} kept ({new} {new_ones}) + {merged} merged + {refused} refused"
    )
}
