//! Correcting, taking back, reacting, and what happened.

use std::collections::BTreeSet;

use async_trait::async_trait;
use serde_json::{Value, json};

use super::{
    MemoryWriter,
    append::receiver,
    rows::{ConversationRow, MessageRow},
    state::State,
};
use chat::{
    audit::{Act, Action},
    event::{Event, EventKind},
    ids::{AuditId, ConversationId, MessageId, UserId},
    limits::REACTIONS,
    message::{Message, MessageKind, SystemDraft, SystemEvent, Version},
    offer::State as Standing,
    person::Role,
    storage::{Change, Correction, MessageChanges, Reacting, Result, Retraction, Target},
    timestamp::Timestamp,
};

#[async_trait]
impl MessageChanges for MemoryWriter {
    async fn message(
        &self,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Result<Option<Message>> {
        Ok(self.state().one_message(conversation, message))
    }

    async fn correct(&self, correction: Correction) -> Result<Change> {
        Ok(self.change(|state| state.correct(correction)))
    }

    async fn take_back(&self, target: Target, retraction: Retraction) -> Result<Change> {
        Ok(self.change(|state| state.take_back(&target, retraction)))
    }

    async fn react(&self, reacting: Reacting) -> Result<Change> {
        Ok(self.change(|state| state.react(reacting)))
    }

    async fn versions(
        &self,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Result<Option<Vec<Version>>> {
        Ok(self.state().versions(conversation, message))
    }

    async fn append_system(&self, draft: SystemDraft) -> Result<Option<Message>> {
        Ok(self.change(|state| state.append_system(draft)))
    }
}

impl State {
    fn one_message(&self, id: &ConversationId, message: &MessageId) -> Option<Message> {
        let row = self.conversations.get(id)?;
        let seq = row.seq_of(message)?;
        self.messages(row, seq, seq).pop()
    }

    fn correct(&mut self, correction: Correction) -> Change {
        let Correction {
            target,
            text,
            preview,
            window_minutes,
        } = correction;
        let (row, message) = match self.own(&target) {
            Ok(found) => found,
            Err(change) => return change,
        };
        if message.kind != MessageKind::Text {
            return Change::NotText;
        }
        let is_later = |row: &&MessageRow| row.created_at >= message.created_at;
        let is_accepted = |row: &MessageRow| {
            let note = row.system.as_ref();
            note.is_some_and(|note| note.event == SystemEvent::OfferAccepted)
        };
        let behind = row
            .messages
            .iter()
            .rev()
            .take_while(|one| one.id != message.id);
        if behind.filter(is_later).any(is_accepted)
            || self.is_over(message.created_at, window_minutes)
        {
            return Change::WindowOver;
        }
        if message.text == text {
            return self.same(&target);
        }
        let at = target.act.at;
        self.changed_message(&target, Action::Edited, json!({}), |message| {
            message.keep_version();
            message.text = text;
            message.preview = preview;
            message.edited_at = Some(at);
        })
    }

    fn take_back(&mut self, target: &Target, retraction: Retraction) -> Change {
        let actor = target.act.actor.clone();
        let mut detail = json!({});
        let mut open = None;
        match retraction {
            Retraction::Own { window_minutes } => {
                let message = match self.own(target) {
                    Ok((_, message)) => message,
                    Err(Change::Deleted(message)) if message.deleted_by == actor => {
                        return Change::Same(message);
                    }
                    Err(change) => return change,
                };
                if message.kind != MessageKind::Text {
                    return Change::NotText;
                }
                if self.is_over(message.created_at, window_minutes) {
                    return Change::WindowOver;
                }
            }
            Retraction::Moderation {
                reason,
                name,
                told_by,
            } => {
                let Some(message) = self.one_message(&target.conversation, &target.message) else {
                    return Change::NoMessage;
                };
                if message.kind == MessageKind::System {
                    return Change::NotText;
                }
                if message.deleted_at.is_some() {
                    let is_again = message.deleted_by == actor;
                    let message = Box::new(message);
                    return if is_again {
                        Change::Same(message)
                    } else {
                        Change::Deleted(message)
                    };
                }
                if let Some(reason) = reason {
                    detail["reason"] = Value::from(reason);
                }
                open = self
                    .open_offer(&target.conversation)
                    .filter(|offer| offer.message == target.message)
                    .map(|offer| (offer, name, told_by));
            }
        }
        let at = target.act.at;
        let withdrawn = open.map(|(offer, name, told_by)| {
            let by = actor.as_ref();
            let ended = self.end_offer(
                &offer,
                Standing::Withdrawn,
                by,
                told_by.clone(),
                &target.act,
            );
            (ended, name, told_by)
        });
        let by = actor.clone();
        let changed = self.changed_message(target, Action::Deleted, detail, |message| {
            message.keep_version();
            message.text = String::new();
            message.preview = String::new();
            message.reactions = Vec::new();
            message.deleted_at = Some(at);
            message.deleted_by = actor;
        });
        if let Some((ended, name, told_by)) = withdrawn {
            let act = Act {
                id: AuditId::new(told_by.as_str()),
                ..target.act.clone()
            };
            let by = by.map(|by| (by, Role::Admin));
            self.tell_of(&ended, by, &name, None, told_by, at);
            self.audit_offer(&ended, act);
        }
        changed
    }

    fn react(&mut self, reacting: Reacting) -> Change {
        let Reacting {
            target,
            emoji,
            is_set,
        } = reacting;
        let message = match self.in_place(&target) {
            Ok((_, message)) => message,
            Err(change) => return change,
        };
        let Some(user) = target.act.actor.clone() else {
            return Change::NotParticipant;
        };
        let given = (emoji.clone(), user);
        if message.reactions.contains(&given) == is_set {
            return self.same(&target);
        }
        let different: BTreeSet<&String> = message.reactions.iter().map(|(one, _)| one).collect();
        if is_set && !different.contains(&emoji) && different.len() >= REACTIONS {
            return Change::TooMany;
        }
        let detail = json!({"emoji": emoji, "isSet": is_set});
        self.changed_message(&target, Action::Reacted, detail, |message| {
            if is_set {
                message.reactions.push(given);
            } else {
                message.reactions.retain(|one| *one != given);
            }
        })
    }

    fn versions(&self, id: &ConversationId, message: &MessageId) -> Option<Vec<Version>> {
        let row = self.conversations.get(id)?;
        let message = row.messages.iter().find(|one| one.id == *message)?;
        let mut versions = message.versions.clone();
        if !message.is_deleted() {
            versions.push(message.as_version());
        }
        Some(versions)
    }

    pub fn append_system(&mut self, draft: SystemDraft) -> Option<Message> {
        let id = draft.conversation;
        let row = self.conversations.get_mut(&id)?;
        let place = draft.actor.as_ref().and_then(|actor| row.place_of(actor));
        let sender_place = place.unwrap_or(draft.actor_role);
        let last_seq = row.last_seq();
        let created_at = draft.now.max(row.active_at());
        let receiver = receiver(row, sender_place);
        row.messages.push(MessageRow {
            id: draft.id,
            sender: draft.actor,
            place: sender_place,
            receiver,
            preview: chat::content::preview(&draft.text),
            text: draft.text,
            files: Vec::new(),
            client_message_id: None,
            created_at,
            kind: MessageKind::System,
            system: Some(draft.note),
            reply_to: None,
            versions: Vec::new(),
            edited_at: None,
            deleted_at: None,
            deleted_by: None,
            reactions: Vec::new(),
            changed_rev: None,
        });
        row.rev += 1;
        let own = place.and_then(|place| row.place_mut(place));
        if let Some(own) = own
            && own.last_read_seq == last_seq
        {
            own.last_read_seq = last_seq + 1;
        }
        let row = &self.conversations[&id];
        let waiting = row.places().filter(|(role, _)| Some(*role) != place);
        let waiting: Vec<UserId> = waiting.map(|(_, place)| place.user.clone()).collect();
        for user in waiting {
            if !self.is_online(&user) {
                self.raise_notification(&user, &id, last_seq + 1, created_at);
            }
        }
        Some(self.publish_newest(&id))
    }

    /// The message, of somebody who sits there.
    fn in_place(
        &self,
        target: &Target,
    ) -> std::result::Result<(&ConversationRow, &MessageRow), Change> {
        let row = self.conversations.get(&target.conversation);
        let row = row.ok_or(Change::NoMessage)?;
        let message = row.messages.iter().find(|one| one.id == target.message);
        let message = message.ok_or(Change::NoMessage)?;
        let actor = target.act.actor.as_ref();
        let place = actor.and_then(|actor| row.place_of(actor));
        let is_admin = |user| {
            self.users
                .get(user)
                .is_some_and(|user| user.role == Role::Admin)
        };
        let holds = place.is_some_and(|place| place != Role::Admin || actor.is_some_and(is_admin));
        if !holds {
            return Err(Change::NotParticipant);
        }
        if message.is_deleted() {
            let shown = self.one_message(&target.conversation, &target.message);
            return Err(shown.map_or(Change::NoMessage, |shown| Change::Deleted(Box::new(shown))));
        }
        Ok((row, message))
    }

    /// The same, and they sent it.
    fn own(&self, target: &Target) -> std::result::Result<(&ConversationRow, &MessageRow), Change> {
        let row = self.conversations.get(&target.conversation);
        let message = row.and_then(|row| row.messages.iter().find(|one| one.id == target.message));
        if message.is_some_and(|message| message.sender != target.act.actor) {
            return Err(Change::NotOwn);
        }
        self.in_place(target)
    }

    /// By the clock of storage.
    fn is_over(&self, created_at: Timestamp, window_minutes: u32) -> bool {
        window_minutes == 0 || created_at.plus_seconds(i64::from(window_minutes) * 60) <= self.now
    }

    fn same(&self, target: &Target) -> Change {
        let message = self.one_message(&target.conversation, &target.message);
        message.map_or(Change::NoMessage, |message| Change::Same(Box::new(message)))
    }

    fn changed_message(
        &mut self,
        target: &Target,
        action: Action,
        mut detail: Value,
        change: impl FnOnce(&mut MessageRow),
    ) -> Change {
        detail["message"] = json!(target.message.as_str());
        let id = &target.conversation;
        let Some(message) = self.mark_changed(id, &target.message, change) else {
            return Change::NoMessage;
        };
        let act = target.act.clone();
        self.audit.push(act.entry(action, id, detail));
        Change::Changed(Box::new(message))
    }

    /// Changes a message, and tells everybody who sits there.
    pub(super) fn mark_changed(
        &mut self,
        id: &ConversationId,
        changed: &MessageId,
        change: impl FnOnce(&mut MessageRow),
    ) -> Option<Message> {
        let row = self.conversations.get_mut(id)?;
        row.rev += 1;
        row.messages_rev = row.rev;
        let rev = row.rev;
        let audience = row.places().map(|(_, place)| place.user.clone()).collect();
        let mut rows = row.messages.iter_mut();
        let message = rows.find(|message| message.id == *changed)?;
        change(message);
        message.changed_rev = Some(rev);
        let message = self.one_message(id, changed)?;
        self.events.push(Event {
            audience,
            kind: EventKind::MessageUpdated {
                rev,
                message: message.clone(),
            },
        });
        Some(message)
    }
}

impl MessageRow {
    fn as_version(&self) -> Version {
        Version {
            text: self.text.clone(),
            edited_at: self.edited_at,
        }
    }

    fn keep_version(&mut self) {
        let version = self.as_version();
        self.versions.push(version);
    }
}
