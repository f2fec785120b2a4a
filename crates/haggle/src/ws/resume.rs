//! Sends a client what it missed: for each conversation that it names the missing messages in order,
//! then those that changed, then the conversation if it differs, or a reset.

use std::collections::HashSet;

use chat::{
    ids::UserId,
    limits::RESUME_CHUNK,
    person::Person,
    resume::{audit_missed, missed, needs_update},
    storage::{Missed, Since},
};
use tokio::time::Instant;
use wire::{Message as WireMessage, is_possible_id};

use super::{
    authenticate::unavailable,
    client::{Client, in_time},
    framed_socket::{Ending, FramedSocket, Transport},
    read_throttle::RESUME_COST,
    snapshot_filter::SnapshotFilter,
};
use crate::hub::frame::Frame;

impl Client {
    pub async fn resume<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        person: &Person,
        since: Vec<Since>,
    ) -> Result<(), Ending> {
        for piece in since.chunks(RESUME_CHUNK) {
            self.read_throttle.spend(RESUME_COST, Instant::now());
            self.resume_piece(socket, person, piece).await?;
        }
        Ok(())
    }

    async fn resume_piece<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        person: &Person,
        piece: &[Since],
    ) -> Result<(), Ending> {
        let (possible, impossible): (Vec<_>, Vec<_>) = piece
            .iter()
            .cloned()
            .partition(|since| is_possible_id(since.conversation.as_str()));
        for since in impossible {
            let reset = Frame::reset(Some(since.conversation));
            self.written(socket.feed(reset.text())).await?;
        }
        let missed = self.query_missed(person, &possible).await?;
        self.audit_reads(person, &possible, &missed).await?;
        let online = self.online(&missed, &person.id).await;
        for (since, missed) in possible.iter().zip(missed) {
            self.send_missed(socket, since, missed, &person.id, &online)
                .await?;
        }
        self.written(socket.flush()).await
    }

    async fn query_missed(&self, person: &Person, since: &[Since]) -> Result<Vec<Missed>, Ending> {
        let missed = missed(&self.app.chat, person, since);
        let missed = in_time(self.app.admission.resumes.admit(missed)).await;
        missed.map_err(|error| unavailable(&error))
    }

    /// A participant who is sent messages of a conversation has opened it. An administrator who is not in
    /// it has viewed it.
    async fn audit_reads(
        &self,
        person: &Person,
        since: &[Since],
        missed: &[Missed],
    ) -> Result<(), Ending> {
        let actor = self.actor(person.clone());
        let audited = audit_missed(&self.app.chat, &actor, since, missed);
        in_time(audited).await.map_err(|error| unavailable(&error))
    }

    async fn send_missed<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        since: &Since,
        missed: Missed,
        reader: &UserId,
        online: &HashSet<UserId>,
    ) -> Result<(), Ending> {
        let (conversation, messages, updated) = match missed {
            Missed::Reset(conversation) => {
                let reset = Frame::reset(Some(conversation));
                return self.written(socket.feed(reset.text())).await;
            }
            Missed::Caught {
                conversation,
                messages,
                updated,
            } => (conversation, messages, updated),
        };
        // What the client knew already. Only the conversation, which comes last, has the `rev` up to which all is told: a
        // client that is cut before it, and had counted on, would not be told the rest again.
        let rev = since.rev.unwrap_or(0).min(conversation.rev);
        let messages = messages.into_iter().map(|message| (message, true));
        let updated = updated.into_iter().map(|message| (message, false));
        for (message, is_new) in messages.chain(updated) {
            let message = WireMessage::new(message, &*self.app.attachments.links);
            let frame = if is_new {
                Frame::message(rev, message)
            } else {
                Frame::message_updated(rev, message)
            };
            self.written(socket.feed(frame.text())).await?;
        }
        if needs_update(since, conversation.rev) {
            let shows_offers = self.app.settings.offers;
            let frame = Frame::conversation(&conversation, reader, online, shows_offers);
            self.written(socket.feed(frame.text())).await?;
        }
        let now = Instant::now();
        let filter = self
            .snapshot_filter
            .get_or_insert_with(|| SnapshotFilter::new(now).into());
        filter.told(conversation.id, conversation.rev, now);
        Ok(())
    }

    async fn online(&self, missed: &[Missed], reader: &UserId) -> HashSet<UserId> {
        let mut seated = HashSet::new();
        for missed in missed {
            if let Missed::Caught { conversation, .. } = missed {
                seated.extend(conversation.audience());
            }
        }
        if seated.is_empty() {
            return seated;
        }
        let seated: Vec<_> = seated.into_iter().collect();
        let (presence, hub, caches) = (&self.app.presence, &self.app.hub, &self.app.caches);
        presence.who_is_online(hub, caches, &seated, [reader]).await
    }
}
