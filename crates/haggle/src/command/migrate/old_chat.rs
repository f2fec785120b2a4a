//! What is told of the old chat: what was found, and what became of it.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use chat_postgres::{
    OldRow, PgError, PgOptions,
    legacy_copy::{Asked, Count, Moved, move_old_chat, report, try_old_chat},
};

use super::{
    files::OldFiles,
    progress::{Shown, time},
};
use crate::{clock::SystemClock, settings::Settings, stdout::say};
use chat::timestamp::Clock;

/// Name of the report in the data folder.
const REPORT: &str = "legacy-report.jsonl";

/// What the command line says of it.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub dry_run: bool,
    /// As PostgreSQL takes it.
    pub time_zone: Option<String>,
    pub files: Option<PathBuf>,
    pub report: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error(transparent)]
    Storage(#[from] PgError),
    #[error("--files: {0}")]
    Files(io::Error),
    #[error("the report {path} cannot be written: {error}", path = .0.display(), error = .1)]
    Report(PathBuf, io::Error),
}

/// Nothing is told where there is no old chat.
pub async fn move_it(
    options: &PgOptions,
    settings: &Settings,
    wishes: &Wishes,
) -> Result<(), MoveError> {
    let files = OldFiles::new(settings, wishes.files.as_deref()).map_err(MoveError::Files)?;
    let progress = Shown::new();
    let asked = Asked {
        mapping: &settings.mapping,
        time_zone: wishes.time_zone.as_deref(),
        intake: &files,
        progress: &progress,
        now: SystemClock.now().date_time(),
    };
    let moved = if wishes.dry_run {
        try_old_chat(options, &asked).await
    } else {
        move_old_chat(options, &asked).await
    };
    progress.end();
    let Some(moved) = moved? else {
        return Ok(());
    };
    tell(&moved, wishes.dry_run);
    if !wishes.dry_run {
        let path = wishes.report.clone();
        let path = path.unwrap_or_else(|| settings.data_dir.join(REPORT));
        write(options, &path).await?;
        say(&format!(
            "each of these rows is a line of {}",
            path.display()
        ));
    }
    Ok(())
}

fn tell(moved: &Moved, is_dry: bool) {
    let [conversations, messages] = &moved.tables;
    say(&format!(
        "old chat: {conversations} and {messages}, shape {}",
        moved.shape
    ));
    for warning in &moved.warnings {
        say(&format!("warning: {warning}"));
    }
    say(&format!(
        "times without a zone are those of {}",
        moved.time_zone
    ));
    if moved.was_done {
        say("it was moved before; nothing is left to do");
    }
    if moved.were_here > 0 {
        say(&format!(
            "{} conversations were copied before",
            moved.were_here
        ));
    }
    say(&counts("conversations", moved.conversations, is_dry));
    say(&counts("messages", moved.messages, is_dry));
    for ((row, reason), count) in &moved.reasons {
        say(&format!(
            "  {count} {} {}: {}",
            noun(*row, *count),
            reason.fate().as_str(),
            reason.words()
        ));
    }
    if let Some(seconds) = moved.seconds {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        say(&format!("it would take about {}", time(seconds)));
    } else if !moved.was_done {
        say(&format!(
            "checked: {} messages as they were sent, checksum {:016x}",
            moved.messages.kept,
            moved.checksum & 0xffff_ffff_ffff_ffff
        ));
    }
}

fn noun(row: OldRow, count: i64) -> &'static str {
    match (row, count) {
        (OldRow::Conversation, 1) => "conversation",
        (OldRow::Conversation, _) => "conversations",
        (OldRow::Message, 1) => "message",
        (OldRow::Message, _) => "messages",
    }
}

fn counts(what: &str, count: Count, is_dry: bool) -> String {
    let Count {
        found,
        kept,
        merged,
        refused,
    } = count;
    let would = if is_dry { "would be " } else { "" };
    format!("{what}: {found} found = {would}{kept} kept + {merged} merged + {refused} refused")
}

async fn write(options: &PgOptions, path: &Path) -> Result<(), MoveError> {
    let failed = |error| MoveError::Report(path.to_owned(), error);
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = BufWriter::new(fs::File::create(path).map_err(failed)?);
    report(options, |line| {
        writeln!(file, "{}", line.to_json()).map_err(failed)
    })
    .await?;
    file.flush().map_err(failed)
}
