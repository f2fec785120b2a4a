//! Somebody who does something, asking storage directly.

use super::World;
use chat::{
    access,
    audit::{Act, Actor, Operation, Source},
    content,
    event::EventKind,
    ids::{ConversationId, MessageId, NodeId, UserId},
    message::{Draft, Message},
    notification::Notification,
    participant::Participant,
    person::Person,
    presence::UserStatus,
    storage::{Append, Join, Leave, Mark, Missed, Scope, Since},
    timestamp::Clock,
};

/// A person of a [`World`].
#[derive(Clone, Debug)]
pub struct Persona<'w> {
    pub(super) world: &'w World,
    pub id: UserId,
}

impl<'w> Persona<'w> {
    pub(super) fn new(world: &'w World, id: UserId) -> Self {
        Self { world, id }
    }

    pub async fn person(&self) -> Person {
        let person = self.world.chat.directory.person(&self.id).await;
        let person = person.expect("people can be looked up");
        person.expect("the person exists")
    }

    pub fn act(&self) -> Act {
        self.world.act(Some(self.id.clone()))
    }

    /// In a place that must be theirs.
    pub async fn participant(&self, conversation: &ConversationId) -> Participant {
        let person = self.person().await;
        let actor = Actor::from(person);
        let place = access::authorize_member(
            &self.world.chat,
            &actor,
            conversation,
            Operation::MarkingRead,
        );
        place.await.expect("the person sits there")
    }

    pub async fn draft(&self, conversation: &ConversationId, text: &str) -> Draft {
        let clock = &self.world.clock;
        let sender = self.person().await;
        Draft {
            id: MessageId::new(clock.new_id()),
            conversation: conversation.clone(),
            sender: self.id.clone(),
            sender_name: sender.name,
            sender_role: sender.role,
            text: text.to_owned(),
            preview: content::preview(text),
            files: Vec::new(),
            client_message_id: None,
            reply_to: None,
            source: Source::default(),
            now: clock.now(),
        }
    }

    pub async fn append(&self, draft: Draft) -> Append {
        let chat = &self.world.chat;
        let appended = chat.messages.append(draft).await;
        appended.expect("storage takes a draft")
    }

    pub async fn try_send(&self, conversation: &ConversationId, text: &str) -> Append {
        let draft = self.draft(conversation, text).await;
        self.append(draft).await
    }

    /// Sends a message that must be created.
    pub async fn send(&self, conversation: &ConversationId, text: &str) -> Message {
        match self.try_send(conversation, text).await {
            Append::Created(message) => *message,
            other => panic!("{:?} could not send: {other:?}", self.id),
        }
    }

    /// Sends under a `clientMessageId`.
    pub async fn send_as(
        &self,
        conversation: &ConversationId,
        client_message_id: &str,
        text: &str,
    ) -> Append {
        let mut draft = self.draft(conversation, text).await;
        draft.client_message_id = Some(client_message_id.to_owned());
        self.append(draft).await
    }

    pub async fn read(&self, conversation: &ConversationId) -> Mark {
        let reader = self.participant(conversation).await;
        self.mark(&reader, None).await
    }

    pub async fn read_up_to(&self, message: &Message) -> Mark {
        let reader = self.participant(&message.conversation).await;
        self.mark(&reader, Some(&message.id)).await
    }

    pub async fn mark(&self, reader: &Participant, up_to: Option<&MessageId>) -> Mark {
        let (chat, now) = (&self.world.chat, self.world.clock.now());
        let mark = chat.read_marks.mark_read(reader, up_to, now).await;
        mark.expect("a mark can be moved")
    }

    pub async fn join(&self, conversation: &ConversationId) -> Join {
        let chat = &self.world.chat;
        let join = chat
            .membership
            .join(conversation, &self.id, Some(self.act()));
        join.await.expect("storage answers a join")
    }

    pub async fn leave(&self, conversation: &ConversationId) -> Leave {
        let chat = &self.world.chat;
        let leave = chat
            .membership
            .leave(conversation, &self.id, Some(self.act()));
        leave.await.expect("storage answers a leave")
    }

    pub async fn unread(&self) -> i64 {
        let count = self.world.chat.read_marks.unread_count(&self.id).await;
        count.expect("unread messages can be counted")
    }

    /// The conversations in which they sit, as the list has them.
    pub async fn conversations(&self) -> Vec<ConversationId> {
        self.world.list_of(Scope::Of(self.id.clone())).await
    }

    /// The newest hundred.
    pub async fn notifications(&self) -> Vec<Notification> {
        let notifications = &self.world.chat.notifications;
        let page = notifications.page(&self.id, false, None, 100).await;
        let page = page.expect("notifications can be read");
        page.expect("there is no cursor to be unknown").0
    }

    /// The counts of the unread ones, newest first.
    pub async fn waiting(&self) -> Vec<i64> {
        let all = self.notifications().await;
        let unread = all.into_iter().filter(|row| !row.is_read);
        unread.map(|row| row.count).collect()
    }

    pub async fn missed(&self, conversation: &ConversationId, seq: i64) -> Missed {
        let since = Since {
            conversation: conversation.clone(),
            seq,
            rev: None,
        };
        let messages = &self.world.chat.messages;
        let missed = messages.missed(&self.person().await, &[since]).await;
        let mut missed = missed.expect("what was missed can be read");
        assert_eq!(missed.len(), 1, "one entry for each since");
        missed.remove(0)
    }

    /// Opens a socket on this node. Returns whether they were offline before.
    pub async fn come(&self, node: &NodeId) -> bool {
        let users = std::slice::from_ref(&self.id);
        let came = self.world.chat.leases.hold(node, users).await;
        !came.expect("a lease can be held").is_empty()
    }

    /// Closes their last socket on this node. Returns whom that put offline.
    pub async fn go(&self, node: &NodeId) -> Vec<UserStatus> {
        let users = std::slice::from_ref(&self.id);
        let gone = self.world.chat.leases.release(node, users).await;
        gone.expect("a lease can be released")
    }

    /// What their sockets would have been sent.
    pub fn heard(&self) -> Vec<EventKind> {
        self.world.publisher.heard_by(&self.id)
    }
}
