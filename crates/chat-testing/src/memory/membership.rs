//! Taking and emptying the administrator's place.

use async_trait::async_trait;
use serde_json::json;

use super::{MemoryWriter, rows::Place, state::State};

use chat::{
    audit::{Act, Action, Source},
    conversation::Conversation,
    ids::{AuditId, ConversationId, UserId},
    own_settings::OwnSettings,
    person::Role,
    storage::{Join, Leave, Membership, NewConversation, Opened, Result},
    webhook::{Happened, Left},
};

#[async_trait]
impl Membership for MemoryWriter {
    async fn find(&self, purpose: &NewConversation) -> Result<Option<Conversation>> {
        Ok(self.state().find(purpose))
    }

    async fn open(&self, new: NewConversation, act: Act) -> Result<Opened> {
        Ok(self.change(|state| state.open(new, act)))
    }

    async fn join(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Option<Act>,
    ) -> Result<Join> {
        Ok(self.change(|state| state.join(conversation, admin, act)))
    }

    async fn leave(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Option<Act>,
    ) -> Result<Leave> {
        Ok(self.change(|state| state.leave(conversation, admin, act)))
    }

    async fn vacate_demoted(&self) -> Result<u64> {
        Ok(self.change(State::vacate_demoted))
    }
}

impl State {
    pub fn join(&mut self, id: &ConversationId, admin: &UserId, act: Option<Act>) -> Join {
        let Some(row) = self.conversations.get_mut(id) else {
            return Join::NoConversation;
        };
        if row.place_of(admin).is_some() {
            let conversation = self.conversation(&self.conversations[id]);
            return Join::AlreadyIn(Box::new(conversation));
        }
        if row.admin.is_some() {
            return Join::Taken;
        }
        row.admin = Some(Place {
            user: admin.clone(),
            last_read_seq: row.last_seq(),
            settings: OwnSettings::default(),
        });
        let detail = json!({"lastSeq": row.last_seq()});
        self.audit
            .extend(act.map(|act| act.entry(Action::Joined, id, detail)));
        let conversation = self.publish_update(id, None);
        self.announce(&Happened::joined(&conversation, admin));
        Join::Joined(Box::new(conversation))
    }

    pub fn leave(&mut self, id: &ConversationId, admin: &UserId, act: Option<Act>) -> Leave {
        let Some(row) = self.conversations.get(id) else {
            return Leave::NoConversation;
        };
        if row.admin.as_ref().is_none_or(|place| place.user != *admin) {
            return Leave::NotIn;
        }
        let detail = json!({"lastSeq": row.last_seq()});
        self.audit
            .extend(act.map(|act| act.entry(Action::Left, id, detail)));
        // Whoever left hears it too: their own lists and counters changed.
        let conversation = self.empty_admin_place(id, Some(admin));
        self.announce_left(id, admin, None);
        Leave::Left(Box::new(conversation))
    }

    pub fn vacate_demoted(&mut self) -> u64 {
        let demoted = self.conversations_where(|row| {
            row.admin.as_ref().is_some_and(|place| {
                let user = self.users.get(&place.user);
                user.is_none_or(|user| user.role != Role::Admin)
            })
        });
        let mut count = 0;
        for id in demoted {
            let admin = self.conversations[&id]
                .admin
                .as_ref()
                .map(|place| place.user.clone());
            self.audit_departure(&id, "demoted");
            self.empty_admin_place(&id, None);
            if let Some(admin) = admin {
                self.announce_left(&id, &admin, Some(Left::Demoted));
            }
            count += 1;
        }
        count
    }

    /// The administrator leaves without having asked for it.
    pub fn audit_departure(&mut self, id: &ConversationId, because: &str) {
        self.ids += 1;
        let row = &self.conversations[id];
        let place = row.admin.as_ref();
        let act = Act {
            id: AuditId::new(format!("01900000-0000-7000-a000-{:012x}", self.ids)),
            at: self.now,
            actor: place.map(|place| place.user.clone()),
            source: Source::default(),
        };
        let detail = json!({"because": because, "lastSeq": row.last_seq()});
        self.audit.push(act.entry(Action::Left, id, detail));
    }

    /// Empties the place; what waited for its holder is read.
    pub fn empty_admin_place(
        &mut self,
        id: &ConversationId,
        beside: Option<&UserId>,
    ) -> Conversation {
        let row = self.conversations.get_mut(id);
        if let Some(place) = row.and_then(|row| row.admin.take()) {
            self.read_notification(&place.user, id, self.now);
        }
        self.publish_update(id, beside)
    }
}
