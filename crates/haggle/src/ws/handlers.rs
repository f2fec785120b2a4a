//! What each frame of an authenticated client does.

use chat::{
    access::authorize_member,
    audit::Operation,
    error::{ChatError, Missing},
    ids::ConversationId,
    mark_read::mark_read,
    participant::Participant,
    person::Person,
};
use tokio::time::Instant;
use wire::{
    BadFrame, ClientFrame, Close, MarkReadFrame, NOT_AN_ID, Seen, ServerFrame, TypingFrame,
    is_possible_id,
};

use super::{
    authenticate::unavailable,
    client::{Client, Failed, in_time},
    framed_socket::{Ending, FramedSocket, Incoming, Transport},
};
use crate::hub::send_queue::MOST_FRAMES;

impl Client {
    pub async fn handle<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        frame: Incoming,
    ) -> Result<(), Ending> {
        self.read_throttle.spend(1, Instant::now());
        let request = match frame {
            Incoming::Control => return Ok(()),
            Incoming::Binary => Err(BadFrame::new("Frames are text")),
            Incoming::Text(text) => ClientFrame::parse(&text),
        };
        match request {
            Err(bad) => self.bad_frame(socket, bad).await,
            Ok(request) => {
                let done = self.run(socket, request).await;
                self.settle(socket, done).await
            }
        }
    }

    async fn run<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        request: ClientFrame,
    ) -> Result<(), Failed> {
        match request {
            ClientFrame::Authenticate(asked) => Ok(self.authenticate_again(socket, asked).await?),
            ClientFrame::Resume(asked) => {
                let person = self.person().await.map_err(unanswered)?;
                self.resume(socket, &person, Seen::since(asked.since))
                    .await?;
                Ok(self.send(socket, &ServerFrame::Ready {}).await?)
            }
            ClientFrame::Typing(asked) => self.typing(asked).await,
            ClientFrame::Read(asked) => self.read(asked).await,
            ClientFrame::Ping(_) => {
                // A pong says that everything before it has been sent.
                self.written(self.write_waiting(socket, None, MOST_FRAMES))
                    .await?;
                Ok(self.send(socket, &ServerFrame::Pong {}).await?)
            }
        }
    }

    async fn typing(&self, asked: TypingFrame) -> Result<(), Failed> {
        let is_typing = asked.is_typing.unwrap_or(true);
        let (hub, conversation) = (&self.app.hub, asked.conversation_id);
        if let (true, Some(session)) = (is_typing, &self.session)
            && hub.typing.goes_on(&session.user, &conversation)
        {
            return Ok(());
        }
        let writer = self.participant(&conversation, Operation::Typing).await?;
        if is_typing {
            writer.may_write()?;
        }
        hub.typing.say(&self.app.chat, writer, is_typing);
        Ok(())
    }

    async fn read(&self, asked: MarkReadFrame) -> Result<(), Failed> {
        let conversation = &asked.conversation_id;
        if let Some(message) = &asked.up_to
            && !is_possible_id(message.as_str())
        {
            return Err(ChatError::field("upTo", NOT_AN_ID).into());
        }
        let reader = self
            .participant(conversation, Operation::MarkingRead)
            .await?;
        in_time(mark_read(&self.app.chat, &reader, asked.up_to.as_ref())).await?;
        Ok(())
    }

    async fn participant(
        &self,
        conversation: &ConversationId,
        operation: Operation,
    ) -> Result<Participant, Failed> {
        if !is_possible_id(conversation.as_str()) {
            return Err(ChatError::NotFound(Missing::Conversation).into());
        }
        let actor = self.actor(self.person().await?);
        let place = authorize_member(&self.app.chat, &actor, conversation, operation);
        Ok(in_time(place).await?)
    }

    /// The client's person, as the directory has it now.
    async fn person(&self) -> Result<Person, Failed> {
        let stranger = Ending::Close(Close::NotAuthenticated);
        let session = self.session.as_ref().ok_or(stranger)?;
        let person = in_time(self.app.caches.person(&session.user)).await?;
        let person = person.filter(|person| person.is_active);
        Ok(person.ok_or(stranger)?)
    }
}

/// A resume is answered by its `ready`, or the socket ends: an error would not say that nothing
/// follows.
fn unanswered(failed: Failed) -> Ending {
    match failed {
        Failed::Ended(ending) => ending,
        Failed::Refused(ChatError::Storage(error)) => unavailable(&error),
        Failed::Refused(_) => Ending::Close(Close::GoingAway),
    }
}
