//! Appending a message.

use super::{
    rows::{ConversationRow, MessageRow},
    state::State,
};
use serde_json::json;

use chat::{
    audit::{Act, Action},
    event::{Event, EventKind},
    ids::{AuditId, ConversationId, UserId},
    message::{Draft, Message, MessageKind},
    person::Role,
    storage::Append,
};

impl State {
    pub fn append(&mut self, draft: Draft) -> Append {
        let Some(row) = self.conversations.get(&draft.conversation) else {
            return Append::NoConversation;
        };
        // Whoever may not send at all is told so by who asks.
        let is_here = |id| row.seq_of(id).is_some();
        if !draft.reply_to.as_ref().is_none_or(is_here) {
            return Append::NoSuchReply;
        }
        let place = place_of_sender(row, &draft);
        if place.is_none() && draft.sender_role != Role::Admin {
            return Append::NotParticipant;
        }
        if let Some(id) = &draft.client_message_id
            && let Some(first) = self.sent(&draft.sender, &draft.conversation, id)
        {
            return Append::Known(Box::new(first));
        }
        let barrier = self
            .conversation(row)
            .barrier(place.unwrap_or(draft.sender_role));
        if let Some(barrier) = barrier {
            return Append::Barred(barrier);
        }
        let infected = self.infected(&draft.files);
        match place {
            Some(_) if !self.are_unsent(&draft.sender, &draft.files) => Append::FilesGone,
            Some(_) if let Some(name) = infected => Append::Infected(name),
            Some(place) => Append::Created(Box::new(self.insert(place, draft))),
            None => Append::NotParticipant,
        }
    }

    pub fn sent(
        &self,
        sender: &UserId,
        conversation: &ConversationId,
        client_message_id: &str,
    ) -> Option<Message> {
        let row = self.conversations.get(conversation)?;
        (1..)
            .zip(&row.messages)
            .filter(|(_, message)| message.sender.as_ref() == Some(sender))
            .find(|(_, message)| message.client_message_id.as_deref() == Some(client_message_id))
            .map(|(seq, message)| self.message(row, seq, message))
    }

    fn insert(&mut self, place: Role, draft: Draft) -> Message {
        let id = draft.conversation.clone();
        let (sender, now) = (draft.sender.clone(), draft.now);
        self.mark_sent(&draft.files, &id);
        let act = Act {
            id: AuditId::new(draft.id.as_str()),
            at: now.max(self.conversations[&id].active_at()),
            actor: Some(sender.clone()),
            source: draft.source.clone(),
        };
        self.audit.push(act.entry(Action::Sent, &id, json!({})));
        let others = others(&self.conversations[&id], place);
        if let Some(row) = self.conversations.get_mut(&id) {
            row.messages.push(message_row(row, place, draft));
            let last_seq = row.last_seq();
            if let Some(own) = row.place_mut(place) {
                own.last_read_seq = last_seq;
            }
            row.rev += 1;
        }
        self.read_notification(&sender, &id, now);
        let seq = self.conversations[&id].last_seq();
        for other in others {
            if !self.is_online(&other) {
                self.raise_notification(&other, &id, seq, now);
            }
        }
        self.publish_newest(&id)
    }

    pub fn publish_newest(&mut self, id: &ConversationId) -> Message {
        let row = &self.conversations[id];
        let seq = row.last_seq();
        let message = self.message(row, seq, &row.messages[row.messages.len() - 1]);
        let kind = EventKind::Message {
            rev: row.rev,
            message: message.clone(),
        };
        let audience = row.places().map(|(_, place)| place.user.clone()).collect();
        self.events.push(Event { audience, kind });
        message
    }
}

/// The administrator's place counts only for somebody who still is one.
fn place_of_sender(row: &ConversationRow, draft: &Draft) -> Option<Role> {
    let place = row.place_of(&draft.sender)?;
    let holds = place != Role::Admin || draft.sender_role == Role::Admin;
    holds.then_some(place)
}

/// Who sits in the other places.
fn others(row: &ConversationRow, place: Role) -> Vec<UserId> {
    row.places()
        .filter(|(role, _)| *role != place)
        .map(|(_, place)| place.user.clone())
        .collect()
}

/// The main recipient: of a buyer the supplier, else the administrator; of anybody else the buyer.
pub(super) fn receiver(row: &ConversationRow, place: Role) -> Option<UserId> {
    let main = match place {
        Role::Buyer => row.supplier.as_ref().or(row.admin.as_ref())?,
        Role::Supplier | Role::Admin => &row.buyer,
    };
    Some(main.user.clone())
}

fn message_row(row: &ConversationRow, place: Role, draft: Draft) -> MessageRow {
    MessageRow {
        id: draft.id,
        sender: Some(draft.sender),
        place,
        receiver: receiver(row, place),
        text: draft.text,
        preview: draft.preview,
        files: draft.files.into_iter().map(|file| file.id).collect(),
        client_message_id: draft.client_message_id,
        created_at: draft.now.max(row.active_at()),
        kind: MessageKind::Text,
        system: None,
        reply_to: draft.reply_to,
        versions: Vec::new(),
        edited_at: None,
        deleted_at: None,
        deleted_by: None,
        reactions: Vec::new(),
        changed_rev: None,
    }
}
