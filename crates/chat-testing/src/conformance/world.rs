//! A marketplace to try rules in.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{FakeClock, RecordingPublisher, memory::MemoryStorage};
use chat::{
    Chat,
    audit::{Act, Source},
    conversation::Conversation,
    ids::{AuditId, ConversationId, MessageId, NodeId, ProductId, UserId},
    rate_limit::{LocalRateLimiter, Quotas},
    storage::{
        Anchor, HistoryPage, ListQuery, NewConversation, Opened, ProductRecord, Put, Scope,
        Storage, SupplierRecord,
    },
};

/// The clock by which leases live and jobs are due, which is not the one that use cases ask.
#[async_trait]
pub trait LeaseTime: Send + Sync {
    /// Makes every heartbeat and every job this many seconds older.
    async fn pass(&self, seconds: i64);
}

#[async_trait]
impl LeaseTime for MemoryStorage {
    async fn pass(&self, seconds: i64) {
        self.advance_seconds(seconds);
    }
}

/// An empty marketplace: storage under test, a publisher that remembers, a clock that
/// obeys, and no rate limits.
#[derive(Clone)]
pub struct World {
    pub chat: Chat,
    pub publisher: Arc<RecordingPublisher>,
    pub clock: Arc<FakeClock>,
    lease_time: Arc<dyn LeaseTime>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

impl World {
    pub fn new<S: Storage>(storage: &Arc<S>, lease_time: Arc<dyn LeaseTime>) -> Self {
        let publisher = Arc::new(RecordingPublisher::new());
        let clock = Arc::new(FakeClock::new());
        let limiter = LocalRateLimiter::new(Quotas::UNLIMITED, clock.clone());
        let limiter = Arc::new(limiter);
        let (chat, _) = Chat::on(storage, publisher.clone(), limiter, clock.clone());
        Self {
            chat,
            publisher,
            clock,
            lease_time,
        }
    }

    pub fn in_memory() -> Self {
        let memory = Arc::new(MemoryStorage::new());
        Self::new(&memory, memory.clone())
    }

    /// Makes every heartbeat and every job this many seconds older.
    pub async fn pass_seconds(&self, seconds: i64) {
        self.lease_time.pass(seconds).await;
    }

    /// The company of this user.
    pub async fn company(&self, id: &str, user: &UserId, name: &str) {
        let supplier = SupplierRecord {
            id: id.to_owned(),
            user_id: user.clone(),
            name: name.to_owned(),
            working_hours: None,
        };
        let put = self.chat.directory_editor.put_supplier(&supplier).await;
        let put = put.expect("a supplier can be put");
        assert!(matches!(put, Put::Created | Put::Replaced), "{put:?}");
    }

    /// Puts a product without a supplier.
    pub async fn product(&self, id: &str, name: &str) -> ProductId {
        let product = ProductRecord {
            id: ProductId::new(id),
            name: name.to_owned(),
            image: format!("/{id}.png"),
            supplier_id: None,
        };
        let put = self.chat.directory_editor.put_product(&product);
        let put = put.await.expect("a product can be put");
        assert!(matches!(put, Put::Created | Put::Replaced), "{put:?}");
        product.id
    }

    pub async fn try_open(&self, new: NewConversation) -> Opened {
        let act = self.act(Some(new.buyer.clone()));
        let opened = self.chat.membership.open(new, act).await;
        opened.expect("a conversation can be opened")
    }

    /// Somebody does something now.
    pub fn act(&self, actor: Option<UserId>) -> Act {
        Act {
            id: AuditId::new(self.chat.clock.new_id()),
            at: self.chat.clock.now(),
            actor,
            source: Source::default(),
        }
    }

    /// Opens a conversation that must not have existed.
    pub async fn open(&self, new: NewConversation) -> ConversationId {
        let opened = self.try_open(new).await;
        assert!(opened.created, "{:?} existed", opened.conversation.id);
        opened.conversation.id
    }

    pub async fn find(&self, new: &NewConversation) -> Option<Conversation> {
        let found = self.chat.membership.find(new).await;
        found.expect("a purpose can be looked up")
    }

    pub async fn try_conversation(&self, id: &ConversationId) -> Option<Conversation> {
        let found = self.chat.conversations.get(id).await;
        found.expect("a conversation can be looked up")
    }

    /// A conversation that must exist.
    pub async fn conversation(&self, id: &ConversationId) -> Conversation {
        let found = self.try_conversation(id).await;
        found.expect("the conversation exists")
    }

    /// A page that must exist.
    pub async fn history(&self, id: &ConversationId, anchor: Anchor, limit: i64) -> HistoryPage {
        let page = self.chat.messages.history(id, &anchor, limit, 0).await;
        let page = page.expect("history can be read");
        page.unwrap_or_else(|| panic!("{anchor:?} is of this conversation"))
    }

    /// The newest hundred messages of a conversation must say this of `is_read`, oldest first.
    pub async fn expect_read(&self, id: &ConversationId, expected: &[bool]) {
        let page = self.history(id, Anchor::Newest, 100).await;
        let is_read: Vec<bool> = page.messages.iter().rev().map(|m| m.is_read).collect();
        assert_eq!(is_read, expected, "is_read, oldest first");
    }

    pub async fn list(&self, query: &ListQuery) -> Vec<Conversation> {
        let page = self.chat.conversations.list(query).await;
        page.expect("conversations can be listed").conversations
    }

    /// The first page of a hundred.
    pub async fn list_of(&self, scope: Scope) -> Vec<ConversationId> {
        let page = self.list(&whole(scope, 100)).await;
        page.into_iter().map(|listed| listed.id).collect()
    }

    pub fn message_id(&self) -> MessageId {
        MessageId::new(self.chat.clock.new_id())
    }
}

/// The list of somebody, or of everything for somebody who sits nowhere.
pub(super) fn whole(scope: Scope, limit: i64) -> ListQuery {
    let reader = match &scope {
        Scope::Of(user) => user.clone(),
        Scope::All => UserId::new("nobody"),
    };
    ListQuery::new(scope, reader, limit)
}

/// The server on which actors are online unless said otherwise.
pub(super) fn node(name: &str) -> NodeId {
    NodeId::new(name)
}
