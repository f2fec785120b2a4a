//! From the plan into the conversations: batches of short transactions, each with whole conversations.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use chat::{limits, person::Role, timestamp::Timestamp};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Postgres, Transaction};

use super::{
    convert::{self, Facts, Receiver},
    notes::{Note, Tally},
    planning::origin,
    rows::Origin,
    source_message::{MESSAGES, Row, TakenFile, files},
    target::{State, TARGETS, Target, There},
};
use crate::{
    bulk::{self, BulkFile, BulkMessage, More},
    error::is_conflict,
    legacy::Fate,
};

/// Messages after which a batch takes no further conversation.
const BATCH: i64 = 5_000;
/// Messages that are in memory at a time.
const PIECE: usize = 500;
/// Tries of a transaction that met another one badly.
const TRIES: u32 = 5;

const TAKEN: &str = "its id is that of a message of another conversation";
const LATE: &str = "people have written in its conversation since: history cannot come behind that";
const OPENED_MEANWHILE: &str =
    "a conversation with the same people about the same was opened meanwhile: run the import again";
const TWICE_SENT: &str = "its clientMessageId is that of another message: it has none";

/// Copies the next batch behind this place, and returns how far it came; `None`: that was all.
pub(super) async fn copy(
    db: &mut PgConnection,
    after: i64,
    dry_run: bool,
    tally: &mut Tally,
    hear: &mut dyn FnMut(Note),
) -> Result<Option<i64>, sqlx::Error> {
    let mut targets: Vec<Target> = sqlx::query_as(TARGETS)
        .bind(after)
        .fetch_all(&mut *db)
        .await?;
    let mut messages = 0;
    let whole = targets.iter().take_while(|target| {
        let is_first = messages == 0;
        messages += target.messages;
        is_first || messages <= BATCH
    });
    let count = whole.count();
    targets.truncate(count);
    let (Some(first), Some(last)) = (targets.first(), targets.last()) else {
        return Ok(None);
    };
    let (first, last) = (first.place, last.place);

    let mut batch = Batch {
        states: HashMap::new(),
        tally,
        hear,
    };
    let mut transaction = db.begin().await?;
    for left in (0..TRIES).rev() {
        match batch.open(&mut transaction, &targets).await {
            // Somebody opens conversations with the same people.
            Err(error) if is_conflict(&error) && left > 0 => {
                transaction.rollback().await?;
                transaction = db.begin().await?;
            }
            opened => {
                opened?;
                break;
            }
        }
    }
    let declare = MESSAGES
        .replace("$1", &first.to_string())
        .replace("$2", &last.to_string());
    transaction.execute(AssertSqlSafe(declare)).await?;
    loop {
        let fetch = format!("fetch {PIECE} from import_batch");
        let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(fetch))
            .persistent(false)
            .fetch_all(&mut *transaction)
            .await?;
        if rows.is_empty() {
            break;
        }
        batch.append(&mut transaction, rows).await?;
    }
    batch.mark(&mut transaction).await?;
    end(transaction, dry_run).await?;
    Ok(Some(last))
}

async fn end(transaction: Transaction<'_, Postgres>, dry_run: bool) -> Result<(), sqlx::Error> {
    if dry_run {
        transaction.rollback().await
    } else {
        transaction.commit().await
    }
}

struct Batch<'a> {
    states: HashMap<i64, State>,
    tally: &'a mut Tally,
    hear: &'a mut dyn FnMut(Note),
}

impl Batch<'_> {
    fn note(&mut self, row: &Row, what: Fate, (why, detail): (&'static str, Option<String>)) {
        self.say(Note {
            origin: origin(&row.file, row.line),
            table: "messages",
            id: row.id.clone(),
            what,
            why,
            detail,
        });
    }

    fn say(&mut self, note: Note) {
        self.tally.note(&note);
        (self.hear)(note);
    }

    fn refuse(&mut self, row: &Row, reason: (&'static str, Option<String>)) {
        self.tally.messages.refused += 1;
        self.tally.files.refused += row.files();
        self.note(row, Fate::Refused, reason);
    }

    /// Makes those that are new, and holds those that are there.
    async fn open(&mut self, db: &mut PgConnection, targets: &[Target]) -> Result<(), sqlx::Error> {
        let new: Vec<_> = targets.iter().filter(|target| !target.is_there).collect();
        let new: Vec<_> = new.into_iter().map(Target::conversation).collect();
        let opened = bulk::open(db, &new).await?;
        let ids: Vec<_> = targets.iter().map(|target| target.id.clone()).collect();
        let there = "
            select id, buyer_id, supplier_id, admin_id, last_seq, last_message_at
            from haggle.conversations
            where id = any($1)
            order by id
            for no key update";
        let there: Vec<There> = sqlx::query_as(there).bind(&ids).fetch_all(db).await?;
        let there: HashMap<_, _> = there.into_iter().map(|row| (row.id.clone(), row)).collect();
        for target in targets {
            let now = there.get(&target.id);
            let is_lost = if target.is_there {
                now.is_none()
            } else {
                !opened.contains(&target.id)
            };
            if is_lost {
                self.tally.conversations.kept -= 1;
                self.tally.conversations.refused += 1;
                self.say(Note {
                    origin: Origin::default(),
                    table: "conversations",
                    id: target.id.clone(),
                    what: Fate::Refused,
                    why: OPENED_MEANWHILE,
                    detail: None,
                });
            } else if !target.is_there {
                self.tally.conversations.new += 1;
            }
            let state = State::new(target.clone(), now, is_lost);
            self.states.insert(target.place, state);
        }
        Ok(())
    }

    async fn append(&mut self, db: &mut PgConnection, rows: Vec<Row>) -> Result<(), sqlx::Error> {
        let mut files = files(db, &rows).await?;
        let mut more: Vec<(i64, Vec<BulkMessage>)> = Vec::new();
        for row in rows {
            let files = files.remove(&row.place).unwrap_or_default();
            let target = row.target;
            if let Some(message) = self.take(row, files) {
                match more.last_mut() {
                    Some((place, messages)) if *place == target => messages.push(message),
                    _ => more.push((target, vec![message])),
                }
            }
        }
        let parts: Vec<_> = more
            .iter()
            .map(|(place, messages)| More {
                conversation: &self.states[place].target.id,
                messages,
            })
            .collect();
        bulk::append(db, &parts).await
    }

    /// `None`: nothing is to be appended.
    fn take(&mut self, row: Row, files: Vec<TakenFile>) -> Option<BulkMessage> {
        let state = self
            .states
            .get_mut(&row.target)
            .expect("its conversation is in the batch");
        if state.is_lost {
            self.refuse(&row, (OPENED_MEANWHILE, None));
            return None;
        }
        if let (Some(conversation), Some(seq)) = (&row.known_in, row.known_seq) {
            if *conversation == state.target.id {
                state.see(&row, seq);
                self.tally.messages.kept += 1;
                self.tally.files.kept += row.files();
                return None;
            }
            let detail = Some(conversation.clone());
            self.refuse(&row, (TAKEN, detail));
            return None;
        }
        let at = Timestamp::from(row.at);
        if state.last_at.is_some_and(|last| at < last) {
            let detail = Some(state.target.id.clone());
            self.refuse(&row, (LATE, detail));
            return None;
        }
        let mut corrected = Vec::new();
        let facts = Facts {
            sender: row.sender.as_deref(),
            sender_found: row.sender_found.as_deref(),
            sender_role: row.sender_role.as_deref().and_then(Role::parse),
            sender_type: row.sender_type.as_deref(),
            receiver: match &row.receiver {
                _ if !row.has_receiver => Receiver::Unknown,
                Some(user) if row.receiver_found => Receiver::Found(user),
                Some(user) => Receiver::Gone(user),
                None => Receiver::Nobody,
            },
            text: &row.message,
            has_files: files.iter().any(|file| file.id.is_some()),
            has_time: row.has_time,
        };
        let converted = convert::convert(&facts, &state.places, &mut corrected);
        let converted = match converted {
            Ok(converted) => converted,
            Err(reason) => {
                self.refuse(&row, reason);
                return None;
            }
        };
        let mut client_message_id = row.client_message_id.clone();
        if let Some(id) = &client_message_id {
            let fits = (1..=limits::CLIENT_MESSAGE_ID_CHARS).contains(&id.chars().count());
            let is_new = state.sent.insert(hash(&(&converted.sender, id)));
            if !fits || !is_new || row.is_client_message_id_taken {
                corrected.push((TWICE_SENT, Some(id.clone())));
                client_message_id = None;
            }
        }
        state.last_seq += 1;
        state.last_at = Some(at);
        let seq = state.last_seq;
        state.see(&row, seq);
        self.tally.messages.kept += 1;
        self.tally.messages.new += 1;
        for reason in corrected {
            self.note(&row, Fate::Corrected, reason);
        }
        let found = row.files();
        let kept = files.into_iter().filter_map(|file| {
            let name = file.name.unwrap_or_default();
            Some(BulkFile { id: file.id?, name })
        });
        let files: Vec<_> = kept.collect();
        let kept = u64::try_from(files.len()).unwrap_or(0);
        self.tally.files.kept += kept;
        self.tally.files.new += kept;
        self.tally.files.refused += found.saturating_sub(kept);
        Some(BulkMessage {
            id: row.id,
            is_former_user: converted.sender.is_none()
                && (row.is_former_user || row.sender.is_some()),
            sender: converted.sender,
            sender_type: converted.sender_type,
            receiver: converted.receiver,
            text: converted.text,
            files,
            client_message_id,
            created_at: at,
        })
    }

    async fn mark(&mut self, db: &mut PgConnection) -> Result<(), sqlx::Error> {
        let marked = self.states.values().filter(|state| !state.is_lost);
        let marks = marked.map(|state| (&*state.target.id, state.read.map(|(seq, _)| seq)));
        let mut marks: Vec<_> = marks.collect();
        marks.sort_unstable();
        bulk::mark(db, &marks).await
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
