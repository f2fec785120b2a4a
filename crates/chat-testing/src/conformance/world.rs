//! A marketplace to try rules in.

use std::sync::Arc;

use async_trait::async_trait;

use super::Persona;
use crate::{FakeClock, RecordingBus, memory::MemoryStorage};
use chat::{
    Chat,
    audit::{Act, AuditLog, AuditTrail, Source},
    conversation::{Conversation, Kind},
    ids::{AuditId, ConversationId, MessageId, NodeId, ProductId, UserId},
    person::Role,
    rate_limit::{LocalRateLimiter, Quotas},
    storage::{
        Anchor, ChatStorage, Directory, HistoryPage, Leases, ListQuery, NewConversation, Opened,
        ProductRecord, Put, Scope, SupplierRecord, Uploads, UserRecord,
    },
};

/// The clock by which leases live, which is not the one that use cases ask.
#[async_trait]
pub trait LeaseTime: Send + Sync {
    /// Makes every heartbeat this many seconds older.
    async fn pass(&self, seconds: i64);
}

#[async_trait]
impl LeaseTime for MemoryStorage {
    async fn pass(&self, seconds: i64) {
        self.advance_seconds(seconds);
    }
}

/// An empty marketplace: storage under test, a bus that remembers, a clock that
/// obeys, and no rate limits.
#[derive(Clone)]
pub struct World {
    pub chat: Chat,
    pub bus: Arc<RecordingBus>,
    pub clock: Arc<FakeClock>,
    lease_time: Arc<dyn LeaseTime>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

impl World {
    pub fn new(
        storage: Arc<dyn ChatStorage>,
        directory: Arc<dyn Directory>,
        leases: Arc<dyn Leases>,
        audit: Arc<dyn AuditLog>,
        uploads: Arc<dyn Uploads>,
        lease_time: Arc<dyn LeaseTime>,
    ) -> Self {
        let bus = Arc::new(RecordingBus::new());
        let clock = Arc::new(FakeClock::new());
        let chat = Chat {
            storage,
            directory,
            leases,
            audit: Arc::new(AuditTrail::new(audit)),
            uploads,
            bus: bus.clone(),
            rate_limiter: Arc::new(LocalRateLimiter::new(Quotas::UNLIMITED, clock.clone())),
            clock: clock.clone(),
        };
        Self {
            chat,
            bus,
            clock,
            lease_time,
        }
    }

    pub fn in_memory() -> Self {
        let memory = Arc::new(MemoryStorage::new());
        let (storage, directory) = (memory.clone(), memory.clone());
        let (leases, audit) = (memory.clone(), memory.clone());
        Self::new(storage, directory, leases, audit, memory.clone(), memory)
    }

    /// Makes every heartbeat this many seconds older.
    pub async fn pass_seconds(&self, seconds: i64) {
        self.lease_time.pass(seconds).await;
    }

    pub async fn buyer(&self, id: &str) -> Persona<'_> {
        self.put_user(id, Role::Buyer, true).await
    }

    pub async fn supplier(&self, id: &str) -> Persona<'_> {
        self.put_user(id, Role::Supplier, true).await
    }

    pub async fn admin(&self, id: &str) -> Persona<'_> {
        self.put_user(id, Role::Admin, true).await
    }

    /// Puts a user whose name is `Name of {id}`.
    pub async fn put_user(&self, id: &str, role: Role, is_active: bool) -> Persona<'_> {
        let user = UserRecord {
            id: UserId::new(id),
            name: format!("Name of {id}"),
            email: format!("{id}@example.test"),
            role,
            is_active,
        };
        let put = self.chat.directory.put_user(&user).await;
        let put = put.expect("a user can be put");
        assert!(matches!(put, Put::Created | Put::Replaced), "{put:?}");
        Persona::new(self, user.id)
    }

    /// The company of this user.
    pub async fn company(&self, id: &str, user: &UserId, name: &str) {
        let supplier = SupplierRecord {
            id: id.to_owned(),
            user_id: user.clone(),
            name: name.to_owned(),
        };
        let put = self.chat.directory.put_supplier(&supplier).await;
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
        let put = self.chat.directory.put_product(&product, &self.chat.bus);
        let put = put.await.expect("a product can be put");
        assert!(matches!(put, Put::Created | Put::Replaced), "{put:?}");
        product.id
    }

    /// A buyer and a supplier, to be opened.
    pub fn between(&self, buyer: &Persona<'_>, supplier: &Persona<'_>) -> NewConversation {
        NewConversation {
            kind: Kind::BuyerSupplier,
            supplier: Some(supplier.id.clone()),
            assign_admin: false,
            ..self.support(buyer)
        }
    }

    /// A buyer and an administrator, to be opened.
    pub fn with_admin(&self, buyer: &Persona<'_>, admin: &Persona<'_>) -> NewConversation {
        NewConversation {
            kind: Kind::BuyerAdmin,
            admin: Some(admin.id.clone()),
            assign_admin: false,
            ..self.support(buyer)
        }
    }

    /// A buyer and whoever is available, to be opened.
    pub fn support(&self, buyer: &Persona<'_>) -> NewConversation {
        NewConversation {
            id: ConversationId::new(self.chat.clock.new_id()),
            kind: Kind::Support,
            buyer: buyer.id.clone(),
            supplier: None,
            admin: None,
            product: None,
            assign_admin: true,
            now: self.chat.clock.now(),
        }
    }

    pub async fn try_open(&self, new: NewConversation) -> Opened {
        let act = self.act(Some(new.buyer.clone()));
        let opened = self.chat.storage.open(new, act, &self.chat.bus).await;
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

    /// A buyer, a supplier and the conversation between them.
    pub async fn pair(&self) -> (Persona<'_>, Persona<'_>, ConversationId) {
        let (buyer, supplier) = (self.buyer("bea").await, self.supplier("sol").await);
        let conversation = self.open(self.between(&buyer, &supplier)).await;
        (buyer, supplier, conversation)
    }

    pub async fn find(&self, new: &NewConversation) -> Option<Conversation> {
        let found = self.chat.storage.find(new).await;
        found.expect("a purpose can be looked up")
    }

    pub async fn try_conversation(&self, id: &ConversationId) -> Option<Conversation> {
        let found = self.chat.storage.conversation(id).await;
        found.expect("a conversation can be looked up")
    }

    /// A conversation that must exist.
    pub async fn conversation(&self, id: &ConversationId) -> Conversation {
        let found = self.try_conversation(id).await;
        found.expect("the conversation exists")
    }

    /// A page that must exist.
    pub async fn history(&self, id: &ConversationId, anchor: Anchor, limit: i64) -> HistoryPage {
        let page = self.chat.storage.history(id, &anchor, limit).await;
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
        let page = self.chat.storage.list(query).await;
        page.expect("conversations can be listed").conversations
    }

    /// The first page of a hundred.
    pub async fn list_of(&self, scope: Scope) -> Vec<ConversationId> {
        let query = ListQuery {
            scope,
            kind: None,
            waiting: false,
            search: None,
            cursor: None,
            limit: 100,
        };
        let page = self.list(&query).await;
        page.into_iter().map(|listed| listed.id).collect()
    }

    pub fn message_id(&self) -> MessageId {
        MessageId::new(self.chat.clock.new_id())
    }
}

/// The server on which actors are online unless said otherwise.
pub(super) fn node(name: &str) -> NodeId {
    NodeId::new(name)
}
