//! The storage traits on PostgreSQL, each method handed to the file that does it.

use std::{sync::Arc, time::Duration};

use crate::{
    PgError, PgOptions, audit, directory,
    error::storage_error,
    leases, membership,
    migrate::Owned,
    notifications,
    pool::{self, Pool},
    read::batched_reads::Questions,
    read::{conversations, history, list, messages},
    uploads,
    write::batch::{Caller, Job},
    write::queue::Lanes,
    write::read_marks::MarkJob,
};
use async_trait::async_trait;
use chat::{
    access::Participant,
    attachment::{Attachment, Kept},
    audit::{Act, AuditCursor, AuditLog, AuditPage, AuditQuery, Entry},
    bus::Bus,
    conversation::Conversation,
    error::StorageError,
    ids::{AttachmentId, ConversationId, MessageId, NodeId, NotificationId, ProductId, UserId},
    list_events::EventPage,
    message::{Draft, Message},
    notification::Notification,
    person::{Person, Product, Role},
    presence::UserStatus,
    storage::{
        Anchor, Append, ChatStorage, Delete, Directory, HistoryPage, Join, Leases, Leave,
        ListCounts, ListPage, ListQuery, Mark, Missed, NewConversation, Opened, ProductRecord, Put,
        Result, Since, SupplierRecord, Uploads, UserRecord,
    },
    timestamp::Timestamp,
};

/// Conversations, directory and leases on one PostgreSQL database.
pub struct PgStorage {
    pool: Pool,
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
        let pool = Pool::new(options)?;
        pool::warn_of_ignored(pool.servers());
        pool.reach().await?;
        let owned = Owned::read(&pool).await?;
        Ok(Arc::new(Self {
            lanes: Lanes::start(&pool.for_changes(), options.changes_at_once()),
            questions: Questions::start(&pool),
            pool,
            owned,
        }))
    }

    /// Finishes the changes that wait and closes every connection.
    pub async fn close(&self) {
        self.lanes.close().await;
        self.questions.close().await;
        self.pool.close().await;
    }

    /// The key that signs links to files: 32 bytes, the same for every server on this database.
    pub async fn link_key(&self) -> std::result::Result<Vec<u8>, PgError> {
        Ok(uploads::link_key(&self.pool).await?)
    }

    pub fn load(&self) -> Load {
        let (connections, idle) = self.pool.load();
        Load {
            connections,
            idle,
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

    /// What was asked of the database, in time.
    async fn ask<T>(
        &self,
        asked: impl Future<Output = std::result::Result<T, sqlx::Error>>,
    ) -> Result<T> {
        self.pool.ask(asked).await.map_err(storage_error)
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.pool
    }
}

async fn settle(bus: &Arc<dyn Bus>) {
    if let Some(settled) = bus.settled() {
        settled.await;
    }
}

/// For an answer to whoever asks whether the database can be used.
const PING: Duration = Duration::from_secs(2);

#[async_trait]
impl ChatStorage for PgStorage {
    async fn ping(&self) -> Result<()> {
        let asked = sqlx::query_scalar("show transaction_read_only").fetch_one(&self.pool);
        let setting: String = self.pool.within(PING, asked).await.map_err(storage_error)?;
        if setting == "on" {
            self.pool.servers().doubt();
            return Err(StorageError::Unavailable(PgError::OnlyReads.into()));
        }
        Ok(())
    }

    async fn conversation(&self, id: &ConversationId) -> Result<Option<Conversation>> {
        self.ask(conversations::load_one(&self.pool, id.as_str()))
            .await
    }

    async fn find(&self, purpose: &NewConversation) -> Result<Option<Conversation>> {
        self.ask(membership::find(&self.pool, purpose)).await
    }

    async fn open(&self, new: NewConversation, act: Act, bus: &Arc<dyn Bus>) -> Result<Opened> {
        let opened = membership::open(&self.pool, &self.lanes, &new, &act, bus);
        let opened = self.pool.ask(opened).await;
        self.told(opened, &new.id, bus).await
    }

    async fn list(&self, query: &ListQuery) -> Result<ListPage> {
        self.ask(list::list(&self.pool, query)).await
    }

    async fn list_counts(&self, query: &ListQuery) -> Result<ListCounts> {
        self.ask(list::counts(&self.pool, query)).await
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
            let mut db = self.pool.begin().await?;
            let sent = messages::sent(&mut db, sender, conversation, client_message_id).await?;
            db.commit().await?;
            Ok(sent)
        };
        self.ask(sent).await
    }

    async fn history(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
    ) -> Result<Option<HistoryPage>> {
        self.ask(history::page(&self.pool, conversation, anchor, limit))
            .await
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
        self.ask(list::unread_count(&self.pool, user.as_str()))
            .await
    }

    async fn join(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Act,
        bus: &Arc<dyn Bus>,
    ) -> Result<Join> {
        let done = membership::join(&self.pool, &self.lanes, conversation, admin, &act, bus);
        let done = self.pool.ask(done).await;
        self.told(done, conversation, bus).await
    }

    async fn leave(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Act,
        bus: &Arc<dyn Bus>,
    ) -> Result<Leave> {
        let done = membership::leave(&self.pool, &self.lanes, conversation, admin, &act, bus);
        let done = self.pool.ask(done).await;
        self.told(done, conversation, bus).await
    }

    async fn vacate_demoted(&self, bus: &Arc<dyn Bus>) -> Result<u64> {
        let vacated = membership::vacate_demoted(&self.pool, &self.lanes, bus);
        let vacated = self.pool.ask(vacated).await;
        settle(bus).await;
        vacated.map_err(storage_error)
    }

    async fn missed(&self, person: &Person, since: &[Since]) -> Result<Vec<Missed>> {
        self.questions.missed(person, since).await
    }

    async fn changed_within(&self, users: &[UserId], time: Duration) -> Result<Vec<Conversation>> {
        self.ask(list::changed_within(&self.pool, users, time))
            .await
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
        self.ask(notifications::page(
            &self.pool,
            user,
            unread_only,
            after,
            limit,
        ))
        .await
    }

    async fn read_notifications(
        &self,
        user: &UserId,
        ids: Option<&[NotificationId]>,
        now: Timestamp,
    ) -> Result<u64> {
        self.ask(notifications::read(&self.pool, user, ids, now))
            .await
    }
}

#[async_trait]
impl AuditLog for PgStorage {
    async fn record(&self, entries: Vec<Entry>) -> Result<()> {
        self.ask(audit::record(&self.pool, &entries)).await
    }

    async fn record_new(&self, entries: Vec<Entry>, since: Timestamp) -> Result<()> {
        self.ask(audit::record_new(&self.pool, &entries, since))
            .await
    }

    async fn entries(&self, query: &AuditQuery) -> Result<AuditPage> {
        self.ask(audit::page(&self.pool, query)).await
    }

    async fn events(
        &self,
        conversation: &ConversationId,
        cursor: Option<&AuditCursor>,
        limit: i64,
    ) -> Result<EventPage> {
        self.ask(audit::events(&self.pool, conversation, cursor, limit))
            .await
    }
}

#[async_trait]
impl Directory for PgStorage {
    async fn person(&self, id: &UserId) -> Result<Option<Person>> {
        self.questions.person(id).await
    }

    async fn supplier_user(&self, supplier_or_user: &str) -> Result<Option<Person>> {
        self.ask(directory::supplier_user(&self.pool, supplier_or_user))
            .await
    }

    async fn product(&self, id: &ProductId) -> Result<Option<Product>> {
        self.ask(directory::product(&self.pool, id.as_str())).await
    }

    async fn changed(&self, known: &[(UserId, Role)]) -> Result<Vec<(UserId, Option<Person>)>> {
        self.ask(directory::changed(&self.pool, known)).await
    }

    async fn put_user(&self, user: &UserRecord) -> Result<Put> {
        if !self.owned.users {
            return Ok(Put::HostOwned);
        }
        self.ask(directory::put_user(&self.pool, user)).await
    }

    async fn put_supplier(&self, supplier: &SupplierRecord) -> Result<Put> {
        if !self.owned.suppliers {
            return Ok(Put::HostOwned);
        }
        self.ask(directory::put_supplier(&self.pool, supplier))
            .await
    }

    async fn put_product(&self, product: &ProductRecord, bus: &Arc<dyn Bus>) -> Result<Put> {
        if !self.owned.products {
            return Ok(Put::HostOwned);
        }
        self.ask(directory::put_product(
            &self.pool,
            &self.lanes,
            product,
            bus,
        ))
        .await
    }

    async fn delete_user(&self, id: &UserId, bus: &Arc<dyn Bus>) -> Result<Delete> {
        if !self.owned.users {
            return Ok(Delete::HostOwned);
        }
        let deleted = directory::delete_user(&self.pool, &self.lanes, id, bus);
        let deleted = self.pool.ask(deleted).await;
        settle(bus).await;
        deleted.map_err(storage_error)
    }

    async fn delete_supplier(&self, id: &str) -> Result<Delete> {
        if !self.owned.suppliers {
            return Ok(Delete::HostOwned);
        }
        self.ask(directory::delete_supplier(&self.pool, id)).await
    }

    async fn delete_product(&self, id: &ProductId, bus: &Arc<dyn Bus>) -> Result<Delete> {
        if !self.owned.products {
            return Ok(Delete::HostOwned);
        }
        let deleted = directory::delete_product(&self.pool, &self.lanes, id, bus);
        let deleted = self.pool.ask(deleted).await;
        settle(bus).await;
        deleted.map_err(storage_error)
    }
}

#[async_trait]
impl Leases for PgStorage {
    async fn heartbeat(&self, node: &NodeId) -> Result<bool> {
        self.ask(leases::heartbeat(&self.pool, node)).await
    }

    async fn hold(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserId>> {
        self.ask(leases::hold(&self.pool, node, users)).await
    }

    async fn release(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserStatus>> {
        self.ask(leases::release(&self.pool, node, users)).await
    }

    async fn expire(&self) -> Result<Vec<UserStatus>> {
        self.ask(leases::expire(&self.pool)).await
    }

    async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>> {
        self.questions.statuses(users).await
    }

    async fn companions(&self, user: &UserId) -> Result<Vec<UserId>> {
        self.questions.companions(user).await
    }

    async fn share_a_conversation(&self, one: &UserId, other: &UserId) -> Result<bool> {
        self.ask(leases::share_a_conversation(&self.pool, one, other))
            .await
    }
}

#[async_trait]
impl Uploads for PgStorage {
    async fn has_room(&self, owner: &UserId) -> Result<bool> {
        self.ask(uploads::has_room(&self.pool, owner)).await
    }

    async fn add(&self, owner: &UserId, attachment: &Attachment, now: Timestamp) -> Result<bool> {
        self.ask(uploads::add(&self.pool, owner, attachment, now))
            .await
    }

    async fn unsent(&self, owner: &UserId, ids: &[AttachmentId]) -> Result<Vec<Attachment>> {
        self.ask(uploads::unsent(&self.pool, owner, ids)).await
    }

    async fn find(&self, id: &AttachmentId) -> Result<Option<Kept>> {
        self.ask(uploads::find(&self.pool, id)).await
    }

    async fn give_up(&self, before: Timestamp, limit: i64) -> Result<Vec<AttachmentId>> {
        self.ask(uploads::give_up(&self.pool, before, limit)).await
    }

    async fn forget(&self, ids: &[AttachmentId]) -> Result<()> {
        self.ask(uploads::forget(&self.pool, ids)).await
    }
}
