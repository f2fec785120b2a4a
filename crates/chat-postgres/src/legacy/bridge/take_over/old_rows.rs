//! Rows of the old tables, as what they become here.

use std::collections::{HashMap, HashSet};

use chat::{content, person::Role, timestamp::Timestamp};
use sqlx::{AssertSqlSafe, PgConnection, types::time::OffsetDateTime};

use super::{here::Here, moved::Bridge};
use crate::{
    legacy::{ConversationColumn as C, Meaning, MessageColumn as M, Named, OldColumn, OldTable},
    mapping::{literal, quoted},
};

pub(super) struct NewMessage {
    pub id: String,
    pub sender: Option<String>,
    pub sender_type: Role,
    pub receiver: Option<String>,
    pub text: String,
    pub preview: String,
    pub is_read: bool,
    pub created_at: OffsetDateTime,
    /// Why it is none here.
    pub refused: Option<&'static str>,
    pub corrections: Vec<&'static str>,
}

pub(super) struct NewConversation {
    pub buyer: String,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    pub product: Option<String>,
    pub created_at: OffsetDateTime,
    pub corrections: Vec<&'static str>,
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: String,
    sender: Option<String>,
    receiver: Option<String>,
    sender_type: Option<String>,
    text: Option<String>,
    is_read: bool,
    created_at: Option<OffsetDateTime>,
}

#[derive(sqlx::FromRow)]
struct ConversationRow {
    buyer: Option<String>,
    buyer_is_somebody: bool,
    supplier: Option<String>,
    has_supplier: bool,
    admin: Option<String>,
    has_admin: bool,
    product: Option<String>,
    has_product: bool,
    created_at: Option<OffsetDateTime>,
}

/// Those that are there, as messages of this conversation.
pub(super) async fn messages(
    db: &mut PgConnection,
    bridge: &Bridge,
    ids: &[String],
    place: &Here,
) -> Result<Vec<NewMessage>, sqlx::Error> {
    let table = &bridge.chat.messages;
    let text = |meaning| text_of(table, meaning);
    let is_read = table.get(M::IsRead).map_or_else(
        || "false".to_owned(),
        |column| format!("coalesce(o.{}, false)", column.quoted()),
    );
    let rows = format!(
        "select
           {} as id, {} as sender, {} as receiver, {} as sender_type, coalesce({}, {}) as text,
           {is_read} as is_read, {} as created_at
         from {} o
         where {} = any($1)",
        text(M::Id),
        text(M::Sender),
        text(M::Receiver),
        text(M::SenderType),
        text(M::Text),
        text(M::Content),
        instant(table, M::CreatedAt, &bridge.zone),
        table.quoted(),
        key(table, M::Id),
    );
    let rows: Vec<MessageRow> = sqlx::query_as(AssertSqlSafe(rows))
        .bind(ids)
        .fetch_all(&mut *db)
        .await?;
    let senders: Vec<String> = rows.iter().filter_map(|row| row.sender.clone()).collect();
    let roles = roles(db, &senders).await?;
    let now = now(db).await?.date_time();
    Ok(rows
        .into_iter()
        .map(|row| row.message(place, &roles, now))
        .collect())
}

impl MessageRow {
    fn message(
        self,
        place: &Here,
        roles: &HashMap<String, Option<Role>>,
        now: OffsetDateTime,
    ) -> NewMessage {
        let mut corrections = Vec::new();
        let sender = self.sender.filter(|sender| {
            let is_there = roles.contains_key(sender);
            if !is_there {
                corrections.push("its sender is gone");
            }
            is_there
        });
        let named = self.sender_type.as_deref().and_then(Role::parse);
        let has_place = sender.as_deref().and_then(|sender| place.place_of(sender));
        let role = sender
            .as_ref()
            .and_then(|sender| roles.get(sender).copied().flatten());
        let sender_type = has_place.or(role).or(named).unwrap_or(Role::Buyer);
        if has_place.is_some() && named.is_some() && named != has_place {
            corrections.push("its sender_type contradicts the places");
        }
        let receiver = match sender_type {
            Role::Buyer => place.supplier.clone().or_else(|| place.admin.clone()),
            Role::Supplier | Role::Admin => Some(place.buyer.clone()),
        };
        let raw = self.text.unwrap_or_default();
        let text = content::clean(&raw);
        if text != raw {
            corrections.push("its text was cleaned");
        }
        let refused = text.is_empty().then_some("it has no text and no files");
        NewMessage {
            id: self.id,
            preview: content::preview(&text),
            sender,
            sender_type,
            receiver: receiver
                .filter(|_| self.receiver.as_deref() != Some(""))
                .or(None),
            text,
            is_read: self.is_read,
            created_at: self.created_at.unwrap_or(now),
            refused,
            corrections,
        }
    }
}

/// Those that are there and not read.
pub(super) async fn unread(
    db: &mut PgConnection,
    bridge: &Bridge,
    ids: &[String],
) -> Result<HashSet<String>, sqlx::Error> {
    let table = &bridge.chat.messages;
    let Some(is_read) = table.get(M::IsRead) else {
        return Ok(ids.iter().cloned().collect());
    };
    let unread = format!(
        "select {} from {} o where {} = any($1) and o.{} is distinct from true",
        text_of(table, M::Id),
        table.quoted(),
        key(table, M::Id),
        is_read.quoted(),
    );
    let unread: Vec<String> = sqlx::query_scalar(AssertSqlSafe(unread))
        .bind(ids)
        .fetch_all(db)
        .await?;
    Ok(unread.into_iter().collect())
}

/// Nothing: it is not there. An error says why it is none here.
pub(super) async fn conversation(
    db: &mut PgConnection,
    bridge: &Bridge,
    id: &str,
) -> Result<Option<Result<NewConversation, &'static str>>, sqlx::Error> {
    let chat = &bridge.chat;
    let table = &chat.conversations;
    let place = |meaning, named: &Named| match named {
        Named::People => text_of(table, meaning),
        Named::Profiles(profiles) => format!(
            "(select p.{}::varchar from {} p where p.{}::varchar = {} limit 1)",
            quoted(&profiles.user),
            profiles.quoted(),
            quoted(&profiles.id),
            text_of(table, meaning),
        ),
    };
    let (buyer, supplier) = (
        place(C::Buyer, &chat.buyer),
        place(C::Supplier, &chat.supplier),
    );
    let admin = format!(
        "coalesce(nullif({}, ''), {})",
        text_of(table, C::Admin),
        text_of(table, C::AdminInCounter)
    );
    let product = text_of(table, C::Product);
    let row = format!(
        "select
           p.buyer,
           exists (select from haggle.directory_users u where u.id = p.buyer) as buyer_is_somebody,
           coalesce(
             (select u.id from haggle.directory_users u where u.id = p.supplier limit 1),
             (select s.user_id from haggle.directory_suppliers s where s.id = p.supplier limit 1)
           ) as supplier,
           coalesce(p.supplier, '') <> '' as has_supplier,
           (select u.id from haggle.directory_users u where u.id = p.admin and u.role = 'admin' limit 1) as admin,
           coalesce(p.admin, '') <> '' as has_admin,
           (select d.id from haggle.directory_products d where d.id = p.product limit 1) as product,
           coalesce(p.product, '') <> '' as has_product,
           p.created_at
         from (
           select {buyer} as buyer, {supplier} as supplier, {admin} as admin, {product} as product,
             {} as created_at
           from {} o
           where {} = any(array[$1])
         ) p",
        instant(table, C::CreatedAt, &bridge.zone),
        table.quoted(),
        key(table, C::Id),
    );
    let row: Option<ConversationRow> = sqlx::query_as(AssertSqlSafe(row))
        .bind(id)
        .fetch_optional(&mut *db)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let now = now(db).await?.date_time();
    Ok(Some(row.conversation(now)))
}

impl ConversationRow {
    fn conversation(self, now: OffsetDateTime) -> Result<NewConversation, &'static str> {
        let buyer = self.buyer.filter(|buyer| !buyer.is_empty());
        let buyer = buyer.ok_or("it has no buyer")?;
        if !self.buyer_is_somebody {
            return Err("its buyer is gone");
        }
        let mut corrections = Vec::new();
        let mut note = |is_so: bool, why: &'static str| {
            if is_so {
                corrections.push(why);
            }
        };
        note(
            self.has_supplier && self.supplier.is_none(),
            "its supplier is gone",
        );
        note(
            self.has_admin && self.admin.is_none(),
            "its administrator is none",
        );
        note(
            self.has_product && self.product.is_none(),
            "its product is gone",
        );
        let supplier = self.supplier.filter(|supplier| *supplier != buyer);
        let admin = self
            .admin
            .filter(|admin| *admin != buyer && Some(admin) != supplier.as_ref());
        Ok(NewConversation {
            buyer,
            supplier,
            admin,
            product: self.product,
            created_at: self.created_at.unwrap_or(now),
            corrections,
        })
    }
}

/// By the clock of the database.
pub(super) async fn now(db: &mut PgConnection) -> Result<Timestamp, sqlx::Error> {
    let now = sqlx::query_scalar!(r#"select clock_timestamp() as "now!""#);
    Ok(now.fetch_one(db).await?.into())
}

/// Whoever is somebody here, and what they are.
async fn roles(
    db: &mut PgConnection,
    users: &[String],
) -> Result<HashMap<String, Option<Role>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id as "id!", role from haggle.directory_users where id = any($1)"#,
        users
    )
    .fetch_all(db)
    .await?;
    let role = |role: Option<String>| role.as_deref().and_then(Role::parse);
    Ok(rows
        .into_iter()
        .map(|row| (row.id, role(row.role)))
        .collect())
}

/// A column as a text; null where the table has none.
fn text_of<M: Meaning>(table: &OldTable<M>, meaning: M) -> String {
    let column = table.get(meaning);
    column.map_or_else(
        || "null::varchar".to_owned(),
        |column| format!("cast(o.{} as varchar)", column.quoted()),
    )
}

/// The id, to be compared with texts; by its index where it is a text.
fn key<M: Meaning>(table: &OldTable<M>, meaning: M) -> String {
    table.get(meaning).map_or_else(
        || "null::varchar".to_owned(),
        |column| match column {
            column if column.is_text() => format!("o.{}", column.quoted()),
            column => format!("cast(o.{} as varchar)", column.quoted()),
        },
    )
}

fn instant<M: Meaning>(table: &OldTable<M>, meaning: M, zone: &str) -> String {
    let instant = |column: &OldColumn| {
        if column.has_zone() {
            format!("o.{}", column.quoted())
        } else {
            format!("(o.{} at time zone {})", column.quoted(), literal(zone))
        }
    };
    let column = table.get(meaning);
    column.map_or_else(|| "null::timestamptz".to_owned(), instant)
}
