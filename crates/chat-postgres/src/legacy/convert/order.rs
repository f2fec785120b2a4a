//! The order of old messages: of their times, then of their ids. A message without a time stands behind
//! its neighbour.

use sqlx::types::time::OffsetDateTime;

use crate::legacy::rows::OldMessage;

/// In their order, each with the time that it gets. `opened_at` is that of the conversation.
pub(super) fn ordered(
    messages: Vec<OldMessage>,
    opened_at: OffsetDateTime,
) -> Vec<(OldMessage, OffsetDateTime)> {
    let (mut timed, untimed): (Vec<_>, Vec<_>) = messages
        .into_iter()
        .partition(|message| message.created_at.is_some());
    timed.sort_by(|a, b| key(a).cmp(&key(b)));
    let by_id = ids_follow_times(&timed);
    let mut places: Vec<(usize, OldMessage)> = untimed
        .into_iter()
        .map(|message| (behind(&timed, &message, by_id), message))
        .collect();
    places.sort_by(|(a, one), (b, other)| {
        let of = |message: &OldMessage| {
            if by_id {
                (message.id.clone(), 0)
            } else {
                (None, message.place)
            }
        };
        a.cmp(b).then_with(|| of(one).cmp(&of(other)))
    });
    let mut places = places.into_iter().peekable();
    let mut all = Vec::with_capacity(timed.len() + places.len());
    let first = timed.first().and_then(|message| message.created_at);
    let mut last = first.map_or(opened_at, |first| first.min(opened_at));
    for (index, message) in timed.into_iter().enumerate() {
        while let Some((_, message)) = places.next_if(|(place, _)| *place <= index) {
            all.push((message, last));
        }
        last = message.created_at.unwrap_or(last);
        all.push((message, last));
    }
    all.extend(places.map(|(_, message)| (message, last)));
    all
}

fn key(message: &OldMessage) -> (Option<OffsetDateTime>, Option<&str>, i64) {
    (message.created_at, message.id.as_deref(), message.place)
}

/// Ids that grow with the time say where a message without one belongs. Those that are chance do not:
/// then it is where it stands in its table.
fn ids_follow_times(timed: &[OldMessage]) -> bool {
    timed.windows(2).all(|pair| pair[0].id <= pair[1].id)
}

/// How many of the others come before it.
fn behind(timed: &[OldMessage], message: &OldMessage, by_id: bool) -> usize {
    let is_before = |other: &OldMessage| {
        if by_id {
            other.id < message.id
        } else {
            other.place < message.place
        }
    };
    timed.iter().rposition(is_before).map_or(0, |last| last + 1)
}
