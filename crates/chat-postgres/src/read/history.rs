//! Pages of messages, and what a returning client missed. Since `seq` has no
//! gaps, a page is a stretch of numbers: the far end costs what the newest page costs.

use std::collections::HashMap;

use chat::{
    access::Participant,
    conversation::Conversation,
    ids::ConversationId,
    limits::RESUME_MESSAGES,
    message::Message,
    person::{Person, Role},
    storage::{Anchor, HistoryPage, Missed, Since},
};

use crate::{
    pool::Pool,
    read::conversations,
    read::messages::{self, Stretch},
};

pub(crate) async fn page(
    db: &Pool,
    conversation: &ConversationId,
    anchor: &Anchor,
    limit: i64,
) -> Result<Option<HistoryPage>, sqlx::Error> {
    let id = conversation.as_str();
    let last = sqlx::query_scalar!(
        "select last_seq from haggle.conversations where id = $1",
        id
    )
    .fetch_optional(db)
    .await?
    .unwrap_or(0);
    let seq = match anchor {
        Anchor::Newest => Some(last + 1),
        Anchor::Before(message) | Anchor::After(message) | Anchor::Around(message) => {
            messages::seq_of(db, id, message.as_str()).await?
        }
    };
    let Some(seq) = seq else {
        return Ok(None);
    };
    let (above, up_to) = match anchor {
        Anchor::Newest | Anchor::Before(_) => (seq - 1 - limit, seq - 1),
        Anchor::After(_) => (seq, seq + limit),
        Anchor::Around(_) => (seq - 1 - (limit - 1) / 2, seq + limit / 2),
    };
    let stretch = Stretch {
        conversation: id.to_owned(),
        above: above.max(0),
        up_to: up_to.min(last),
    };
    let (has_older, has_newer) = (stretch.above > 0, stretch.up_to < last);
    let mut messages = messages::load(db, &[stretch]).await?;
    messages.reverse();
    Ok(Some(HistoryPage {
        messages,
        has_older,
        has_newer,
    }))
}

/// What each of these people missed: one answer for each `since`. The conversations are read before
/// their messages, so that nothing between the two is missing: what comes later comes as an event.
pub(crate) async fn missed(
    db: &Pool,
    asked: &[(Person, Vec<Since>)],
) -> Result<Vec<Vec<Missed>>, sqlx::Error> {
    let all = || {
        let each = asked.iter();
        each.flat_map(|(person, since)| since.iter().map(move |since| (person, since)))
    };
    let mut ids: Vec<String> = all().map(|(_, s)| s.conversation.to_string()).collect();
    ids.sort_unstable();
    ids.dedup();
    let cards = conversations::load(db, &ids).await?;
    let cards: HashMap<ConversationId, Conversation> = cards
        .into_iter()
        .map(|card| (card.id.clone(), card))
        .collect();

    let caught = |person: &Person, since: &Since| {
        let card = cards.get(&since.conversation)?;
        let sees = person.role == Role::Admin || Participant::of(card.clone(), person).is_some();
        let gap = card.last_seq - since.seq;
        (sees && since.seq >= 0 && (0..=RESUME_MESSAGES).contains(&gap)).then_some(card)
    };
    // From the earliest that anybody asks for: one conversation may be named several times.
    let mut from: HashMap<&ConversationId, (i64, i64)> = HashMap::new();
    for (person, since) in all() {
        if let Some(card) = caught(person, since) {
            let (above, _) = from.entry(&card.id).or_insert((since.seq, card.last_seq));
            *above = since.seq.min(*above);
        }
    }
    let stretches = from.into_iter().filter(|(_, (above, up_to))| above < up_to);
    let stretches: Vec<Stretch> = stretches
        .map(|(id, (above, up_to))| Stretch {
            conversation: id.to_string(),
            above,
            up_to,
        })
        .collect();
    let mut found: HashMap<ConversationId, Vec<Message>> = HashMap::new();
    if !stretches.is_empty() {
        for message in messages::load(db, &stretches).await? {
            found
                .entry(message.conversation.clone())
                .or_default()
                .push(message);
        }
    }
    let answer = |person: &Person, since: &Since| match caught(person, since) {
        None => Missed::Reset(since.conversation.clone()),
        Some(card) => Missed::Caught {
            conversation: Box::new(card.clone()),
            messages: found
                .get(&since.conversation)
                .map(|all| all.iter().filter(|m| m.seq > since.seq).cloned().collect())
                .unwrap_or_default(),
        },
    };
    let answers = asked.iter().map(|(person, since)| {
        let answers = since.iter().map(|since| answer(person, since));
        answers.collect()
    });
    Ok(answers.collect())
}
