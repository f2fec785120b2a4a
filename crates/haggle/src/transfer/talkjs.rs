//! What TalkJS's REST API gives of conversations and messages, as its reference documents them.

use chat_postgres::{Fate, SourceConversation, SourceFile, SourceMessage};
use serde_json::Value;

use super::{
    rows::{Rows, Stopped},
    values::{Object, at, first, text, time},
};

const NEITHER: &str = "it is neither a conversation nor a message of TalkJS";
const NO_TIME: &str = "createdAt is no time in milliseconds";
const NO_ID: &str = "it has no id";
const ANSWERS: &str = "which message it answers is not kept";

pub fn take(line: u64, object: &Object, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    if object.contains_key("conversationId") {
        return message(line, object, rows);
    }
    if object.get("participants").is_some_and(Value::is_object) {
        return conversation(line, object, rows);
    }
    // People are the marketplace's own.
    if object.contains_key("id") && object.contains_key("name") {
        return Ok(());
    }
    rows.refuse(line, "lines", "", NEITHER, None)
}

fn conversation(line: u64, object: &Object, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let Some(id) = first(object, &[&["id"]]) else {
        return rows.refuse(line, "conversations", "", NO_ID, None);
    };
    let created_at = match time(object.get("createdAt")) {
        Ok(at) => at,
        Err(bad) => return rows.refuse(line, "conversations", &id, NO_TIME, Some(bad)),
    };
    let people = object.get("participants").and_then(Value::as_object);
    let row = SourceConversation {
        origin: rows.origin(line),
        id,
        people: people.into_iter().flat_map(Object::keys).cloned().collect(),
        product: text(at(object, &["custom", "productId"])),
        subject: first(object, &[&["subject"]]),
        created_at,
        ..SourceConversation::default()
    };
    rows.conversation(row)
}

fn message(line: u64, object: &Object, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let id = first(object, &[&["id"]]);
    let named = id.clone().unwrap_or_default();
    let created_at = match time(object.get("createdAt")) {
        Ok(at) => at,
        Err(bad) => return rows.refuse(line, "messages", &named, NO_TIME, Some(bad)),
    };
    if let Some(other) = first(object, &[&["referencedMessageId"]]) {
        rows.note(
            line,
            "messages",
            &named,
            Fate::Corrected,
            ANSWERS,
            Some(other),
        )?;
    }
    let is_system = first(object, &[&["type"]]).as_deref() == Some("SystemMessage");
    let said = first(object, &[&["text"]]);
    let place = object.get("location").and_then(Value::as_array);
    let place = place.map(|numbers| {
        let numbers: Vec<_> = numbers.iter().map(Value::to_string).collect();
        numbers.join(", ")
    });
    let read_by = object.get("readBy").and_then(Value::as_array);
    let url = text(at(object, &["attachment", "url"]));
    let row = SourceMessage {
        origin: rows.origin(line),
        id,
        conversation: first(object, &[&["conversationId"]]).unwrap_or_default(),
        sender: first(object, &[&["senderId"]]),
        sender_type: is_system.then(|| "admin".to_owned()),
        text: said.into_iter().chain(place).collect::<Vec<_>>().join("\n"),
        files: url.into_iter().map(file).collect(),
        created_at,
        read_by: read_by
            .into_iter()
            .flatten()
            .filter_map(|user| text(Some(user)))
            .collect(),
        ..SourceMessage::default()
    };
    rows.message(row)
}

fn file(url: String) -> SourceFile {
    SourceFile {
        url: Some(url),
        ..SourceFile::default()
    }
}
