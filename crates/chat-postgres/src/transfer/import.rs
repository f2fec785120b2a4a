//! An import: rows are put aside, then decided about, then copied. Killed anywhere, the next run does
//! what is left; what is there already stays as it is.

use std::fmt;

use chat::timestamp::Timestamp;
use sqlx::{Executor, error::DatabaseError};

use super::{
    copying,
    kept_file::{self, Taken, WantedFile},
    notes::{Note, Tally},
    planning,
    rows::{SourceConversation, SourceMessage},
    session::Own,
    staging,
};
use crate::{PgError, PgOptions, error::in_words};

/// On a session of its own.
pub struct Import {
    session: Own,
    dry_run: bool,
    /// Rows so far; the next one is behind them.
    conversations: i64,
    messages: i64,
    /// The last target that was copied.
    copied: i64,
    pub tally: Tally,
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Import")
    }
}

impl Import {
    /// With `dry_run` everything happens and is rolled back.
    pub async fn begin(options: &PgOptions, dry_run: bool) -> Result<Self, PgError> {
        let mut session = Own::open(options).await?;
        if session.only_reads() {
            session.close().await;
            return Err(PgError::OnlyReads);
        }
        staging::create(session.db()).await.map_err(refused)?;
        Ok(Self {
            session,
            dry_run,
            conversations: 0,
            messages: 0,
            copied: 0,
            tally: Tally::default(),
        })
    }

    /// Puts rows aside.
    pub async fn add_conversations(
        &mut self,
        mut rows: Vec<SourceConversation>,
    ) -> Result<(), PgError> {
        rows.iter_mut().for_each(SourceConversation::make_storable);
        staging::conversations(self.session.db(), self.conversations + 1, &rows).await?;
        self.conversations += count(rows.len());
        self.tally.conversations.found += rows.len() as u64;
        Ok(())
    }

    pub async fn add_messages(&mut self, mut rows: Vec<SourceMessage>) -> Result<(), PgError> {
        rows.iter_mut().for_each(SourceMessage::make_storable);
        staging::messages(self.session.db(), self.messages + 1, &rows).await?;
        self.messages += count(rows.len());
        self.tally.messages.found += rows.len() as u64;
        let files: usize = rows.iter().map(|row| row.files.len()).sum();
        self.tally.files.found += files as u64;
        Ok(())
    }

    /// Whether PostgreSQL knows a time zone of this name.
    pub async fn knows_zone(&mut self, zone: &str) -> Result<bool, PgError> {
        let known = sqlx::query("select now() at time zone $1")
            .bind(zone)
            .execute(self.session.db())
            .await;
        match known {
            Ok(_) => Ok(true),
            Err(sqlx::Error::Database(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Decides about every row. No more can be added.
    pub async fn plan(
        &mut self,
        zone: &str,
        now: Timestamp,
        hear: &mut dyn FnMut(Note),
    ) -> Result<(), PgError> {
        let db = self.session.db();
        Ok(planning::plan(db, zone, now, &mut self.tally, hear).await?)
    }

    /// Files that are asked for before anything is copied, a few at a time. Each must be noted.
    pub async fn wanted_files(&mut self) -> Result<Vec<WantedFile>, PgError> {
        Ok(kept_file::wanted(self.session.db()).await?)
    }

    /// Notes what became of a wanted file. `false`: its bytes are not to be kept.
    pub async fn note_file(
        &mut self,
        wanted: &WantedFile,
        taken: &Taken,
        now: Timestamp,
        hear: &mut dyn FnMut(Note),
    ) -> Result<bool, PgError> {
        let tally = &mut self.tally;
        let mut say = |note: Note| {
            tally.note(&note);
            hear(note);
        };
        let db = self.session.db();
        Ok(kept_file::note(db, wanted, taken, now, self.dry_run, &mut say).await?)
    }

    /// Copies some conversations, in a transaction of their own. `false`: there were none left.
    pub async fn copy(&mut self, hear: &mut dyn FnMut(Note)) -> Result<bool, PgError> {
        let db = self.session.db();
        let copied = copying::copy(db, self.copied, self.dry_run, &mut self.tally, hear).await?;
        self.copied = copied.unwrap_or(self.copied);
        Ok(copied.is_some())
    }

    /// Ends it. Tables that have grown get bad plans until the autovacuum comes by.
    pub async fn finish(mut self) -> Result<Tally, PgError> {
        if !self.dry_run && self.tally.messages.new > 0 {
            let analyze = "analyze haggle.conversations, haggle.message_rows";
            self.session.db().execute(analyze).await?;
        }
        self.session.close().await;
        Ok(self.tally)
    }
}

/// A role may be kept from making temporary tables.
fn refused(error: sqlx::Error) -> PgError {
    let code = error.as_database_error().and_then(DatabaseError::code);
    let may_not = code.as_deref() == Some("42501");
    drop(code);
    if !may_not {
        return error.into();
    }
    PgError::Directory(format!(
        "{}; an import puts rows aside in temporary tables: grant temporary on the database to the role that \
         DATABASE_URL names",
        in_words(&error)
    ))
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
