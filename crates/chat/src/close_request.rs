//! Being done with a request for quotation.

use crate::{
    access,
    audit::Actor,
    chat::Chat,
    content,
    error::{ChatError, Fields, Missing, OfferConflict},
    ids::{ConversationId, MessageId, OfferId, RequestId},
    make_offer::note_within_limits,
    message::{SystemDraft, SystemEvent, SystemNote},
    offer::{Answer, Offer, State},
    person::Role,
    quotation::Quotation,
    storage::AnswerDraft,
};

/// What somebody says when they are done.
#[derive(Clone, Debug, Default)]
pub struct CloseRequest {
    /// The offer that was accepted.
    pub accepted: Option<OfferId>,
    /// To those whose offers were not.
    pub message: Option<String>,
}

/// Said to those whose offer was not taken, where the buyer says nothing.
const COURTESY: &str = "The buyer has decided otherwise. Thank you for your offer.";

/// Declines what is open of the others, withdraws what the buyer had countered with, and tells those who have not
/// answered: with the buyer's words where the buyer may write. A retry goes on where the first try was cut.
pub async fn close_request(
    chat: &Chat,
    buyer: &Actor,
    id: &RequestId,
    close: CloseRequest,
) -> Result<Quotation, ChatError> {
    let found = chat.offers.quotation(id).await?;
    let request = found.ok_or(ChatError::NotFound(Missing::Request))?;
    if request.buyer != buyer.person.id {
        return Err(ChatError::Forbidden(
            "Only the buyer who asked closes a request",
        ));
    }
    let mut wrong = Fields::new();
    let message = note_within_limits(close.message.as_deref(), "message", &mut wrong);
    if let Some(accepted) = &close.accepted {
        let offers = request
            .answers
            .iter()
            .filter_map(|asked| asked.offer.as_ref());
        match offers.clone().find(|offer| offer.id == *accepted) {
            None => wrong.note("acceptedOfferId", "Not an offer that answers this request"),
            Some(offer) if offer.state != State::Accepted => {
                return Err(ChatError::Offer(
                    OfferConflict::NotOpen,
                    Box::new(offer.clone()),
                ));
            }
            Some(_) => {}
        }
    }
    if !wrong.is_empty() {
        return Err(ChatError::Invalid(wrong));
    }
    // From here on nothing new answers it.
    let now = chat.clock.now();
    let closed = chat.offers.close(id, close.accepted.as_ref(), now).await?;
    let closed = closed.ok_or(ChatError::NotFound(Missing::Request))?;
    for asked in &closed.answers {
        let offer = asked
            .offer
            .as_ref()
            .filter(|offer| offer.state == State::Open);
        if offer.is_none() && (asked.is_told || !asked.is_waiting()) {
            continue;
        }
        let access = access::find(chat, &buyer.person, &asked.conversation).await?;
        let message = message.clone().filter(|_| access.may_write().is_ok());
        match offer {
            Some(offer) => end(chat, buyer, offer, message).await?,
            None => tell(chat, buyer, &closed.id, &asked.conversation, message).await?,
        }
    }
    let whole = chat.offers.quotation(id).await?;
    whole.ok_or(ChatError::NotFound(Missing::Request))
}

/// Costs nothing, and changes nothing where somebody was faster, or where the buyer may not answer: there the offer
/// ends by itself.
async fn end(
    chat: &Chat,
    buyer: &Actor,
    offer: &Offer,
    message: Option<String>,
) -> Result<(), ChatError> {
    let is_own = offer.role == Role::Buyer;
    let draft = AnswerDraft {
        offer: offer.id.clone(),
        answer: if is_own {
            Answer::Withdraw
        } else {
            Answer::Decline
        },
        rev: None,
        by: buyer.person.clone(),
        note: Some(message.unwrap_or_else(|| COURTESY.to_owned())),
        message: MessageId::new(chat.clock.new_id()),
        act: buyer.act(&*chat.clock),
    };
    chat.offers.answer(draft).await?;
    Ok(())
}

/// Once, however often it is tried.
async fn tell(
    chat: &Chat,
    buyer: &Actor,
    request: &RequestId,
    conversation: &ConversationId,
    reason: Option<String>,
) -> Result<(), ChatError> {
    let name = &buyer.person.name;
    let mut text = format!("{name} closed the request for quotation");
    if let Some(reason) = &reason {
        text = format!("{text}: {reason}");
    }
    let draft = SystemDraft {
        id: MessageId::new(chat.clock.new_id()),
        conversation: conversation.clone(),
        actor: Some(buyer.person.id.clone()),
        actor_name: name.clone(),
        actor_role: buyer.person.role,
        note: SystemNote {
            event: SystemEvent::RequestClosed,
            offer: None,
            reason,
        },
        text: content::clean(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
        now: chat.clock.now(),
    };
    chat.offers.tell_closed(request, draft).await?;
    Ok(())
}
