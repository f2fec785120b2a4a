//! Blocking, closing and opening again.

use async_trait::async_trait;
use serde_json::{Value, json};

use super::{MemoryWriter, rows::ConversationRow, state::State};
use chat::{
    audit::{Act, Action},
    conversation::{Closed, Conversation},
    ids::{ConversationId, UserId},
    message::SystemDraft,
    participant::Participant,
    person::Role,
    storage::{Barriers, Result},
};

#[async_trait]
impl Barriers for MemoryWriter {
    async fn block(
        &self,
        place: &Participant,
        blocks: bool,
        act: Act,
    ) -> Result<Option<Conversation>> {
        Ok(self.change(|state| state.block(place, blocks, act)))
    }

    async fn close(
        &self,
        told: SystemDraft,
        reason: &str,
        act: Act,
    ) -> Result<Option<Conversation>> {
        Ok(self.change(|state| state.close(told, reason, act)))
    }

    async fn reopen(&self, told: SystemDraft, act: Act) -> Result<Option<Conversation>> {
        Ok(self.change(|state| state.reopen(told, act)))
    }

    async fn blocking(&self, blocker: &UserId, other: &UserId) -> Result<Option<ConversationId>> {
        Ok(self.state().blocking(blocker, other))
    }
}

impl State {
    fn block(&mut self, by: &Participant, blocks: bool, act: Act) -> Option<Conversation> {
        let id = &by.conversation().id;
        let row = self.conversations.get_mut(id)?;
        row.place(by.place())
            .filter(|place| place.user == *by.user())?;
        if row.blocked_by.contains(&by.place()) == blocks {
            return self.view(id);
        }
        row.blocked_by.retain(|place| *place != by.place());
        row.blocked_by.extend(blocks.then_some(by.place()));
        row.blocked_by.sort();
        let action = if blocks {
            Action::Blocked
        } else {
            Action::Unblocked
        };
        Some(self.barred(id, act, action, json!({})))
    }

    fn close(&mut self, told: SystemDraft, reason: &str, act: Act) -> Option<Conversation> {
        let id = told.conversation.clone();
        let closed = self.conversations.get(&id)?.closed.clone();
        if closed.as_ref().is_some_and(|was| was.reason == reason) {
            return self.view(&id);
        }
        self.append_system(told);
        let row = self.conversations.get_mut(&id)?;
        row.closed = Some(Closed {
            at: closed.map_or(act.at, |was| was.at),
            reason: reason.to_owned(),
        });
        let detail = json!({"reason": reason});
        Some(self.barred(&id, act, Action::Closed, detail))
    }

    fn reopen(&mut self, told: SystemDraft, act: Act) -> Option<Conversation> {
        let id = told.conversation.clone();
        if self.conversations.get(&id)?.closed.is_none() {
            return self.view(&id);
        }
        let reason = told.note.reason.clone();
        self.append_system(told);
        self.conversations.get_mut(&id)?.closed = None;
        let detail = reason.map_or_else(|| json!({}), |reason| json!({"reason": reason}));
        Some(self.barred(&id, act, Action::Reopened, detail))
    }

    fn barred(
        &mut self,
        id: &ConversationId,
        act: Act,
        action: Action,
        detail: Value,
    ) -> Conversation {
        self.audit.push(act.entry(action, id, detail));
        self.publish_update(id, None)
    }

    fn blocking(&self, blocker: &UserId, other: &UserId) -> Option<ConversationId> {
        let sits = |row: &ConversationRow, place: Role, user: &UserId| {
            row.place(place).is_some_and(|seat| seat.user == *user)
        };
        let mut blocking = self.conversations_where(|row| {
            let sides = [(Role::Buyer, Role::Supplier), (Role::Supplier, Role::Buyer)];
            sides.into_iter().any(|(by, beside)| {
                row.blocked_by.contains(&by) && sits(row, by, blocker) && sits(row, beside, other)
            })
        });
        blocking.drain(..).next()
    }
}
