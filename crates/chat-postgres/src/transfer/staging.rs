//! Rows are put aside in temporary tables of the session before anything is decided: so an import of any
//! size needs little memory, may come in any order, and leaves nothing behind when it is killed.

use sqlx::{Executor, PgConnection, types::time::OffsetDateTime};
use time::PrimitiveDateTime;

use super::rows::{SourceConversation, SourceMessage, SourceReceiver, SourceTime};

const TABLES: &str = "
create temp table import_conversations (
  place bigint primary key,
  file text not null,
  line bigint not null,
  id varchar not null,
  buyer varchar,
  supplier varchar,
  admin varchar,
  people jsonb not null,
  product varchar,
  kind varchar,
  subject text,
  has_purpose boolean not null,
  product_key varchar,
  admin_key varchar,
  local_at timestamp,
  created_at timestamptz,
  -- Microseconds since 1970 by the ids of people.
  receipts jsonb not null default '{}',
  -- It is there already and not in the file; only messages are.
  is_there boolean not null default false,
  -- What was decided. Nothing: it is refused, or the same id is there twice.
  buyer_id varchar,
  supplier_id varchar,
  admin_id varchar,
  product_id varchar,
  type varchar,
  -- The conversation that its messages come into.
  target varchar
);
create temp table import_messages (
  place bigint primary key,
  file text not null,
  line bigint not null,
  id varchar,
  conversation varchar not null,
  sender varchar,
  sender_type varchar,
  has_receiver boolean not null,
  receiver varchar,
  message text not null,
  files bigint not null,
  client_message_id varchar,
  local_at timestamp,
  at timestamptz,
  has_time boolean not null,
  read_by jsonb not null,
  is_read boolean not null,
  is_former_user boolean not null,
  is_double boolean not null default false
);
create temp table import_files (
  message bigint not null,
  number bigint not null,
  id varchar,
  name text,
  path text,
  url text,
  -- What became of it: an attachment, or the reason why it is none.
  attachment_id varchar,
  attachment_name text,
  why text,
  primary key (message, number)
);
create temp table import_people as
select u.id, min(u.role) as role from haggle.directory_users u group by u.id;
create temp table import_suppliers as
select s.id, min(s.user_id) as user_id from haggle.directory_suppliers s where s.user_id is not null group by s.id;
create temp table import_products as
select distinct p.id from haggle.directory_products p;
create index on pg_temp.import_people (id);
create index on pg_temp.import_suppliers (id);
create index on pg_temp.import_products (id);
analyze pg_temp.import_people, pg_temp.import_suppliers, pg_temp.import_products";

pub(super) async fn create(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    db.execute(TABLES).await?;
    Ok(())
}

/// A time as one of two columns.
fn split(time: Option<SourceTime>) -> (Option<OffsetDateTime>, Option<PrimitiveDateTime>) {
    match time {
        Some(SourceTime::Instant(at)) => (Some(at.date_time()), None),
        Some(SourceTime::Local(at)) => (None, Some(at)),
        None => (None, None),
    }
}

fn json(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

fn receipts(row: &SourceConversation) -> String {
    let receipts = row.receipts.iter();
    let receipts = receipts.map(|(user, at)| (user.clone(), at.micros().into()));
    serde_json::Value::Object(receipts.collect()).to_string()
}

/// `first` is the place of the first row.
pub(super) async fn conversations(
    db: &mut PgConnection,
    first: i64,
    rows: &[SourceConversation],
) -> Result<(), sqlx::Error> {
    let text =
        |of: fn(&SourceConversation) -> Option<String>| rows.iter().map(of).collect::<Vec<_>>();
    let times = rows.iter().map(|row| split(row.created_at));
    let (instants, locals): (Vec<_>, Vec<_>) = times.unzip();
    let insert = "
        insert into pg_temp.import_conversations (
          place, file, line, id, buyer, supplier, admin, people, product, kind, has_purpose, product_key,
          admin_key, created_at, local_at, receipts, subject
        )
        select
          $1 + number - 1, file, line, id, buyer, supplier, admin, people::jsonb, product, kind, has_purpose,
          product_key, admin_key, created_at, local_at, receipts::jsonb, subject
        from unnest(
          $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
          $10::text[], $11::boolean[], $12::text[], $13::text[], $14::timestamptz[], $15::timestamp[],
          $16::text[], $17::text[]
        ) with ordinality as c (
          file, line, id, buyer, supplier, admin, people, product, kind, has_purpose, product_key, admin_key,
          created_at, local_at, receipts, subject, number
        )";
    sqlx::query(insert)
        .bind(first)
        .bind(
            rows.iter()
                .map(|row| row.origin.file.to_string())
                .collect::<Vec<_>>(),
        )
        .bind(
            rows.iter()
                .map(|row| line(row.origin.line))
                .collect::<Vec<_>>(),
        )
        .bind(rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>())
        .bind(text(|row| row.buyer.clone()))
        .bind(text(|row| row.supplier.clone()))
        .bind(text(|row| row.admin.clone()))
        .bind(rows.iter().map(|row| json(&row.people)).collect::<Vec<_>>())
        .bind(text(|row| row.product.clone()))
        .bind(text(|row| row.kind.clone()))
        .bind(
            rows.iter()
                .map(|row| row.purpose.is_some())
                .collect::<Vec<_>>(),
        )
        .bind(text(|row| row.purpose.as_ref()?.0.clone()))
        .bind(text(|row| row.purpose.as_ref()?.1.clone()))
        .bind(instants)
        .bind(locals)
        .bind(rows.iter().map(receipts).collect::<Vec<_>>())
        .bind(text(|row| row.subject.clone()))
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn messages(
    db: &mut PgConnection,
    first: i64,
    rows: &[SourceMessage],
) -> Result<(), sqlx::Error> {
    let text = |of: fn(&SourceMessage) -> Option<String>| rows.iter().map(of).collect::<Vec<_>>();
    let times = rows.iter().map(|row| split(row.created_at));
    let (instants, locals): (Vec<_>, Vec<_>) = times.unzip();
    let insert = "
        insert into pg_temp.import_messages (
          place, file, line, id, conversation, sender, sender_type, has_receiver, receiver, message, files,
          client_message_id, at, local_at, has_time, read_by, is_read, is_former_user
        )
        select
          $1 + number - 1, file, line, id, conversation, sender, sender_type, has_receiver, receiver, message,
          files, client_message_id, at, local_at, coalesce(at, local_at) is not null, read_by::jsonb, is_read,
          is_former_user
        from unnest(
          $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[],
          $10::text[], $11::bigint[], $12::text[], $13::timestamptz[], $14::timestamp[], $15::text[],
          $16::boolean[], $17::boolean[]
        ) with ordinality as m (
          file, line, id, conversation, sender, sender_type, has_receiver, receiver, message, files,
          client_message_id, at, local_at, read_by, is_read, is_former_user, number
        )";
    sqlx::query(insert)
        .bind(first)
        .bind(
            rows.iter()
                .map(|row| row.origin.file.to_string())
                .collect::<Vec<_>>(),
        )
        .bind(
            rows.iter()
                .map(|row| line(row.origin.line))
                .collect::<Vec<_>>(),
        )
        .bind(text(|row| row.id.clone()))
        .bind(
            rows.iter()
                .map(|row| row.conversation.clone())
                .collect::<Vec<_>>(),
        )
        .bind(text(|row| row.sender.clone()))
        .bind(text(|row| row.sender_type.clone()))
        .bind(
            rows.iter()
                .map(|row| row.receiver != SourceReceiver::Unknown)
                .collect::<Vec<_>>(),
        )
        .bind(text(|row| match &row.receiver {
            SourceReceiver::User(user) => Some(user.clone()),
            SourceReceiver::Unknown | SourceReceiver::Nobody => None,
        }))
        .bind(rows.iter().map(|row| row.text.clone()).collect::<Vec<_>>())
        .bind(
            rows.iter()
                .map(|row| count(row.files.len()))
                .collect::<Vec<_>>(),
        )
        .bind(text(|row| row.client_message_id.clone()))
        .bind(instants)
        .bind(locals)
        .bind(
            rows.iter()
                .map(|row| json(&row.read_by))
                .collect::<Vec<_>>(),
        )
        .bind(rows.iter().map(|row| row.is_read).collect::<Vec<_>>())
        .bind(
            rows.iter()
                .map(|row| row.is_former_user)
                .collect::<Vec<_>>(),
        )
        .execute(&mut *db)
        .await?;
    files(db, first, rows).await
}

async fn files(
    db: &mut PgConnection,
    first: i64,
    rows: &[SourceMessage],
) -> Result<(), sqlx::Error> {
    let numbered = rows.iter().zip(first..).flat_map(|(row, place)| {
        let files = row.files.iter().zip(1_i64..);
        files.map(move |(file, number)| (place, number, file))
    });
    let all: Vec<_> = numbered.collect();
    if all.is_empty() {
        return Ok(());
    }
    let insert = "
        insert into pg_temp.import_files (message, number, id, name, path, url)
        select *
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])";
    sqlx::query(insert)
        .bind(all.iter().map(|(place, _, _)| *place).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, number, _)| *number).collect::<Vec<_>>())
        .bind(
            all.iter()
                .map(|(_, _, file)| file.id.clone())
                .collect::<Vec<_>>(),
        )
        .bind(
            all.iter()
                .map(|(_, _, file)| file.name.clone())
                .collect::<Vec<_>>(),
        )
        .bind(
            all.iter()
                .map(|(_, _, file)| file.path.clone())
                .collect::<Vec<_>>(),
        )
        .bind(
            all.iter()
                .map(|(_, _, file)| file.url.clone())
                .collect::<Vec<_>>(),
        )
        .execute(db)
        .await?;
    Ok(())
}

fn line(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
