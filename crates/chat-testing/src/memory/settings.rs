//! What people set for themselves.

use async_trait::async_trait;
use serde_json::{Map, Value, json};

use super::{MemoryWriter, state::State};
use chat::{
    audit::{Act, Action},
    conversation::Conversation,
    own_settings::SettingsChange,
    participant::Participant,
    storage::{Result, Settings},
};

#[async_trait]
impl Settings for MemoryWriter {
    async fn change(
        &self,
        place: &Participant,
        change: &SettingsChange,
        act: Option<Act>,
    ) -> Result<Option<Conversation>> {
        Ok(self.change(|state| state.change_settings(place, change, act)))
    }
}

impl State {
    fn change_settings(
        &mut self,
        participant: &Participant,
        change: &SettingsChange,
        act: Option<Act>,
    ) -> Option<Conversation> {
        let id = &participant.conversation().id;
        let row = self.conversations.get_mut(id)?;
        let last_seq = row.last_seq();
        let place = row.place_mut(participant.place());
        let place = place.filter(|place| place.user == *participant.user())?;
        let changed = place
            .settings
            .changed(change, last_seq, place.last_read_seq);
        if changed == place.settings {
            return self.view(id);
        }
        place.settings = changed;
        if let Some(act) = act {
            let entry = act.entry(Action::SettingsChanged, id, detail(change));
            self.audit.push(entry);
        }
        Some(self.publish_update(id, None))
    }
}

fn detail(change: &SettingsChange) -> Value {
    let fields = [
        ("isArchived", change.is_archived.map(|is| json!(is))),
        ("isPinned", change.is_pinned.map(|is| json!(is))),
        (
            "isMarkedUnread",
            change.is_marked_unread.map(|is| json!(is)),
        ),
        ("mutedUntil", change.muted_until.map(|until| json!(until))),
    ];
    let fields = fields.into_iter();
    let said: Map<String, Value> = fields
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect();
    said.into()
}
