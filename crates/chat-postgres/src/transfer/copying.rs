//! From the plan into the conversations: batches of short transactions, each with whole conversations.

use std::{
    collections::{HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use chat::{content, conversation::Kind, limits, person::Role, timestamp::Timestamp};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, Postgres, Transaction,
    types::{JsonValue, time::OffsetDateTime},
};

use super::{
    convert::{self, Facts, Receiver, Seats},
    notes::{Note, Tally},
    planning::origin,
    rows::Origin,
};
use crate::{
    bulk::{self, BulkConversation, BulkFile, BulkMessage, More},
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

#[derive(Clone, sqlx::FromRow)]
struct Target {
    place: i64,
    id: String,
    messages: i64,
    buyer_id: String,
    supplier_id: Option<String>,
    admin_id: Option<String>,
    product_id: Option<String>,
    r#type: String,
    subject: Option<String>,
    product_key: Option<String>,
    admin_key: Option<String>,
    created_at: OffsetDateTime,
    is_there: bool,
}

/// What happens to one conversation in a batch.
struct State {
    target: Target,
    seats: Seats,
    /// It was made meanwhile, or its purpose was.
    is_lost: bool,
    last_seq: i64,
    last_at: Option<Timestamp>,
    /// Up to where each place has read without a gap, and whether there was one.
    read: [(i64, bool); 3],
    sent: HashSet<u64>,
}

#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "columns of a row")]
struct Row {
    target: i64,
    file: String,
    line: i64,
    place: i64,
    id: String,
    sender: Option<String>,
    sender_found: Option<String>,
    sender_role: Option<String>,
    sender_type: Option<String>,
    has_receiver: bool,
    receiver: Option<String>,
    receiver_found: bool,
    message: String,
    files: i64,
    client_message_id: Option<String>,
    is_client_message_id_taken: bool,
    at: OffsetDateTime,
    has_time: bool,
    read_by: JsonValue,
    is_read: bool,
    is_former_user: bool,
    receipts: JsonValue,
    known_in: Option<String>,
    known_seq: Option<i64>,
}

const MESSAGES: &str = "
declare import_batch no scroll cursor for
select
  t.place as target, m.file, m.line, m.place, m.id, m.sender,
  coalesce(sender.id, owner.id) as sender_found, coalesce(sender.role, owner.role) as sender_role,
  m.sender_type, m.has_receiver, m.receiver, receiver.id is not null as receiver_found,
  m.message, m.files, m.client_message_id,
  m.client_message_id is not null and exists (
    select
    from haggle.message_rows sent
    where sent.sender_id = sender.id and sent.conversation_id = t.id
      and sent.client_message_id = m.client_message_id and sent.id <> m.id
  ) as is_client_message_id_taken,
  m.at, m.has_time, m.read_by, m.is_read, m.is_former_user, c.receipts,
  known.conversation_id as known_in, known.seq as known_seq
from pg_temp.import_targets t
join pg_temp.import_conversations c on c.target = t.id
join pg_temp.import_messages m on m.conversation = c.id and not m.is_double
left join pg_temp.import_people sender on sender.id = m.sender
left join pg_temp.import_suppliers company on company.id = m.sender
left join pg_temp.import_people owner on owner.id = company.user_id
left join pg_temp.import_people receiver on receiver.id = m.receiver
left join haggle.message_rows known on known.id = m.id
where t.place between $1 and $2
order by t.place, m.at, m.place";

const TARGETS: &str = "
select
  t.place, t.id, t.messages, c.buyer_id, c.supplier_id, c.admin_id, c.product_id, c.type, c.subject,
  c.product_key, c.admin_key, c.created_at,
  exists (select from haggle.conversations x where x.id = t.id) as is_there
from pg_temp.import_targets t
join lateral (
  select i.*
  from pg_temp.import_conversations i
  where i.target = t.id
  order by i.id <> t.id, i.place
  limit 1
) c on true
where t.place > $1
order by t.place
limit 1000";

#[derive(sqlx::FromRow)]
struct There {
    id: String,
    buyer_id: String,
    supplier_id: Option<String>,
    admin_id: Option<String>,
    last_seq: i64,
    last_message_at: Option<OffsetDateTime>,
}

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
        let converted = convert::convert(&facts, &state.seats, &mut corrected);
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

impl Row {
    fn files(&self) -> u64 {
        u64::try_from(self.files).unwrap_or(0)
    }
}

impl Target {
    fn conversation(&self) -> BulkConversation {
        BulkConversation {
            id: self.id.clone(),
            kind: Kind::parse(&self.r#type).expect("it was decided"),
            buyer: self.buyer_id.clone(),
            supplier: self.supplier_id.clone(),
            admin: self.admin_id.clone(),
            product: self.product_id.clone(),
            subject: self
                .subject
                .as_deref()
                .map(content::clean)
                .filter(|subject| !subject.is_empty()),
            purpose: (self.product_key.clone(), self.admin_key.clone()),
            created_at: self.created_at.into(),
            read_seqs: [0; 3],
            messages: Vec::new(),
        }
    }
}

impl State {
    fn new(target: Target, there: Option<&There>, is_lost: bool) -> Self {
        let seats = match there {
            Some(there) => Seats {
                buyer: there.buyer_id.clone(),
                supplier: there.supplier_id.clone(),
                admin: there.admin_id.clone(),
            },
            None => Seats {
                buyer: target.buyer_id.clone(),
                supplier: target.supplier_id.clone(),
                admin: target.admin_id.clone(),
            },
        };
        Self {
            seats,
            is_lost,
            last_seq: there.map_or(0, |there| there.last_seq),
            last_at: there.and_then(|there| there.last_message_at.map(Timestamp::from)),
            read: [(0, false); 3],
            sent: HashSet::new(),
            target,
        }
    }

    /// A place has read up to the first message that it has not read. Sending moves the sender's own
    /// mark, as it does here.
    fn see(&mut self, row: &Row, seq: i64) {
        let has_read = |user: &str| {
            let until = row.receipts.get(user).and_then(JsonValue::as_i64);
            let named = row.read_by.as_array().into_iter().flatten();
            row.is_read
                || until.is_some_and(|until| Timestamp::from(row.at).micros() <= until)
                || named.filter_map(JsonValue::as_str).any(|name| name == user)
        };
        let Seats {
            buyer,
            supplier,
            admin,
        } = &self.seats;
        let places = [Some(buyer), supplier.as_ref(), admin.as_ref()];
        for ((mark, is_over), user) in self.read.iter_mut().zip(places) {
            let Some(user) = user else {
                continue;
            };
            let is_own = row.sender_found.as_ref() == Some(user);
            *is_over = !is_own && (*is_over || !has_read(user));
            if !*is_over {
                *mark = seq;
            }
        }
    }
}

#[derive(Default)]
struct TakenFile {
    id: Option<String>,
    name: Option<String>,
}

async fn files(
    db: &mut PgConnection,
    rows: &[Row],
) -> Result<HashMap<i64, Vec<TakenFile>>, sqlx::Error> {
    let with_files = rows.iter().filter(|row| row.files > 0);
    let places: Vec<i64> = with_files.map(|row| row.place).collect();
    let mut files: HashMap<i64, Vec<TakenFile>> = HashMap::new();
    if places.is_empty() {
        return Ok(files);
    }
    let taken = "
        select message, attachment_id, attachment_name
        from pg_temp.import_files
        where message = any($1)
        order by message, number";
    let taken: Vec<(i64, Option<String>, Option<String>)> =
        sqlx::query_as(taken).bind(&places).fetch_all(db).await?;
    for (place, id, name) in taken {
        let file = TakenFile { id, name };
        files.entry(place).or_default().push(file);
    }
    Ok(files)
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
