//! Old conversations that are new, that changed, and that are gone.

use chat::conversation::Kind;
use sqlx::PgConnection;

use super::{
    here::Here,
    moved::Bridge,
    notes::{self, Waiting, report},
    old_rows::{self, NewConversation},
};
use crate::{PgWriter, read::conversations, write::announce::updated};

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
    let new = match old_rows::conversation(&mut transaction, bridge, &old.id).await? {
        None if !old.is_late => return Ok(0),
        None => {
            let notes = notes::of(&mut transaction, &old.id).await?;
            for note in &notes {
                if let (Some(message), "written") = (&note.message, &*note.what) {
                    let why = "its conversation does not exist";
                    report(&mut transaction, "messages", message, "refused", why).await?;
                }
            }
            let count = notes::done(&mut transaction, &notes).await?;
            transaction.commit().await?;
            return Ok(count);
        }
        Some(Err(why)) => {
            report(&mut transaction, "conversations", &old.id, "refused", why).await?;
            known_as(&mut transaction, &old.id, None).await?;
            transaction.commit().await?;
            return Ok(1);
        }
        Some(Ok(new)) => new,
    };
    for why in &new.corrections {
        report(&mut transaction, "conversations", &old.id, "corrected", why).await?;
    }
    let made = insert(&mut transaction, &old.id, &new).await?;
    let here = match &made {
        Some(id) => id.clone(),
        None => {
            let why = "another one has the same purpose";
            report(&mut transaction, "conversations", &old.id, "merged", why).await?;
            find(&mut transaction, &new).await?
        }
    };
    known_as(&mut transaction, &old.id, Some(&here)).await?;
    transaction.commit().await?;
    if made.is_some()
        && let Some(conversation) = conversations::load_one(db, &here).await?
    {
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
) -> Result<Followed, sqlx::Error> {
    let Some(new) = old_rows::conversation(db, bridge, old).await? else {
        return gone(db, old, place).await;
    };
    // Somebody is gone who will be gone here, too.
    let Ok(new) = new else {
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
    let admin = new.admin.filter(is_free);
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
        let why = "it was deleted in the old chat; others of the same purpose are there, and what was said stays with them";
        report(db, "conversations", old, "kept", why).await?;
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

fn kind(new: &NewConversation) -> Kind {
    match (&new.supplier, &new.admin) {
        (Some(_), None) => Kind::BuyerSupplier,
        (None, Some(_)) => Kind::BuyerAdmin,
        _ => Kind::Support,
    }
}

/// The administrator who is part of the purpose.
fn admin_key(new: &NewConversation) -> Option<&str> {
    let is_named = kind(new) == Kind::BuyerAdmin;
    new.admin.as_deref().filter(|_| is_named)
}

/// Unless its purpose has one.
async fn insert(
    db: &mut PgConnection,
    id: &str,
    new: &NewConversation,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        insert into haggle.conversations (
          id, buyer_id, supplier_id, admin_id, product_id, type, product_key, admin_key, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $5, $7, $8)
        on conflict (buyer_id, supplier_id, product_key, type, admin_key) do nothing
        returning id
        "#,
        id,
        new.buyer,
        new.supplier as _,
        new.admin as _,
        new.product as _,
        kind(new).as_str(),
        admin_key(new),
        new.created_at
    )
    .fetch_optional(db)
    .await
}

async fn find(db: &mut PgConnection, new: &NewConversation) -> Result<String, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        select id
        from haggle.conversations
        where buyer_id = $1
          and supplier_id is not distinct from $2
          and product_key is not distinct from $3
          and type = $4
          and admin_key is not distinct from $5
        "#,
        new.buyer,
        new.supplier as _,
        new.product as _,
        kind(new).as_str(),
        admin_key(new)
    )
    .fetch_one(db)
    .await
}
