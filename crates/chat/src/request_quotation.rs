//! Asking several suppliers for an offer.

use std::collections::HashSet;

use crate::{
    audit::{Actor, Operation, record},
    chat::Chat,
    conversation::{Barrier, Kind},
    error::{ChatError, Fields, Missing},
    ids::{ConversationId, RequestId, UserId},
    make_offer::{Said, Written, in_words, refusal_of},
    message::Draft,
    offer::{Purpose, Title, WrittenTerms},
    open_conversation::blocking,
    person::{Person, Role},
    quotation::{Quotation, SUPPLIERS},
    rate_limit::{Decision, LimitedAction, RateLimitStatus},
    send_message::client_message_id_refused,
    storage::{Append, NewConversation, NewQuotation},
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
/// where the first try was cut, with what it said and those it named.
pub async fn request_quotation(
    chat: &Chat,
    buyer: &Actor,
    new: NewRequest,
) -> Result<Requested, ChatError> {
    if buyer.person.role != Role::Buyer {
        return Err(ChatError::Forbidden("Only buyers ask for quotations"));
    }
    if let Some(id) = &new.client_message_id
        && client_message_id_refused(id).is_none()
        && let Some(known) = chat.offers.requested(&buyer.person.id, id).await?
    {
        return go_on(chat, buyer, known).await;
    }
    let (suppliers, said) = check(chat, new).await?;
    begin(chat, buyer, &suppliers, &said).await
}

async fn go_on(chat: &Chat, buyer: &Actor, known: Quotation) -> Result<Requested, ChatError> {
    let mut left = Vec::new();
    for supplier in &known.suppliers {
        let is_asked = known
            .answers
            .iter()
            .any(|asked| asked.supplier == *supplier);
        if is_asked || known.closed_at.is_some() {
            continue;
        }
        let person = chat.directory.person(supplier).await?;
        let is_there = |person: &Person| person.is_active && person.role == Role::Supplier;
        left.extend(person.filter(is_there).map(|person| person.id));
    }
    let request = if left.is_empty() {
        known
    } else {
        let reached = reach(chat, buyer, &left).await?;
        ask(chat, buyer, &known, reached).await?
    };
    Ok(Requested {
        request,
        created: false,
        rate_limit: None,
    })
}

/// It costs one message, and one conversation where a new one is needed, however many suppliers are asked.
async fn begin(
    chat: &Chat,
    buyer: &Actor,
    suppliers: &[UserId],
    said: &Said,
) -> Result<Requested, ChatError> {
    let rate_limit = take(chat, buyer, LimitedAction::SendMessage).await?;
    let mut taken = vec![LimitedAction::SendMessage];
    let begun = match needs_one(chat, buyer, suppliers).await {
        Ok(false) => put(chat, buyer, suppliers, said).await,
        Ok(true) => match take(chat, buyer, LimitedAction::OpenConversation).await {
            Ok(_) => {
                taken.push(LimitedAction::OpenConversation);
                put(chat, buyer, suppliers, said).await
            }
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    let is_new = begun.as_ref().is_ok_and(|(_, is_new)| *is_new);
    if !is_new {
        for action in taken {
            chat.rate_limiter.give_back(&buyer.person.id, action).await;
        }
    }
    Ok(Requested {
        request: begun?.0,
        created: is_new,
        rate_limit: is_new.then_some(rate_limit),
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

/// The request, and whether it is new: of two tries at once one is.
async fn put(
    chat: &Chat,
    buyer: &Actor,
    suppliers: &[UserId],
    said: &Said,
) -> Result<(Quotation, bool), ChatError> {
    let reached = reach(chat, buyer, suppliers).await?;
    let request = NewQuotation {
        id: RequestId::new(chat.clock.new_id()),
        buyer: buyer.person.id.clone(),
        suppliers: suppliers.to_vec(),
        terms: said.terms.clone(),
        words: said.words.clone(),
        client_message_id: said.client_message_id.clone(),
        now: chat.clock.now(),
    };
    let (request, is_new) = chat.offers.request(request).await?;
    Ok((ask(chat, buyer, &request, reached).await?, is_new))
}

/// Where suppliers can be asked, and why one of them cannot.
struct Reached {
    conversations: Vec<ConversationId>,
    refused: Option<ChatError>,
}

/// At least one of them, else the reason.
async fn reach(chat: &Chat, buyer: &Actor, suppliers: &[UserId]) -> Result<Reached, ChatError> {
    let (mut conversations, mut refused) = (Vec::new(), None);
    for supplier in suppliers {
        match open(chat, buyer, supplier).await {
            Ok(conversation) => conversations.push(conversation),
            Err(error @ ChatError::Barred(_)) => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    match refused {
        Some(error) if conversations.is_empty() => Err(error),
        refused => Ok(Reached {
            conversations,
            refused,
        }),
    }
}

/// Suppliers with whom the buyer may not write are left out, unless they are all.
async fn ask(
    chat: &Chat,
    buyer: &Actor,
    request: &Quotation,
    reached: Reached,
) -> Result<Quotation, ChatError> {
    let mut refused = reached.refused;
    let mut asked = request.answers.len();
    for conversation in &reached.conversations {
        let draft = Draft {
            client_message_id: Some(format!("request-{}", request.id)),
            ..in_words(chat, buyer, conversation, &request.words)
        };
        let act = buyer.act(&*chat.clock);
        match chat.offers.ask(&request.id, draft, act).await? {
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
        _ => {
            let whole = chat.offers.quotation(&request.id).await?;
            whole.ok_or(ChatError::NotFound(Missing::Request))
        }
    }
}

/// A conversation of the two about nothing in particular.
fn purpose(chat: &Chat, buyer: &Actor, supplier: &UserId) -> NewConversation {
    NewConversation {
        id: ConversationId::new(chat.clock.new_id()),
        kind: Kind::BuyerSupplier,
        buyer: buyer.person.id.clone(),
        supplier: Some(supplier.clone()),
        admin: None,
        product: None,
        assign_admin: false,
        now: chat.clock.now(),
    }
}

async fn needs_one(chat: &Chat, buyer: &Actor, suppliers: &[UserId]) -> Result<bool, ChatError> {
    for supplier in suppliers {
        let purpose = purpose(chat, buyer, supplier);
        if chat.membership.find(&purpose).await?.is_none()
            && blocking(chat, &buyer.person, &purpose).await?.is_none()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whom the supplier blocks anywhere opens no other conversation with them.
async fn open(chat: &Chat, buyer: &Actor, supplier: &UserId) -> Result<ConversationId, ChatError> {
    let purpose = purpose(chat, buyer, supplier);
    if let Some(conversation) = blocking(chat, &buyer.person, &purpose).await? {
        let existing = chat.membership.find(&purpose).await?;
        let refused = existing.ok_or(ChatError::Barred(Barrier::Blocked));
        let what = Operation::Requesting;
        let existing = record::refusal(chat, buyer, &conversation, what, refused).await?;
        return Ok(existing.id);
    }
    let opened = chat.membership.open(purpose, buyer.act(&*chat.clock));
    Ok(opened.await?.conversation.id)
}

/// Says every wrong field at once.
async fn check(chat: &Chat, new: NewRequest) -> Result<(Vec<UserId>, Said), ChatError> {
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

async fn suppliers(chat: &Chat, ids: &[String]) -> Result<(Vec<UserId>, Fields), ChatError> {
    let mut wrong = Fields::new();
    let mut found = Vec::new();
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
            Some(user) => found.push(user.id),
            None => wrong.note(name(), "No such supplier"),
        }
    }
    Ok((found, wrong))
}
