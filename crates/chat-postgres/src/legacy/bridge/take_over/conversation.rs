//! Old conversations that are new, that changed, and that are gone.

use chat::limits::ID_BYTES;
use sqlx::PgConnection;

use super::{
    here::Here,
    moved::Bridge,
    notes::{self, Waiting, report},
    old_rows,
};
use crate::{
    PgError, PgWriter,
    legacy::{
        convert::{Decided, decide},
        facts::Facts,
        reason::{Note, OldRow, Reason},
    },
    read::conversations,
    write::announce::updated,
};

/// What became of one that is known here.
pub(super) enum Followed {
    Same,
    /// Somebody or something is in another place.
    Changed,
    /// It was deleted there, and here.
    Gone,
    /// It was deleted there; it goes on here with what was said in others of the same purpose.
    Left,
}

/// Makes the conversation here, or finds the one that has its purpose, or refuses it. What was said in it
/// is for the next look. The caller has the turn of its id.
pub(super) async fn begin(
    writer: &PgWriter,
    bridge: &Bridge,
    old: &Waiting,
) -> Result<usize, sqlx::Error> {
    let db = &writer.storage.pool;
    let mut transaction = db.begin().await?;
    if !notes::claim(&mut transaction, &old.id).await? {
        return Ok(0);
    }
    let is_known = sqlx::query_scalar!(
        r#"select exists (select from haggle.legacy_conversations where old_id = $1) as "is_known!""#,
        old.id
    )
    .fetch_one(&mut *transaction)
    .await?;
    if is_known {
        return Ok(0);
    }
    let Some(row) = old_rows::conversation(&mut transaction, bridge, &old.id).await? else {
        if !old.is_late {
            return Ok(0);
        }
        let count = notes::refuse_all(&mut transaction, old, Reason::ConversationMissing).await?;
        transaction.commit().await?;
        return Ok(count);
    };
    let facts = Facts::load(
        &mut transaction,
        &bridge.chat,
        std::slice::from_ref(&row),
        &[],
    )
    .await;
    let facts = facts.map_err(PgError::into_sqlx)?;
    let new = match decide(&row, &facts) {
        Ok(new) => new,
        Err(lines) => {
            report(&mut transaction, &lines).await?;
            known_as(&mut transaction, &old.id, None).await?;
            transaction.commit().await?;
            return Ok(1);
        }
    };
    let mut lines = new.notes.clone();
    let made = if is_usable(&old.id) {
        insert(&mut transaction, &old.id, &new).await?
    } else {
        None
    };
    let (here, is_new) = if let Some(id) = made {
        (id, true)
    } else if let Some(here) = new.purpose().find(&mut *transaction).await? {
        lines.push(line(&old.id, Reason::Merged, Some(here.clone())));
        (here, false)
    } else {
        // Its id is another one's, or is none.
        if is_usable(&old.id) {
            lines.push(line(&old.id, Reason::ConversationId, None));
        }
        let id = sqlx::query_scalar!(r#"select haggle.uuidv7() as "id!""#);
        let id = id.fetch_one(&mut *transaction).await?;
        let made = insert(&mut transaction, &id, &new).await?;
        (made.ok_or(sqlx::Error::RowNotFound)?, true)
    };
    report(&mut transaction, &lines).await?;
    known_as(&mut transaction, &old.id, Some(&here)).await?;
    transaction.commit().await?;
    if is_new && let Some(conversation) = conversations::load_one(db, &here).await? {
        writer.queue.publish(updated(&conversation, None));
    }
    Ok(1)
}

/// What it is there by now. The transaction has it locked here.
pub(super) async fn follow(
    db: &mut PgConnection,
    bridge: &Bridge,
    old: &str,
    place: &mut Here,
) -> Result<Followed, PgError> {
    let Some(row) = old_rows::conversation(db, bridge, old).await? else {
        return Ok(gone(db, old, place).await?);
    };
    let facts = Facts::load(db, &bridge.chat, std::slice::from_ref(&row), &[]).await?;
    // Somebody is gone who will be gone here, too.
    let Ok(new) = decide(&row, &facts) else {
        return Ok(Followed::Same);
    };
    let is_owed = sqlx::query_scalar!(
        r#"
        select exists (
          select from haggle.legacy_owed where kind = 'conversation' and id = $1
        ) as "is_owed!"
        "#,
        place.id
    )
    .fetch_one(&mut *db)
    .await?;
    // Whoever joined here may not be there yet.
    if is_owed || place.id != old {
        return Ok(Followed::Same);
    }
    let is_free = |admin: &String| *admin != place.buyer && Some(admin) != place.supplier.as_ref();
    let admin = new.places.admin.filter(is_free);
    let admin = admin.filter(|admin| Some(admin) != place.admin.as_ref());
    let product = new
        .product
        .filter(|product| Some(product) != place.product.as_ref());
    if admin.is_none() && product.is_none() {
        return Ok(Followed::Same);
    }
    let changed = sqlx::query!(
        r#"
        update haggle.conversations
        set
          admin_id = coalesce($2, admin_id),
          admin_read_seq = case when $2::varchar is null then admin_read_seq else last_seq end,
          product_id = coalesce($3, product_id),
          rev = rev + 1,
          changed_at = clock_timestamp()
        where id = $1
        returning admin_id, product_id, rev
        "#,
        place.id,
        admin as _,
        product as _
    )
    .fetch_one(db)
    .await?;
    place.admin = changed.admin_id;
    place.product = changed.product_id;
    place.rev = changed.rev;
    Ok(Followed::Changed)
}

async fn gone(db: &mut PgConnection, old: &str, place: &Here) -> Result<Followed, sqlx::Error> {
    sqlx::query!(
        "delete from haggle.legacy_conversations where old_id = $1",
        old
    )
    .execute(&mut *db)
    .await?;
    let has_others = sqlx::query_scalar!(
        r#"
        select exists (
          select from haggle.legacy_conversations where conversation_id = $1
        ) as "has_others!"
        "#,
        place.id
    )
    .fetch_one(&mut *db)
    .await?;
    if has_others {
        let kept = line(old, Reason::ConversationDeleted, Some(place.id.clone()));
        report(db, &[kept]).await?;
        return Ok(Followed::Left);
    }
    sqlx::query!("delete from haggle.conversations where id = $1", place.id)
        .execute(db)
        .await?;
    Ok(Followed::Gone)
}

async fn known_as(db: &mut PgConnection, old: &str, here: Option<&str>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into haggle.legacy_conversations (old_id, conversation_id) values ($1, $2)",
        old,
        here
    )
    .execute(db)
    .await?;
    Ok(())
}

fn line(id: &str, reason: Reason, detail: Option<String>) -> Note {
    Note {
        row: OldRow::Conversation,
        id: id.to_owned(),
        reason,
        detail,
    }
}

/// An id that a row here can have.
fn is_usable(id: &str) -> bool {
    (1..=ID_BYTES).contains(&id.len())
}

/// Unless its purpose has one, or the id is another one's.
async fn insert(
    db: &mut PgConnection,
    id: &str,
    new: &Decided,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        insert into haggle.conversations (
          id, buyer_id, supplier_id, admin_id, product_id, type, product_key, admin_key, subject, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $5, $7, $8, coalesce($9, clock_timestamp()))
        on conflict do nothing
        returning id
        "#,
        id,
        new.places.buyer,
        new.places.supplier as _,
        new.places.admin as _,
        new.product as _,
        new.kind.as_str(),
        new.purpose().admin,
        subject(new),
        new.created_at()
    )
    .fetch_optional(db)
    .await
}

fn subject(new: &Decided) -> Option<String> {
    let subject = new.old.subject.as_deref().map(chat::content::clean);
    subject.filter(|subject| !subject.is_empty())
}
