//! What returning clients missed.

use std::collections::{BTreeMap, HashMap, HashSet};

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
    source::Source,
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

    let is_behind = |(_, since): &(&Person, &Since)| {
        let conversation = known.get(&since.conversation);
        conversation.is_some_and(|one| one.messages_rev > since.rev.unwrap_or(0))
    };
    let behind = all().filter(is_behind).map(|(_, since)| since.clone());
    let behind: HashSet<Since> = behind.collect();
    let unknown = changes(db, behind.into_iter().collect()).await?;
    let caught = |person: &Person, since: &Since| {
        let conversation = known.get(&since.conversation)?;
        let sees = sees_all(person) || Participant::of(conversation.clone(), person).is_some();
        let gap = conversation.last_seq - since.seq;
        let changed = unknown.of(since).count();
        let both = gap.saturating_add(i64::try_from(changed).unwrap_or(i64::MAX));
        let is_in_reach = since.seq >= 0 && gap >= 0 && both <= RESUME_MESSAGES;
        (sees && is_in_reach).then_some(conversation)
    };
    // From the earliest that anybody asks for: one conversation may be named several times.
    let mut changed: HashSet<(&ConversationId, i64)> = HashSet::new();
    let mut from: HashMap<&ConversationId, (i64, i64)> = HashMap::new();
    for (person, since) in all() {
        if let Some(conversation) = caught(person, since) {
            let (above, _) = from
                .entry(&conversation.id)
                .or_insert((since.seq, conversation.last_seq));
            *above = since.seq.min(*above);
            changed.extend(unknown.of(since).map(|seq| (&conversation.id, seq)));
        }
    }
    let stretches = from.into_iter().filter(|(_, (above, up_to))| above < up_to);
    let changed = changed.into_iter().map(|(id, seq)| Stretch {
        conversation: id.to_string(),
        above: seq - 1,
        up_to: seq,
    });
    let stretches: Vec<Stretch> = changed
        .chain(stretches.map(|(id, (above, up_to))| Stretch {
            conversation: id.to_string(),
            above,
            up_to,
        }))
        .collect();
    let mut found: HashMap<ConversationId, BTreeMap<i64, Message>> = HashMap::new();
    if !stretches.is_empty() {
        for message in messages::load(&mut Source::Pool(db), &stretches).await? {
            let of = found.entry(message.conversation.clone()).or_default();
            of.insert(message.seq, message);
        }
    }
    let none = BTreeMap::new();
    let answer = |person: &Person, since: &Since| match caught(person, since) {
        None => Missed::Reset(since.conversation.clone()),
        Some(conversation) => {
            let found = found.get(&since.conversation).unwrap_or(&none);
            Missed::Caught {
                conversation: Box::new(conversation.clone()),
                messages: found
                    .range(since.seq + 1..)
                    .map(|(_, message)| message.clone())
                    .collect(),
                updated: unknown
                    .of(since)
                    .filter_map(|seq| found.get(&seq).cloned())
                    .collect(),
            }
        }
    };
    let answers = asked.iter().map(|(person, since)| {
        let answers = since.iter().map(|since| answer(person, since));
        answers.collect()
    });
    Ok(answers.collect())
}

/// Which messages that a client knows changed after what it knows: their `seq`, by what was asked.
struct Changes(HashMap<Since, Vec<i64>>);

impl Changes {
    fn of(&self, since: &Since) -> impl Iterator<Item = i64> {
        self.0.get(since).into_iter().flatten().copied()
    }
}

/// Of each conversation one more than are sent.
async fn changes(db: &Pool, asked: Vec<Since>) -> Result<Changes, sqlx::Error> {
    if asked.is_empty() {
        return Ok(Changes(HashMap::new()));
    }
    let ids: Vec<String> = asked.iter().map(|s| s.conversation.to_string()).collect();
    let revs: Vec<i64> = asked.iter().map(|s| s.rev.unwrap_or(0)).collect();
    let seqs: Vec<i64> = asked.iter().map(|s| s.seq).collect();
    let rows = sqlx::query!(
        r#"
        select asked.place as "place!", m.seq as "seq!"
        from unnest($1::varchar[], $2::bigint[], $3::bigint[])
          with ordinality as asked (conversation_id, rev, seq, place)
        cross join lateral (
          select m.seq
          from haggle.message_rows m
          where m.conversation_id = asked.conversation_id
            and m.changed_rev > asked.rev
            and m.seq <= asked.seq
          limit $4
        ) m
        order by asked.place, m.seq
        "#,
        &ids,
        &revs,
        &seqs,
        RESUME_MESSAGES + 1
    )
    .fetch_all(db)
    .await?;
    let mut changes: HashMap<Since, Vec<i64>> = HashMap::new();
    for row in rows {
        let place = usize::try_from(row.place - 1).unwrap_or(0);
        changes
            .entry(asked[place].clone())
            .or_default()
            .push(row.seq);
    }
    Ok(Changes(changes))
}
