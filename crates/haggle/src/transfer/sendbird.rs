//! What Sendbird's data export and Platform API give of channels and messages, as JSON or CSV.

use chat::timestamp::Timestamp;
use chat_postgres::{Fate, SourceConversation, SourceFile, SourceMessage, SourceTime};
use serde_json::Value;

use super::{
    rows::{Rows, Stopped},
    times,
    values::{Object, at, first, is_true, text, time},
};

const NEITHER: &str = "it is neither a channel nor a message of Sendbird";
const NO_TIME: &str = "created_at is no time";
const NO_CHANNEL: &str = "it has no channel_url";
const REMOVED: &str = "it was removed in Sendbird";
const ANSWERS: &str = "which message it answers is not kept";

pub fn take(line: u64, object: &Object, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    if object.contains_key("message_id") {
        return message(line, object, rows);
    }
    if object.contains_key("channel_url") {
        return channel(line, object, rows);
    }
    // People are the marketplace's own.
    if object.contains_key("user_id") {
        return Ok(());
    }
    rows.refuse(line, "lines", "", NEITHER, None)
}

fn channel(line: u64, object: &Object, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let Some(id) = first(object, &[&["channel_url"]]) else {
        return rows.refuse(line, "conversations", "", NO_CHANNEL, None);
    };
    let created_at = match channel_time(object) {
        Ok(at) => at,
        Err(bad) => return rows.refuse(line, "conversations", &id, NO_TIME, Some(bad)),
    };
    let row = SourceConversation {
        origin: rows.origin(line),
        id,
        people: people(object),
        product: product(object),
        subject: first(object, &[&["name"]]),
        created_at,
        receipts: receipts(object),
        ..SourceConversation::default()
    };
    rows.conversation(row)
}

/// A channel has its time in seconds, a message in milliseconds.
fn channel_time(object: &Object) -> Result<Option<SourceTime>, String> {
    const SECONDS: i64 = 100_000_000_000;
    match text(object.get("created_at")).and_then(|text| text.parse::<i64>().ok()) {
        Some(at) if (0..SECONDS).contains(&at) => Ok(times::milliseconds_since(at * 1_000)),
        _ => time(object.get("created_at")),
    }
}

/// Members are objects, or ids in a list or in a cell.
fn people(object: &Object) -> Vec<String> {
    let lists = ["members", "member_ids", "user_ids", "member_user_ids"];
    let found = lists.iter().find_map(|name| object.get(*name));
    let parsed: Option<Value>;
    let found = match found {
        Some(Value::String(cell)) => {
            parsed = serde_json::from_str(cell).ok();
            if parsed.is_none() {
                let ids = cell.split([',', ';', '|']).map(str::trim);
                return ids.filter(|id| !id.is_empty()).map(str::to_owned).collect();
            }
            parsed.as_ref()
        }
        found => found,
    };
    let members = found.and_then(Value::as_array).into_iter().flatten();
    members
        .filter_map(|member| text(member.get("user_id").or(Some(member))))
        .collect()
}

/// A channel's own data may be JSON in a text.
fn product(object: &Object) -> Option<String> {
    let metadata = text(at(object, &["metadata", "productId"]));
    metadata.or_else(|| {
        let data: Value = serde_json::from_str(object.get("data")?.as_str()?).ok()?;
        text(data.get("productId"))
    })
}

fn receipts(object: &Object) -> Vec<(String, Timestamp)> {
    let receipts = object.get("read_receipt").and_then(Value::as_object);
    let receipt = |(user, until): (&String, &Value)| match times::parse(&text(Some(until))?)? {
        SourceTime::Instant(until) => Some((user.clone(), until)),
        SourceTime::Local(_) => None,
    };
    receipts.into_iter().flatten().filter_map(receipt).collect()
}

fn message(line: u64, object: &Object, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let id = first(object, &[&["message_id"]]);
    let named = id.clone().unwrap_or_default();
    if is_true(object.get("is_removed")) || is_true(object.get("is_deleted")) {
        return rows.refuse(line, "messages", &named, REMOVED, None);
    }
    let created_at = match time(object.get("created_at")) {
        Ok(at) => at,
        Err(bad) => return rows.refuse(line, "messages", &named, NO_TIME, Some(bad)),
    };
    let parent = first(object, &[&["parent_message_id"]]);
    if let Some(parent) = parent.filter(|parent| parent != "0") {
        rows.note(
            line,
            "messages",
            &named,
            Fate::Corrected,
            ANSWERS,
            Some(parent),
        )?;
    }
    let kind = first(object, &[&["type"], &["message_type"]]).unwrap_or_default();
    let row = SourceMessage {
        origin: rows.origin(line),
        id,
        conversation: first(object, &[&["channel_url"], &["channel", "channel_url"]])
            .unwrap_or_default(),
        sender: first(
            object,
            &[
                &["user", "user_id"],
                &["sender", "user_id"],
                &["sender_id"],
                &["user_id"],
            ],
        ),
        sender_type: (kind == "ADMM").then(|| "admin".to_owned()),
        text: first(object, &[&["message"], &["text"]]).unwrap_or_default(),
        files: files(object),
        created_at,
        ..SourceMessage::default()
    };
    rows.message(row)
}

fn files(object: &Object) -> Vec<SourceFile> {
    let file = |url: String, name: Option<String>| SourceFile {
        url: Some(url),
        name,
        ..SourceFile::default()
    };
    let one = first(object, &[&["file", "url"], &["file_url"], &["url"]]);
    let name = first(object, &[&["file", "name"], &["file_name"]]);
    let several = object.get("files").and_then(Value::as_array);
    let several = several.into_iter().flatten().filter_map(|found| {
        let name = text(found.get("name")).or_else(|| text(found.get("file_name")));
        Some(file(text(found.get("url"))?, name))
    });
    one.map(|url| file(url, name))
        .into_iter()
        .chain(several)
        .collect()
}
