//! People doing something in a conversation, through the use cases.

use super::{Answer, Run, nobody, said};
use crate::differential::{Deed, Place, Setting, Who, cast};
use chat::{
    access::{self, Access},
    audit::{Actor, Operation},
    barrier::{block, close, reopen},
    change_settings::change_settings,
    correct_message::correct_message,
    file_report::{Complaint, report},
    ids::{ConversationId, NotificationId, UserId},
    join_leave,
    mark_read::mark_read,
    own_settings::SettingsChange,
    react::react,
    read_history::read_history,
    report::Reason,
    send_message::{Outgoing, send_message},
    storage::Anchor,
    take_back_message::take_back_message,
    timestamp::{Clock, Timestamp},
    typing::typing,
};

/// Minutes: longer ago than anything here.
const EVER: u32 = 100 * 366 * 24 * 60;

impl Run<'_> {
    pub(super) async fn deed(&mut self, conversation: usize, who: Who, deed: Deed) -> Answer {
        let (world, id) = (self.world, self.conversation(conversation));
        let Some(person) = self.who(who, &id).await? else {
            return Ok(nobody());
        };
        let person = Actor::from(person);
        Ok(match deed {
            Deed::Send {
                text,
                client_message_id,
                reply_to,
            } => {
                let reply_to = reply_to.map(|number| self.message(&id, number));
                let outgoing = Outgoing {
                    content: cast::text(text),
                    attachments: Vec::new(),
                    client_message_id: client_message_id.map(|number| format!("k{number}")),
                    reply_to,
                };
                self.send(&person, &id, outgoing).await
            }
            Deed::Correct { message, text } => {
                let message = self.message(&id, message);
                let (chat, text) = (&world.chat, cast::text(text));
                said(&correct_message(chat, &person, &id, &message, text, EVER).await)
            }
            Deed::TakeBack { message, reason } => {
                let message = self.message(&id, message);
                let reason = reason.then(|| "Not here".to_owned());
                said(&take_back_message(&world.chat, &person, &id, &message, reason, EVER).await)
            }
            Deed::React {
                message,
                sign,
                is_set,
            } => {
                let message = self.message(&id, message);
                let sign = ["👍", "🎉", "é"][sign % 3];
                said(&react(&world.chat, &person, &id, &message, sign, is_set).await)
            }
            Deed::Request => return self.request(&person.person, &id).await,
            Deed::CloseRequest { request } => return self.close_request(request).await,
            Deed::Offer(bid) => return self.bid(&person.person, &id, bid).await,
            Deed::Answer(reply) => return self.reply(&person.person, &id, reply).await,
            Deed::Join => said(&join_leave::join(&world.chat, &person, &id).await),
            Deed::Set(setting) => {
                let change = change(setting);
                said(&change_settings(&world.chat, &person, &id, &change).await)
            }
            Deed::Block(blocks) => said(&block(&world.chat, &person, &id, blocks).await),
            Deed::Close { reason } => {
                let reason = ["Settled", "Sold elsewhere"][reason % 2];
                said(&close(&world.chat, &person, &id, reason).await)
            }
            Deed::Reopen => said(&reopen(&world.chat, &person, &id, None).await),
            Deed::Report { message } => {
                let complaint = Complaint {
                    message: message.map(|number| self.message(&id, number)),
                    reason: Reason::Other,
                    text: cast::text(0),
                };
                said(&report(&world.chat, &person, &id, complaint).await)
            }
            Deed::Leave => said(&join_leave::leave(&world.chat, &person, &id).await),
            Deed::Read { .. } | Deed::History { .. } | Deed::Typing => {
                match access::authorize_view(&world.chat, &person, &id, Operation::Messages).await {
                    Ok(access) => self.inside(&person, access, deed).await,
                    Err(refused) => said(&refused),
                }
            }
        })
    }

    async fn send(&mut self, person: &Actor, id: &ConversationId, outgoing: Outgoing) -> String {
        let sent = send_message(&self.world.chat, person, id, outgoing).await;
        if let Ok(sent) = &sent {
            self.remember_message(&sent.message);
        }
        said(&sent)
    }

    async fn inside(&self, person: &Actor, access: Access, deed: Deed) -> String {
        let chat = &self.world.chat;
        if let Deed::History { place, limit, mark } = deed {
            let anchor = self.anchor(&access.conversation().id, place);
            return said(&read_history(chat, person, &access, &anchor, limit, mark).await);
        }
        let participant = match access.participant() {
            Ok(participant) => participant,
            Err(refused) => return said(&refused),
        };
        if let Deed::Read { up_to } = deed {
            let id = &participant.conversation().id;
            let message = up_to.map(|number| self.message(id, number));
            said(&mark_read(chat, &participant, message.as_ref()).await)
        } else {
            typing(chat, &participant, true);
            said(&participant.place())
        }
    }

    fn anchor(&self, of: &ConversationId, place: Place) -> Anchor {
        match place {
            Place::Newest => Anchor::Newest,
            Place::Before(number) => Anchor::Before(self.message(of, number)),
            Place::After(number) => Anchor::After(self.message(of, number)),
            Place::Around(number) => Anchor::Around(self.message(of, number)),
        }
    }

    pub(super) async fn dismiss(&self, user: &UserId, conversation: Option<usize>) -> Answer {
        let (chat, now) = (&self.world.chat, self.world.clock.now());
        let ids: Option<Vec<NotificationId>> = match conversation {
            None => None,
            Some(number) => {
                let about = self.conversation(number);
                let (rows, _) = self.notifications(user, false, 100).await?;
                let rows = rows.into_iter().filter(|row| row.conversation == about);
                Some(rows.map(|row| row.id).collect())
            }
        };
        let read = chat
            .notifications
            .mark_read(user, ids.as_deref(), now)
            .await?;
        Ok(said(&read))
    }
}

/// 2100 and 2000: on the same side of now in every world.
const MUTED_MICROS: [i64; 2] = [4_102_444_800_000_000, 946_684_800_000_000];

fn change(setting: Setting) -> SettingsChange {
    let mut change = SettingsChange::default();
    match setting {
        Setting::Archived(is) => change.is_archived = Some(is),
        Setting::Pinned(is) => change.is_pinned = Some(is),
        Setting::Muted(is) => {
            let until = Timestamp::from_micros(MUTED_MICROS[usize::from(!is)]);
            change.muted_until = Some(Some(until));
        }
        Setting::Unmuted => change.muted_until = Some(None),
        Setting::MarkedUnread(is) => change.is_marked_unread = Some(is),
    }
    change
}
