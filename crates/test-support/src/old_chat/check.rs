//! Accounts for every row of an old chat after it was moved, by what the old tables hold and without
//! knowing how it was done.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{AssertSqlSafe, PgPool, query_as};

/// A line of the report.
#[derive(Clone, Debug)]
pub struct Line {
    pub table: String,
    pub id: String,
    /// `corrected`, `merged` or `refused`.
    pub what: String,
    pub detail: Option<String>,
}

#[derive(sqlx::FromRow)]
struct OldConversation {
    id: String,
    buyer: Option<String>,
}

#[derive(sqlx::FromRow)]
struct OldMessage {
    id: String,
    conversation: String,
    sender: Option<String>,
    /// Without what nobody sees.
    text: String,
    links: i64,
    seconds: Option<f64>,
}

#[derive(sqlx::FromRow)]
struct Conversation {
    id: String,
    buyer_id: String,
    last_seq: i64,
    reads: Vec<i64>,
}

#[derive(sqlx::FromRow)]
struct Message {
    id: String,
    conversation_id: String,
    seq: i64,
    sender_id: Option<String>,
    text: String,
    files: i64,
    seconds: f64,
}

/// What is wrong, one line each.
#[allow(clippy::too_many_lines)] // What is read once serves every question.
pub async fn check(db: &PgPool, shape: &str, report: &[Line]) -> Vec<String> {
    let mut wrong = Vec::new();
    let olds: Vec<OldConversation> = rows(db, &old_conversations(shape)).await;
    let old_messages: Vec<OldMessage> = rows(db, &old_messages(shape)).await;
    let conversations: Vec<Conversation> = rows(db, CONVERSATIONS).await;
    let messages: Vec<Message> = rows(db, MESSAGES).await;
    let users: Vec<(String,)> = rows(db, "select id::text from public.users").await;
    let users: BTreeSet<String> = users.into_iter().map(|(id,)| id).collect();
    let own: Vec<(String, String)> =
        rows(db, "select id::text, user_id::text from public.suppliers").await;
    let own: HashMap<String, String> = own.into_iter().collect();

    let here: HashMap<&str, &Conversation> = conversations
        .iter()
        .map(|one| (one.id.as_str(), one))
        .collect();
    let of = |what: &str, table: &str| -> BTreeMap<&str, &Line> {
        let lines = report
            .iter()
            .filter(|line| line.what == what && line.table == table);
        lines.map(|line| (line.id.as_str(), line)).collect()
    };
    let (merged, refused) = (
        of("merged", "conversations"),
        of("refused", "conversations"),
    );
    let mut places: HashMap<&str, Option<&str>> = HashMap::new();
    for old in &olds {
        let id = old.id.as_str();
        let fates = [
            here.contains_key(id),
            merged.contains_key(id),
            refused.contains_key(id),
        ];
        if fates.iter().filter(|fate| **fate).count() != 1 {
            wrong.push(format!(
                "conversation {id}: kept, merged, refused: {fates:?}"
            ));
            continue;
        }
        let target = match merged.get(id) {
            Some(line) => line.detail.as_deref(),
            None => here.contains_key(id).then_some(id),
        };
        places.insert(id, target);
        let has_buyer = old
            .buyer
            .as_ref()
            .is_some_and(|buyer| users.contains(buyer));
        match target.map(|target| here.get(target)) {
            None if has_buyer => wrong.push(format!("conversation {id}: refused, and has a buyer")),
            Some(None) => wrong.push(format!("conversation {id}: merged into what is not there")),
            Some(Some(target)) if old.buyer.as_ref() != Some(&target.buyer_id) => {
                wrong.push(format!(
                    "conversation {id}: the buyer is {}",
                    target.buyer_id
                ));
            }
            None | Some(Some(_)) => {}
        }
    }

    let mut by_id: HashMap<&str, Vec<&Message>> = HashMap::new();
    for message in &messages {
        by_id.entry(&message.id).or_default().push(message);
    }
    let refused = of("refused", "messages");
    let mut kept_in: HashMap<&str, Vec<(&OldMessage, &Message)>> = HashMap::new();
    for old in &old_messages {
        let id = old.id.as_str();
        let found = by_id.get(id).map_or(&[][..], Vec::as_slice);
        match (found, refused.contains_key(id)) {
            ([], true) => {
                let is_homeless = places.get(&*old.conversation).copied().flatten().is_none();
                if !is_homeless && (!old.text.is_empty() || old.links > 0) {
                    wrong.push(format!("message {id}: refused without a reason"));
                }
            }
            ([message], false) => {
                kept_in
                    .entry(&message.conversation_id)
                    .or_default()
                    .push((old, message));
                compare(old, message, &places, &users, &own, &mut wrong);
            }
            (found, refused) => {
                wrong.push(format!(
                    "message {id}: {} times there, refused: {refused}",
                    found.len()
                ));
            }
        }
    }
    let known: BTreeSet<&str> = old_messages.iter().map(|old| old.id.as_str()).collect();
    for message in messages
        .iter()
        .filter(|message| !known.contains(&*message.id))
    {
        wrong.push(format!("message {}: nobody said that", message.id));
    }
    for conversation in &conversations {
        let kept = kept_in.remove(&*conversation.id).unwrap_or_default();
        orders(conversation, kept, &mut wrong);
    }
    wrong
}

fn compare(
    old: &OldMessage,
    message: &Message,
    places: &HashMap<&str, Option<&str>>,
    users: &BTreeSet<String>,
    own: &HashMap<String, String>,
    wrong: &mut Vec<String>,
) {
    let id = &old.id;
    if places.get(&*old.conversation).copied().flatten() != Some(&message.conversation_id) {
        wrong.push(format!("message {id}: is in {}", message.conversation_id));
    }
    if old.text != message.text {
        wrong.push(format!(
            "message {id}: {:?} became {:?}",
            old.text, message.text
        ));
    }
    if old.links != message.files {
        wrong.push(format!(
            "message {id}: {} links became {}",
            old.links, message.files
        ));
    }
    if old
        .seconds
        .is_some_and(|seconds| (seconds - message.seconds).abs() > 0.001)
    {
        wrong.push(format!("message {id}: another time"));
    }
    let sender = old.sender.clone().unwrap_or_default();
    let sender = if users.contains(&sender) {
        Some(&sender)
    } else {
        own.get(&sender)
    };
    if message.sender_id.as_ref() != sender {
        wrong.push(format!(
            "message {id}: {:?} became {:?}",
            old.sender, message.sender_id
        ));
    }
}

fn orders(
    conversation: &Conversation,
    mut kept: Vec<(&OldMessage, &Message)>,
    wrong: &mut Vec<String>,
) {
    let id = &conversation.id;
    kept.sort_by_key(|(_, message)| message.seq);
    let seqs: Vec<i64> = kept.iter().map(|(_, message)| message.seq).collect();
    if !seqs.iter().copied().eq(1..=conversation.last_seq) {
        wrong.push(format!(
            "conversation {id}: numbers {seqs:?} of {}",
            conversation.last_seq
        ));
    }
    if kept
        .windows(2)
        .any(|pair| pair[0].1.seconds > pair[1].1.seconds)
    {
        wrong.push(format!("conversation {id}: times run backwards"));
    }
    let timed = kept.iter().filter(|(old, _)| old.seconds.is_some());
    let timed: Vec<_> = timed
        .map(|(old, _)| (old.seconds, old.id.as_str()))
        .collect();
    if timed.windows(2).any(|pair| pair[0] > pair[1]) {
        wrong.push(format!(
            "conversation {id}: not in the order of times and ids"
        ));
    }
    if conversation
        .reads
        .iter()
        .any(|read| !(0..=conversation.last_seq).contains(read))
    {
        wrong.push(format!("conversation {id}: marks {:?}", conversation.reads));
    }
}

async fn rows<T>(db: &PgPool, statement: &str) -> Vec<T>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
{
    let rows = query_as(AssertSqlSafe(statement.to_owned()))
        .fetch_all(db)
        .await;
    rows.unwrap_or_else(|error| panic!("{statement}: {error}"))
}

/// What people see of a text, without spaces: cleaning moves none of it.
fn seen(text: &str) -> String {
    format!(
        "regexp_replace(
           normalize(regexp_replace({text}, E'[\\\\u0001-\\\\u001f\\\\u007f-\\\\u009f\\\\u202a-\\\\u202e\\\\u2066-\\\\u2069]', '', 'g'), nfc),
           '\\s', '', 'g'
         )"
    )
}

const CONVERSATIONS: &str = "
    select id::text, buyer_id::text, last_seq, array[buyer_read_seq, supplier_read_seq, admin_read_seq] as reads
    from haggle.conversations";
const MESSAGES: &str = "
    select
      id::text, conversation_id::text, seq, sender_id::text,
      regexp_replace(message, '\\s', '', 'g') as text,
      cardinality(attachments)::int8 as files,
      extract(epoch from created_at)::float8 as seconds
    from haggle.message_rows";

/// What the old tables are called once they are put aside stays out of this.
fn old_conversations(shape: &str) -> String {
    let buyer = if shape == "F" {
        "(select user_id from public.buyers b where b.id = o.buyer_id)"
    } else {
        "o.buyer_id"
    };
    format!("select o.id::text as id, {buyer}::text as buyer from public.conversations o")
}

fn old_messages(shape: &str) -> String {
    let text = match shape {
        "B" => "o.content",
        "mixed" => "coalesce(nullif(o.message, ''), o.content)",
        _ => "o.message",
    };
    let list = if shape == "B" {
        "o.attachments"
    } else {
        "to_json(o.attachments)"
    };
    format!(
        "select
           o.id::text as id, o.conversation_id::text as conversation, o.sender_id::text as sender,
           coalesce({}, '') as text,
           (
             select count(*)
             from json_array_elements_text(case when json_typeof({list}) = 'array' then {list} else '[]' end) url
             where url ~ '^(/|https?://)'
           ) as links,
           extract(epoch from o.created_at)::float8 as seconds
         from public.messages o",
        seen(text)
    )
}
