//! Somebody in their place of a conversation.

use crate::{
    conversation::Conversation,
    ids::UserId,
    person::{Person, Role},
};

/// A person in their place of a conversation, as of the moment of asking.
#[derive(Clone, Debug)]
pub struct Participant {
    conversation: Conversation,
    user: UserId,
    place: Role,
}

impl Participant {
    /// `None` when the person does not sit there. The administrator's place counts
    /// only for somebody who still is an administrator.
    pub fn of(conversation: Conversation, person: &Person) -> Option<Self> {
        let place = conversation.place_of(&person.id)?;
        let holds = place != Role::Admin || person.role == Role::Admin;
        holds.then(|| Self {
            conversation,
            user: person.id.clone(),
            place,
        })
    }

    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    pub fn into_conversation(self) -> Conversation {
        self.conversation
    }

    pub fn user(&self) -> &UserId {
        &self.user
    }

    pub fn place(&self) -> Role {
        self.place
    }
}
