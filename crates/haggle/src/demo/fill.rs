//! Fills an empty database with the demo marketplace. A filled one stays as its users left it.

use std::sync::Arc;

use chat::{
    Chat,
    error::StorageError,
    ids::{ProductId, UserId},
    person::Role,
    rate_limit::{LocalRateLimiter, Quotas},
    storage::{
        Conversations, Directory, DirectoryEditor, ListQuery, ProductRecord, Put, Scope, Storage,
        SupplierRecord, UserRecord,
    },
    timestamp::{Clock, Timestamp},
};
use chat_postgres::{BulkConversation, BulkMessage, PgStorage, PgWriter, Places};
use tokio::task::spawn_blocking;
use uuid::Builder;

use super::{
    calendar::times,
    content::{self, Conversation, Everyday, Marketplace},
    deals,
    error::DemoError,
    everyday,
    past::Past,
    silence::Silence,
};

/// 2025-01-06 08:00 UTC: the demo's identifiers are older than any that a running server makes.
const BEGINNING_MILLISECONDS: u64 = 1_736_150_400_000;

/// Somebody who is there while the demo is filled and no longer. Whoever finds them in a database that nobody fills
/// begins anew: a demo that was ended in the middle is no demo.
const FILLING: &str = "demo-is-being-filled";

/// The conversations end shortly before the present.
pub async fn fill(storage: &Arc<PgStorage>, clock: &Arc<dyn Clock>) -> Result<(), DemoError> {
    let writer = storage.writer(Arc::new(Silence));
    let filled = fill_by(&writer, storage, clock).await;
    writer.close().await;
    filled
}

async fn fill_by(
    writer: &PgWriter,
    storage: &Arc<PgStorage>,
    clock: &Arc<dyn Clock>,
) -> Result<(), DemoError> {
    let filling = UserId::new(FILLING);
    if storage.person(&filling).await?.is_some() {
        empty(writer).await?;
    } else if has_conversations(storage).await? {
        return Ok(());
    }
    let now = clock.now();
    let conversations = spawn_blocking(move || conversations(now)).await??;
    let everyday = content::everyday()?;
    let mark = UserRecord {
        id: filling.clone(),
        name: FILLING.to_owned(),
        company: None,
        email: String::new(),
        role: Role::Buyer,
        is_active: false,
        time_zone: None,
    };
    must(writer.put_user(&mark).await?)?;
    fill_directory(writer, content::marketplace(), &everyday).await?;
    storage.fill(&conversations).await?;
    live(storage, clock.clone()).await?;
    writer.delete_user(&filling).await?;
    Ok(())
}

/// Everything goes with its people.
async fn empty(writer: &PgWriter) -> Result<(), StorageError> {
    for person in &content::marketplace().people {
        writer.delete_user(&UserId::new(person.id.as_str())).await?;
    }
    Ok(())
}

/// What people have done since they said all this.
async fn live(storage: &Arc<PgStorage>, clock: Arc<dyn Clock>) -> Result<(), DemoError> {
    let past = Arc::new(Past::new(clock.clone()));
    let limiter = Arc::new(LocalRateLimiter::new(Quotas::UNLIMITED, clock));
    let (chat, writer) = Chat::on(storage, Arc::new(Silence), limiter, past.clone());
    let done = async {
        deals::negotiate(&chat, &past).await?;
        everyday::live(&chat, &past).await
    };
    let done = done.await;
    writer.close().await;
    done
}

async fn has_conversations(storage: &PgStorage) -> Result<bool, StorageError> {
    let any = ListQuery::new(Scope::All, UserId::new("nobody"), 1);
    Ok(!storage.list(&any).await?.conversations.is_empty())
}

async fn fill_directory(
    writer: &PgWriter,
    marketplace: &Marketplace,
    everyday: &Everyday,
) -> Result<(), DemoError> {
    for person in &marketplace.people {
        let user = UserRecord {
            id: UserId::new(person.id.as_str()),
            name: person.name.clone(),
            company: Some(person.company.clone()).filter(|company| !company.is_empty()),
            email: person.email.clone(),
            role: person.role,
            is_active: true,
            time_zone: everyday.clocks.get(&person.id).cloned(),
        };
        must(writer.put_user(&user).await?)?;
    }
    for supplier in &marketplace.suppliers {
        let record = SupplierRecord {
            id: supplier.id.clone(),
            user_id: UserId::new(supplier.user_id.as_str()),
            name: supplier.name.clone(),
            working_hours: everyday.hours.get(&supplier.id).cloned(),
        };
        must(writer.put_supplier(&record).await?)?;
    }
    for product in &marketplace.products {
        let record = ProductRecord {
            id: ProductId::new(product.id.as_str()),
            name: product.name.clone(),
            image: product.image.clone(),
            supplier_id: Some(product.supplier_id.clone()),
        };
        must(writer.put_product(&record).await?)?;
    }
    Ok(())
}

fn must(put: Put) -> Result<(), DemoError> {
    match put {
        Put::Created | Put::Replaced => Ok(()),
        Put::HostOwned | Put::Unknown(_) | Put::Taken(_) => Err(DemoError::HostOwned),
    }
}

fn conversations(now: Timestamp) -> Result<Vec<BulkConversation>, serde_json::Error> {
    let numbered = content::conversations()?.into_iter().zip(0..);
    Ok(numbered
        .map(|(conversation, number)| whole(&conversation, number, now))
        .collect())
}

fn whole(conversation: &Conversation, number: u32, now: Timestamp) -> BulkConversation {
    let seconds = now.micros() / 1_000_000;
    let (began, times) = times(conversation, content::marketplace(), seconds);
    let at = |time: i64| now.plus_seconds(time - seconds);
    let (product, admin) = (
        conversation.product.as_deref(),
        conversation.admin.as_deref(),
    );
    let mut whole = BulkConversation {
        id: identifier(number, 0),
        kind: conversation.kind,
        purpose: BulkConversation::purpose_of(conversation.kind, product, admin),
        created_at: at(began),
        read_seqs: [
            conversation.read.buyer,
            conversation.read.supplier,
            conversation.read.admin,
        ],
        subject: None,
        messages: Vec::new(),
        places: Places {
            buyer: conversation.buyer.clone(),
            supplier: conversation.supplier.clone(),
            admin: conversation.admin.clone(),
        },
        product: conversation.product.clone(),
    };
    let texts = conversation.messages.iter().zip(times).zip(1..);
    let messages = texts.map(|((message, time), seq)| BulkMessage {
        id: identifier(number, seq),
        sender: conversation.person(message.from).map(str::to_owned),
        is_former_user: false,
        sender_type: message.from,
        receiver: whole.places.receiver(message.from).map(str::to_owned),
        text: message.text.clone(),
        files: Vec::new(),
        client_message_id: None,
        created_at: at(time),
    });
    whole.messages = messages.collect();
    whole
}

/// A `UUIDv7` that is the same at every start, and grows with `seq`; 0 is the conversation itself.
fn identifier(conversation: u32, seq: u32) -> String {
    let milliseconds = BEGINNING_MILLISECONDS + u64::from(seq) * 1_000;
    let mut tail = [0; 10];
    tail[2..6].copy_from_slice(&conversation.to_be_bytes());
    tail[6..].copy_from_slice(&seq.to_be_bytes());
    Builder::from_unix_timestamp_millis(milliseconds, &tail)
        .into_uuid()
        .to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chat::timestamp::Timestamp;

    use super::conversations;

    #[test]
    fn identifiers_are_the_same_at_every_start_grow_and_never_meet() {
        let [first, second] = [1_767_796_800, 1_801_234_567]
            .map(|seconds| conversations(Timestamp::from_micros(seconds * 1_000_000)).unwrap());
        let mut seen = HashSet::new();
        for (one, other) in first.iter().zip(&second) {
            assert_eq!(one.id, other.id);
            assert!(seen.insert(one.id.clone()));
            let mut before = "";
            for (message, again) in one.messages.iter().zip(&other.messages) {
                assert_eq!((&message.id, &message.text), (&again.id, &again.text));
                assert!(before < message.id.as_str());
                assert!(seen.insert(message.id.clone()));
                assert_eq!(message.id.as_bytes()[14], b'7');
                before = &message.id;
            }
        }
    }
}
