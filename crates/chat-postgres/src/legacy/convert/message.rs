//! One old message.

use chat::{content, person::Role};
use sqlx::types::time::OffsetDateTime;

use super::{
    files::{OldFile, files},
    places::usable_id,
};
use crate::{
    legacy::{
        facts::Facts,
        reason::{Note, Notes, OldRow, Reason},
        rows::{OldConversation, OldMessage},
    },
    places::Places,
};

/// A message that is kept. Its number and its time are not known here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ConvertedMessage {
    /// As it stands in the old row.
    pub old_id: String,
    /// Nothing: the old id cannot be kept.
    pub id: Option<String>,
    /// Nobody: somebody who is gone.
    pub sender: Option<String>,
    pub from: Role,
    pub receiver: Option<String>,
    pub text: String,
    pub files: Vec<OldFile>,
    pub is_read: bool,
    /// The place that the old row says it was sent to, if it says one.
    pub to: Option<Role>,
    pub created_at: OffsetDateTime,
}

/// What a message is read against: its conversation here, and the old row of that.
pub(crate) struct Talk<'a> {
    pub places: &'a Places,
    pub old: &'a OldConversation,
    pub facts: &'a Facts,
    /// Whether old messages have flags; without them everything counts as read.
    pub has_flags: bool,
}

impl Talk<'_> {
    /// Nothing: it is refused, and the notes end with why.
    pub fn message(
        &self,
        old: &OldMessage,
        created_at: OffsetDateTime,
        all: &mut Vec<Note>,
    ) -> Option<ConvertedMessage> {
        let old_id = old.id.clone().unwrap_or_default();
        let mut notes = Notes {
            all,
            row: OldRow::Message,
            id: &old_id,
        };
        let written = old.text.as_deref().unwrap_or_default();
        let text = content::clean(written);
        let (files, left) = files(old.files.as_deref());
        for left in left {
            notes.about(Reason::FileLeft, left);
        }
        let mut is_taken = |file: &OldFile| match file {
            OldFile::Data { name, url } => {
                let why = self.facts.refused_files.get(url);
                if let Some(why) = why {
                    notes.about(Reason::FileFailed, format!("{name}: {why}"));
                }
                why.is_none()
            }
            OldFile::Link(_) => true,
        };
        let files: Vec<OldFile> = files.into_iter().filter(|file| is_taken(file)).collect();
        if text.is_empty() && files.is_empty() {
            notes.add(Reason::Empty);
            return None;
        }
        if text != written {
            notes.add(Reason::Cleaned);
        }
        if old.created_at.is_none() {
            notes.add(Reason::SentWithoutTime);
        }
        if let Some(products) = &old.products
            && !matches!(products.trim(), "" | "[]" | "null" | "{}")
        {
            notes.about(Reason::ProductsLeft, products);
        }
        let id = usable_id(Some(&old_id)).map(str::to_owned);
        if id.is_none() {
            notes.add(Reason::MessageId);
        }
        let (sender, from) = self.sender(old, &mut notes);
        let to = self.recipient(old, from, &mut notes);
        let receiver = self.places.receiver(from).map(str::to_owned);
        Some(ConvertedMessage {
            id,
            sender,
            from,
            receiver,
            text,
            files,
            is_read: old.is_read.unwrap_or(!self.has_flags),
            to,
            created_at,
            old_id: old_id.clone(),
        })
    }

    fn sender(&self, old: &OldMessage, notes: &mut Notes<'_>) -> (Option<String>, Role) {
        let written = old.sender.as_deref().unwrap_or_default();
        let given = old.sender_type.as_deref();
        let Some(user) = self.facts.user_of(written) else {
            notes.about(Reason::SenderGone, written);
            return (None, self.role_of_gone(old, written));
        };
        if user != written {
            notes.about(Reason::SenderOwnId, written);
        }
        if let Some(place) = self.places.of(user) {
            if given.is_some_and(|given| given != place.as_str()) {
                notes.about(
                    Reason::SenderType,
                    format!("{}: {}", given.unwrap_or_default(), place.as_str()),
                );
            }
            return (Some(user.to_owned()), place);
        }
        let role = self.facts.role(user);
        let role = role.unwrap_or_else(|| self.role_of_gone(old, written));
        notes.about(
            Reason::SenderWithoutPlace,
            format!("{user}: {}", role.as_str()),
        );
        (Some(user.to_owned()), role)
    }

    /// Where somebody sat who is nobody now: by the places of the old row, else by who was written to,
    /// else by what the row says, which may be no more than a default.
    fn role_of_gone(&self, old: &OldMessage, sender: &str) -> Role {
        let is = |place: &Option<String>| !sender.is_empty() && place.as_deref() == Some(sender);
        if is(&self.old.supplier) {
            return Role::Supplier;
        }
        if is(&self.old.admin) || is(&self.old.admin_in_counter) {
            return Role::Admin;
        }
        let given = old.sender_type.as_deref().and_then(Role::parse);
        let to = old.receiver.as_deref();
        let to = to.and_then(|to| self.facts.user_of(to));
        let to = to.and_then(|to| self.places.of(to));
        // Nobody writes to themselves.
        if let Some(given) = given.filter(|given| *given != Role::Buyer || to != Some(Role::Buyer))
        {
            return given;
        }
        match to {
            Some(Role::Buyer) if self.old.supplier.is_some() => Role::Supplier,
            Some(Role::Buyer) | None => Role::Admin,
            Some(Role::Supplier | Role::Admin) => Role::Buyer,
        }
    }

    /// The place to which the old row says it was sent. With one other place there is no choice.
    fn recipient(&self, old: &OldMessage, from: Role, notes: &mut Notes<'_>) -> Option<Role> {
        let written = old.receiver.as_deref()?;
        let user = self.facts.user_of(written);
        if user.is_none() {
            notes.about(Reason::Receiver, written);
        }
        let place = user.and_then(|user| self.places.of(user));
        place.filter(|place| *place != from)
    }
}
