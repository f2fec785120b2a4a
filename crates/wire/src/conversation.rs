//! Conversations: the list of them, one of them, and who comes and goes.

use std::collections::HashSet;

use chat::{
    audit::AuditCursor,
    conversation::Seat,
    conversation_event,
    ids::{AuditId, ConversationId, ProductId, UserId},
    limits, list_conversations,
    offer::Glance,
    open_conversation,
    storage::{self, ListCounts, ListPage, ListPart},
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    cursor::{Cursor, ListPlace},
    read::{Fields, Id, Read},
    settings::Settings,
    words::{ConversationEventType, ConversationType, OfferFilter, OfferState, Role, Sort, View},
};

/// Somebody who sits in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Participant {
    #[schema(value_type = String)]
    pub id: UserId,
    /// The supplier's company where there is one, else the user's name.
    pub name: String,
    /// The company that they speak for, where it is not what they are called by.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub company: Option<String>,
    pub is_online: bool,
    /// The `seq` up to which this person has read.
    pub last_read_seq: i64,
    /// A name of the time zone database, where the marketplace knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
    /// When a supplier works, in their local time, as `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub working_hours: Option<String>,
    /// Minutes of working time in which a supplier usually answers: the median of their last 30 answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub answers_within_minutes: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Participants {
    pub buyer: Participant,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub supplier: Option<Participant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub admin: Option<Participant>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Product {
    #[schema(value_type = String)]
    pub id: ProductId,
    pub name: String,
    pub image: String,
}

/// The newest offer of a conversation, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConversationOffer {
    pub id: String,
    pub state: OfferState,
    /// The place from which it was made: buyer or supplier.
    pub role: Role,
}

impl From<Glance> for ConversationOffer {
    fn from(offer: Glance) -> Self {
        Self {
            id: offer.id.to_string(),
            state: offer.state.into(),
            role: offer.role.into(),
        }
    }
}

/// A conversation as one of its readers sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    #[schema(value_type = String)]
    pub id: ConversationId,
    #[serde(rename = "type")]
    pub kind: ConversationType,
    pub participants: Participants,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub product: Option<Product>,
    /// What an earlier chat called it; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub subject: Option<String>,
    /// A preview of the newest message on one line.
    #[schema(required = true)]
    pub last_message: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub last_message_at: Option<Timestamp>,
    /// Unread messages of the reader; 0 for an administrator who has not joined.
    pub unread_count: i64,
    /// The `seq` up to which the reader has read; null for an administrator who has not joined.
    #[schema(required = true)]
    pub last_read_seq: Option<i64>,
    /// The `seq` of the newest message.
    pub last_seq: i64,
    /// Raised by one with every durable change.
    pub rev: i64,
    /// The newest offer made here; absent before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub offer: Option<ConversationOffer>,
    /// The `rev` of the newest change of a message that had been sent before; absent where there was none. Whoever
    /// has loaded messages at a lower `rev` asks for them again, by `resume` or by GET.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub messages_rev: Option<i64>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// What the reader has set for themselves; absent for an administrator who has not joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub settings: Option<Settings>,
    /// Who is written to by the other side no more: the reader themselves, and for administrators
    /// whoever it is. Absent for everybody else, and where there is no such thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub blocked_by: Option<UserId>,
    /// Since when nobody writes here any more; absent while people may.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    pub closed_at: Option<Timestamp>,
    /// Why an administrator has closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub closed_reason: Option<String>,
}

impl Conversation {
    /// The conversation for this reader, with the people who are online.
    pub fn for_reader(
        conversation: &chat::conversation::Conversation,
        reader: &UserId,
        online: &HashSet<UserId>,
    ) -> Self {
        let participant = |seat: &Seat| Participant {
            id: seat.user.clone(),
            name: seat.name.clone(),
            company: seat.company.clone(),
            is_online: online.contains(&seat.user),
            last_read_seq: seat.last_read_seq,
            time_zone: seat.habits.time_zone.clone(),
            working_hours: seat.habits.working_hours.clone(),
            answers_within_minutes: seat.habits.answers_within_minutes,
        };
        Self {
            id: conversation.id.clone(),
            kind: conversation.kind.into(),
            participants: Participants {
                buyer: participant(&conversation.buyer),
                supplier: conversation.supplier.as_ref().map(participant),
                admin: conversation.admin.as_ref().map(participant),
            },
            product: conversation.product.clone().map(|product| Product {
                id: product.id,
                name: product.name,
                image: product.image,
            }),
            subject: conversation.subject.clone(),
            last_message: conversation.last_message.clone(),
            last_message_at: conversation.last_message_at,
            unread_count: conversation.unread_count(reader),
            last_read_seq: conversation.last_read_seq(reader),
            last_seq: conversation.last_seq,
            rev: conversation.rev,
            offer: conversation.offer.clone().map(ConversationOffer::from),
            messages_rev: Some(conversation.messages_rev).filter(|rev| *rev > 0),
            created_at: conversation.created_at,
            settings: Settings::of(conversation, reader),
            blocked_by: conversation.blocker_for(reader).cloned(),
            closed_at: conversation.closed.as_ref().map(|closed| closed.at),
            closed_reason: conversation
                .closed
                .as_ref()
                .map(|closed| closed.reason.clone()),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationPage {
    pub conversations: Vec<Conversation>,
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
    /// With `counts=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub counts: Option<ConversationCounts>,
}

impl ConversationPage {
    /// The page for this reader, with the people who are online.
    pub fn for_reader(
        page: &ListPage,
        counts: Option<ListCounts>,
        reader: &UserId,
        online: &HashSet<UserId>,
    ) -> Self {
        let next = page.next.as_ref();
        let show = |found| Conversation::for_reader(found, reader, online);
        Self {
            conversations: page.conversations.iter().map(show).collect(),
            has_more: next.is_some(),
            next_cursor: next.map(|next| ListPlace(next.clone()).to_text()),
            counts: counts.map(ConversationCounts::from),
        }
    }
}

/// How many conversations each filter leaves of those that `view` and `q` name. Without `q`, what the
/// caller has archived counts in `archived` alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Counts)]
pub struct ConversationCounts {
    pub all: i64,
    pub waiting: i64,
    pub buyer_supplier: i64,
    pub buyer_admin: i64,
    pub support: i64,
    pub archived: i64,
    pub pinned: i64,
    /// Conversations, not messages.
    pub unread: i64,
    #[serde(rename = "needsReply")]
    pub needs_reply: i64,
}

impl From<ListCounts> for ConversationCounts {
    fn from(counts: ListCounts) -> Self {
        Self {
            all: counts.all,
            waiting: counts.waiting,
            buyer_supplier: counts.buyer_supplier,
            buyer_admin: counts.buyer_admin,
            support: counts.support,
            archived: counts.archived,
            pinned: counts.pinned,
            unread: counts.unread,
            needs_reply: counts.needs_reply,
        }
    }
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a parameter of its own"
)]
pub struct ListConversations {
    /// Conversations of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, default = 100)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    pub cursor: Option<ListPlace>,
    #[param(inline)]
    pub r#type: Option<ConversationType>,
    /// Only those where nobody has answered the call for an administrator yet.
    #[param(value_type = Option<bool>, default = false)]
    pub waiting: bool,
    /// Only those that the caller has archived, or only the others. Without it the others, and with `q`
    /// both.
    pub archived: Option<bool>,
    /// Only those that the caller has pinned.
    #[param(value_type = Option<bool>, default = false)]
    pub pinned: bool,
    /// Only those where something waits to be read by the caller, or that they have marked as unread. What
    /// they have muted is not among them.
    #[param(value_type = Option<bool>, default = false)]
    pub unread: bool,
    /// Only those where somebody waits for the caller: the other side had the last word, or there is an offer or a
    /// request that the caller can answer.
    #[param(value_type = Option<bool>, default = false)]
    pub needs_reply: bool,
    /// Only where an offer is open, or one was accepted.
    #[param(inline)]
    pub offers: Option<OfferFilter>,
    /// `activity`, as without it: what the caller has pinned, then the rest, latest activity first. `waiting`: only those
    /// where somebody waits for the caller, who waits longest first.
    #[param(inline)]
    pub sort: Option<Sort>,
    /// Whether `counts` is in the answer.
    #[param(value_type = Option<bool>, default = false)]
    pub counts: bool,
    /// Words, in any order, each part of a participant's name, of their company's, of the product's or of
    /// the last message; without regard to case and accents.
    #[param(max_length = 100)]
    pub q: Option<String>,
    /// `all` is for administrators, and their default.
    #[param(inline)]
    pub view: Option<View>,
}

impl Read for ListConversations {
    fn read(fields: &mut Fields) -> Option<Self> {
        let search = fields.text("q", 0..=limits::SEARCH_CHARS);
        let sort = fields.choice("sort", Sort::WORDS);
        let cursor = fields.list_place("cursor");
        if let Some(ListPlace(place)) = &cursor
            && (place.part == ListPart::Waiting) != (sort == Some(Sort::Waiting))
        {
            fields.wrong("cursor", "Not a cursor of this list");
        }
        Some(Self {
            limit: fields.limit(limits::LIST_PAGE),
            cursor,
            archived: fields.flag("archived"),
            pinned: fields.flag("pinned").unwrap_or(false),
            unread: fields.flag("unread").unwrap_or(false),
            needs_reply: fields.flag("needsReply").unwrap_or(false),
            offers: fields.choice("offers", OfferFilter::WORDS),
            sort,
            r#type: fields.choice("type", ConversationType::WORDS),
            waiting: fields.flag("waiting").unwrap_or(false),
            counts: fields.flag("counts").unwrap_or(false),
            q: search
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty()),
            view: fields.choice("view", View::WORDS),
        })
    }
}

impl From<ListConversations> for list_conversations::Wanted {
    fn from(asked: ListConversations) -> Self {
        Self {
            limit: asked.limit,
            cursor: asked.cursor.map(|ListPlace(place)| place),
            archived: asked.archived,
            pinned: asked.pinned,
            unread: asked.unread,
            needs_reply: asked.needs_reply,
            offers: asked.offers.map(Into::into),
            sort: asked.sort.map(storage::Sort::from).unwrap_or_default(),
            kind: asked.r#type.map(Into::into),
            waiting: asked.waiting,
            counts: asked.counts,
            search: asked.q,
            view: asked.view.map(Into::into),
        }
    }
}

/// A supplier given makes `buyer_supplier`, an administrator without a supplier
/// `buyer_admin`, neither `support`.
#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"supplierId": "supplier-tanaka", "productId": "product-ball-bearing"}),
)]
pub struct OpenConversation {
    /// Needed from suppliers and administrators; a buyer is always their own.
    #[schema(value_type = Option<Id>)]
    pub buyer_id: Option<UserId>,
    /// A supplier's id or that supplier's user id; a supplier who leaves it out means itself.
    #[schema(value_type = Option<Id>)]
    pub supplier_id: Option<String>,
    #[schema(value_type = Option<Id>)]
    pub admin_id: Option<UserId>,
    #[schema(value_type = Option<Id>)]
    pub product_id: Option<ProductId>,
    /// Follows from the participants; must not contradict them.
    pub r#type: Option<ConversationType>,
}

impl Read for OpenConversation {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            buyer_id: fields.id("buyerId"),
            supplier_id: fields.id("supplierId"),
            admin_id: fields.id("adminId"),
            product_id: fields.id("productId"),
            r#type: fields.choice("type", ConversationType::WORDS),
        })
    }
}

impl From<OpenConversation> for open_conversation::Request {
    fn from(asked: OpenConversation) -> Self {
        Self {
            buyer: asked.buyer_id,
            supplier: asked.supplier_id,
            admin: asked.admin_id,
            product: asked.product_id,
            kind: asked.r#type.map(Into::into),
        }
    }
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListEvents {
    /// Events of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    pub cursor: Option<Cursor>,
}

impl Read for ListEvents {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            limit: fields.limit(limits::EVENT_PAGE),
            cursor: fields.cursor("cursor"),
        })
    }
}

impl ListEvents {
    pub fn place(&self) -> Option<AuditCursor> {
        let cursor = self.cursor.as_ref()?;
        Some(AuditCursor {
            at: cursor.at,
            id: AuditId::new(&*cursor.id),
        })
    }
}

/// An administrator joined or left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationEvent {
    pub id: String,
    pub r#type: ConversationEventType,
    #[schema(required = true)]
    pub actor_id: Option<String>,
    /// Null once the account is deleted.
    #[schema(required = true)]
    pub actor_name: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Of the newest message then; 0 before the first. Null where it is not known.
    #[schema(required = true)]
    pub seq: Option<i64>,
}

impl From<conversation_event::ConversationEvent> for ConversationEvent {
    fn from(event: conversation_event::ConversationEvent) -> Self {
        Self {
            id: event.id.to_string(),
            r#type: event.kind.into(),
            actor_id: event.actor.map(|actor| actor.to_string()),
            actor_name: event.actor_name,
            created_at: event.at,
            seq: event.seq,
        }
    }
}

/// Newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationEventPage {
    pub events: Vec<ConversationEvent>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl From<conversation_event::EventPage> for ConversationEventPage {
    fn from(found: conversation_event::EventPage) -> Self {
        let next = found.next();
        Self {
            next_cursor: next.map(|next| Cursor::new(next.at, next.id.as_str()).to_text()),
            has_more: found.has_more,
            events: found.events.into_iter().map(Into::into).collect(),
        }
    }
}
