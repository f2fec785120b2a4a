//! What a returning client missed.

use super::{rows::number, state::State};
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
        let in_reach =
            since.seq <= row.last_seq() && number(messages.len()) <= limits::RESUME_MESSAGES;
        (may_see && in_reach).then(|| Missed::Caught {
            conversation: Box::new(conversation),
            messages,
        })
    }
}
