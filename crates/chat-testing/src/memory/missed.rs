//! What a returning client missed.

use super::{
    rows::{MessageRow, number},
    state::State,
};
use chat::{
    limits,
    participant::Participant,
    person::{Person, Role},
    storage::{Missed, Since},
};

impl State {
    pub fn missed(&self, person: &Person, since: &Since) -> Missed {
        self.caught(person, since)
            .unwrap_or_else(|| Missed::Reset(since.conversation.clone()))
    }

    fn caught(&self, person: &Person, since: &Since) -> Option<Missed> {
        let row = self.conversations.get(&since.conversation)?;
        let conversation = self.conversation(row);
        let may_see =
            person.role == Role::Admin || Participant::of(conversation.clone(), person).is_some();
        let messages = self.messages(row, since.seq + 1, row.last_seq());
        let known = 1..=since.seq.min(row.last_seq());
        let is_updated = |row: &MessageRow| row.changed_rev > Some(since.rev.unwrap_or(0));
        let updated: Vec<_> = known
            .zip(&row.messages)
            .filter(|(_, message)| is_updated(message))
            .map(|(seq, message)| self.message(row, seq, message))
            .collect();
        let in_reach = since.seq <= row.last_seq()
            && number(messages.len() + updated.len()) <= limits::RESUME_MESSAGES;
        (may_see && in_reach).then(|| Missed::Caught {
            conversation: Box::new(conversation),
            messages,
            updated,
        })
    }
}
