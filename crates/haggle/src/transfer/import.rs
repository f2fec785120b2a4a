//! An import from its files to its report.

use std::{
    io::{self, BufRead},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chat::timestamp::Clock;
use chat_postgres::{Fate, Import, Note, PgError, PgOptions, PgStorage, Tally};
use tokio::{
    sync::mpsc::{self, Receiver},
    task::spawn_blocking,
    time::Instant,
};

use super::{
    csv_rows, documents,
    files::Files,
    format::Format,
    input, json_lines,
    report::Report,
    rows::{Batch, Rows, Stopped},
    sendbird,
    table::Table,
    talkjs,
    users::Users,
    values::Object,
};
use crate::{attachments::Attachments, settings::Settings};

/// Batches of rows that wait to be put aside.
const QUEUE: usize = 4;
/// How often somebody who waits hears how far it is.
const PROGRESS: Duration = Duration::from_secs(10);

/// What was asked for.
#[derive(Debug)]
pub struct Wanted {
    pub format: Format,
    pub paths: Vec<PathBuf>,
    pub users: Option<PathBuf>,
    pub files: Option<PathBuf>,
    pub without_files: bool,
    pub time_zone: String,
    pub report: PathBuf,
    pub dry_run: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Database(#[from] PgError),
    #[error(transparent)]
    File(#[from] io::Error),
    /// What is wrong, and what to do.
    #[error("{0}")]
    Wrong(String),
}

/// Imports what the files have. What was said meanwhile of its progress goes to `say`.
pub async fn run(
    wanted: &Wanted,
    options: &PgOptions,
    settings: &Settings,
    clock: Arc<dyn Clock>,
    say: &mut dyn FnMut(&str),
) -> Result<(Tally, PathBuf), ImportError> {
    let users = match &wanted.users {
        Some(path) => Users::read(path).map_err(ImportError::Wrong)?,
        None => Users::default(),
    };
    let files = Files::new(wanted.files.as_deref(), wanted.without_files)?;
    let paths = input::files(&wanted.paths, wanted.format.endings())?;
    let mut report = Report::create(&wanted.report)?;
    let mut import = Import::begin(options, wanted.dry_run).await?;
    if !import.knows_zone(&wanted.time_zone).await? {
        let zone = &wanted.time_zone;
        let why = format!("--time-zone: {zone} is no zone; give one like Europe/Berlin or +02:00");
        return Err(ImportError::Wrong(why));
    }
    let mut progress = Progress::new(say);
    put_aside(
        wanted.format,
        paths,
        users,
        &mut import,
        &mut report,
        &mut progress,
    )
    .await?;

    progress.say("deciding which conversation each message comes into");
    let now = clock.now();
    let mut hear = |note: Note| report.note(&note);
    import.plan(&wanted.time_zone, now, &mut hear).await?;
    let attachments = attachments(options, settings, clock.clone()).await?;
    take_files(
        wanted,
        &files,
        &attachments,
        &*clock,
        &mut import,
        &mut hear,
    )
    .await?;
    while import.copy(&mut hear).await? {
        progress.tick(|| {
            let count = import.tally.messages;
            let done = count.kept + count.merged + count.refused;
            format!("{done} of {} messages", count.found)
        });
    }
    let tally = import.finish().await?;
    Ok((tally, report.finish()?))
}

/// Reads on a thread that may block, and puts the rows aside.
async fn put_aside(
    format: Format,
    paths: Vec<PathBuf>,
    users: Users,
    import: &mut Import,
    report: &mut Report,
    progress: &mut Progress<'_>,
) -> Result<(), ImportError> {
    let (to, from) = mpsc::channel(QUEUE);
    let reading = spawn_blocking(move || {
        let mut rows = Rows::new(&users, to);
        for path in &paths {
            let shown = path.display().to_string();
            rows.begin(&shown);
            match read(format, path, &mut rows) {
                Err(Stopped::Failed(why)) => {
                    return Err(format!("{shown}: {why}; nothing was imported"));
                }
                Err(Stopped::Unwanted) => return Ok(()),
                Ok(()) => {}
            }
        }
        let _ = rows.flush();
        Ok(())
    });
    let put = put(from, import, report, progress).await;
    let read = reading.await.map_err(io::Error::other)?;
    put?;
    read.map_err(ImportError::Wrong)
}

async fn put(
    mut from: Receiver<Batch>,
    import: &mut Import,
    report: &mut Report,
    progress: &mut Progress<'_>,
) -> Result<(), ImportError> {
    while let Some(batch) = from.recv().await {
        for note in &batch.notes {
            import.tally.note(note);
            report.note(note);
            if note.what == Fate::Refused {
                let count = match note.table {
                    "conversations" => &mut import.tally.conversations,
                    // Of a line that cannot be read nobody knows what it is.
                    _ => &mut import.tally.messages,
                };
                count.found += 1;
                count.refused += 1;
            }
        }
        import.add_conversations(batch.conversations).await?;
        import.add_messages(batch.messages).await?;
        progress.tick(|| format!("{} messages read", import.tally.messages.found));
    }
    Ok(())
}

fn read(format: Format, path: &Path, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let mut reader = input::open(path).map_err(|error| Stopped::Failed(error.to_string()))?;
    let is_csv = Format::of(path) == Format::Csv;
    match format {
        Format::JsonLines => json_lines::read(&mut *reader, rows),
        Format::Csv => csv_rows::read(reader, rows),
        Format::TalkJs => documents::read(&mut *reader, &mut |line, object| {
            talkjs::take(line, &object, rows)
        }),
        Format::Sendbird if is_csv => sendbird_csv(reader, rows),
        Format::Sendbird => documents::read(&mut *reader, &mut |line, object| {
            sendbird::take(line, &object, rows)
        }),
    }
}

fn sendbird_csv(reader: Box<dyn BufRead>, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let mut table = Table::open(reader).map_err(Stopped::Failed)?;
    while let Some((line, row)) = table.next_row() {
        match row {
            Ok(cells) => {
                let named = table.names().iter().cloned().zip(cells);
                let object: Object = named.map(|(name, cell)| (name, cell.into())).collect();
                sendbird::take(line, &object, rows)?;
            }
            Err(why) => rows.refuse(line, "lines", "", "the row cannot be read", Some(why))?,
        }
    }
    Ok(())
}

/// The checks of an upload, and the store of the server.
async fn attachments(
    options: &PgOptions,
    settings: &Settings,
    clock: Arc<dyn Clock>,
) -> Result<Attachments, ImportError> {
    let storage = PgStorage::connect(options).await?;
    let key = storage.link_key().await;
    storage.close().await;
    let attachments = Attachments::new(settings, &key?, clock);
    attachments.map_err(|reason| ImportError::Wrong(format!("HAGGLE_OBJECT_STORE {reason}")))
}

/// Before their messages are copied, so that a message never names a file that is not there.
async fn take_files(
    wanted: &Wanted,
    files: &Files,
    attachments: &Attachments,
    clock: &dyn Clock,
    import: &mut Import,
    hear: &mut dyn FnMut(Note),
) -> Result<(), ImportError> {
    loop {
        let some = import.wanted_files().await?;
        if some.is_empty() {
            return Ok(());
        }
        for file in some {
            if files.is_undecided(&file.file) {
                return Err(ImportError::Wrong(format!(
                    "{} line {} names the file {}: give --files FOLDER with it in it, or --without-files; \
                     nothing was imported",
                    file.origin.file,
                    file.origin.line,
                    file.file.path.unwrap_or_default()
                )));
            }
            let (taken, accepted) = files.take(attachments, &file).await?;
            let is_kept = import.note_file(&file, &taken, clock.now(), hear).await?;
            if let (true, false, Some(accepted)) = (is_kept, wanted.dry_run, accepted) {
                accepted.keep().await?;
            }
        }
    }
}

/// Says now and then how far it is.
struct Progress<'a> {
    say: &'a mut dyn FnMut(&str),
    said: Instant,
}

impl<'a> Progress<'a> {
    fn new(say: &'a mut dyn FnMut(&str)) -> Self {
        Self {
            say,
            said: Instant::now(),
        }
    }

    fn tick(&mut self, what: impl FnOnce() -> String) {
        if self.said.elapsed() >= PROGRESS {
            self.say(&what());
        }
    }

    fn say(&mut self, what: &str) {
        (self.say)(what);
        self.said = Instant::now();
    }
}
