//! Files of messages that come: whoever has their bytes is asked for them before the messages are copied.

use chat::{
    attachment::{Attachment, Charset},
    timestamp::Timestamp,
};
use sqlx::PgConnection;

use super::{
    notes::Note,
    planning::origin,
    rows::{Origin, SourceFile},
};
use crate::legacy::Fate;

/// A file whose message will be kept.
#[derive(Clone, Debug)]
pub struct WantedFile {
    pub origin: Origin,
    message: i64,
    number: i64,
    /// That of the source where it is a UUID, else one that is the same at every run.
    pub id: String,
    owner: String,
    pub file: SourceFile,
}

/// What became of a wanted file.
#[derive(Clone, Debug)]
pub enum Taken {
    Kept(Attachment),
    /// Only its address is known: it stays a link.
    Link {
        url: String,
        name: String,
        kind: &'static str,
    },
    /// Its message is kept without it.
    LeftOut(&'static str, Option<String>),
}

#[derive(sqlx::FromRow)]
struct Row {
    file: String,
    line: i64,
    message: i64,
    number: i64,
    file_id: String,
    owner: String,
    id: Option<String>,
    name: Option<String>,
    path: Option<String>,
    url: Option<String>,
}

const TAKEN: &str = "its id is that of a file of another message";

/// The next ones of which nothing is known yet.
pub(super) async fn wanted(db: &mut PgConnection) -> Result<Vec<WantedFile>, sqlx::Error> {
    let wanted = "
        select
          m.file, m.line, f.message, f.number,
          case
            when f.id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
              and not exists (
                select
                from pg_temp.import_files earlier
                where earlier.id = f.id and (earlier.message, earlier.number) < (f.message, f.number)
              )
            then f.id
            else encode(
              substring(sha256(convert_to(concat_ws(E'\\x1f', m.id, f.number, f.id), 'UTF8')) for 16), 'hex'
            )::uuid::varchar
          end as file_id,
          coalesce(m.sender, '') as owner,
          f.id, f.name, f.path, f.url
        from pg_temp.import_files f
        join pg_temp.import_messages m on m.place = f.message
        where f.attachment_id is null
          and f.why is null
          and not m.is_double
          and exists (
            select from pg_temp.import_conversations c where c.id = m.conversation and c.target is not null
          )
          and not exists (select from haggle.message_rows k where k.id = m.id)
        order by f.message, f.number
        limit 100";
    let rows: Vec<Row> = sqlx::query_as(wanted).fetch_all(db).await?;
    Ok(rows.into_iter().map(WantedFile::from).collect())
}

impl From<Row> for WantedFile {
    fn from(row: Row) -> Self {
        Self {
            origin: origin(&row.file, row.line),
            message: row.message,
            number: row.number,
            id: row.file_id,
            owner: row.owner,
            file: SourceFile {
                id: row.id,
                name: row.name,
                path: row.path,
                url: row.url,
            },
        }
    }
}

/// Notes what became of a file. `false`: there is another one under its id, so its bytes are not wanted.
pub(super) async fn note(
    db: &mut PgConnection,
    wanted: &WantedFile,
    taken: &Taken,
    now: Timestamp,
    dry_run: bool,
    say: &mut dyn FnMut(Note),
) -> Result<bool, sqlx::Error> {
    let left_out = |why, detail| Note {
        origin: wanted.origin.clone(),
        table: "files",
        id: wanted.id.clone(),
        what: Fate::Refused,
        why,
        detail,
    };
    let attachment = match taken {
        Taken::Kept(attachment) => attachment,
        Taken::Link { url, name, kind } => {
            if !dry_run && !link(db, wanted, (url.as_str(), name.as_str(), *kind), now).await? {
                say(left_out(TAKEN, None));
                leave_out(db, wanted, TAKEN).await?;
                return Ok(false);
            }
            keep(db, wanted, &wanted.id, name).await?;
            return Ok(false);
        }
        Taken::LeftOut(why, detail) => {
            say(left_out(why, detail.clone()));
            leave_out(db, wanted, why).await?;
            return Ok(false);
        }
    };
    if !dry_run && !add(db, &wanted.owner, attachment, now).await? {
        say(left_out(TAKEN, None));
        leave_out(db, wanted, TAKEN).await?;
        return Ok(false);
    }
    keep(db, wanted, attachment.id.as_str(), &attachment.name).await?;
    Ok(true)
}

async fn keep(
    db: &mut PgConnection,
    wanted: &WantedFile,
    id: &str,
    name: &str,
) -> Result<(), sqlx::Error> {
    let kept = "
        update pg_temp.import_files
        set attachment_id = $3, attachment_name = $4
        where message = $1 and number = $2";
    sqlx::query(kept)
        .bind(wanted.message)
        .bind(wanted.number)
        .bind(id)
        .bind(name)
        .execute(db)
        .await?;
    Ok(())
}

/// A file elsewhere, which is not sent yet. `false`: there is another one under its id.
async fn link(
    db: &mut PgConnection,
    wanted: &WantedFile,
    (url, name, kind): (&str, &str, &str),
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let added = sqlx::query!(
        r#"
        insert into haggle.attachments as a (
          id, owner_id, name, type, size, has_thumbnail, url, created_at
        )
        values ($1, $2, $3, $4, 0, false, $5, $6)
        on conflict (id) do update
        set created_at = excluded.created_at
        where a.message_id is null and not a.given_up
        "#,
        wanted.id,
        wanted.owner,
        name,
        kind,
        url,
        now.date_time()
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected() > 0)
}

async fn leave_out(
    db: &mut PgConnection,
    wanted: &WantedFile,
    why: &str,
) -> Result<(), sqlx::Error> {
    let update = "update pg_temp.import_files set why = $3 where message = $1 and number = $2";
    sqlx::query(update)
        .bind(wanted.message)
        .bind(wanted.number)
        .bind(why)
        .execute(db)
        .await?;
    Ok(())
}

/// As an upload that is not sent yet. One that an earlier run left is taken up again.
async fn add(
    db: &mut PgConnection,
    owner: &str,
    attachment: &Attachment,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let added = sqlx::query!(
        r#"
        insert into haggle.attachments as a (
          id, owner_id, name, type, charset, size, width, height, has_thumbnail, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (id) do update
        set created_at = excluded.created_at
        where a.message_id is null and not a.given_up
        "#,
        attachment.id.as_str(),
        owner,
        attachment.name,
        attachment.kind.as_str(),
        attachment.charset.map(Charset::as_str),
        attachment.size,
        attachment.pixels.map(|pixels| pixels.width),
        attachment.pixels.map(|pixels| pixels.height),
        attachment.has_thumbnail,
        now.date_time()
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected() > 0)
}
