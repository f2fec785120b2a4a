//! What is found in old chats, and what becomes of it.

mod conversations;
mod files;
mod messages;

use std::collections::HashMap;

use chat::person::Role;
use sqlx::types::time::OffsetDateTime;

use super::{Converted, Group, group};
use crate::legacy::{
    facts::Facts,
    reason::Reason,
    rows::{OldConversation, OldMessage},
};

/// So many seconds after the beginning.
fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_700_000_000 + seconds).unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of a field")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Ann and Bea buy; Sam sells as the supplier s-1; Ada and Abe administer.
fn facts() -> Facts {
    let people = [
        ("ann", Some(Role::Buyer)),
        ("bea", Some(Role::Buyer)),
        ("sam", Some(Role::Supplier)),
        ("ada", Some(Role::Admin)),
        ("abe", Some(Role::Admin)),
        ("guest", None),
    ];
    let slugs = [("sheet", vec!["p-1"]), ("twice", vec!["p-1", "p-2"])];
    let own = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    Facts {
        people: people.map(|(id, role)| (id.to_owned(), role)).into(),
        suppliers: HashMap::from([("s-1".to_owned(), "sam".to_owned())]),
        products: ["p-1".to_owned(), "p-2".to_owned()].into(),
        slugs: slugs.map(|(slug, ids)| (slug.to_owned(), own(ids))).into(),
        ..Facts::default()
    }
}

/// Of Ann with Ada, as shape C has it.
fn conversation(id: &str) -> OldConversation {
    OldConversation {
        id: text(id),
        buyer: text("ann"),
        admin_in_counter: text("ada"),
        created_at: Some(at(0)),
        ..OldConversation::default()
    }
}

/// From Ann to Ada, so many seconds later, not read.
fn message(id: &str, seconds: i64) -> OldMessage {
    OldMessage {
        id: text(id),
        conversation: text("c"),
        sender: text("ann"),
        receiver: text("ada"),
        text: text("hello"),
        is_read: Some(false),
        created_at: Some(at(seconds)),
        place: seconds,
        ..OldMessage::default()
    }
}

fn converted(olds: Vec<OldConversation>, messages: Vec<OldMessage>) -> Group {
    group(olds, messages, &facts(), true, at(9_999))
}

/// Of one conversation that is kept.
fn kept(old: OldConversation, messages: Vec<OldMessage>) -> (Converted, Vec<Reason>) {
    let group = converted(vec![old], messages);
    let reasons = reasons(&group);
    let [kept] = <[Converted; 1]>::try_from(group.kept).unwrap();
    (kept, reasons)
}

fn reasons(group: &Group) -> Vec<Reason> {
    group.notes.iter().map(|note| note.reason).collect()
}

fn ids(converted: &Converted) -> Vec<&str> {
    let messages = converted.messages.iter();
    messages.map(|message| message.old_id.as_str()).collect()
}
