//! Finding and opening conversations.

use super::{
    rows::{ConversationRow, Place, Purpose},
    state::State,
};
use serde_json::json;

use chat::{
    audit::{Act, Action},
    conversation::Conversation,
    ids::UserId,
    person::Role,
    storage::{NewConversation, Opened},
    webhook::Happened,
};

impl State {
    pub fn find(&self, new: &NewConversation) -> Option<Conversation> {
        let purpose = Purpose::of(new);
        let mut rows = self.conversations.values();
        let row = rows.find(|row| row.purpose == purpose)?;
        Some(self.conversation(row))
    }

    pub fn open(&mut self, new: NewConversation, act: Act) -> Opened {
        if let Some(conversation) = self.find(&new) {
            return Opened {
                conversation,
                created: false,
            };
        }
        let assigned = || self.least_busy_admin().filter(|_| new.assign_admin);
        let admin = new.admin.clone().or_else(assigned);
        let row = ConversationRow {
            id: new.id.clone(),
            kind: new.kind,
            purpose: Purpose::of(&new),
            buyer: Place::unread(new.buyer),
            supplier: new.supplier.map(Place::unread),
            admin: admin.map(Place::unread),
            product: new.product,
            messages: Vec::new(),
            rev: 0,
            messages_rev: 0,
            created_at: new.now,
            blocked_by: Vec::new(),
            closed: None,
        };
        let seated = row.admin.as_ref().map(|place| place.user.as_str());
        let detail = json!({"type": new.kind.as_str(), "admin": seated});
        self.audit.push(act.entry(Action::Created, &new.id, detail));
        self.conversations.insert(new.id.clone(), row);
        let conversation = self.publish_update(&new.id, None);
        self.announce(&Happened::ConversationCreated {
            conversation: Box::new(conversation.clone()),
        });
        Opened {
            conversation,
            created: true,
        }
    }

    /// The active administrator with a live lease who sits in the fewest
    /// conversations, by id among equals.
    fn least_busy_admin(&self) -> Option<UserId> {
        self.users
            .values()
            .filter(|user| user.role == Role::Admin && user.is_active && self.is_online(&user.id))
            .min_by_key(|user| (self.sits_in_as_admin(&user.id), user.id.clone()))
            .map(|user| user.id.clone())
    }

    fn sits_in_as_admin(&self, user: &UserId) -> usize {
        self.conversations_where(|row| row.admin.as_ref().is_some_and(|place| place.user == *user))
            .len()
    }
}
