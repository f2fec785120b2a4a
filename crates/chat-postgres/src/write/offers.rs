//! The statements that change an offer. The transaction holds its conversation.

use chat::{
    audit::{Act, Action},
    conversation::Barrier,
    event::Event,
    ids::{ConversationId, MessageId, OfferId, UserId},
    message::{Message, SystemDraft, SystemEvent, SystemNote},
    offer::{Offer, State, outcome_in_words},
    person::Role,
    storage::OfferDraft,
    timestamp::Timestamp,
};
use serde_json::json;
use sqlx::PgConnection;

use super::{message_changes, system};
use crate::read::offers;

/// Who sits where an offer is made, and what time it is there.
pub(crate) struct Table {
    pub buyer: UserId,
    pub supplier: Option<UserId>,
    pub admin: Option<UserId>,
    is_closed: bool,
    buyer_blocks: bool,
    supplier_blocks: bool,
    /// By the clock of the database.
    pub now: Timestamp,
}

impl Table {
    /// Nothing: there is no such conversation.
    pub async fn of(
        db: &mut PgConnection,
        conversation: &ConversationId,
    ) -> Result<Option<Self>, sqlx::Error> {
        let row = sqlx::query!(
            r#"
            select
              buyer_id,
              supplier_id,
              admin_id,
              closed_at is not null as "is_closed!",
              buyer_blocks,
              supplier_blocks,
              clock_timestamp() as "now!"
            from haggle.conversations
            where id = $1
            "#,
            conversation.as_str()
        )
        .fetch_optional(db)
        .await?;
        Ok(row.map(|row| Self {
            buyer: UserId::new(row.buyer_id),
            supplier: row.supplier_id.map(UserId::new),
            admin: row.admin_id.map(UserId::new),
            is_closed: row.is_closed,
            buyer_blocks: row.buyer_blocks,
            supplier_blocks: row.supplier_blocks,
            now: row.now.into(),
        }))
    }

    /// What keeps whoever sits in this place from writing.
    pub fn barrier(&self, from: Role) -> Option<Barrier> {
        let is_blocked = match from {
            Role::Buyer => self.supplier_blocks,
            Role::Supplier => self.buyer_blocks,
            Role::Admin => false,
        };
        if self.is_closed {
            Some(Barrier::Closed)
        } else {
            is_blocked.then_some(Barrier::Blocked)
        }
    }

    pub fn place_of(&self, user: &UserId) -> Option<Role> {
        let places = [
            (Some(&self.buyer), Role::Buyer),
            (self.supplier.as_ref(), Role::Supplier),
            (self.admin.as_ref(), Role::Admin),
        ];
        let mut places = places.into_iter();
        places
            .find(|(seat, _)| *seat == Some(user))
            .map(|(_, role)| role)
    }
}

/// The open offer of a conversation.
pub(crate) async fn open_in(
    db: &mut PgConnection,
    conversation: &ConversationId,
) -> Result<Option<Offer>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select id from haggle.offers where conversation_id = $1 and state = 'open'",
        conversation.as_str()
    )
    .fetch_optional(&mut *db)
    .await?;
    match id {
        Some(id) => offers::one(db, &id).await,
        None => Ok(None),
    }
}

/// Keeps the offer of this message, which was appended in this transaction.
pub(crate) async fn insert(
    db: &mut PgConnection,
    draft: &OfferDraft,
    message: &Message,
) -> Result<Offer, sqlx::Error> {
    let terms = serde_json::to_string(&draft.terms);
    let terms = terms.map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        r#"
        with countered as (
          select chain_id, request_id
          from haggle.offers
          where id = $9
        ),
        asked as (
          select a.request_id
          from haggle.request_answers a
          join haggle.requests r on r.id = a.request_id and r.closed_at is null
          where a.conversation_id = $2
            and not exists (
              select
              from haggle.offers o
              where o.request_id = a.request_id and o.conversation_id = $2 and o.state = 'accepted'
            )
          order by a.message_id desc
          limit 1
        ),
        linked as (
          update haggle.message_rows
          set kind = 'offer', offer_id = $1
          where id = $3
        )
        insert into haggle.offers (
          id, conversation_id, message_id, seq, chain_id, by_id, role, terms, net, currency, valid_until,
          created_at, supersedes, request_id
        )
        values (
          $1, $2, $3, $4, coalesce((select chain_id from countered), $1), $5, $6, $7::text::jsonb, $8, $10, $11, $12, $9,
          case when $9::varchar is null then (select request_id from asked) else (select request_id from countered) end
        )
        "#,
        draft.id.as_str(),
        message.conversation.as_str(),
        message.id.as_str(),
        message.seq,
        draft.message.sender.as_str(),
        message.sender_type.as_str(),
        terms,
        draft.totals.net.to_string(),
        draft.counters.as_ref().map(OfferId::as_str),
        draft.totals.currency.code(),
        draft.valid_until.date_time(),
        message.created_at.date_time()
    )
    .execute(&mut *db)
    .await?;
    let offer = offers::one(&mut *db, draft.id.as_str()).await?;
    let offer = offer.ok_or(sqlx::Error::RowNotFound)?;
    show(db, &offer).await?;
    Ok(offer)
}

/// What becomes of an offer.
pub(crate) struct Ending<'a> {
    pub state: State,
    /// `None`: its time was over.
    pub by: Option<&'a UserId>,
    /// The offer that answers it.
    pub superseded_by: Option<&'a OfferId>,
    /// The message that will tell of it.
    pub told_by: Option<&'a MessageId>,
    pub act: &'a Act,
}

/// The offer as it is then, and what everybody hears of its message.
pub(crate) async fn end(
    db: &mut PgConnection,
    offer: &Offer,
    ending: Ending<'_>,
) -> Result<(Offer, Event), sqlx::Error> {
    let Ending {
        state,
        by,
        superseded_by,
        told_by,
        act,
    } = ending;
    let ended = Offer {
        superseded_by: superseded_by.cloned(),
        ..offer.changed(state, by, act.at)
    };
    sqlx::query!(
        r#"
        update haggle.offers
        set state = $2, rev = $3, answered_at = $4, answered_by = $5, superseded_by = $6, answer_id = $7
        where id = $1
        "#,
        ended.id.as_str(),
        state.as_str(),
        ended.rev,
        ended.answered_at.map(Timestamp::date_time),
        by.map(UserId::as_str),
        superseded_by.map(OfferId::as_str),
        told_by.map(MessageId::as_str)
    )
    .execute(&mut *db)
    .await?;
    show(&mut *db, &ended).await?;
    let (conversation, message) = (&offer.conversation, &offer.message);
    let turn = message_changes::count(&mut *db, conversation, message, None).await?;
    let (_, event) = turn.tell(db, conversation, message).await?;
    Ok((ended, event))
}

/// Appends the message that tells of an ending.
pub(crate) async fn tell(
    db: &mut PgConnection,
    ended: &Offer,
    (by, name): (Option<(&UserId, Role)>, &str),
    note: Option<&str>,
    (message, now): (&MessageId, Timestamp),
) -> Result<(Message, Event), sqlx::Error> {
    let draft = SystemDraft {
        id: message.clone(),
        conversation: ended.conversation.clone(),
        actor: by.map(|(user, _)| user.clone()),
        actor_name: name.to_owned(),
        // Of the server: whoever looks for a place finds none of the two that trade.
        actor_role: by.map_or(Role::Admin, |(_, place)| place),
        note: SystemNote {
            event: event_of(ended.state),
            offer: Some(ended.id.to_string()),
            reason: note.map(str::to_owned),
        },
        text: outcome_in_words(ended.state, name, ended.totals, note),
        now,
    };
    let told = system::append(db, &draft).await?;
    told.ok_or(sqlx::Error::RowNotFound)
}

/// Ends an offer whose time is over.
pub(crate) async fn expire(
    db: &mut PgConnection,
    offer: &Offer,
    message: &MessageId,
    act: &Act,
) -> Result<(Offer, Vec<Event>), sqlx::Error> {
    let ending = Ending {
        state: State::Expired,
        by: None,
        superseded_by: None,
        told_by: Some(message),
        act,
    };
    let (expired, changed) = end(&mut *db, offer, ending).await?;
    let by = (None, "");
    let (_, told) = tell(&mut *db, &expired, by, None, (message, act.at)).await?;
    let act = Act {
        id: chat::ids::AuditId::new(message.as_str()),
        actor: None,
        ..act.clone()
    };
    audit(db, &expired, &act).await?;
    Ok((expired, vec![changed, told]))
}

pub(crate) fn event_of(state: State) -> SystemEvent {
    match state {
        State::Accepted => SystemEvent::OfferAccepted,
        State::Declined => SystemEvent::OfferDeclined,
        State::Withdrawn => SystemEvent::OfferWithdrawn,
        State::Expired | State::Open | State::Countered => SystemEvent::OfferExpired,
    }
}

/// Writes down what the offer became.
pub(crate) async fn audit(
    db: &mut PgConnection,
    offer: &Offer,
    act: &Act,
) -> Result<(), sqlx::Error> {
    let detail = json!({"offer": offer.id.as_str(), "state": offer.state.as_str()});
    message_changes::audit(db, &offer.conversation, act, Action::Negotiated, &detail).await
}

/// What the list shows of the conversation: the open offer is always the newest.
async fn show(db: &mut PgConnection, offer: &Offer) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        update haggle.conversations
        set
          offer_id = $2,
          offer_state = $3::varchar,
          offer_role = $4,
          has_deal = case when $3::varchar = 'accepted' then true else has_deal end
        where id = $1
        "#,
        offer.conversation.as_str(),
        offer.id.as_str(),
        offer.state.as_str(),
        offer.role.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}
