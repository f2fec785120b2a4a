//! What was noted of the old tables.

use sqlx::PgConnection;

use crate::{
    PgError,
    legacy::{
        copy::remember::write_notes,
        reason::{Note as Line, OldRow, Reason},
    },
    pool::Pool,
};

/// Notes that are taken in one transaction, and conversations in one look.
const TOGETHER: i64 = 200;
/// Rows of the old tables that are written in one go when they are owed.
const SETTLED_TOGETHER: i32 = 100;
/// Messages come before their conversation, where the old application writes so.
const ORPHAN_SECONDS: i64 = 60;
/// Advisory locks of old conversations, beside those of presence.
const OLD_CONVERSATION: i32 = 0x4f6c;

/// An old conversation of which something was noted.
pub(super) struct Waiting {
    pub id: String,
    /// For so long that a row which is not there will not come any more.
    pub is_late: bool,
}

pub(super) struct Note {
    pub number: i64,
    /// Nothing: of the conversation.
    pub message: Option<String>,
    pub what: String,
}

/// In the order in which something was noted of them. While the copy is not at its end, what it has not
/// reached is left to it.
pub(super) async fn waiting(db: &Pool, is_copied: bool) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        r#"
        select
          n.conversation_id as "id!",
          max(n.noted_at) < clock_timestamp() - make_interval(secs => $3::bigint) as "is_late!"
        from haggle.legacy_changes n
        where $1::boolean
          or exists (select from haggle.legacy_conversations l where l.old_id = n.conversation_id)
        group by n.conversation_id
        order by min(n.number)
        limit $2
        "#,
        is_copied,
        TOGETHER,
        ORPHAN_SECONDS
    )
    .fetch_all(db)
    .await
}

/// What became of an old conversation.
pub(super) enum Became {
    Nothing,
    /// It is none here.
    Refused,
    /// This one.
    Conversation(String),
}

pub(super) async fn became(db: &Pool, old: &str) -> Result<Became, sqlx::Error> {
    let became = sqlx::query!(
        "select conversation_id from haggle.legacy_conversations where old_id = $1",
        old
    )
    .fetch_optional(db)
    .await?;
    Ok(match became {
        None => Became::Nothing,
        Some(row) => row
            .conversation_id
            .map_or(Became::Refused, Became::Conversation),
    })
}

/// Whether this transaction has the old conversation for itself. What it changes here is not written
/// back there.
pub(super) async fn claim(db: &mut PgConnection, old: &str) -> Result<bool, sqlx::Error> {
    let claimed = sqlx::query!(
        r#"
        select
          pg_try_advisory_xact_lock($1, hashtext($2)) as "is_ours!",
          set_config('haggle.is_bridging', 'on', true) as "setting!"
        "#,
        OLD_CONVERSATION,
        old
    )
    .fetch_one(db)
    .await?;
    Ok(claimed.is_ours)
}

/// Of this old conversation, the first of them.
pub(super) async fn of(db: &mut PgConnection, old: &str) -> Result<Vec<Note>, sqlx::Error> {
    sqlx::query_as!(
        Note,
        r#"
        select number, message_id as message, what
        from haggle.legacy_changes
        where conversation_id = $1
        order by number
        limit $2
        "#,
        old,
        TOGETHER
    )
    .fetch_all(db)
    .await
}

pub(super) async fn done(db: &mut PgConnection, notes: &[Note]) -> Result<usize, sqlx::Error> {
    let numbers: Vec<i64> = notes.iter().map(|note| note.number).collect();
    sqlx::query!(
        "delete from haggle.legacy_changes where number = any($1)",
        &numbers
    )
    .execute(db)
    .await?;
    Ok(numbers.len())
}

/// Of a conversation that is not in Haggle: its messages are not either.
pub(super) async fn refuse(db: &Pool, old: &Waiting) -> Result<usize, sqlx::Error> {
    let mut transaction = db.begin().await?;
    let count = refuse_all(&mut transaction, old, Reason::ConversationRefused).await?;
    transaction.commit().await?;
    Ok(count)
}

pub(super) async fn refuse_all(
    db: &mut PgConnection,
    old: &Waiting,
    reason: Reason,
) -> Result<usize, sqlx::Error> {
    let notes = of(db, &old.id).await?;
    let said = notes.iter().filter(|note| note.what == "written");
    let lines = said.filter_map(|note| {
        Some(Line {
            row: OldRow::Message,
            id: note.message.clone()?,
            reason,
            detail: Some(old.id.clone()),
        })
    });
    report(db, &lines.collect::<Vec<_>>()).await?;
    done(db, &notes).await
}

pub(super) async fn report(db: &mut PgConnection, lines: &[Line]) -> Result<(), sqlx::Error> {
    let lines: Vec<_> = lines.iter().collect();
    write_notes(db, &lines).await.map_err(PgError::into_sqlx)
}

/// What could not be written into the old tables at once.
pub(super) async fn settle(db: &Pool) -> Result<(), sqlx::Error> {
    let is_owed =
        sqlx::query_scalar!(r#"select exists (select from haggle.legacy_owed) as "is_owed!""#)
            .fetch_one(db)
            .await?;
    if is_owed {
        // Made for the tables that were found, so no migration knows it.
        sqlx::query("select haggle.legacy_settle($1)")
            .bind(SETTLED_TOGETHER)
            .execute(db)
            .await?;
    }
    Ok(())
}
