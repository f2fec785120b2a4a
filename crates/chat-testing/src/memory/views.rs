//! Rows as the world sees them, with names and everything derived.

use super::{
    rows::{ConversationRow, MessageRow, Place},
    state::State,
};
use chat::{
    conversation::{Conversation, Habits, Seat},
    ids::{ConversationId, MessageId, ProductId, UserId},
    message::{FORMER_ADMINISTRATOR, Message, MessageKind, Reaction, ReplyTo, SYSTEM},
    offer::Glance,
    own_settings::OwnSettings,
    person::{Person, Product},
};

impl State {
    pub fn view(&self, conversation: &ConversationId) -> Option<Conversation> {
        let row = self.conversations.get(conversation)?;
        Some(self.conversation(row))
    }

    pub fn conversation(&self, row: &ConversationRow) -> Conversation {
        let newest = row.messages.last();
        Conversation {
            id: row.id.clone(),
            kind: row.kind,
            buyer: self.seat(&row.buyer),
            supplier: row.supplier.as_ref().map(|place| self.seat(place)),
            admin: row.admin.as_ref().map(|place| self.seat(place)),
            product: row.product.as_ref().and_then(|id| self.product(id)),
            last_message: newest.map(|message| message.preview.clone()),
            subject: None,
            last_message_at: newest.map(|message| message.created_at),
            last_seq: row.last_seq(),
            rev: row.rev,
            offer: self.offers_in(&row.id).pop().map(|offer| Glance {
                id: offer.id,
                state: offer.state,
                role: offer.role,
            }),
            messages_rev: row.messages_rev,
            created_at: row.created_at,
            blocked_by: row.blocked_by.clone(),
            closed: row.closed.clone(),
        }
    }

    fn seat(&self, place: &Place) -> Seat {
        Seat {
            user: place.user.clone(),
            name: self.name(&place.user),
            company: self.company(&place.user),
            last_read_seq: place.last_read_seq,
            settings: OwnSettings {
                muted_until: place.settings.muted_until.filter(|until| *until > self.now),
                ..place.settings.clone()
            },
            habits: self.habits(&place.user),
        }
    }

    fn habits(&self, user: &UserId) -> Habits {
        let company = self.suppliers.values().find(|row| row.user_id == *user);
        Habits::new(
            self.users.get(user).and_then(|user| user.time_zone.clone()),
            company.and_then(|company| company.working_hours.clone()),
            self.answer_times.get(user).copied(),
        )
    }

    /// The messages of these `seq`, in order.
    pub fn messages(&self, row: &ConversationRow, from: i64, to: i64) -> Vec<Message> {
        (1..)
            .zip(&row.messages)
            .filter(|(seq, _)| (from..=to).contains(seq))
            .map(|(seq, message)| self.message(row, seq, message))
            .collect()
    }

    pub fn message(&self, row: &ConversationRow, seq: i64, message: &MessageRow) -> Message {
        Message {
            id: message.id.clone(),
            conversation: row.id.clone(),
            seq,
            sender: message.sender.clone(),
            sender_name: match &message.sender {
                Some(sender) => self.name(sender),
                None if message.kind == MessageKind::System => SYSTEM.to_owned(),
                None => FORMER_ADMINISTRATOR.to_owned(),
            },
            sender_type: message.place,
            receiver: message.receiver.clone(),
            text: message.text.clone(),
            files: if message.is_deleted() {
                Vec::new()
            } else {
                self.files(&message.files)
            },
            client_message_id: message.client_message_id.clone(),
            is_read: is_read(row, seq, message),
            created_at: message.created_at,
            kind: message.kind,
            system: message.system.clone(),
            edited_at: message.edited_at,
            deleted_at: message.deleted_at,
            deleted_by: message.deleted_by.clone(),
            reply_to: message.reply_to.as_ref().and_then(|id| self.reply(row, id)),
            reactions: reactions(message),
            changed_rev: message.changed_rev,
            offer: self
                .offer_of(&message.id)
                .filter(|_| !message.is_deleted())
                .map(Box::new),
            request: self
                .request_of(&message.id)
                .filter(|_| !message.is_deleted())
                .map(Box::new),
        }
    }

    pub fn reply(&self, row: &ConversationRow, id: &MessageId) -> Option<ReplyTo> {
        let seq = row.seq_of(id)?;
        let answered = row.messages.iter().find(|message| message.id == *id)?;
        Some(ReplyTo {
            id: id.clone(),
            seq,
            sender_name: match &answered.sender {
                Some(sender) => self.name(sender),
                None if answered.kind == MessageKind::System => SYSTEM.to_owned(),
                None => FORMER_ADMINISTRATOR.to_owned(),
            },
            preview: answered.preview.clone(),
            is_deleted: answered.is_deleted(),
        })
    }

    pub fn person(&self, id: &UserId) -> Option<Person> {
        let user = self.users.get(id)?;
        Some(Person {
            id: user.id.clone(),
            name: self.name(id),
            role: user.role,
            is_active: user.is_active,
        })
    }

    /// The company's name where there is one, else the user's.
    fn name(&self, user: &UserId) -> String {
        let company = self.suppliers.values().find(|row| row.user_id == *user);
        let company = company.map(|supplier| supplier.name.clone());
        let own = || self.users.get(user).map(|user| user.name.clone());
        company.or_else(own).unwrap_or_default()
    }

    /// The user's own company, where they are called by something else.
    fn company(&self, user: &UserId) -> Option<String> {
        let is_supplier = self.suppliers.values().any(|row| row.user_id == *user);
        let user = self.users.get(user).filter(|_| !is_supplier)?;
        let company = user.company.clone();
        company.filter(|company| !company.trim().is_empty() && *company != user.name)
    }

    pub fn product(&self, id: &ProductId) -> Option<Product> {
        let product = self.products.get(id)?;
        Some(Product {
            id: product.id.clone(),
            name: product.name.clone(),
            image: product.image.clone(),
        })
    }
}

/// Everybody in another place than the sender's has read it, and there is at least one.
fn is_read(row: &ConversationRow, seq: i64, message: &MessageRow) -> bool {
    let others: Vec<&Place> = row
        .places()
        .filter(|(role, _)| *role != message.place)
        .map(|(_, place)| place)
        .collect();
    !others.is_empty() && others.iter().all(|place| place.last_read_seq >= seq)
}

fn reactions(message: &MessageRow) -> Vec<Reaction> {
    let mut all: Vec<Reaction> = Vec::new();
    for (emoji, user) in &message.reactions {
        match all.iter_mut().find(|one| one.emoji == *emoji) {
            Some(reaction) => reaction.users.push(user.clone()),
            None => all.push(Reaction {
                emoji: emoji.clone(),
                users: vec![user.clone()],
            }),
        }
    }
    all
}
