//! Asking several suppliers for an offer, comparing their answers, and being done with it.

use std::collections::HashSet;

use crate::{
    access,
    audit::{Actor, Operation, record},
    chat::Chat,
    conversation::Kind,
    error::{ChatError, Fields, Missing, OfferConflict},
    ids::{ConversationId, MessageId, OfferId, RequestId},
    make_offer::{Said, Written, note_within_limits, refusal_of},
    message::{SystemDraft, SystemEvent, SystemNote},
    offer::{Answer, Purpose, State, Title, WrittenTerms},
    person::{Person, Role},
    quotation::{Quotation, SUPPLIERS, Standing},
    rate_limit::{Decision, LimitedAction, RateLimitStatus},
    storage::{AnswerDraft, Append, NewConversation, NewQuotation},
};

/// What somebody asks for, and whom.
#[derive(Clone, Debug, Default)]
pub struct NewRequest {
    /// Suppliers' ids, or the ids of their users.
    pub suppliers: Vec<String>,
    pub terms: WrittenTerms,
    /// Said beside the terms.
    pub note: Option<String>,
    pub client_message_id: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Requested {
    pub request: Quotation,
    pub created: bool,
    /// `None` for a retry, which costs nothing.
    pub rate_limit: Option<RateLimitStatus>,
}

/// Each supplier is asked in their conversation with the buyer, and learns nothing of the others. A retry goes on
/// where the first try was cut.
pub async fn request_quotation(
    chat: &Chat,
    buyer: &Actor,
    new: NewRequest,
) -> Result<Requested, ChatError> {
    if buyer.person.role != Role::Buyer {
        return Err(ChatError::Forbidden("Only buyers ask for quotations"));
    }
    let (suppliers, said) = check(chat, new).await?;
    let known = match &said.client_message_id {
        Some(id) => chat.offers.requested(&buyer.person.id, id).await?,
        None => None,
    };
    let Some(known) = known else {
        return begin(chat, buyer, &suppliers, &said).await;
    };
    let mut conversations = Vec::new();
    for supplier in &suppliers {
        conversations.push(open(chat, buyer, supplier).await?);
    }
    ask(chat, buyer, &known.id, &conversations, &said).await?;
    let request = chat.offers.quotation(&known.id).await?;
    Ok(Requested {
        request: request.unwrap_or(known),
        created: false,
        rate_limit: None,
    })
}

/// It costs one message, and one conversation where a new one is needed, however many suppliers are asked.
async fn begin(
    chat: &Chat,
    buyer: &Actor,
    suppliers: &[Person],
    said: &Said,
) -> Result<Requested, ChatError> {
    let rate_limit = take(chat, buyer, LimitedAction::SendMessage).await?;
    let opens = match needs_one(chat, buyer, suppliers).await {
        Ok(true) => take(chat, buyer, LimitedAction::OpenConversation)
            .await
            .map(Some),
        Ok(false) => Ok(None),
        Err(error) => Err(error),
    };
    let begun = match opens {
        Ok(_) => put(chat, buyer, suppliers, said).await,
        Err(error) => Err(error),
    };
    if begun.is_err() {
        let action = LimitedAction::SendMessage;
        chat.rate_limiter.give_back(&buyer.person.id, action).await;
    }
    Ok(Requested {
        request: begun?,
        created: true,
        rate_limit: Some(rate_limit),
    })
}

async fn take(
    chat: &Chat,
    buyer: &Actor,
    action: LimitedAction,
) -> Result<RateLimitStatus, ChatError> {
    match chat.rate_limiter.take(&buyer.person.id, action).await? {
        Decision::Taken(status) => Ok(status),
        Decision::Refused(status) => Err(ChatError::RateLimited(status)),
    }
}

async fn put(
    chat: &Chat,
    buyer: &Actor,
    suppliers: &[Person],
    said: &Said,
) -> Result<Quotation, ChatError> {
    let mut conversations = Vec::new();
    for supplier in suppliers {
        conversations.push(open(chat, buyer, supplier).await?);
    }
    let request = NewQuotation {
        id: RequestId::new(chat.clock.new_id()),
        buyer: buyer.person.id.clone(),
        terms: said.terms.clone(),
        client_message_id: said.client_message_id.clone(),
        now: chat.clock.now(),
    };
    let request = chat.offers.request(request).await?;
    ask(chat, buyer, &request.id, &conversations, said).await?;
    let whole = chat.offers.quotation(&request.id).await?;
    Ok(whole.unwrap_or(request))
}

/// Suppliers with whom the buyer may not write are left out, unless they are all.
async fn ask(
    chat: &Chat,
    buyer: &Actor,
    request: &RequestId,
    conversations: &[ConversationId],
    said: &Said,
) -> Result<(), ChatError> {
    let mut refused = None;
    let mut asked = 0;
    for conversation in conversations {
        let id = MessageId::new(chat.clock.new_id());
        let mut draft = said.draft(chat, buyer, conversation, id);
        draft.client_message_id = Some(format!("request-{request}"));
        let act = buyer.act(&*chat.clock);
        match chat.offers.ask(request, draft, act).await? {
            Append::Created(_) | Append::Known(_) => asked += 1,
            other => {
                let error = refusal_of(&other);
                let what = Operation::Requesting;
                let error =
                    record::refusal::<()>(chat, buyer, conversation, what, Err(error)).await;
                refused = error.err();
            }
        }
    }
    match refused {
        Some(error) if asked == 0 => Err(error),
        _ => Ok(()),
    }
}

/// A conversation of the two about nothing in particular.
fn purpose(chat: &Chat, buyer: &Actor, supplier: &Person) -> NewConversation {
    NewConversation {
        id: ConversationId::new(chat.clock.new_id()),
        kind: Kind::BuyerSupplier,
        buyer: buyer.person.id.clone(),
        supplier: Some(supplier.id.clone()),
        admin: None,
        product: None,
        assign_admin: false,
        now: chat.clock.now(),
    }
}

async fn needs_one(chat: &Chat, buyer: &Actor, suppliers: &[Person]) -> Result<bool, ChatError> {
    for supplier in suppliers {
        let purpose = purpose(chat, buyer, supplier);
        if chat.membership.find(&purpose).await?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn open(chat: &Chat, buyer: &Actor, supplier: &Person) -> Result<ConversationId, ChatError> {
    let purpose = purpose(chat, buyer, supplier);
    let opened = chat.membership.open(purpose, buyer.act(&*chat.clock));
    Ok(opened.await?.conversation.id)
}

/// Says every wrong field at once.
async fn check(chat: &Chat, new: NewRequest) -> Result<(Vec<Person>, Said), ChatError> {
    let (suppliers, mut wrong) = suppliers(chat, &new.suppliers).await?;
    let written = Written {
        terms: new.terms,
        note: new.note,
        client_message_id: new.client_message_id,
    };
    match written.check(chat, Purpose::Request, Title::Request).await {
        Ok(said) if wrong.is_empty() => Ok((suppliers, said)),
        Ok(_) => Err(ChatError::Invalid(wrong)),
        Err(ChatError::Invalid(more)) => {
            for (name, reason) in more {
                wrong.note(name, reason);
            }
            Err(ChatError::Invalid(wrong))
        }
        Err(error) => Err(error),
    }
}

async fn suppliers(chat: &Chat, ids: &[String]) -> Result<(Vec<Person>, Fields), ChatError> {
    let mut wrong = Fields::new();
    let mut found: Vec<Person> = Vec::new();
    let mut seen = HashSet::new();
    if !(1..=SUPPLIERS).contains(&ids.len()) {
        wrong.note("supplierIds", format!("Name 1 to {SUPPLIERS} suppliers"));
        return Ok((found, wrong));
    }
    for (place, id) in ids.iter().enumerate() {
        let name = || format!("supplierIds[{place}]");
        match chat.directory.supplier_user(id).await? {
            Some(user) if user.role != Role::Supplier => {
                wrong.note(name(), "Not a user with the role supplier");
            }
            Some(user) if !user.is_active => wrong.note(name(), "This user is not active"),
            Some(user) if !seen.insert(user.id.clone()) => wrong.note(name(), "Each supplier once"),
            Some(user) => found.push(user),
            None => wrong.note(name(), "No such supplier"),
        }
    }
    Ok((found, wrong))
}

/// The buyer and administrators see all answers; a supplier who was asked sees their own.
pub async fn read_request(
    chat: &Chat,
    actor: &Actor,
    id: &RequestId,
) -> Result<Quotation, ChatError> {
    let found = chat.offers.quotation(id).await?;
    let mut request = found.ok_or(ChatError::NotFound(Missing::Request))?;
    let person = &actor.person;
    if person.id == request.buyer {
        return Ok(request);
    }
    if access::sees_all(person) {
        let conversations = request.answers.iter().map(|asked| &asked.conversation);
        record::viewed(chat, actor, conversations, Operation::Request).await?;
        return Ok(request);
    }
    request.answers.retain(|asked| asked.supplier == person.id);
    if request.answers.is_empty() {
        return Err(ChatError::Forbidden("This request is not yours"));
    }
    Ok(request)
}

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
/// answered. A retry goes on where the first try was cut.
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
    let was_open = request.closed_at.is_none();
    for asked in &request.answers {
        let offer = asked
            .offer
            .as_ref()
            .filter(|offer| offer.state == State::Open);
        if let Some(offer) = offer {
            let is_own = offer.role == Role::Buyer;
            let answer = if is_own {
                Answer::Withdraw
            } else {
                Answer::Decline
            };
            let note = message.clone().unwrap_or_else(|| COURTESY.to_owned());
            end(chat, buyer, &offer.id, answer, note).await?;
        } else if was_open && request.standing(asked) == Standing::Waiting {
            tell(chat, buyer, &asked.conversation, message.clone()).await?;
        }
    }
    let now = chat.clock.now();
    let closed = chat.offers.close(id, close.accepted.as_ref(), now).await?;
    closed.ok_or(ChatError::NotFound(Missing::Request))
}

/// Costs nothing, and changes nothing where somebody was faster.
async fn end(
    chat: &Chat,
    buyer: &Actor,
    offer: &OfferId,
    answer: Answer,
    note: String,
) -> Result<(), ChatError> {
    let draft = AnswerDraft {
        offer: offer.clone(),
        answer,
        rev: None,
        by: buyer.person.clone(),
        note: Some(note),
        message: MessageId::new(chat.clock.new_id()),
        act: buyer.act(&*chat.clock),
    };
    chat.offers.answer(draft).await?;
    Ok(())
}

async fn tell(
    chat: &Chat,
    buyer: &Actor,
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
        text: crate::content::clean(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
        now: chat.clock.now(),
    };
    chat.message_changes.append_system(draft).await?;
    Ok(())
}
