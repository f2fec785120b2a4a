//! Accepting, declining and withdrawing an offer; and offers whose time is over.

use crate::{
    access,
    audit::{Act, Actor, Operation, Source, record},
    chat::Chat,
    error::{ChatError, Fields, Missing, OfferConflict, StorageError},
    ids::{AuditId, ConversationId, MessageId, OfferId},
    make_offer::{find, note_within_limits},
    message::Message,
    offer::{Answer, Offer, Verdict},
    rate_limit::{Decision, LimitedAction, RateLimitStatus},
    storage::{AnswerDraft, Answered},
};

/// What somebody says to an offer.
#[derive(Clone, Debug)]
pub struct GivenAnswer {
    pub answer: Answer,
    /// The version that they saw; `None`: whichever there is.
    pub rev: Option<i64>,
    pub note: Option<String>,
}

/// The message that says so, and the offer as it is then.
#[derive(Clone, Debug)]
pub struct Given {
    pub message: Message,
    pub offer: Offer,
    /// `None` for a retry, which costs nothing.
    pub rate_limit: Option<RateLimitStatus>,
}

/// One answer is taken, whoever else gives one at the same time.
pub async fn answer_offer(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    id: &OfferId,
    given: GivenAnswer,
) -> Result<Given, ChatError> {
    let offer = find(chat, id).await?;
    if offer.conversation != *conversation {
        return Err(ChatError::NotFound(Missing::Offer));
    }
    let answered = answer(chat, actor, &offer, given).await;
    record::refusal(chat, actor, conversation, Operation::Answering, answered).await
}

async fn answer(
    chat: &Chat,
    actor: &Actor,
    offer: &Offer,
    given: GivenAnswer,
) -> Result<Given, ChatError> {
    let access = access::find(chat, &actor.person, &offer.conversation).await?;
    let participant = access.participant()?;
    let place = participant.place();
    let mut wrong = Fields::new();
    let note = note_within_limits(given.note.as_deref(), "note", &mut wrong);
    // Whoever may not write may still take back what they offered.
    if given.answer == Answer::Withdraw && note.is_some() && participant.may_write().is_err() {
        wrong.note(
            "note",
            "You cannot write here; withdraw the offer without a note",
        );
    }
    if !wrong.is_empty() {
        return Err(ChatError::Invalid(wrong));
    }
    let draft = AnswerDraft {
        offer: offer.id.clone(),
        answer: given.answer,
        rev: given.rev,
        by: actor.person.clone(),
        note,
        message: MessageId::new(chat.clock.new_id()),
        act: actor.act(&*chat.clock),
    };
    let person = &actor.person.id;
    let action = LimitedAction::SendMessage;
    let rate_limit = match chat.rate_limiter.take(person, action).await? {
        Decision::Taken(rate_limit) => Some(rate_limit),
        Decision::Refused(rate_limit) => {
            let verdict = offer.judge(given.answer, person, place, given.rev, draft.act.at);
            if verdict == Verdict::Taken {
                return Err(ChatError::RateLimited(rate_limit));
            }
            None
        }
    };
    let answered = chat.offers.answer(draft).await;
    let is_given = matches!(answered, Ok(Answered::Given(..)));
    if rate_limit.is_some() && !is_given {
        chat.rate_limiter.give_back(person, action).await;
    }
    match answered? {
        Answered::Given(message, offer) | Answered::Again(message, offer) => Ok(Given {
            message: *message,
            offer: *offer,
            rate_limit: rate_limit.filter(|_| is_given),
        }),
        Answered::NotOpen(offer) => Err(ChatError::Offer(OfferConflict::NotOpen, offer)),
        Answered::Changed(offer) => Err(ChatError::Offer(OfferConflict::Changed, offer)),
        Answered::Barred(barrier) => Err(ChatError::Barred(barrier)),
        Answered::NotTheirs => Err(not_theirs(given.answer)),
        Answered::NotParticipant => Err(ChatError::NotParticipant),
        Answered::NoOffer => Err(ChatError::NotFound(Missing::Offer)),
    }
}

fn not_theirs(answer: Answer) -> ChatError {
    ChatError::Forbidden(match answer {
        Answer::Withdraw => "Only whoever made the offer withdraws it",
        _ => "The other side answers an offer; whoever made it may withdraw it",
    })
}

/// Offers that one round looks at.
const ROUND: i64 = 100;

/// Ends offers whose time is over and tells of it. Returns how many; [`ROUND`]: there may be more.
pub async fn expire_offers(chat: &Chat) -> Result<usize, StorageError> {
    let overdue = chat.offers.overdue(ROUND).await?;
    let (mut expired, mut failed) = (0, None);
    for offer in &overdue {
        let act = Act {
            id: AuditId::new(chat.clock.new_id()),
            at: chat.clock.now(),
            actor: None,
            source: Source::default(),
        };
        let message = MessageId::new(chat.clock.new_id());
        // One that cannot be ended keeps none of the others.
        match chat.offers.expire(offer, message, act).await {
            Ok(is_ended) => expired += usize::from(is_ended),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(expired), Err)
}
