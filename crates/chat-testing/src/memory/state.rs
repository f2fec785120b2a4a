//! All rows, and the clock by which leases live.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    outbox_rows::{DeliveryRow, EndpointRow, JobRow},
    reach::Reach,
    rows::{
        AskedRow, ConversationRow, NotificationRow, OfferRow, PartialRow, ReplyRow, RequestRow,
        UploadRow,
    },
};
use chat::{
    audit::Entry,
    conversation::Conversation,
    event::{Event, EventKind},
    ids::{
        AttachmentId, ConversationId, DeliveryId, JobId, NodeId, OfferId, ProductId, RequestId,
        UploadId, UserId,
    },
    report::Report,
    storage::{ProductRecord, SupplierRecord, UserRecord},
    timestamp::Timestamp,
    webhook::{Happened, Rendered},
};

#[derive(Debug)]
pub(super) struct State {
    pub users: BTreeMap<UserId, UserRecord>,
    pub suppliers: BTreeMap<String, SupplierRecord>,
    pub products: BTreeMap<ProductId, ProductRecord>,
    pub conversations: BTreeMap<ConversationId, ConversationRow>,
    pub notifications: Vec<NotificationRow>,
    /// In the order of writing.
    pub audit: Vec<Entry>,
    pub reports: Vec<Report>,
    pub replies: Vec<ReplyRow>,
    pub answer_times: BTreeMap<UserId, i64>,
    pub uploads: BTreeMap<AttachmentId, UploadRow>,
    pub partial_uploads: BTreeMap<UploadId, PartialRow>,
    pub jobs: BTreeMap<JobId, JobRow>,
    /// The oldest first.
    pub endpoints: Vec<EndpointRow>,
    /// What was told to them, rendered.
    pub events_out: BTreeMap<JobId, Rendered>,
    pub deliveries: BTreeMap<DeliveryId, DeliveryRow>,
    pub reach: Reach,
    /// Those of deleted conversations too, which nobody sees.
    pub offers: BTreeMap<OfferId, OfferRow>,
    pub requests: BTreeMap<RequestId, RequestRow>,
    /// In the order of asking.
    pub asked: Vec<AskedRow>,
    pub nodes: BTreeMap<NodeId, Node>,
    /// When the last lease of a user ended.
    pub last_seen: BTreeMap<UserId, Timestamp>,
    /// The clock by which leases live.
    pub now: Timestamp,
    /// How many ids were made.
    pub ids: u64,
    /// What the writer is to publish, in the order of the changes.
    pub events: Vec<Event>,
    /// What webhooks hear beside these.
    pub beside: Vec<Happened>,
}

/// A running server and the people whose sockets it holds.
#[derive(Debug)]
pub(super) struct Node {
    pub heartbeat_at: Timestamp,
    pub leases: BTreeSet<UserId>,
}

impl State {
    pub fn new(now: Timestamp) -> Self {
        Self {
            users: BTreeMap::new(),
            suppliers: BTreeMap::new(),
            products: BTreeMap::new(),
            conversations: BTreeMap::new(),
            notifications: Vec::new(),
            audit: Vec::new(),
            reports: Vec::new(),
            replies: Vec::new(),
            answer_times: BTreeMap::new(),
            uploads: BTreeMap::new(),
            partial_uploads: BTreeMap::new(),
            jobs: BTreeMap::new(),
            endpoints: Vec::new(),
            events_out: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            reach: Reach::default(),
            offers: BTreeMap::new(),
            requests: BTreeMap::new(),
            asked: Vec::new(),
            nodes: BTreeMap::new(),
            last_seen: BTreeMap::new(),
            now,
            ids: 0,
            events: Vec::new(),
            beside: Vec::new(),
        }
    }

    /// Counts a durable change of a conversation, and tells everybody who sits there
    /// and whoever is named beside them. The change itself is already made.
    pub fn publish_update(&mut self, id: &ConversationId, beside: Option<&UserId>) -> Conversation {
        if let Some(row) = self.conversations.get_mut(id) {
            row.rev += 1;
        }
        let conversation = self.conversation(&self.conversations[id]);
        let mut audience = conversation.audience();
        audience.extend(beside.cloned());
        self.events.push(Event {
            audience,
            kind: EventKind::ConversationUpdated(Box::new(conversation.clone())),
        });
        conversation
    }

    /// The conversations for which this holds, by id.
    pub fn conversations_where(
        &self,
        holds: impl Fn(&ConversationRow) -> bool,
    ) -> Vec<ConversationId> {
        self.conversations
            .values()
            .filter(|row| holds(row))
            .map(|row| row.id.clone())
            .collect()
    }
}
