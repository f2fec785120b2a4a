//! The storage traits on PostgreSQL, each method handed to the file that does it.

use std::{str::FromStr, sync::Arc, time::Duration};

use async_trait::async_trait;
use chat::{
    access::Participant,
    attachment::{Attachment, Kept},
    audit::{Act, AuditLog, AuditPage, AuditQuery, Entry},
    bus::Bus,
    conversation::Conversation,
    ids::{AttachmentId, ConversationId, MessageId, NodeId, NotificationId, ProductId, UserId},
    message::{Draft, Message},
    notification::Notification,
    person::{Person, Product, Role},
    presence::UserStatus,
    storage::{
        Anchor, Append, ChatStorage, Delete, Directory, HistoryPage, Join, Leases, Leave, ListPage,
        ListQuery, Mark, Missed, NewConversation, Opened, ProductRecord, Put, Result, Since,
        SupplierRecord, Uploads, UserRecord,
    },
    timestamp::Timestamp,
};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    PgError, PgOptions, audit,
    batch::{Caller, Job},
    cards, directory,
    error::storage_error,
    history,
    lane::Lanes,
    leases, list,
    mark::MarkJob,
    messages,
    migrate::Owned,
    notifications, places,
    questions::Questions,
    uploads,
};

/// Conversations, directory and leases on one PostgreSQL database.
pub struct PgStorage {
    pool: PgPool,
    lane_pool: PgPool,
    lanes: Lanes,
    questions: Questions,
    owned: Owned,
}

impl std::fmt::Debug for PgStorage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PgStorage")
    }
}

/// How busy the storage is.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Connections open, and those of them without work.
    pub connections: u32,
    pub idle: usize,
    /// Changes that wait for a lane.
    pub waiting: usize,
}

impl PgStorage {
    /// Connects to a migrated database.
    pub async fn connect(options: &PgOptions) -> std::result::Result<Arc<Self>, PgError> {
        let url = connect_options(options)?;
        let pool = |connections| {
            PgPoolOptions::new()
                .max_connections(connections)
                .min_connections(1)
                .acquire_timeout(options.acquire_timeout)
                .test_before_acquire(false)
        };
        let general = pool(options.connections).connect_with(url.clone()).await;
        let general = general.map_err(PgError::Unreachable)?;
        let lanes = options.lanes.max(1);
        let lane_pool = pool(u32::try_from(lanes).unwrap_or(u32::MAX))
            .connect_with(url.options(LANE_OPTIONS))
            .await
            .map_err(PgError::Unreachable)?;
        let owned = Owned::read(&general).await?;
        Ok(Arc::new(Self {
            lanes: Lanes::start(&lane_pool, lanes),
            questions: Questions::start(&general),
            pool: general,
            lane_pool,
            owned,
        }))
    }

    /// Finishes the changes that wait and closes every connection.
    pub async fn close(&self) {
        self.lanes.close().await;
        self.questions.close().await;
        self.pool.close().await;
        self.lane_pool.close().await;
    }

    /// The key that signs links to files: 32 bytes, the same for every server on this database.
    pub async fn link_key(&self) -> std::result::Result<Vec<u8>, PgError> {
        Ok(uploads::link_key(&self.pool).await?)
    }

    pub fn load(&self) -> Load {
        Load {
            connections: self.pool.size() + self.lane_pool.size(),
            idle: self.pool.num_idle() + self.lane_pool.num_idle(),
            waiting: self.lanes.waiting(),
        }
    }

    /// Waits until a change is known where the caller may read. One that failed may have been
    /// committed all the same, and then nobody has heard of it.
    async fn told<T>(
        &self,
        done: std::result::Result<T, sqlx::Error>,
        conversation: &ConversationId,
        bus: &Arc<dyn Bus>,
    ) -> Result<T> {
        settle(bus).await;
        done.map_err(|error| {
            self.lanes.doubt([conversation.clone()], bus);
            storage_error(error)
        })
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }
}

async fn settle(bus: &Arc<dyn Bus>) {
    if let Some(settled) = bus.settled() {
        settled.await;
    }
}

/// Lanes find every row by a key, and their plans are made once. Planned while the tables were
/// small, they would read whole tables long after these have grown.
const LANE_OPTIONS: [(&str, &str); 5] = [
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("jit", "off"),
];

pub(crate) fn connect_options(
    options: &PgOptions,
) -> std::result::Result<PgConnectOptions, PgError> {
    let url = PgConnectOptions::from_str(&options.url).map_err(|e| PgError::Url(e.to_string()))?;
    let statement = options.statement_timeout.as_millis().to_string();
    let url = url.application_name("haggle");
    Ok(url.options([
        ("statement_timeout", statement.as_str()),
        ("idle_in_transaction_session_timeout", "30000"),
        ("timezone", "UTC"),
        // "Does not exist, skipping" is news to nobody.
        ("client_min_messages", "warning"),
    ]))
}

#[async_trait]
impl ChatStorage for PgStorage {
    async fn ping(&self) -> Result<()> {
        sqlx::query("select 1")
            .execute(&self.pool)
            .await
            .map_err(storage_error)?;
        Ok(())
    }

    async fn conversation(&self, id: &ConversationId) -> Result<Option<Conversation>> {
        cards::load_one(&self.pool, id.as_str())
            .await
            .map_err(storage_error)
    }

    async fn find(&self, purpose: &NewConversation) -> Result<Option<Conversation>> {
        places::find(&self.pool, purpose)
            .await
            .map_err(storage_error)
    }

    async fn open(&self, new: NewConversation, act: Act, bus: &Arc<dyn Bus>) -> Result<Opened> {
        let opened = places::open(&self.pool, &self.lanes, &new, &act, bus).await;
        self.told(opened, &new.id, bus).await
    }

    async fn list(&self, query: &ListQuery) -> Result<ListPage> {
        list::list(&self.pool, query).await.map_err(storage_error)
    }

    async fn append(&self, draft: Draft, bus: &Arc<dyn Bus>) -> Result<Append> {
        let conversation = draft.conversation.clone();
        let job = |reply| Job::Append(Box::new(draft), Caller::new(bus, reply));
        self.lanes.submit(&conversation, job).await
    }

    async fn sent(
        &self,
        sender: &UserId,
        conversation: &ConversationId,
        client_message_id: &str,
    ) -> Result<Option<Message>> {
        let (sender, conversation) = (sender.as_str(), conversation.as_str());
        let sent = async {
            let mut db = self.pool.acquire().await?;
            messages::sent(&mut db, sender, conversation, client_message_id).await
        };
        sent.await.map_err(storage_error)
    }

    async fn history(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
    ) -> Result<Option<HistoryPage>> {
        history::page(&self.pool, conversation, anchor, limit)
            .await
            .map_err(storage_error)
    }

    async fn mark_read(
        &self,
        reader: &Participant,
        up_to: Option<&MessageId>,
        now: Timestamp,
        bus: &Arc<dyn Bus>,
    ) -> Result<Mark> {
        let mark = MarkJob {
            conversation: reader.conversation().id.clone(),
            reader: reader.user().clone(),
            up_to: up_to.cloned(),
            now,
        };
        let conversation = mark.conversation.clone();
        self.lanes
            .submit(&conversation, |reply| {
                Job::Mark(mark, Caller::new(bus, reply))
            })
            .await
    }

    async fn unread_count(&self, user: &UserId) -> Result<i64> {
        list::unread_count(&self.pool, user.as_str())
            .await
            .map_err(storage_error)
    }

    async fn join(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Act,
        bus: &Arc<dyn Bus>,
    ) -> Result<Join> {
        let done = places::join(&self.pool, &self.lanes, conversation, admin, &act, bus).await;
        self.told(done, conversation, bus).await
    }

    async fn leave(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Act,
        bus: &Arc<dyn Bus>,
    ) -> Result<Leave> {
        let done = places::leave(&self.pool, &self.lanes, conversation, admin, &act, bus).await;
        self.told(done, conversation, bus).await
    }

    async fn vacate_demoted(&self, bus: &Arc<dyn Bus>) -> Result<u64> {
        let vacated = places::vacate_demoted(&self.pool, &self.lanes, bus).await;
        settle(bus).await;
        vacated.map_err(storage_error)
    }

    async fn missed(&self, person: &Person, since: &[Since]) -> Result<Vec<Missed>> {
        self.questions.missed(person, since).await
    }

    async fn changed_within(&self, users: &[UserId], time: Duration) -> Result<Vec<Conversation>> {
        list::changed_within(&self.pool, users, time)
            .await
            .map_err(storage_error)
    }

    async fn notifications(
        &self,
        user: &UserId,
        unread_only: bool,
        after: Option<&NotificationId>,
        limit: i64,
    ) -> Result<Option<(Vec<Notification>, bool)>> {
        if unread_only && after.is_none() {
            return self.questions.unread(user, limit).await.map(Some);
        }
        notifications::page(&self.pool, user, unread_only, after, limit)
            .await
            .map_err(storage_error)
    }

    async fn read_notifications(
        &self,
        user: &UserId,
        ids: Option<&[NotificationId]>,
        now: Timestamp,
    ) -> Result<u64> {
        notifications::read(&self.pool, user, ids, now)
            .await
            .map_err(storage_error)
    }
}

#[async_trait]
impl AuditLog for PgStorage {
    async fn record(&self, entries: Vec<Entry>) -> Result<()> {
        audit::record(&self.pool, &entries)
            .await
            .map_err(storage_error)
    }

    async fn entries(&self, query: &AuditQuery) -> Result<AuditPage> {
        audit::page(&self.pool, query).await.map_err(storage_error)
    }
}

#[async_trait]
impl Directory for PgStorage {
    async fn person(&self, id: &UserId) -> Result<Option<Person>> {
        self.questions.person(id).await
    }

    async fn supplier_user(&self, supplier_or_user: &str) -> Result<Option<Person>> {
        directory::supplier_user(&self.pool, supplier_or_user)
            .await
            .map_err(storage_error)
    }

    async fn product(&self, id: &ProductId) -> Result<Option<Product>> {
        directory::product(&self.pool, id.as_str())
            .await
            .map_err(storage_error)
    }

    async fn changed(&self, known: &[(UserId, Role)]) -> Result<Vec<(UserId, Option<Person>)>> {
        directory::changed(&self.pool, known)
            .await
            .map_err(storage_error)
    }

    async fn put_user(&self, user: &UserRecord) -> Result<Put> {
        if !self.owned.users {
            return Ok(Put::HostOwned);
        }
        directory::put_user(&self.pool, user)
            .await
            .map_err(storage_error)
    }

    async fn put_supplier(&self, supplier: &SupplierRecord) -> Result<Put> {
        if !self.owned.suppliers {
            return Ok(Put::HostOwned);
        }
        directory::put_supplier(&self.pool, supplier)
            .await
            .map_err(storage_error)
    }

    async fn put_product(&self, product: &ProductRecord, bus: &Arc<dyn Bus>) -> Result<Put> {
        if !self.owned.products {
            return Ok(Put::HostOwned);
        }
        directory::put_product(&self.pool, &self.lanes, product, bus)
            .await
            .map_err(storage_error)
    }

    async fn delete_user(&self, id: &UserId, bus: &Arc<dyn Bus>) -> Result<Delete> {
        if !self.owned.users {
            return Ok(Delete::HostOwned);
        }
        let deleted = directory::delete_user(&self.pool, &self.lanes, id, bus).await;
        settle(bus).await;
        deleted.map_err(storage_error)
    }

    async fn delete_supplier(&self, id: &str) -> Result<Delete> {
        if !self.owned.suppliers {
            return Ok(Delete::HostOwned);
        }
        directory::delete_supplier(&self.pool, id)
            .await
            .map_err(storage_error)
    }

    async fn delete_product(&self, id: &ProductId, bus: &Arc<dyn Bus>) -> Result<Delete> {
        if !self.owned.products {
            return Ok(Delete::HostOwned);
        }
        let deleted = directory::delete_product(&self.pool, &self.lanes, id, bus).await;
        settle(bus).await;
        deleted.map_err(storage_error)
    }
}

#[async_trait]
impl Leases for PgStorage {
    async fn heartbeat(&self, node: &NodeId) -> Result<bool> {
        leases::heartbeat(&self.pool, node)
            .await
            .map_err(storage_error)
    }

    async fn hold(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserId>> {
        leases::hold(&self.pool, node, users)
            .await
            .map_err(storage_error)
    }

    async fn release(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserStatus>> {
        leases::release(&self.pool, node, users)
            .await
            .map_err(storage_error)
    }

    async fn expire(&self) -> Result<Vec<UserStatus>> {
        leases::expire(&self.pool).await.map_err(storage_error)
    }

    async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>> {
        self.questions.statuses(users).await
    }

    async fn companions(&self, user: &UserId) -> Result<Vec<UserId>> {
        self.questions.companions(user).await
    }

    async fn share_a_conversation(&self, one: &UserId, other: &UserId) -> Result<bool> {
        leases::share_a_conversation(&self.pool, one, other)
            .await
            .map_err(storage_error)
    }
}

#[async_trait]
impl Uploads for PgStorage {
    async fn add(&self, owner: &UserId, attachment: &Attachment, now: Timestamp) -> Result<bool> {
        uploads::add(&self.pool, owner, attachment, now)
            .await
            .map_err(storage_error)
    }

    async fn unsent(&self, owner: &UserId, ids: &[AttachmentId]) -> Result<Vec<Attachment>> {
        uploads::unsent(&self.pool, owner, ids)
            .await
            .map_err(storage_error)
    }

    async fn find(&self, id: &AttachmentId) -> Result<Option<Kept>> {
        uploads::find(&self.pool, id).await.map_err(storage_error)
    }

    async fn give_up(&self, before: Timestamp, limit: i64) -> Result<Vec<AttachmentId>> {
        uploads::give_up(&self.pool, before, limit)
            .await
            .map_err(storage_error)
    }

    async fn forget(&self, ids: &[AttachmentId]) -> Result<()> {
        uploads::forget(&self.pool, ids)
            .await
            .map_err(storage_error)
    }
}
