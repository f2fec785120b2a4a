//! Old conversations of one purpose, with their messages, as the one that they become.

use chat::conversation::Kind;
use sqlx::types::time::OffsetDateTime;

use super::{
    marks::{Said, marks},
    message::{ConvertedMessage, Talk},
    order::ordered,
    places::{Decided, decide, usable_id},
};
use crate::{
    legacy::{
        facts::Facts,
        reason::{Note, Notes, OldRow, Reason},
        rows::{OldConversation, OldMessage},
    },
    places::Places,
    purpose::Purpose,
};

/// A conversation with its history.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Converted {
    /// As it stands in the oldest row.
    pub old_id: String,
    /// Nothing: the old id cannot be kept.
    pub id: Option<String>,
    pub kind: Kind,
    pub places: Places,
    pub product: Option<String>,
    /// The product and the administrator of its purpose.
    pub purpose: (Option<String>, Option<String>),
    pub subject: Option<String>,
    pub created_at: OffsetDateTime,
    /// Read marks of buyer, supplier and administrator.
    pub read_seqs: [i64; 3],
    /// In order.
    pub messages: Vec<ConvertedMessage>,
}

impl Converted {
    pub fn purpose(&self) -> Purpose<'_> {
        let (product, admin) = &self.purpose;
        Purpose {
            buyer: &self.places.buyer,
            supplier: self.places.supplier.as_deref(),
            product: product.as_deref(),
            kind: self.kind,
            admin: admin.as_deref(),
        }
    }
}

/// What one old conversation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub old_id: String,
    /// The old id of the conversation that it is, or is part of. Nothing: it is refused.
    pub kept_in: Option<String>,
    pub messages_kept: i32,
    pub messages_refused: i32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    /// More than one where the facts have changed since they were found to be one.
    pub kept: Vec<Converted>,
    pub outcomes: Vec<Outcome>,
    pub notes: Vec<Note>,
}

/// `now` is the time of what has none at all.
pub(crate) fn group(
    olds: Vec<OldConversation>,
    messages: Vec<OldMessage>,
    facts: &Facts,
    has_flags: bool,
    now: OffsetDateTime,
) -> Group {
    let mut group = Group::default();
    let mut messages = messages;
    let mut parts: Vec<Vec<Part>> = Vec::new();
    for old in olds {
        let id = old.id.clone();
        let (own, others) = messages
            .into_iter()
            .partition(|message| message.conversation == id);
        messages = others;
        match decide(&old, facts) {
            Ok(decided) => {
                let part = Part {
                    decided,
                    messages: own,
                };
                let same = parts.iter_mut().find(|parts| parts[0].is_same(&part));
                match same {
                    Some(same) => same.push(part),
                    None => parts.push(vec![part]),
                }
            }
            Err(notes) => group.refuse(&old, &own, notes),
        }
    }
    for parts in parts {
        group.keep(parts, facts, has_flags, now);
    }
    group
}

/// An old conversation that is kept.
struct Part {
    decided: Decided,
    messages: Vec<OldMessage>,
}

impl Part {
    fn is_same(&self, other: &Self) -> bool {
        self.decided.purpose() == other.decided.purpose()
    }

    fn opened_at(&self) -> Option<OffsetDateTime> {
        let first = self.messages.iter().filter_map(|old| old.created_at).min();
        self.decided.created_at().or(first)
    }

    fn old_id(&self) -> String {
        self.decided.old.id.clone().unwrap_or_default()
    }
}

impl Group {
    fn refuse(&mut self, old: &OldConversation, messages: &[OldMessage], notes: Vec<Note>) {
        self.notes.extend(notes);
        for message in messages {
            self.notes.push(Note {
                row: OldRow::Message,
                id: message.id.clone().unwrap_or_default(),
                reason: Reason::ConversationRefused,
                detail: old.id.clone(),
            });
        }
        self.outcomes.push(Outcome {
            old_id: old.id.clone().unwrap_or_default(),
            kept_in: None,
            messages_kept: 0,
            messages_refused: count(messages.len()),
        });
    }

    fn keep(&mut self, mut parts: Vec<Part>, facts: &Facts, has_flags: bool, now: OffsetDateTime) {
        parts.sort_by_key(|part| {
            let opened = part.opened_at();
            (opened.is_none(), opened, part.old_id())
        });
        let oldest = &parts[0];
        let created_at = oldest.opened_at().unwrap_or(now);
        let old_id = oldest.old_id();
        let mut converted = Converted {
            id: usable_id(Some(&old_id)).map(str::to_owned),
            old_id,
            kind: oldest.decided.kind,
            places: oldest.decided.places.clone(),
            product: oldest.decided.product.clone(),
            purpose: {
                let Purpose { product, admin, .. } = oldest.decided.purpose();
                (product.map(str::to_owned), admin.map(str::to_owned))
            },
            subject: None,
            created_at,
            read_seqs: [0; 3],
            messages: Vec::new(),
        };
        // An empty place is taken by whoever took it in a younger one.
        let mut admins = parts.iter().map(|part| &part.decided.places.admin);
        converted.places.admin = admins.find_map(Clone::clone);

        let (olds, messages) = self.parts(parts, &mut converted);
        for (old, at) in ordered(messages, created_at) {
            let part = olds.iter().find(|(of, _)| of.id == old.conversation);
            let Some((part, outcome)) = part else {
                continue;
            };
            let talk = Talk {
                places: &converted.places,
                old: part,
                facts,
                has_flags,
            };
            let outcome = &mut self.outcomes[*outcome];
            match talk.message(&old, at, &mut self.notes) {
                Some(message) => {
                    outcome.messages_kept += 1;
                    converted.messages.push(message);
                }
                None => outcome.messages_refused += 1,
            }
        }
        let said = converted.messages.iter().map(|message| Said {
            from: message.from,
            to: message.to,
            is_read: message.is_read,
        });
        converted.read_seqs = marks(&said.collect::<Vec<_>>());
        if converted.places.supplier.is_none() {
            converted.read_seqs[1] = 0;
        }
        if converted.places.admin.is_none() {
            converted.read_seqs[2] = 0;
        }
        self.notes_of_whole(&olds[0].0, &converted, olds.len() == 1);
        self.kept.push(converted);
    }

    /// Notes what the parts say of themselves. Each with the place of its outcome, and all messages.
    fn parts(
        &mut self,
        parts: Vec<Part>,
        converted: &mut Converted,
    ) -> (Vec<(OldConversation, usize)>, Vec<OldMessage>) {
        let mut olds = Vec::with_capacity(parts.len());
        let mut messages = Vec::new();
        for (place, part) in parts.into_iter().enumerate() {
            let old_id = part.old_id();
            self.notes.extend(part.decided.notes.iter().cloned());
            let mut notes = Notes {
                all: &mut self.notes,
                row: OldRow::Conversation,
                id: &old_id,
            };
            if place > 0 {
                notes.about(Reason::Merged, &converted.old_id);
            }
            if part.decided.created_at().is_none() {
                notes.add(Reason::OpenedWithoutTime);
            }
            if let Some(admin) = &part.decided.places.admin
                && converted.places.admin.as_ref() != Some(admin)
            {
                notes.about(Reason::OtherAdmin, admin);
            }
            let subject = part
                .decided
                .old
                .subject
                .as_deref()
                .map(chat::content::clean);
            match (
                subject.filter(|subject| !subject.is_empty()),
                &converted.subject,
            ) {
                (Some(subject), Some(kept)) if subject != *kept => {
                    notes.about(Reason::SubjectLeft, subject);
                }
                (Some(subject), None) => converted.subject = Some(subject),
                _ => {}
            }
            let has_last = part.decided.old.last_message.as_deref();
            if part.messages.is_empty() && has_last.is_some_and(|last| !last.is_empty()) {
                notes.about(Reason::LastMessage, has_last.unwrap_or_default());
            }
            olds.push((part.decided.old, self.outcomes.len()));
            self.outcomes.push(Outcome {
                old_id,
                kept_in: Some(converted.old_id.clone()),
                messages_kept: 0,
                messages_refused: 0,
            });
            messages.extend(part.messages);
        }
        (olds, messages)
    }

    /// Counters of several conversations say nothing of the one that they become.
    fn notes_of_whole(&mut self, old: &OldConversation, converted: &Converted, is_alone: bool) {
        let last = i64::try_from(converted.messages.len()).unwrap_or(i64::MAX);
        let [buyer, supplier, admin] = converted.read_seqs.map(|read| last - read);
        let supplier = if converted.places.supplier.is_none() {
            0
        } else {
            supplier
        };
        let admin = if converted.places.admin.is_none() {
            0
        } else {
            admin
        };
        let counters = [
            (old.unread_buyer, buyer),
            (old.unread_supplier, supplier),
            (old.unread_admin, admin),
        ];
        let is_wrong = |(old, derived): &(Option<i64>, i64)| old.is_some_and(|old| old != *derived);
        if is_alone && counters.iter().any(is_wrong) {
            let shown = counters.map(|(old, derived)| {
                let old = old.map_or_else(|| "-".to_owned(), |old| old.to_string());
                format!("{old}: {derived}")
            });
            let mut notes = Notes {
                all: &mut self.notes,
                row: OldRow::Conversation,
                id: &converted.old_id,
            };
            notes.about(Reason::Counters, shown.join(", "));
        }
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
