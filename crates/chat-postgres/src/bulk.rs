//! Whole conversations with their history, many at a time: what the demo, an import and an old chat
//! bring along. Nobody is told of them, nobody is notified, and the audit has no entries of what was
//! said elsewhere.

use std::collections::{HashMap, HashSet};

use chat::{content, conversation::Kind, person::Role, timestamp::Timestamp};
use sqlx::{PgConnection, types::time::OffsetDateTime};

use crate::{
    places::Places,
    write::{append::folded, attachments},
};

/// Messages that one statement inserts.
pub(crate) const CHUNK: usize = 5_000;

/// A conversation. The people and the product exist.
#[derive(Clone, Debug)]
pub struct BulkConversation {
    pub id: String,
    pub kind: Kind,
    pub places: Places,
    pub product: Option<String>,
    /// What it was called elsewhere.
    pub subject: Option<String>,
    /// The product and the administrator for whom it was opened: they need not exist any more.
    pub purpose: (Option<String>, Option<String>),
    pub created_at: Timestamp,
    /// Read marks of buyer, supplier and administrator: only those of `messages` can be read.
    pub read_seqs: [i64; 3],
    /// In order, times not running backwards.
    pub messages: Vec<BulkMessage>,
}

#[derive(Clone, Debug)]
pub struct BulkMessage {
    pub id: String,
    /// `None`: somebody who is gone.
    pub sender: Option<String>,
    /// They were gone before it came here.
    pub is_former_user: bool,
    /// The place from which it was sent.
    pub sender_type: Role,
    pub receiver: Option<String>,
    /// Cleaned.
    pub text: String,
    /// Uploads that are not sent yet.
    pub files: Vec<BulkFile>,
    pub client_message_id: Option<String>,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug)]
pub struct BulkFile {
    pub id: String,
    pub name: String,
}

/// More of a conversation's messages, in order.
#[derive(Clone, Debug)]
pub(crate) struct More<'a> {
    pub conversation: &'a str,
    pub messages: &'a [BulkMessage],
}

impl BulkConversation {
    /// The purpose that D3 sees in these places: that of a conversation which is opened now.
    pub fn purpose_of(
        kind: Kind,
        product: Option<&str>,
        admin: Option<&str>,
    ) -> (Option<String>, Option<String>) {
        let admin = admin.filter(|_| kind == Kind::BuyerAdmin);
        (product.map(str::to_owned), admin.map(str::to_owned))
    }
}

impl BulkMessage {
    /// One line: of the text, else the name of the first file.
    fn preview(&self) -> String {
        match self.files.first() {
            Some(file) if self.text.is_empty() => content::preview(&file.name),
            _ => content::preview(&self.text),
        }
    }
}

/// Inserts these conversations with their messages, numbered from 1, and returns the ids of those
/// that were not there. Of the others nothing is changed: their id is taken, or their purpose is.
/// No message of theirs is there.
pub(crate) async fn insert(
    db: &mut PgConnection,
    all: &[BulkConversation],
) -> Result<HashSet<String>, sqlx::Error> {
    let opened = open(db, all).await?;
    let new: Vec<_> = all.iter().filter(|one| opened.contains(&one.id)).collect();
    let mut waiting = Vec::new();
    let mut count = 0;
    for conversation in &new {
        for messages in conversation.messages.chunks(CHUNK) {
            if count + messages.len() > CHUNK {
                append(db, &waiting).await?;
                waiting.clear();
                count = 0;
            }
            count += messages.len();
            waiting.push(More {
                conversation: &conversation.id,
                messages,
            });
        }
    }
    append(db, &waiting).await?;
    let marks: Vec<_> = new.iter().map(|one| (&*one.id, one.read_seqs)).collect();
    mark(db, &marks).await?;
    Ok(opened)
}

/// Inserts these conversations without their messages; otherwise as [`insert`].
pub(crate) async fn open(
    db: &mut PgConnection,
    all: &[BulkConversation],
) -> Result<HashSet<String>, sqlx::Error> {
    let ids: Vec<String> = all.iter().map(|c| c.id.clone()).collect();
    let kinds: Vec<String> = all.iter().map(|c| c.kind.as_str().to_owned()).collect();
    let buyers: Vec<String> = all.iter().map(|c| c.places.buyer.clone()).collect();
    let suppliers: Vec<Option<String>> = all.iter().map(|c| c.places.supplier.clone()).collect();
    let admins: Vec<Option<String>> = all.iter().map(|c| c.places.admin.clone()).collect();
    let products: Vec<Option<String>> = all.iter().map(|c| c.product.clone()).collect();
    let product_keys: Vec<Option<String>> = all.iter().map(|c| c.purpose.0.clone()).collect();
    let admin_keys: Vec<Option<String>> = all.iter().map(|c| c.purpose.1.clone()).collect();
    let subjects: Vec<Option<String>> = all.iter().map(|c| c.subject.clone()).collect();
    let created: Vec<OffsetDateTime> = all.iter().map(|c| c.created_at.date_time()).collect();
    let opened = sqlx::query_scalar!(
        r#"
        insert into haggle.conversations (
          id, type, buyer_id, supplier_id, admin_id, product_id, product_key, admin_key, subject, created_at
        )
        select
          id, type, buyer_id, supplier_id, admin_id, product_id, product_key, admin_key, subject, created_at
        from unnest(
          $1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::varchar[], $6::varchar[],
          $7::varchar[], $8::varchar[], $9::text[], $10::timestamptz[]
        ) with ordinality as c (
          id, type, buyer_id, supplier_id, admin_id, product_id, product_key, admin_key, subject,
          created_at, place
        )
        order by place
        on conflict do nothing
        returning id
        "#,
        &ids,
        &kinds,
        &buyers,
        &suppliers as &[Option<String>],
        &admins as &[Option<String>],
        &products as &[Option<String>],
        &product_keys as &[Option<String>],
        &admin_keys as &[Option<String>],
        &subjects as &[Option<String>],
        &created
    )
    .fetch_all(db)
    .await?;
    Ok(opened.into_iter().collect())
}

/// Puts messages behind those that a conversation has. They are none that it has, and no older than its
/// newest. A conversation may be named several times.
pub(crate) async fn append(db: &mut PgConnection, more: &[More<'_>]) -> Result<(), sqlx::Error> {
    let mut next = move_on(db, more).await?;
    let mut rows = Vec::new();
    for More {
        conversation,
        messages,
    } in more
    {
        let seq = next.entry(conversation).or_default();
        for message in *messages {
            rows.push((*conversation, *seq, message));
            *seq += 1;
        }
    }
    for rows in rows.chunks(CHUNK) {
        insert_messages(db, rows).await?;
    }
    let sent = rows
        .iter()
        .filter(|(_, _, message)| !message.files.is_empty());
    let (mut ids, mut owners, mut conversations) = (Vec::new(), Vec::new(), Vec::new());
    for (conversation, _, message) in sent {
        for file in &message.files {
            ids.push(file.id.clone());
            owners.push(message.id.clone());
            conversations.push((*conversation).to_owned());
        }
    }
    attachments::give(db, &ids, &owners, &conversations).await
}

/// Makes room behind the newest message of each conversation: the `seq` that comes first there.
async fn move_on<'a>(
    db: &mut PgConnection,
    more: &[More<'a>],
) -> Result<HashMap<&'a str, i64>, sqlx::Error> {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    let mut newest: HashMap<&str, &BulkMessage> = HashMap::new();
    for part in more {
        if let Some(last) = part.messages.last() {
            let count = i64::try_from(part.messages.len()).unwrap_or(i64::MAX);
            *counts.entry(part.conversation).or_default() += count;
            newest.insert(part.conversation, last);
        }
    }
    // In one order, so that two who do this never wait for each other.
    let mut named: Vec<&str> = newest.keys().copied().collect();
    named.sort_unstable();
    let ids: Vec<String> = named.iter().map(|id| (*id).to_owned()).collect();
    let added: Vec<i64> = named.iter().map(|id| counts[id]).collect();
    let times = named.iter().map(|id| newest[id].created_at.date_time());
    let times: Vec<OffsetDateTime> = times.collect();
    let previews: Vec<String> = named.iter().map(|id| newest[id].preview()).collect();
    let folded: Vec<Option<String>> = previews.iter().map(|preview| folded(preview)).collect();
    let rows = sqlx::query!(
        r#"
        with held as (
          select id
          from haggle.conversations
          where id = any($1)
          order by id
          for no key update
        )
        update haggle.conversations c
        set
          last_seq = c.last_seq + more.count,
          rev = c.rev + more.count,
          changed_at = clock_timestamp(),
          last_message = more.preview,
          last_message_folded = more.folded,
          last_message_at = more.at
        from held
        join unnest($1::varchar[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[])
          as more (id, count, at, preview, folded) on more.id = held.id
        where c.id = held.id
        returning c.id, c.last_seq - more.count + 1 as "next!"
        "#,
        &ids,
        &added,
        &times,
        &previews,
        &folded as &[Option<String>]
    )
    .fetch_all(db)
    .await?;
    let next: HashMap<String, i64> = rows.into_iter().map(|row| (row.id, row.next)).collect();
    let found = |id: &'a str| next.get(id).map(|seq| (id, *seq));
    let found = named.into_iter().map(found).collect::<Option<_>>();
    found.ok_or(sqlx::Error::RowNotFound)
}

async fn insert_messages(
    db: &mut PgConnection,
    rows: &[(&str, i64, &BulkMessage)],
) -> Result<(), sqlx::Error> {
    let conversations: Vec<String> = rows.iter().map(|row| row.0.to_owned()).collect();
    let seqs: Vec<i64> = rows.iter().map(|row| row.1).collect();
    let messages = || rows.iter().map(|row| row.2);
    let ids: Vec<String> = messages().map(|m| m.id.clone()).collect();
    let senders: Vec<Option<String>> = messages().map(|m| m.sender.clone()).collect();
    let types: Vec<String> = messages()
        .map(|m| m.sender_type.as_str().to_owned())
        .collect();
    let receivers: Vec<Option<String>> = messages().map(|m| m.receiver.clone()).collect();
    let texts: Vec<String> = messages().map(|m| m.text.clone()).collect();
    // Ids of attachments are UUIDs, so the array's text form needs no quotes.
    let files: Vec<String> = messages()
        .map(|m| {
            let ids: Vec<_> = m.files.iter().map(|file| file.id.as_str()).collect();
            format!("{{{}}}", ids.join(","))
        })
        .collect();
    let client_ids: Vec<Option<String>> = messages().map(|m| m.client_message_id.clone()).collect();
    let created: Vec<OffsetDateTime> = messages().map(|m| m.created_at.date_time()).collect();
    let former: Vec<bool> = messages().map(|m| m.is_former_user).collect();
    sqlx::query!(
        r#"
        insert into haggle.message_rows (
          id, conversation_id, seq, sender_id, sender_type, receiver_id, message, attachments,
          client_message_id, created_at, is_former_user
        )
        select
          id, conversation_id, seq, sender_id, sender_type, receiver_id, message, attachments::text[],
          client_message_id, created_at, nullif(is_former_user, false)
        from unnest(
          $1::varchar[], $2::varchar[], $3::bigint[], $4::varchar[], $5::varchar[], $6::varchar[],
          $7::text[], $8::text[], $9::varchar[], $10::timestamptz[], $11::boolean[]
        ) as m (
          id, conversation_id, seq, sender_id, sender_type, receiver_id, message, attachments,
          client_message_id, created_at, is_former_user
        )
        "#,
        &ids,
        &conversations,
        &seqs,
        &senders as &[Option<String>],
        &types,
        &receivers as &[Option<String>],
        &texts,
        &files,
        &client_ids as &[Option<String>],
        &created,
        &former
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Moves read marks of buyer, supplier and administrator forward. An empty place has read nothing.
pub(crate) async fn mark(
    db: &mut PgConnection,
    marks: &[(&str, [i64; 3])],
) -> Result<(), sqlx::Error> {
    let ids: Vec<String> = marks.iter().map(|(id, _)| (*id).to_owned()).collect();
    let read = |place: usize| {
        marks
            .iter()
            .map(|(_, seqs)| seqs[place])
            .collect::<Vec<i64>>()
    };
    sqlx::query!(
        r#"
        update haggle.conversations c
        set
          buyer_read_seq = greatest(c.buyer_read_seq, least(m.buyer, c.last_seq)),
          supplier_read_seq = case
            when c.supplier_id is null then c.supplier_read_seq
            else greatest(c.supplier_read_seq, least(m.supplier, c.last_seq))
          end,
          admin_read_seq = case
            when c.admin_id is null then c.admin_read_seq
            else greatest(c.admin_read_seq, least(m.admin, c.last_seq))
          end
        from unnest($1::varchar[], $2::bigint[], $3::bigint[], $4::bigint[])
          as m (id, buyer, supplier, admin)
        where c.id = m.id
        "#,
        &ids,
        &read(0),
        &read(1),
        &read(2)
    )
    .execute(db)
    .await?;
    Ok(())
}
