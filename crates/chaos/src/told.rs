//! What a webhook heard, as far as it matters here.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;
use test_support::Received;

use crate::history::What;

/// `None`: it is of no conversation.
pub fn told(received: &Received) -> Option<What> {
    let body: Value = serde_json::from_str(&received.body).ok()?;
    let data = &body["data"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut hasher = DefaultHasher::new();
    received.body.hash(&mut hasher);
    let parts = [&data["message"]["id"], &data["offer"]["id"]];
    Some(What::Told {
        conversation: data["conversationId"].as_str()?.to_owned(),
        id: received.headers.get("webhook-id")?.clone(),
        event: text(&body["type"]),
        rev: data["rev"].as_i64().unwrap_or_default(),
        about: parts
            .into_iter()
            .find_map(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        body: format!("{:016x}", hasher.finish()),
    })
}
