//! Whole conversations with their history, in the transaction of the caller. Nobody is told or notified of
//! what was said long ago, and the audit knows nothing of it.

use std::collections::HashMap;

use chat::content;
use sqlx::{PgConnection, Row, types::time::OffsetDateTime};

use crate::{
    PgError,
    legacy::convert::{Converted, ConvertedMessage},
    write::append::folded,
};

/// A file of a message, under its id.
#[derive(Clone, Debug)]
pub(in crate::legacy) struct NewFile {
    pub id: String,
    pub name: String,
    /// A media type.
    pub kind: String,
    /// Of a link. Nothing: its bytes are taken along, and its row is there.
    pub url: Option<String>,
}

/// A conversation as it is inserted.
pub(super) struct New<'a> {
    pub converted: &'a Converted,
    /// For each message.
    pub files: Vec<Vec<NewFile>>,
}

impl New<'_> {
    fn id(&self) -> &str {
        self.converted.id.as_deref().unwrap_or_default()
    }

    fn last(&self) -> i64 {
        i64::try_from(self.converted.messages.len()).unwrap_or(i64::MAX)
    }

    fn preview(&self) -> Option<String> {
        let (message, files) = self.converted.messages.last().zip(self.files.last())?;
        Some(match files.first() {
            Some(file) if message.text.is_empty() => content::preview(&file.name),
            _ => content::preview(&message.text),
        })
    }
}

/// Returns under which id each of them is, and the checksum of the messages as they were sent.
pub(super) async fn insert(
    db: &mut PgConnection,
    all: &[New<'_>],
) -> Result<(HashMap<String, String>, i128), PgError> {
    let opened = open(db, all).await?;
    let mut here = HashMap::new();
    let mut rows = Vec::new();
    for new in all {
        let is_new = opened.iter().any(|id| id == new.id());
        let id = if is_new {
            new.id().to_owned()
        } else {
            make_room(db, new).await?
        };
        for ((seq, message), files) in (1..).zip(&new.converted.messages).zip(&new.files) {
            rows.push((id.clone(), seq, message, files));
        }
        here.insert(new.converted.old_id.clone(), id);
    }
    let checksum = messages(db, &rows).await?;
    files(db, &rows).await?;
    Ok((here, checksum))
}

const OPEN: &str = "
    insert into haggle.conversations (
      id, type, buyer_id, supplier_id, admin_id, product_id, product_key, admin_key, subject, created_at,
      buyer_read_seq, supplier_read_seq, admin_read_seq, last_seq, rev, last_message_at, last_message,
      last_message_folded
    )
    select
      id, type, buyer_id, supplier_id, admin_id, product_id, product_key, admin_key, subject, created_at,
      buyer_read, supplier_read, admin_read, last_seq, 1 + last_seq, last_at, preview, folded
    from unnest(
      $1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::varchar[], $6::varchar[],
      $7::varchar[], $8::varchar[], $9::text[], $10::timestamptz[], $11::int8[], $12::int8[],
      $13::int8[], $14::int8[], $15::timestamptz[], $16::text[], $17::text[]
    ) with ordinality as c (
      id, type, buyer_id, supplier_id, admin_id, product_id, product_key, admin_key, subject, created_at,
      buyer_read, supplier_read, admin_read, last_seq, last_at, preview, folded, place
    )
    order by place
    on conflict do nothing
    returning id";

/// Those that were not there. Of the others the purpose is taken.
async fn open(db: &mut PgConnection, all: &[New<'_>]) -> Result<Vec<String>, PgError> {
    let text = |of: fn(&Converted) -> Option<&str>| -> Vec<Option<String>> {
        all.iter()
            .map(|new| of(new.converted).map(str::to_owned))
            .collect()
    };
    let read = |place: usize| -> Vec<i64> {
        all.iter()
            .map(|new| new.converted.read_seqs[place])
            .collect()
    };
    let previews: Vec<Option<String>> = all.iter().map(New::preview).collect();
    let folded = previews.iter().map(|preview| folded(preview.as_deref()?));
    let folded: Vec<Option<String>> = folded.collect();
    let created: Vec<OffsetDateTime> = all.iter().map(|new| new.converted.created_at).collect();
    let last_at = all.iter().map(|new| new.converted.messages.last());
    let last_at: Vec<Option<OffsetDateTime>> = last_at
        .map(|last| last.map(|message| message.created_at))
        .collect();
    let ids = sqlx::query_scalar(OPEN)
        .bind(text(|new| new.id.as_deref()))
        .bind(text(|new| Some(new.kind.as_str())))
        .bind(text(|new| Some(&new.places.buyer)))
        .bind(text(|new| new.places.supplier.as_deref()))
        .bind(text(|new| new.places.admin.as_deref()))
        .bind(text(|new| new.product.as_deref()))
        .bind(text(|new| new.purpose.0.as_deref()))
        .bind(text(|new| new.purpose.1.as_deref()))
        .bind(text(|new| new.subject.as_deref()))
        .bind(created)
        .bind(read(0))
        .bind(read(1))
        .bind(read(2))
        .bind(all.iter().map(New::last).collect::<Vec<_>>())
        .bind(last_at)
        .bind(previews)
        .bind(folded);
    Ok(ids.fetch_all(db).await?)
}

const HOLD: &str = "select from haggle.conversations where id = $1 for update";
/// Numbers are unique at every moment, so they go aside first.
const ASIDE: &str =
    "update haggle.message_rows set seq = seq + 1000000000 where conversation_id = $1";
const BACK: &str =
    "update haggle.message_rows set seq = seq - 1000000000 + $2 where conversation_id = $1";
/// A mark that was nowhere is where the old chat had it.
const MOVE_ON: &str = "
    update haggle.conversations
    set
      last_seq = last_seq + $2,
      rev = rev + 1,
      changed_at = clock_timestamp(),
      subject = coalesce(subject, $6),
      created_at = least(created_at, $7),
      last_message = coalesce(last_message, $8),
      last_message_folded = case when last_message is null then $9 else last_message_folded end,
      last_message_at = coalesce(last_message_at, $10),
      buyer_read_seq = case when buyer_read_seq > 0 then buyer_read_seq + $2 else $3 end,
      supplier_read_seq = case
        when supplier_id is null then 0
        when supplier_read_seq > 0 then supplier_read_seq + $2
        else $4
      end,
      admin_read_seq = case
        when admin_id is null then 0
        when admin_read_seq > 0 then admin_read_seq + $2
        else $5
      end
    where id = $1";

/// The conversation in Haggle that has its purpose, opened there meanwhile: what was said before comes
/// before what was said there.
async fn make_room(db: &mut PgConnection, new: &New<'_>) -> Result<String, PgError> {
    let converted = new.converted;
    let id = converted.purpose().find(&mut *db).await?;
    let id = id.ok_or(sqlx::Error::RowNotFound)?;
    sqlx::query(HOLD).bind(&id).execute(&mut *db).await?;
    let count = new.last();
    if count > 0 {
        sqlx::query(ASIDE).bind(&id).execute(&mut *db).await?;
        sqlx::query(BACK)
            .bind(&id)
            .bind(count)
            .execute(&mut *db)
            .await?;
    }
    let preview = new.preview();
    let folded = preview.as_deref().and_then(folded);
    sqlx::query(MOVE_ON)
        .bind(&id)
        .bind(count)
        .bind(converted.read_seqs[0])
        .bind(converted.read_seqs[1])
        .bind(converted.read_seqs[2])
        .bind(&converted.subject)
        .bind(converted.created_at)
        .bind(preview)
        .bind(folded)
        .bind(converted.messages.last().map(|message| message.created_at))
        .execute(db)
        .await?;
    Ok(id)
}

pub(super) type MessageRow<'a> = (String, i64, &'a ConvertedMessage, &'a Vec<NewFile>);

/// What makes a message what it is.
pub(super) const CHECKED: &str = "hashtextextended(concat_ws(
      E'\\x1f', id, conversation_id, seq, coalesce(sender_id, '-'), sender_type, coalesce(receiver_id, '-'),
      message, array_to_string(attachments, ','), extract(epoch from created_at)
    ), 0)";

pub(super) async fn messages(
    db: &mut PgConnection,
    rows: &[MessageRow<'_>],
) -> Result<i128, PgError> {
    let text = |of: fn(&ConvertedMessage) -> Option<&str>| -> Vec<Option<String>> {
        rows.iter()
            .map(|(_, _, message, _)| of(message).map(str::to_owned))
            .collect()
    };
    // Ids of files are UUIDs, so the array's text form needs no quotes.
    let files: Vec<String> = rows
        .iter()
        .map(|(.., files)| {
            let ids: Vec<_> = files.iter().map(|file| &*file.id).collect();
            format!("{{{}}}", ids.join(","))
        })
        .collect();
    let insert = format!(
        "with sent as (
           select
             id, conversation_id, seq, sender_id, sender_type, receiver_id, message,
             attachments::text[] as attachments, created_at
           from unnest(
             $1::varchar[], $2::varchar[], $3::int8[], $4::varchar[], $5::varchar[], $6::varchar[],
             $7::text[], $8::text[], $9::timestamptz[]
           ) as m (
             id, conversation_id, seq, sender_id, sender_type, receiver_id, message, attachments, created_at
           )
         ),
         inserted as (
           insert into haggle.message_rows (
             id, conversation_id, seq, sender_id, sender_type, receiver_id, message, attachments, created_at,
             is_former_user
           )
           select
             id, conversation_id, seq, sender_id, sender_type, receiver_id, message, attachments, created_at,
             case when sender_id is null then true end
           from sent
         )
         select coalesce(sum({CHECKED}::numeric), 0)::text from sent"
    );
    let sum = sqlx::query(sqlx::AssertSqlSafe(insert))
        .bind(text(|message| message.id.as_deref()))
        .bind(rows.iter().map(|row| row.0.clone()).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.1).collect::<Vec<_>>())
        .bind(text(|message| message.sender.as_deref()))
        .bind(text(|message| Some(message.from.as_str())))
        .bind(text(|message| message.receiver.as_deref()))
        .bind(text(|message| Some(&message.text)))
        .bind(files)
        .bind(rows.iter().map(|row| row.2.created_at).collect::<Vec<_>>())
        .fetch_one(db)
        .await?;
    let sum: String = sum.try_get(0)?;
    Ok(sum.parse().unwrap_or_default())
}

const LINKS: &str = "
    insert into haggle.attachments (
      id, owner_id, name, type, size, has_thumbnail, url, message_id, conversation_id, created_at
    )
    select id, owner, name, type, 0, false, url, message, conversation, at
    from unnest(
      $1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::text[], $6::varchar[], $7::varchar[],
      $8::timestamptz[]
    ) as f (id, owner, name, type, url, message, conversation, at)";
const TAKEN: &str = "
    update haggle.attachments a
    set message_id = f.message, conversation_id = f.conversation
    from unnest($1::varchar[], $2::varchar[], $3::varchar[]) as f (id, message, conversation)
    where a.id = f.id";

pub(super) async fn files(db: &mut PgConnection, rows: &[MessageRow<'_>]) -> Result<(), PgError> {
    let all = rows.iter().flat_map(|(conversation, _, message, files)| {
        files.iter().map(move |file| (conversation, *message, file))
    });
    let (links, taken): (Vec<_>, Vec<_>) = all.partition(|(.., file)| file.url.is_some());
    let message_id = |message: &ConvertedMessage| message.id.clone().unwrap_or_default();
    if !links.is_empty() {
        let text = |of: fn(&NewFile) -> &str| -> Vec<String> {
            links.iter().map(|(.., file)| of(file).to_owned()).collect()
        };
        let owner = |message: &ConvertedMessage| message.sender.clone().unwrap_or_default();
        sqlx::query(LINKS)
            .bind(text(|file| &file.id))
            .bind(
                links
                    .iter()
                    .map(|(_, message, _)| owner(message))
                    .collect::<Vec<_>>(),
            )
            .bind(text(|file| &file.name))
            .bind(text(|file| &file.kind))
            .bind(text(|file| file.url.as_deref().unwrap_or_default()))
            .bind(
                links
                    .iter()
                    .map(|(_, message, _)| message_id(message))
                    .collect::<Vec<_>>(),
            )
            .bind(
                links
                    .iter()
                    .map(|(id, ..)| (*id).clone())
                    .collect::<Vec<_>>(),
            )
            .bind(
                links
                    .iter()
                    .map(|(_, message, _)| message.created_at)
                    .collect::<Vec<_>>(),
            )
            .execute(&mut *db)
            .await?;
    }
    if !taken.is_empty() {
        sqlx::query(TAKEN)
            .bind(
                taken
                    .iter()
                    .map(|(.., file)| file.id.clone())
                    .collect::<Vec<_>>(),
            )
            .bind(
                taken
                    .iter()
                    .map(|(_, message, _)| message_id(message))
                    .collect::<Vec<_>>(),
            )
            .bind(
                taken
                    .iter()
                    .map(|(id, ..)| (*id).clone())
                    .collect::<Vec<_>>(),
            )
            .execute(db)
            .await?;
    }
    Ok(())
}
