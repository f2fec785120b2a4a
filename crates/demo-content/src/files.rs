//! The files under `demo` that the server contains.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::talk::Conversation;
use crate::{avatar, conversations, deals, everyday, marketplace, picture};

/// The conversation that is too long to be kept with the others of its buyer.
const LONG: usize = 1_000;

/// All files by their paths below `demo`.
pub fn files() -> BTreeMap<String, String> {
    let marketplace = marketplace();
    let mut files = BTreeMap::new();
    for person in &marketplace.people {
        let id = &person.id;
        let drawing = avatar(id).expect("everybody has a look");
        files.insert(format!("avatars/{id}.svg"), drawing);
    }
    for product in &marketplace.products {
        let id = product.id;
        let drawing = picture(id).expect("every product has a picture");
        files.insert(format!("pictures/{id}.svg"), drawing);
    }
    for conversation in conversations() {
        let is_long = conversation.messages.len() > LONG;
        let buyer = conversation.buyer;
        let name = if is_long { "standing-order" } else { buyer };
        let path = format!("conversations/{name}.jsonl");
        write_conversation(&conversation, files.entry(path).or_default());
    }
    files.insert("marketplace.json".to_owned(), pretty(&marketplace));
    files.insert("deals.json".to_owned(), pretty(deals()));
    files.insert("everyday.json".to_owned(), pretty(everyday()));
    files
}

fn pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("strings and numbers");
    text.push('\n');
    text
}

/// A line for the conversation and one for each message.
fn write_conversation(conversation: &Conversation, text: &mut String) {
    write_line(conversation, text);
    for message in &conversation.messages {
        write_line(message, text);
    }
}

fn write_line(value: &impl Serialize, text: &mut String) {
    text.push_str(&serde_json::to_string(value).expect("strings and numbers"));
    text.push('\n');
}
