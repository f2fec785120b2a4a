//! The traits behind which the database lives. PostgreSQL and the in-memory
//! reference model implement them, and one conformance suite holds both.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;

use crate::{
    access::Participant,
    attachment::{Attachment, Kept},
    audit::Act,
    bus::Bus,
    conversation::{Conversation, Kind},
    error::StorageError,
    ids::{AttachmentId, ConversationId, MessageId, NodeId, NotificationId, ProductId, UserId},
    message::{Draft, Message},
    notification::Notification,
    person::{Person, Product, Role},
    presence::UserStatus,
    timestamp::Timestamp,
};

pub type Result<T> = std::result::Result<T, StorageError>;

/// A conversation to be found or made. Its purpose is buyer, supplier, product
/// and kind, plus the administrator for [`Kind::BuyerAdmin`]; at most one
/// conversation has a given purpose.
#[derive(Clone, Debug)]
pub struct NewConversation {
    pub id: ConversationId,
    pub kind: Kind,
    pub buyer: UserId,
    pub supplier: Option<UserId>,
    pub admin: Option<UserId>,
    pub product: Option<ProductId>,
    /// Seat the available administrator who sits in the fewest conversations.
    pub assign_admin: bool,
    pub now: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub conversation: Conversation,
    pub created: bool,
}

/// What became of an append. Only `Created` changed anything.
#[derive(Clone, Debug, PartialEq)]
pub enum Append {
    Created(Box<Message>),
    /// The sender's `clientMessageId` is known here: the first result, also for an
    /// administrator who has left since, but not for somebody who may no longer look.
    Known(Box<Message>),
    NotParticipant,
    NoConversation,
    /// One of the files is no longer an unsent upload of the sender's.
    FilesGone,
}

/// Where a page of messages stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    Newest,
    /// The messages directly older than this one.
    Before(MessageId),
    /// The messages directly newer than this one.
    After(MessageId),
    /// `limit / 2` newer ones at most; the message itself and older ones for the rest.
    Around(MessageId),
}

/// A page of messages, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryPage {
    pub messages: Vec<Message>,
    /// Older and newer than the page's place, also when the page is empty.
    pub has_older: bool,
    pub has_newer: bool,
}

/// What became of a read mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Now at this `seq`, with this many unread behind it. `moved` says whether it changed.
    At {
        last_read_seq: i64,
        unread: i64,
        moved: bool,
    },
    /// The message named is not of this conversation.
    UnknownMessage,
    /// The place is no longer this user's.
    NotParticipant,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Join {
    Joined(Box<Conversation>),
    AlreadyIn(Box<Conversation>),
    /// Another administrator sits here.
    Taken,
    NoConversation,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Leave {
    Left(Box<Conversation>),
    NotIn,
    NoConversation,
}

/// Whose conversations a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Of(UserId),
    All,
}

/// A place in the list: everything strictly behind it follows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListCursor {
    pub active_at: Timestamp,
    pub id: ConversationId,
}

/// Conversations by latest activity, newest first, then by id descending.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListQuery {
    pub scope: Scope,
    pub kind: Option<Kind>,
    /// Nobody has taken it: no administrator sits where one is asked for.
    pub waiting: bool,
    /// Each of its words is part of a participant's name, of a company of theirs, of the product's
    /// name or of the preview: see [`crate::search`].
    pub search: Option<String>,
    pub cursor: Option<ListCursor>,
    pub limit: i64,
}

/// How many conversations each filter leaves of those in a scope that a search finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCounts {
    pub all: i64,
    pub waiting: i64,
    pub buyer_supplier: i64,
    pub buyer_admin: i64,
    pub support: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListPage {
    pub conversations: Vec<Conversation>,
    pub has_more: bool,
}

/// What a client last saw of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    pub conversation: ConversationId,
    pub seq: i64,
    pub rev: Option<i64>,
}

/// What a client missed of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum Missed {
    /// The messages after `since.seq`, in order, and the conversation as of the same snapshot.
    Caught {
        conversation: Box<Conversation>,
        messages: Vec<Message>,
    },
    /// Too far behind, ahead of us, gone, or not this user's: fetch again.
    Reset(ConversationId),
}

/// Conversations, messages, read marks and notifications.
///
/// Changes of one conversation are serialized: each raises `rev` by one, and
/// whatever takes a `bus` hands it the change after the commit, in the order of
/// the commits, before it returns. A failed call changed nothing, except that
/// [`StorageError::Unavailable`] leaves open whether a write was committed; a
/// retry with the same `clientMessageId` finds out.
#[async_trait]
pub trait ChatStorage: Send + Sync {
    /// Whether the database answers.
    async fn ping(&self) -> Result<()>;

    async fn conversation(&self, id: &ConversationId) -> Result<Option<Conversation>>;

    /// The conversation that already has this purpose.
    async fn find(&self, purpose: &NewConversation) -> Result<Option<Conversation>>;

    /// Finds or makes it, decided by a unique index. A created one is published, and audited in
    /// the same transaction.
    async fn open(&self, new: NewConversation, act: Act, bus: &Arc<dyn Bus>) -> Result<Opened>;

    async fn list(&self, query: &ListQuery) -> Result<ListPage>;

    /// The query's scope and search count; its other filters do not.
    async fn list_counts(&self, query: &ListQuery) -> Result<ListCounts>;

    /// Access check, the draft's files, message, order, the sender's read mark and notification, the
    /// notifications of recipients without a live lease, and the audit, in one transaction. The message
    /// is as old as the draft, or as the conversation's `active_at` when that is later.
    async fn append(&self, draft: Draft, bus: &Arc<dyn Bus>) -> Result<Append>;

    /// The message that this sender sent here under this `clientMessageId`.
    async fn sent(
        &self,
        sender: &UserId,
        conversation: &ConversationId,
        client_message_id: &str,
    ) -> Result<Option<Message>>;

    /// `None`: the anchor is not a message of this conversation.
    async fn history(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
    ) -> Result<Option<HistoryPage>>;

    /// Moves the participant's mark forward to this message, or to the newest.
    /// Lowers or reads their notification in the same transaction.
    async fn mark_read(
        &self,
        reader: &Participant,
        up_to: Option<&MessageId>,
        now: Timestamp,
        bus: &Arc<dyn Bus>,
    ) -> Result<Mark>;

    /// Unread messages over all conversations in which the user sits.
    async fn unread_count(&self, user: &UserId) -> Result<i64>;

    /// Seats an administrator, with everything so far read. Somebody who sits in
    /// another place is in already. A join is audited in its transaction, and so is leaving.
    async fn join(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Act,
        bus: &Arc<dyn Bus>,
    ) -> Result<Join>;

    /// Empties the place; its holder's notification is read. Whoever left hears of it too.
    async fn leave(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Act,
        bus: &Arc<dyn Bus>,
    ) -> Result<Leave>;

    /// Empties the places of people who are no longer administrators, as if they had
    /// left, but they do not hear of it. Returns how many.
    async fn vacate_demoted(&self, bus: &Arc<dyn Bus>) -> Result<u64>;

    /// What this person missed: one entry for each `since`, in their order.
    async fn missed(&self, person: &Person, since: &[Since]) -> Result<Vec<Missed>>;

    /// The conversations in which any of these users sits and that changed within this time before
    /// now, by the database's clock, as they are now. There may be others among them.
    async fn changed_within(&self, users: &[UserId], time: Duration) -> Result<Vec<Conversation>>;

    /// Newest first, by `updatedAt` and id; `after` is the last one of the page before.
    /// `None`: no such notification of this user.
    async fn notifications(
        &self,
        user: &UserId,
        unread_only: bool,
        after: Option<&NotificationId>,
        limit: i64,
    ) -> Result<Option<(Vec<Notification>, bool)>>;

    /// Marks these as read, or all. Ids of others are passed over. Returns how many changed.
    async fn read_notifications(
        &self,
        user: &UserId,
        ids: Option<&[NotificationId]>,
        now: Timestamp,
    ) -> Result<u64>;
}

/// What is known of uploaded files; their bytes are elsewhere. [`ChatStorage::append`] sends them.
#[async_trait]
pub trait Uploads: Send + Sync {
    /// Whether this owner may upload one more: [`Self::add`] decides, this only spares the work.
    async fn has_room(&self, owner: &UserId) -> Result<bool>;

    /// Remembers an upload. `false`: this owner has [`crate::limits::UNSENT_UPLOADS`] already
    /// that wait to be sent, and nothing changed.
    async fn add(&self, owner: &UserId, attachment: &Attachment, now: Timestamp) -> Result<bool>;

    /// Those of these that are unsent uploads of this owner, in the order of `ids`.
    async fn unsent(&self, owner: &UserId, ids: &[AttachmentId]) -> Result<Vec<Attachment>>;

    /// `None`: there is none, or its conversation is deleted, or it is being removed.
    async fn find(&self, id: &AttachmentId) -> Result<Option<Kept>>;

    /// Gives up unsent uploads from before this time, and files whose conversation is deleted: from
    /// now on they are not there for anybody. Returns at most `limit`, those that were given up
    /// earlier and not [`Self::forget`]ten included.
    async fn give_up(&self, before: Timestamp, limit: i64) -> Result<Vec<AttachmentId>>;

    /// After the bytes of these are removed.
    async fn forget(&self, ids: &[AttachmentId]) -> Result<()>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRecord {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub is_active: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierRecord {
    pub id: String,
    pub user_id: UserId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRecord {
    pub id: ProductId,
    pub name: String,
    pub image: String,
    /// A supplier's id.
    pub supplier_id: Option<String>,
}

/// What became of a directory write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    Created,
    Replaced,
    /// The tables belong to the host; Haggle only reads them.
    HostOwned,
    /// This field names something that does not exist.
    Unknown(&'static str),
    /// This field is taken by another row.
    Taken(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delete {
    Deleted,
    NotFound,
    HostOwned,
}

/// People, suppliers and products.
#[async_trait]
pub trait Directory: Send + Sync {
    async fn person(&self, id: &UserId) -> Result<Option<Person>>;

    /// The user behind a supplier's id or that supplier's user id, whatever their role.
    /// A supplier's id comes before a user's.
    async fn supplier_user(&self, supplier_or_user: &str) -> Result<Option<Person>>;

    async fn product(&self, id: &ProductId) -> Result<Option<Product>>;

    /// Those of these people whose role or activity is no longer this: `None` is deleted.
    async fn changed(&self, known: &[(UserId, Role)]) -> Result<Vec<(UserId, Option<Person>)>>;

    async fn put_user(&self, user: &UserRecord) -> Result<Put>;
    async fn put_supplier(&self, supplier: &SupplierRecord) -> Result<Put>;
    /// A product whose name or picture changed raises `rev` of its conversations and is
    /// published to them.
    async fn put_product(&self, product: &ProductRecord, bus: &Arc<dyn Bus>) -> Result<Put>;

    /// Deletes the supplier of this user too, and the conversations in which they are buyer or
    /// supplier: the others there are told to refetch, by an event even when there are none, since
    /// it invalidates caches. Their place as an administrator is emptied, and published without them.
    async fn delete_user(&self, id: &UserId, bus: &Arc<dyn Bus>) -> Result<Delete>;
    async fn delete_supplier(&self, id: &str) -> Result<Delete>;
    /// A deleted product leaves its conversations for good: each is published with its `rev` raised.
    async fn delete_product(&self, id: &ProductId, bus: &Arc<dyn Bus>) -> Result<Delete>;
}

/// Presence: leases held by nodes for the people whose sockets they hold.
/// A lease lives as long as its node's heartbeat is younger than [`crate::limits::LEASE_SECONDS`].
#[async_trait]
pub trait Leases: Send + Sync {
    /// Keeps the node's leases alive. `false`: they had ended; [`Self::expire`], which reports
    /// those who do not come back, and hold them anew.
    async fn heartbeat(&self, node: &NodeId) -> Result<bool>;

    /// Keeps the node itself alive too. Returns those who were offline before.
    async fn hold(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserId>>;

    /// Returns those who are offline now. What is unread by then becomes a notification.
    async fn release(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserStatus>>;

    /// Ends leases of nodes whose heartbeat stopped, not too many in one call; returns those who are
    /// offline now. Nobody: there are no more.
    async fn expire(&self) -> Result<Vec<UserStatus>>;

    /// One status for each user that exists.
    async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>>;

    /// Everybody who sits in a conversation with this user, without the user.
    async fn companions(&self, user: &UserId) -> Result<Vec<UserId>>;

    /// Whether these two sit in a conversation together.
    async fn share_a_conversation(&self, one: &UserId, other: &UserId) -> Result<bool>;
}
