//! What a reader hands over: rows, and those that it could not read.

use std::sync::Arc;

use chat_postgres::{Fate, Note, Origin, SourceConversation, SourceMessage};
use tokio::sync::mpsc::Sender;

use super::users::Users;

/// Rows that are on their way at a time.
const ROWS: usize = 1_000;
/// The same for bytes of text.
const BYTES: usize = 4 << 20;

#[derive(Debug, Default)]
pub struct Batch {
    pub conversations: Vec<SourceConversation>,
    pub messages: Vec<SourceMessage>,
    pub notes: Vec<Note>,
}

/// Why reading ended before the end.
#[derive(Debug)]
pub enum Stopped {
    /// Nobody wants more.
    Unwanted,
    Failed(String),
}

/// Gathers rows into batches, with the ids of people translated.
pub struct Rows<'a> {
    batch: Batch,
    bytes: usize,
    users: &'a Users,
    to: Sender<Batch>,
    file: Arc<str>,
}

impl<'a> Rows<'a> {
    pub fn new(users: &'a Users, to: Sender<Batch>) -> Self {
        Self {
            batch: Batch::default(),
            bytes: 0,
            users,
            to,
            file: "".into(),
        }
    }

    /// What comes now is in this file.
    pub fn begin(&mut self, file: &str) {
        self.file = file.into();
    }

    pub fn origin(&self, line: u64) -> Origin {
        Origin {
            file: self.file.clone(),
            line,
        }
    }

    pub fn conversation(&mut self, mut row: SourceConversation) -> Result<(), Stopped> {
        self.users.in_conversation(&mut row);
        self.batch.conversations.push(row);
        self.room()
    }

    pub fn message(&mut self, mut row: SourceMessage) -> Result<(), Stopped> {
        self.users.in_message(&mut row);
        self.bytes += row.text.len();
        self.batch.messages.push(row);
        self.room()
    }

    /// A row that cannot be read.
    pub fn refuse(
        &mut self,
        line: u64,
        table: &'static str,
        id: &str,
        why: &'static str,
        detail: Option<String>,
    ) -> Result<(), Stopped> {
        self.note(line, table, id, Fate::Refused, why, detail)
    }

    pub fn note(
        &mut self,
        line: u64,
        table: &'static str,
        id: &str,
        what: Fate,
        why: &'static str,
        detail: Option<String>,
    ) -> Result<(), Stopped> {
        self.batch.notes.push(Note {
            origin: self.origin(line),
            table,
            id: id.to_owned(),
            what,
            why,
            detail,
        });
        self.room()
    }

    /// Sends what there is.
    pub fn flush(&mut self) -> Result<(), Stopped> {
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        self.to.blocking_send(batch).map_err(|_| Stopped::Unwanted)
    }

    fn room(&mut self) -> Result<(), Stopped> {
        let Batch {
            conversations,
            messages,
            notes,
        } = &self.batch;
        let rows = conversations.len() + messages.len() + notes.len();
        if rows >= ROWS || self.bytes >= BYTES {
            return self.flush();
        }
        Ok(())
    }
}
