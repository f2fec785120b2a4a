//! Whether the host has an old chat, and which.

use std::collections::BTreeSet;

use sqlx::{Connection, PgConnection};

use super::{
    catalogue::{self, Found},
    column::{ConversationColumn, MessageColumn, OldTable},
    place::{Named, Profiles},
    shape::Shape,
};
use crate::{
    PgError, PgOptions,
    pool::{BEGIN_A_MIGRATION, Servers},
};

const CONVERSATIONS: &str = "conversations";
const MESSAGES: &str = "messages";

/// The two tables of one chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldChat {
    pub shape: Shape,
    pub conversations: OldTable<ConversationColumn>,
    pub messages: OldTable<MessageColumn>,
    /// What the places of the conversations name.
    pub buyer: Named,
    pub supplier: Named,
}

/// What was found in the host's schemas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognition {
    pub chat: Option<OldChat>,
    /// Tables that have the names and are none of ours, one line each.
    pub left_alone: Vec<String>,
}

/// Looks for it, and changes nothing.
pub async fn find_old_chat(options: &PgOptions) -> Result<Recognition, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let is_pooled = session.is_pooled();
    let mut transaction = session.db().begin_with(BEGIN_A_MIGRATION).await?;
    let found = recognise(&mut transaction).await;
    if is_pooled {
        transaction.clear_cached_statements().await?;
    }
    transaction.rollback().await?;
    session.close().await;
    found
}

/// In every schema of the host. Of several chats it is the one to which the search path leads first.
pub async fn recognise(db: &mut PgConnection) -> Result<Recognition, PgError> {
    let found = catalogue::by_name(db, &[CONVERSATIONS, MESSAGES]).await?;
    if found.is_empty() {
        return Ok(Recognition::default());
    }
    let path: Vec<String> = sqlx::query_scalar("select current_schemas(false)::text[]")
        .fetch_one(&mut *db)
        .await?;
    let profiles = catalogue::profiles(db).await?;
    let place = |schema: &str| {
        let place = path.iter().position(|known| known == schema);
        (place.unwrap_or(usize::MAX), schema.to_owned())
    };
    let schemas: BTreeSet<_> = found.iter().map(|table| place(&table.schema)).collect();
    let mut recognition = Recognition::default();
    for (_, schema) in schemas {
        let named = |name: &str| {
            let mut tables = found.iter();
            tables.find(|table| table.schema == schema && table.name == name)
        };
        let tables = (named(CONVERSATIONS), named(MESSAGES));
        let chat = match tables {
            (Some(conversations), Some(messages)) => understood(conversations, messages, &profiles),
            _ => None,
        };
        match chat {
            Some(chat) if recognition.chat.is_none() => recognition.chat = Some(chat),
            Some(chat) => recognition.left_alone.push(format!(
                "{} and {}: another chat comes before it in the search path",
                chat.conversations.shown(),
                chat.messages.shown()
            )),
            None => {
                let there = [tables.0, tables.1].into_iter().flatten();
                let lines = there.map(|table| {
                    format!("{}.{}: no chat that Haggle knows", table.schema, table.name)
                });
                recognition.left_alone.extend(lines);
            }
        }
    }
    Ok(recognition)
}

impl OldChat {
    /// The chat of two tables that were recognised before, whatever they are called by now.
    pub async fn by_oid(
        db: &mut PgConnection,
        conversations: u32,
        messages: u32,
    ) -> Result<Option<Self>, PgError> {
        let found = catalogue::by_oid(db, &[conversations, messages]).await?;
        let profiles = catalogue::profiles(db).await?;
        let of = |oid| found.iter().find(|table| table.oid == oid);
        let tables = of(conversations).zip(of(messages));
        Ok(tables
            .and_then(|(conversations, messages)| understood(conversations, messages, &profiles)))
    }
}

fn understood(conversations: &Found, messages: &Found, profiles: &[Profiles]) -> Option<OldChat> {
    let Found {
        schema, name, oid, ..
    } = conversations;
    let conversations = OldTable::new(schema, name, *oid, &conversations.columns);
    let messages = OldTable::new(
        &messages.schema,
        &messages.name,
        messages.oid,
        &messages.columns,
    );
    let column = |meaning| conversations.get(meaning);
    let buyer = Named::of(
        column(ConversationColumn::Buyer),
        "buyers",
        schema,
        profiles,
    );
    let supplier = column(ConversationColumn::Supplier);
    let supplier = match buyer {
        // Both name profiles, or only what a foreign key says.
        Named::People => supplier.filter(|column| column.references.is_some()),
        Named::Profiles(_) => supplier,
    };
    let supplier = Named::of(supplier, "supplier_profiles", schema, profiles);
    let shape = Shape::of(&conversations, &messages, &buyer, &supplier)?;
    Some(OldChat {
        shape,
        conversations,
        messages,
        buyer,
        supplier,
    })
}
