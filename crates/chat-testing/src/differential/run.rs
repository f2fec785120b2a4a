//! One world, doing what commands say.

mod ask;
mod deed;
mod entry;
mod lease;
mod negotiating;
mod open;
mod pages;

use std::fmt::Debug;

use super::{
    Command, Who,
    cast::{self, NO_SUCH_ID},
    names::Names,
};
use crate::conformance::World;
use chat::{
    conversation::Conversation,
    error::StorageError,
    event::Event,
    ids::{ConversationId, MessageId, OfferId, RequestId, UserId},
    message::Message,
    person::Person,
};

/// What somebody would have been told, in words that do not depend on the world.
type Answer = Result<String, StorageError>;

pub(super) struct Run<'w> {
    pub world: &'w World,
    names: Names,
    /// In the order in which they were opened, deleted ones included.
    conversations: Vec<ConversationId>,
    messages: Vec<(ConversationId, MessageId)>,
    offers: Vec<(ConversationId, OfferId)>,
    requests: Vec<RequestId>,
}

impl<'w> Run<'w> {
    pub fn new(world: &'w World) -> Self {
        Self {
            world,
            names: Names::default(),
            conversations: Vec::new(),
            messages: Vec::new(),
            offers: Vec::new(),
            requests: Vec::new(),
        }
    }

    /// Does it. Returns the answer, and below it the events, in no order.
    pub async fn step(&mut self, command: &Command) -> String {
        let before = self.world.publisher.count();
        let answer = match command {
            Command::Entry(entry) => self.entry(entry).await,
            Command::Open { who, named } => self.open(&cast::user(*who), *named).await,
            Command::In {
                conversation,
                who,
                deed,
            } => self.deed(*conversation, *who, *deed).await,
            Command::Dismiss { who, conversation } => {
                self.dismiss(&cast::user(*who), *conversation).await
            }
            Command::Question(question) => self.ask(question).await,
            Command::Expire => self.expire().await,
            Command::Lease(lease) => self.lease(lease).await,
            Command::Tick { micros } => {
                self.world.clock.advance_micros(*micros);
                Ok("it is later".to_owned())
            }
        };
        let answer = self.in_own_words(answer);
        let events = self.world.publisher.since(before).into_iter();
        let mut events: Vec<String> = events.map(|event| self.event(event)).collect();
        events.sort();
        format!("{answer}\n{}", events.join("\n"))
    }

    /// Everything that is stored.
    pub async fn look(&mut self) -> String {
        let seen = self.everything().await;
        self.in_own_words(seen)
    }

    fn in_own_words(&mut self, answer: Answer) -> String {
        match answer {
            Ok(text) => self.names.replace(&text),
            Err(error) => format!("storage failed: {error:?}"),
        }
    }

    fn event(&mut self, mut event: Event) -> String {
        event.audience.sort();
        self.names.replace(&format!("{event:?}"))
    }

    /// The conversation of this number; one in twelve does not exist.
    fn conversation(&self, number: usize) -> ConversationId {
        let known = self
            .conversations
            .get(number % self.conversations.len().max(1));
        let known = known.filter(|_| number % 12 != 11).cloned();
        known.unwrap_or_else(|| ConversationId::new(NO_SUCH_ID))
    }

    /// The message of this number in this conversation; one in eight is any message.
    fn message(&self, conversation: &ConversationId, number: usize) -> MessageId {
        let messages: Vec<&(ConversationId, MessageId)> = self
            .messages
            .iter()
            .filter(|(of, _)| of == conversation || number % 8 == 7)
            .collect();
        let known = messages.get(number % messages.len().max(1));
        let known = known.map(|(_, message)| message.clone());
        known.unwrap_or_else(|| MessageId::new(NO_SUCH_ID))
    }

    fn remember_conversation(&mut self, conversation: &Conversation) {
        if !self.conversations.contains(&conversation.id) {
            self.conversations.push(conversation.id.clone());
        }
    }

    fn remember_message(&mut self, message: &Message) {
        let message = (message.conversation.clone(), message.id.clone());
        if !self.messages.contains(&message) {
            self.messages.push(message);
        }
    }

    /// Somebody who may log in.
    async fn person(&self, user: &UserId) -> Result<Option<Person>, StorageError> {
        let person = self.world.chat.directory.person(user).await?;
        Ok(person.filter(|person| person.is_active))
    }

    async fn who(
        &self,
        who: Who,
        conversation: &ConversationId,
    ) -> Result<Option<Person>, StorageError> {
        let number = match who {
            Who::Person(number) => number,
            Who::Sitting(number) => {
                let found = self.world.chat.conversations.get(conversation).await?;
                let sitting = found.map(|conversation| conversation.audience());
                let sitting = sitting.unwrap_or_default();
                if !sitting.is_empty() {
                    return self.person(&sitting[number % sitting.len()]).await;
                }
                number
            }
        };
        self.person(&cast::user(number)).await
    }
}

fn said(answer: &impl Debug) -> String {
    format!("{answer:#?}")
}

/// What people who cannot log in get.
fn nobody() -> String {
    "nobody".to_owned()
}
