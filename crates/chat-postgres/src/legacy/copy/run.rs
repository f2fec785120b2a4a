//! The whole of it, from recognition to the last check.

use sqlx::{Connection, PgConnection, types::time::OffsetDateTime};

use super::{
    batch::{Copying, batches},
    counts::{Count, Moved},
    files,
    intake::Intake,
    plan::{NO_PURPOSES, plan},
    remember::write_notes,
    rights,
    slugs::{self, NO_SLUGS},
    snapshot::Snapshot,
    stage::{NO_TABLES, execute, stage},
    verify::unaccounted,
    warnings::warnings,
    zone::shown,
};
use crate::{
    Mapping, PgError, PgOptions,
    legacy::{
        bridge::{install, open_all},
        moving::Moving,
        old_chat::{OldChat, recognise},
        reason::{Note, OldRow, Reason},
    },
    migrate::prepare,
    pool::{BEGIN_A_MIGRATION, Servers},
};

/// What is done at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Blocks of the old table of messages.
    Reading,
    /// Messages.
    Copying,
    Checking,
}

pub trait Progress: Sync {
    fn at(&self, stage: Stage, done: i64, all: i64);
}

pub struct Asked<'a> {
    pub mapping: &'a Mapping,
    /// As [`super::time_zone`] makes it; nothing: nobody named one.
    pub time_zone: Option<&'a str>,
    pub intake: &'a dyn Intake,
    pub progress: &'a dyn Progress,
    /// The time of what has none at all.
    pub now: OffsetDateTime,
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked")
    }
}

const UTC: &str = "UTC";
/// Messages that two cores copy in a second, with room to spare.
const MESSAGES_A_SECOND: i64 = 8_000;
/// Of the copy of an old chat; one at a time.
const COPY_LOCK: i64 = 0x4861_6767_6c66;

/// Copies the old chat into a schema that is up to date, or goes on with it. Nothing: there is none.
pub async fn move_old_chat(
    options: &PgOptions,
    asked: &Asked<'_>,
) -> Result<Option<Moved>, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let mut runner = Runner {
        is_pooled: session.is_pooled(),
        db: session.db(),
        is_dry: false,
    };
    let moved = runner.run(&servers, asked).await;
    session.close().await;
    moved
}

/// What [`move_old_chat`] would do after a migration; everything is rolled back.
pub async fn try_old_chat(
    options: &PgOptions,
    asked: &Asked<'_>,
) -> Result<Option<Moved>, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let is_pooled = session.is_pooled();
    let mut transaction = session.db().begin_with(BEGIN_A_MIGRATION).await?;
    let mut runner = Runner {
        db: &mut transaction,
        is_pooled,
        is_dry: true,
    };
    let moved = runner.run(&servers, asked).await;
    if is_pooled {
        transaction.clear_cached_statements().await?;
    }
    transaction.rollback().await?;
    session.close().await;
    moved
}

struct Runner<'a> {
    db: &'a mut PgConnection,
    /// With a pooler between, no statement outlives its transaction.
    is_pooled: bool,
    /// In one transaction.
    is_dry: bool,
}

impl Runner<'_> {
    /// In a transaction of its own, or in the one that is rolled back.
    async fn step<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut PgConnection) -> Result<T, PgError>,
    ) -> Result<T, PgError> {
        if self.is_dry {
            return work(self.db).await;
        }
        let is_pooled = self.is_pooled;
        let mut transaction = self.db.begin_with(BEGIN_A_MIGRATION).await?;
        execute(&mut transaction, "set local lock_timeout = '2s'").await?;
        let done = work(&mut transaction).await;
        if is_pooled {
            transaction.clear_cached_statements().await?;
        }
        let done = done?;
        transaction.commit().await?;
        Ok(done)
    }

    async fn run(
        &mut self,
        servers: &Servers,
        asked: &Asked<'_>,
    ) -> Result<Option<Moved>, PgError> {
        let found = self.step(async |db| recognise(db).await).await?;
        let Some(chat) = found.chat else {
            return Ok(None);
        };
        let is_dry = self.is_dry;
        let (zone, is_copied) = self
            .step(async |db| {
                if is_dry {
                    prepare(db, asked.mapping).await?;
                }
                let missing = rights::missing(db, &chat).await?;
                if !missing.is_empty() {
                    return Err(PgError::OldChat(format!(
                        "the old chat in {} cannot be moved: {}",
                        chat.conversations.shown(),
                        missing.join("; ")
                    )));
                }
                begin(db, &chat, asked.time_zone).await
            })
            .await?;
        let mut moved = Moved {
            shape: chat.shape,
            tables: [chat.conversations.shown(), chat.messages.shown()],
            time_zone: shown(&zone).to_owned(),
            conversations: Count::default(),
            messages: Count::default(),
            were_here: 0,
            reasons: std::collections::BTreeMap::new(),
            warnings: found.left_alone,
            was_done: is_copied,
            seconds: None,
            checksum: 0,
        };
        if is_copied {
            self.step(async |db| counted(db, &mut moved).await).await?;
            return Ok(Some(moved));
        }
        self.step(async |db| slugs::make(db, asked.mapping).await)
            .await?;
        let snapshot = if self.is_dry {
            None
        } else {
            // What is written from now on is noted there, or seen by the snapshot.
            install(self.db, &chat, &zone).await?;
            Some(Snapshot::take(servers.open().await?, COPY_LOCK).await?)
        };
        let copied = self
            .copy(&chat, &zone, snapshot.as_ref(), asked, &mut moved)
            .await;
        if let Some(snapshot) = snapshot {
            snapshot.end().await?;
        }
        copied?;
        if !self.is_dry {
            let db = &mut *self.db;
            open_all(db).await?;
            Moving::copied(db).await?;
            let analyze = "analyze haggle.conversations, haggle.message_rows, haggle.participants, haggle.attachments";
            execute(&mut *self.db, analyze).await?;
        }
        Ok(Some(moved))
    }

    async fn copy(
        &mut self,
        chat: &OldChat,
        zone: &str,
        snapshot: Option<&Snapshot>,
        asked: &Asked<'_>,
        moved: &mut Moved,
    ) -> Result<(), PgError> {
        let progress = asked.progress;
        let db = &mut *self.db;
        execute(db, NO_PURPOSES).await?;
        let read = |done, all| progress.at(Stage::Reading, done, all);
        let found = stage(db, snapshot, chat, zone, read).await?;
        moved.were_here = found.known_conversations;
        moved.conversations.found = found.conversations - found.known_conversations;
        moved.messages.found = found.messages - found.known_messages;
        let leaders = self.step(async |db| plan(db, chat).await).await?;
        let said = self.step(async |db| warnings(db, chat, zone).await).await?;
        moved.warnings.extend(said);
        let copying = Copying {
            chat,
            intake: asked.intake,
            now: asked.now,
        };
        let mut done = 0;
        for batch in batches(&leaders) {
            let converted = self
                .step(async |db| copying.converted(db, batch).await)
                .await?;
            if self.is_dry {
                for group in &converted {
                    moved.add(group);
                }
            } else {
                let mut groups = converted;
                let files = self
                    .step(async |db| files::files(asked.intake, db, &mut groups).await)
                    .await?;
                let (files, kept) = files;
                keep(kept).await?;
                let sum = self
                    .step(async |db| copying.write(db, &mut groups, files).await)
                    .await?;
                moved.checksum += sum;
                for group in &groups {
                    moved.add(group);
                }
            }
            done += batch.iter().map(|leader| leader.messages).sum::<i64>();
            progress.at(Stage::Copying, done, moved.messages.found);
        }
        self.step(async |db| homeless(db, moved).await).await?;
        progress.at(Stage::Checking, 0, 0);
        if !moved.conversations.adds_up() || !moved.messages.adds_up() {
            return Err(PgError::OldChat(format!(
                "the counts do not add up: conversations {:?}, messages {:?}; run haggle migrate again",
                moved.conversations, moved.messages
            )));
        }
        if self.is_dry {
            moved.seconds = u64::try_from(moved.messages.found / MESSAGES_A_SECOND + 1).ok();
            return Ok(());
        }
        let missing = unaccounted(&mut *self.db, chat).await?;
        if missing != [0, 0] {
            return Err(PgError::OldChat(format!(
                "{} conversations and {} messages of the old chat are neither kept nor refused; run haggle migrate again",
                missing[0], missing[1]
            )));
        }
        execute(&mut *self.db, NO_SLUGS).await?;
        execute(&mut *self.db, NO_TABLES).await
    }
}

async fn keep(kept: Vec<Box<dyn super::intake::Examined>>) -> Result<(), PgError> {
    for file in kept {
        file.keep().await.map_err(|error| {
            PgError::OldChat(format!("the object store cannot keep a file: {error}"))
        })?;
    }
    Ok(())
}

/// The zone of this move, and whether its copy has come to its end.
async fn begin(
    db: &mut PgConnection,
    chat: &OldChat,
    named: Option<&str>,
) -> Result<(String, bool), PgError> {
    let zone = named.unwrap_or(UTC);
    let known = "select exists (select from pg_timezone_names where name = $1) or $1 like '<%'";
    if !sqlx::query_scalar::<_, bool>(known)
        .bind(zone)
        .fetch_one(&mut *db)
        .await?
    {
        return Err(PgError::OldChat(format!(
            "--time-zone: PostgreSQL knows no time zone {zone}; name one as Europe/Berlin, or an offset as +02:00"
        )));
    }
    Moving::begin(&mut *db, chat, zone).await?;
    let begun = Moving::read(db).await?;
    let begun = begun.ok_or_else(|| PgError::OldChat("the move is not there any more".into()))?;
    let (begun, is_copied) = (begun.time_zone, begun.is_copied);
    if named.is_some() && begun != zone {
        return Err(PgError::OldChat(format!(
            "--time-zone: the move was begun with {}, and goes on with that; haggle migrate --revert begins anew",
            shown(&begun)
        )));
    }
    Ok((begun, is_copied))
}

/// Messages of conversations that do not exist, and conversations whose id another row has.
async fn homeless(db: &mut PgConnection, moved: &mut Moved) -> Result<(), PgError> {
    sqlx::query("delete from haggle.legacy_report where is_message and reason = $1")
        .bind(Reason::ConversationMissing.number())
        .execute(&mut *db)
        .await?;
    let missing = "
        insert into haggle.legacy_report (is_message, old_id, reason, detail)
        select true, coalesce(m.id, ''), $1, m.conversation
        from haggle.legacy_staged_messages m
        where not exists (
          select from haggle.legacy_staged_conversations c where c.id = m.conversation
        )";
    let missing = sqlx::query(missing)
        .bind(Reason::ConversationMissing.number())
        .execute(&mut *db)
        .await?
        .rows_affected();
    let same =
        "select coalesce(id, '') from haggle.legacy_staged_conversations where leader is null";
    let same: Vec<String> = sqlx::query_scalar(same).fetch_all(&mut *db).await?;
    let notes: Vec<Note> = same
        .into_iter()
        .map(|id| Note {
            row: OldRow::Conversation,
            id,
            reason: Reason::SameId,
            detail: None,
        })
        .collect();
    write_notes(db, &notes.iter().collect::<Vec<_>>()).await?;
    moved.note(&notes);
    moved.conversations.refused += i64::try_from(notes.len()).unwrap_or(i64::MAX);
    let missing = i64::try_from(missing).unwrap_or(i64::MAX);
    if missing > 0 {
        let reason = (OldRow::Message, Reason::ConversationMissing);
        moved.reasons.insert(reason, missing);
        moved.messages.refused += missing;
    }
    Ok(())
}

/// Of a move whose copy has come to its end.
async fn counted(db: &mut PgConnection, moved: &mut Moved) -> Result<(), PgError> {
    let counts = "
        select
          count(*) filter (where conversation_id is not null), count(distinct conversation_id),
          count(*) filter (where conversation_id is null),
          coalesce(sum(messages_kept), 0)::int8, coalesce(sum(messages_refused), 0)::int8
        from haggle.legacy_conversations";
    let (here, kept, refused, messages, messages_refused): (i64, i64, i64, i64, i64) =
        sqlx::query_as(counts).fetch_one(&mut *db).await?;
    let reasons = "select is_message, reason, count(*) from haggle.legacy_report group by 1, 2";
    let reasons: Vec<(bool, i16, i64)> = sqlx::query_as(reasons).fetch_all(db).await?;
    for (is_message, reason, count) in reasons {
        let row = if is_message {
            OldRow::Message
        } else {
            OldRow::Conversation
        };
        if let Some(reason) = Reason::of_number(reason) {
            moved.reasons.insert((row, reason), count);
        }
    }
    let of = |row, reason| moved.reasons.get(&(row, reason)).copied().unwrap_or(0);
    let same = of(OldRow::Conversation, Reason::SameId);
    let missing = of(OldRow::Message, Reason::ConversationMissing);
    moved.conversations = Count {
        found: here + refused + same,
        kept,
        merged: here - kept,
        refused: refused + same,
    };
    moved.messages = Count {
        found: messages + messages_refused + missing,
        kept: messages,
        merged: 0,
        refused: messages_refused + missing,
    };
    Ok(())
}
