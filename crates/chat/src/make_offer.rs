//! Making an offer, which is a message with terms. It may answer another one.

use std::collections::BTreeSet;

use crate::{
    access,
    audit::{Actor, Operation, record},
    chat::Chat,
    content,
    error::{ChatError, Fields, Missing, OfferConflict},
    ids::{ConversationId, MessageId, OfferId, ProductId},
    limits,
    message::{Draft, Message},
    offer::{self, NOTE_CHARS, Offer, Purpose, Terms, Title, Totals, WrittenTerms},
    person::Role,
    rate_limit::{Decision, LimitedAction, RateLimitStatus},
    send_message::client_message_id_refused,
    storage::{Append, Make, OfferDraft},
};

/// What somebody offers.
#[derive(Clone, Debug, Default)]
pub struct NewOffer {
    pub terms: WrittenTerms,
    /// Said beside the terms.
    pub note: Option<String>,
    pub client_message_id: Option<String>,
    /// The open offer of the other side that it answers.
    pub counters: Option<OfferId>,
}

/// The message and its offer. `created` is false for a retry.
#[derive(Clone, Debug)]
pub struct Offered {
    pub message: Message,
    pub offer: Offer,
    pub created: bool,
    /// `None` for a retry, which costs nothing.
    pub rate_limit: Option<RateLimitStatus>,
}

pub async fn make_offer(
    chat: &Chat,
    maker: &Actor,
    conversation: &ConversationId,
    new: NewOffer,
) -> Result<Offered, ChatError> {
    let made = make(chat, maker, conversation, new).await;
    record::refusal(chat, maker, conversation, Operation::Offering, made).await
}

async fn make(
    chat: &Chat,
    maker: &Actor,
    conversation: &ConversationId,
    new: NewOffer,
) -> Result<Offered, ChatError> {
    let client_message_id = new.client_message_id.clone();
    let draft = match draft(chat, maker, conversation, new).await {
        Ok(draft) => draft,
        Err(wrong @ ChatError::Invalid(_)) => {
            return first_try(chat, maker, conversation, client_message_id, wrong).await;
        }
        Err(error) => return Err(error),
    };
    let person = &maker.person.id;
    let rate_limit = match chat
        .rate_limiter
        .take(person, LimitedAction::SendMessage)
        .await?
    {
        Decision::Taken(rate_limit) => rate_limit,
        Decision::Refused(rate_limit) => return retried(chat, &draft.message, rate_limit).await,
    };
    let made = chat.offers.make(draft).await;
    if !matches!(made, Ok(Make::Made(_))) {
        let action = LimitedAction::SendMessage;
        chat.rate_limiter.give_back(person, action).await;
    }
    match made? {
        Make::Made(message) => offered(*message, Some(rate_limit)),
        Make::NotAppended(Append::Known(message)) => offered(*message, None),
        Make::NotAppended(refused) => Err(refusal_of(&refused)),
        Make::Open(offer) => Err(ChatError::Offer(OfferConflict::Open, offer)),
        Make::NotOpen(offer) => Err(ChatError::Offer(OfferConflict::NotOpen, offer)),
        Make::NotTheirs => Err(ChatError::Forbidden("The other side answers an offer")),
        Make::NoOffer => Err(not_of_this_conversation()),
        Make::NoDeal => Err(no_deal(maker.person.role)),
    }
}

/// Why a message without files that answers none was not appended.
pub(crate) fn refusal_of(append: &Append) -> ChatError {
    match append {
        Append::NoConversation => ChatError::NotFound(Missing::Conversation),
        Append::Barred(barrier) => ChatError::Barred(*barrier),
        _ => ChatError::NotParticipant,
    }
}

fn not_of_this_conversation() -> ChatError {
    ChatError::field("counters", "Not an offer of this conversation")
}

fn no_deal(role: Role) -> ChatError {
    match role {
        Role::Admin => ChatError::Forbidden("Only buyers and suppliers make offers"),
        _ => ChatError::Conflict("Offers are made where a buyer and a supplier sit"),
    }
}

/// The offer as it was made before, or what is wrong with this one: what was right then, as a time that is over by
/// now, is no reason to refuse a retry.
async fn first_try(
    chat: &Chat,
    maker: &Actor,
    conversation: &ConversationId,
    client_message_id: Option<String>,
    wrong: ChatError,
) -> Result<Offered, ChatError> {
    let Some(id) = client_message_id.filter(|id| client_message_id_refused(id).is_none()) else {
        return Err(wrong);
    };
    let sent = chat.messages.sent(&maker.person.id, conversation, &id);
    let first = sent.await?.filter(|first| first.offer.is_some());
    offered(first.ok_or(wrong)?, None)
}

/// A retry of something already made costs nothing, so it passes an empty bucket.
async fn retried(
    chat: &Chat,
    draft: &Draft,
    rate_limit: RateLimitStatus,
) -> Result<Offered, ChatError> {
    let Some(id) = &draft.client_message_id else {
        return Err(ChatError::RateLimited(rate_limit));
    };
    let sent = chat.messages.sent(&draft.sender, &draft.conversation, id);
    let first = sent.await?.ok_or(ChatError::RateLimited(rate_limit))?;
    offered(first, None)
}

/// A known message is the first result, with its offer as it is by now.
fn offered(message: Message, rate_limit: Option<RateLimitStatus>) -> Result<Offered, ChatError> {
    let taken = "This clientMessageId belongs to another message";
    let offer = message.offer.clone();
    let offer = offer.ok_or(ChatError::Conflict(taken))?;
    Ok(Offered {
        offer: *offer,
        message,
        created: rate_limit.is_some(),
        rate_limit,
    })
}

async fn draft(
    chat: &Chat,
    maker: &Actor,
    conversation: &ConversationId,
    new: NewOffer,
) -> Result<OfferDraft, ChatError> {
    let title = match new.counters {
        Some(_) => Title::CounterOffer,
        None => Title::Offer,
    };
    let written = Written {
        terms: new.terms,
        note: new.note,
        client_message_id: new.client_message_id,
    };
    let said = written.check(chat, Purpose::Offer, title).await?;
    let (Some(totals), Some(valid_until)) = (Totals::of(&said.terms), said.terms.valid_until)
    else {
        return Err(ChatError::field("terms", "Is not whole"));
    };
    Ok(OfferDraft {
        id: OfferId::new(chat.clock.new_id()),
        message: Draft {
            client_message_id: said.client_message_id,
            ..in_words(chat, maker, conversation, &said.words)
        },
        terms: said.terms,
        totals,
        valid_until,
        counters: new.counters,
        act: maker.act(&*chat.clock),
        expiry: MessageId::new(chat.clock.new_id()),
    })
}

/// What an offer and a request have in common.
pub(crate) struct Written {
    pub terms: WrittenTerms,
    pub note: Option<String>,
    pub client_message_id: Option<String>,
}

/// The same, cleaned and within all limits.
pub(crate) struct Said {
    pub terms: Terms,
    /// Terms and note.
    pub words: String,
    pub client_message_id: Option<String>,
}

impl Written {
    /// Says every wrong field at once.
    pub async fn check(
        self,
        chat: &Chat,
        purpose: Purpose,
        title: Title,
    ) -> Result<Said, ChatError> {
        let now = chat.clock.now();
        let unknown = unknown_products(chat, &self.terms).await?;
        let (terms, mut wrong) = match self.terms.check(purpose, Some(now)) {
            Ok(terms) => (Some(terms), Fields::new()),
            Err(wrong) => (None, wrong),
        };
        for (name, reason) in unknown {
            wrong.note(name, reason);
        }
        let note = note_within_limits(self.note.as_deref(), "note", &mut wrong);
        if let Some(id) = &self.client_message_id
            && let Some(reason) = client_message_id_refused(id)
        {
            wrong.note("clientMessageId", reason);
        }
        let words = terms
            .as_ref()
            .map(|terms| offer::in_words(title, terms, note.as_deref().unwrap_or("")));
        if let Some(words) = &words {
            let (length, most) = (words.chars().count(), limits::MESSAGE_CHARS);
            if length > most {
                let reason =
                    format!("In words they have at most {most} characters, these have {length}");
                wrong.note("terms", reason);
            }
        }
        match (terms, words) {
            (Some(terms), Some(words)) if wrong.is_empty() => Ok(Said {
                terms,
                words,
                client_message_id: self.client_message_id,
            }),
            _ => Err(ChatError::Invalid(wrong)),
        }
    }
}

/// A message that says terms in words.
pub(crate) fn in_words(
    chat: &Chat,
    maker: &Actor,
    conversation: &ConversationId,
    words: &str,
) -> Draft {
    Draft {
        id: MessageId::new(chat.clock.new_id()),
        conversation: conversation.clone(),
        sender: maker.person.id.clone(),
        sender_name: maker.person.name.clone(),
        sender_role: maker.person.role,
        preview: content::preview(words),
        text: words.to_owned(),
        files: Vec::new(),
        client_message_id: None,
        reply_to: None,
        source: maker.source.clone(),
        now: chat.clock.now(),
    }
}

/// Cleaned; `None`: nothing is left of it.
pub(crate) fn note_within_limits(
    note: Option<&str>,
    name: &'static str,
    wrong: &mut Fields,
) -> Option<String> {
    let plain = content::plain(note?);
    let length = plain.chars().count();
    if length > NOTE_CHARS {
        let reason = format!("At most {NOTE_CHARS} characters, these are {length}");
        wrong.note(name, reason);
    }
    (length > 0).then(|| content::without_markup(plain))
}

/// The items whose product the marketplace does not have.
async fn unknown_products(chat: &Chat, terms: &WrittenTerms) -> Result<Fields, ChatError> {
    let named: BTreeSet<&ProductId> = terms
        .items
        .iter()
        .take(offer::terms::ITEMS)
        .filter_map(|item| item.product_id.as_ref())
        .collect();
    let mut unknown = BTreeSet::new();
    for product in named {
        if chat.directory.product(product).await?.is_none() {
            unknown.insert(product);
        }
    }
    let mut wrong = Fields::new();
    for (place, item) in terms.items.iter().enumerate() {
        if item
            .product_id
            .as_ref()
            .is_some_and(|id| unknown.contains(id))
        {
            let name = format!("terms.items[{place}].productId");
            wrong.note(name, "No such product");
        }
    }
    Ok(wrong)
}

/// Whoever may look at an offer: those who sit in its conversation, and administrators.
pub(crate) async fn find(chat: &Chat, id: &OfferId) -> Result<Offer, ChatError> {
    let found = chat.offers.offer(id).await?;
    found.ok_or(ChatError::NotFound(Missing::Offer))
}

/// The offer and its chain, oldest first.
pub async fn read_offer(
    chat: &Chat,
    actor: &Actor,
    id: &OfferId,
) -> Result<(Offer, Vec<Offer>), ChatError> {
    let found = find(chat, id).await?;
    let conversation = &found.conversation;
    let access = access::authorize_view(chat, actor, conversation, Operation::Offer).await?;
    access.audit_view(chat, actor, Operation::Offer).await?;
    let chain = chat.offers.chain(id).await?;
    let offer = chain.iter().find(|offer| offer.id == *id).cloned();
    Ok((offer.unwrap_or(found), chain))
}
