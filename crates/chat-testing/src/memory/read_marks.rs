//! Moving read marks forward.

use async_trait::async_trait;

use super::{MemoryWriter, state::State};
use chat::{
    event::{Event, EventKind},
    ids::{MessageId, UserId},
    participant::Participant,
    storage::{Mark, ReadMarks, Result},
    timestamp::Timestamp,
};

#[async_trait]
impl ReadMarks for MemoryWriter {
    async fn mark_read(
        &self,
        reader: &Participant,
        up_to: Option<&MessageId>,
        now: Timestamp,
    ) -> Result<Mark> {
        Ok(self.change(|state| state.mark_read(reader, up_to, now)))
    }

    async fn unread_count(&self, user: &UserId) -> Result<i64> {
        Ok(self.state().unread_count(user))
    }
}

impl State {
    pub fn mark_read(
        &mut self,
        reader: &Participant,
        up_to: Option<&MessageId>,
        now: Timestamp,
    ) -> Mark {
        let (id, user) = (&reader.conversation().id, reader.user());
        let Some(row) = self.conversations.get_mut(id) else {
            return Mark::NotParticipant;
        };
        let last_seq = row.last_seq();
        let seq = match up_to {
            None => Some(last_seq),
            Some(message) => row.seq_of(message),
        };
        let place = row.place_mut(reader.place());
        let Some(place) = place.filter(|place| place.user == *user) else {
            return Mark::NotParticipant;
        };
        let Some(seq) = seq else {
            return Mark::UnknownMessage;
        };
        let moved = seq > place.last_read_seq;
        let last_read_seq = place.last_read_seq.max(seq);
        let unread = last_seq - last_read_seq;
        if moved {
            place.last_read_seq = last_read_seq;
            row.rev += 1;
            let kind = EventKind::Read {
                conversation: id.clone(),
                rev: row.rev,
                user: user.clone(),
                last_read_seq,
                read_at: now,
            };
            let audience = row.places().map(|(_, place)| place.user.clone()).collect();
            self.lower_notification(user, id, unread, now);
            self.events.push(Event { audience, kind });
        }
        Mark::At {
            last_read_seq,
            unread,
            moved,
        }
    }
}
