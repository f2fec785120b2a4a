//! What returning clients missed.

use std::collections::HashMap;

use chat::{
    access::sees_all,
    conversation::Conversation,
    ids::ConversationId,
    limits::RESUME_MESSAGES,
    message::Message,
    participant::Participant,
    person::Person,
    storage::{Missed, Since},
};

use super::{
    conversations,
    messages::{self, Stretch},
};
use crate::pool::Pool;

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
    let known = conversations::load(db, &ids).await?;
    let known: HashMap<ConversationId, Conversation> =
        known.into_iter().map(|one| (one.id.clone(), one)).collect();

    let caught = |person: &Person, since: &Since| {
        let conversation = known.get(&since.conversation)?;
        let sees = sees_all(person) || Participant::of(conversation.clone(), person).is_some();
        let gap = conversation.last_seq - since.seq;
        (sees && since.seq >= 0 && (0..=RESUME_MESSAGES).contains(&gap)).then_some(conversation)
    };
    // From the earliest that anybody asks for: one conversation may be named several times.
    let mut from: HashMap<&ConversationId, (i64, i64)> = HashMap::new();
    for (person, since) in all() {
        if let Some(conversation) = caught(person, since) {
            let (above, _) = from
                .entry(&conversation.id)
                .or_insert((since.seq, conversation.last_seq));
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
        Some(conversation) => Missed::Caught {
            conversation: Box::new(conversation.clone()),
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
