//! Fills an empty database with the demo marketplace. A filled one stays as its users left it.

use std::sync::Arc;

use chat::{
    bus::Bus,
    conversation::Kind,
    error::StorageError,
    event::Event,
    ids::{ProductId, UserId},
    person::Role,
    storage::{
        ChatStorage, Directory, ListQuery, ProductRecord, Put, Scope, SupplierRecord, UserRecord,
    },
    timestamp::Timestamp,
};
use chat_postgres::{ImportConversation, ImportMessage, PgStorage};
use demo_data::{Conversation, ConversationKind, Marketplace, Role as DemoRole};
use tokio::task::spawn_blocking;

use super::error::DemoError;

/// Nobody listens before the server does.
struct Silence;

impl Bus for Silence {
    fn publish(&self, _: Event) {}
}

/// The conversations end shortly before `now`.
pub async fn fill(storage: &PgStorage, now: Timestamp) -> Result<(), DemoError> {
    if has_conversations(storage).await? {
        return Ok(());
    }
    let conversations = spawn_blocking(move || conversations(now)).await?;
    fill_directory(storage, demo_data::marketplace()).await?;
    storage.import(&conversations).await?;
    Ok(())
}

/// They come last and in one transaction, so whoever finds some finds everything.
async fn has_conversations(storage: &PgStorage) -> Result<bool, StorageError> {
    let any = ListQuery {
        scope: Scope::All,
        kind: None,
        waiting: false,
        search: None,
        cursor: None,
        limit: 1,
    };
    Ok(!storage.list(&any).await?.conversations.is_empty())
}

async fn fill_directory(storage: &PgStorage, marketplace: &Marketplace) -> Result<(), DemoError> {
    for person in &marketplace.people {
        let user = UserRecord {
            id: UserId::new(person.id),
            name: person.name.to_owned(),
            email: person.email.to_owned(),
            role: role(person.role),
            is_active: true,
        };
        must(storage.put_user(&user).await?)?;
    }
    for supplier in marketplace.suppliers {
        let record = SupplierRecord {
            id: supplier.id.to_owned(),
            user_id: UserId::new(supplier.user_id),
            name: supplier.name.to_owned(),
        };
        must(storage.put_supplier(&record).await?)?;
    }
    let silence: Arc<dyn Bus> = Arc::new(Silence);
    for product in &marketplace.products {
        let record = ProductRecord {
            id: ProductId::new(product.id),
            name: product.name.to_owned(),
            image: product.image.clone(),
            supplier_id: Some(product.supplier_id.to_owned()),
        };
        must(storage.put_product(&record, &silence).await?)?;
    }
    Ok(())
}

fn must(put: Put) -> Result<(), DemoError> {
    match put {
        Put::Created | Put::Replaced => Ok(()),
        Put::HostOwned | Put::Unknown(_) | Put::Taken(_) => Err(DemoError::HostOwned),
    }
}

fn conversations(now: Timestamp) -> Vec<ImportConversation> {
    let all = demo_data::conversations_at(now.micros() / 1_000_000);
    all.into_iter()
        .map(|conversation| import(conversation, now))
        .collect()
}

fn import(conversation: Conversation, now: Timestamp) -> ImportConversation {
    let owned = |id: Option<&str>| id.map(str::to_owned);
    let message = |message: demo_data::Message| ImportMessage {
        id: message.id,
        sender: message.sender_id.to_owned(),
        text: message.text,
        created_at: now.plus_seconds(-message.seconds_ago),
    };
    ImportConversation {
        id: conversation.id,
        kind: match conversation.kind {
            ConversationKind::BuyerSupplier => Kind::BuyerSupplier,
            ConversationKind::BuyerAdmin => Kind::BuyerAdmin,
            ConversationKind::Support => Kind::Support,
        },
        buyer: conversation.buyer_id.to_owned(),
        supplier: owned(conversation.supplier_user_id),
        admin: owned(conversation.admin_id),
        product: owned(conversation.product_id),
        created_at: now.plus_seconds(-60 * conversation.created_minutes_ago),
        read_seqs: [
            conversation.buyer_last_read_seq,
            conversation.supplier_last_read_seq,
            conversation.admin_last_read_seq,
        ],
        messages: conversation.messages.into_iter().map(message).collect(),
    }
}

fn role(role: DemoRole) -> Role {
    match role {
        DemoRole::Buyer => Role::Buyer,
        DemoRole::Supplier => Role::Supplier,
        DemoRole::Admin => Role::Admin,
    }
}
