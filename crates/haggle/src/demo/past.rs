//! The past in which people of the demo do things, by the same code that does it for everybody.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chat::{
    Chat,
    audit::Actor,
    conversation::Kind,
    ids::{ConversationId, ProductId, UserId},
    storage::NewConversation,
    timestamp::{Clock, Timestamp},
};

use super::error::DemoError;

const MINUTE: i64 = 60;
pub(super) const HOUR: i64 = 60 * MINUTE;

/// Makes ids as the real one does, and says the time that is told.
pub(super) struct Past {
    micros: AtomicI64,
    real: Arc<dyn Clock>,
}

impl Past {
    pub(super) fn new(real: Arc<dyn Clock>) -> Self {
        Self {
            micros: AtomicI64::new(real.now().micros()),
            real,
        }
    }

    pub(super) fn is_hours_ago(&self, hours: i64) {
        let at = self.real.now().plus_seconds(-hours * HOUR);
        self.micros.store(at.micros(), Ordering::Relaxed);
    }

    /// Whoever does something has read what was said before.
    pub(super) fn is_not_before(&self, last: Option<Timestamp>) {
        if let Some(last) = last {
            self.micros
                .fetch_max(last.plus_seconds(MINUTE).micros(), Ordering::Relaxed);
        }
    }
}

impl Clock for Past {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.micros.load(Ordering::Relaxed))
    }

    fn new_id(&self) -> String {
        self.real.new_id()
    }
}

pub(super) async fn last_word(
    chat: &Chat,
    id: &ConversationId,
) -> Result<Option<Timestamp>, DemoError> {
    let conversation = chat.conversations.get(id).await?;
    Ok(conversation.and_then(|conversation| conversation.last_message_at))
}

pub(super) async fn actor(chat: &Chat, id: &str) -> Result<Actor, DemoError> {
    let found = chat.directory.person(&UserId::new(id)).await?;
    Ok(found.ok_or(DemoError::HostOwned)?.into())
}

/// The one of the two, about this product or about nothing in particular.
pub(super) async fn conversation(
    chat: &Chat,
    buyer: &str,
    supplier: &str,
    product: Option<&str>,
) -> Result<ConversationId, DemoError> {
    let purpose = NewConversation {
        id: ConversationId::new(chat.clock.new_id()),
        kind: Kind::BuyerSupplier,
        buyer: UserId::new(buyer),
        supplier: Some(UserId::new(supplier)),
        admin: None,
        product: product.map(ProductId::new),
        assign_admin: false,
        now: chat.clock.now(),
    };
    let act = actor(chat, buyer).await?.act(&*chat.clock);
    Ok(chat.membership.open(purpose, act).await?.conversation.id)
}
