//! The files under `demo` that the server contains: who is there, what is on offer, what was said.

use std::{collections::HashMap, io::Read, ops::Range, sync::LazyLock};

use chat::{conversation::Kind, person::Role, report::Reason};
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};

/// Every file by its path below `demo`, sorted by path, and where it is in [`TEXTS`].
#[expect(clippy::unreadable_literal, reason = "the build writes them")]
static FILES: &[(&str, Range<usize>)] = &include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// All of them, one behind the other.
static TEXTS: LazyLock<String> = LazyLock::new(|| {
    let packed: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/demo.gz"));
    let mut texts = String::new();
    let unpacked = GzDecoder::new(packed).read_to_string(&mut texts);
    unpacked.expect("a test reads the same files");
    texts
});

/// Where the list of people, suppliers, products and requests for quotation is.
const MARKETPLACE: &str = "marketplace.json";
/// Where offers and requests for quotation are.
const DEALS: &str = "deals.json";
/// Where everything else is that people do.
const EVERYDAY: &str = "everyday.json";

/// What the server itself needs of the marketplace; the pages get the whole file.
#[derive(Debug, Deserialize)]
pub struct Marketplace {
    pub people: Vec<Person>,
    pub suppliers: Vec<Supplier>,
    pub products: Vec<Product>,
}

/// Somebody who can log in.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub company: String,
    pub title: String,
    pub city: String,
    pub country: String,
    pub language: String,
    pub utc_offset_minutes: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Supplier {
    pub id: String,
    pub user_id: String,
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    pub id: String,
    pub name: String,
    pub image: String,
    pub supplier_id: String,
}

/// A conversation: a line of its file, then a line for each message.
#[derive(Debug, Deserialize)]
pub struct Conversation {
    pub kind: Kind,
    pub buyer: String,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    pub product: Option<String>,
    /// Seconds from its beginning to the first message.
    pub opened: i64,
    pub last: Last,
    pub read: Marks,
    #[serde(skip)]
    pub messages: Vec<Message>,
}

/// When the last message was sent, or the conversation begun where there is none.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Last {
    /// So long before now.
    SecondsAgo(i64),
    /// In the last seven days, so long after Monday, 0 h UTC. Every message keeps its weekday.
    SecondOfWeek(i64),
}

/// The `seq` up to which each has read, 0 where nobody is.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Marks {
    pub buyer: i64,
    pub supplier: i64,
    pub admin: i64,
}

#[derive(Debug, Deserialize)]
pub struct Message {
    pub from: Role,
    /// Seconds since the message before.
    pub after: i64,
    pub text: String,
}

/// Offers and requests for quotation.
#[derive(Debug, Deserialize)]
pub struct Deals {
    pub deals: Vec<Deal>,
    pub requests: Vec<Request>,
}

/// What happens in a conversation of the two.
#[derive(Debug, Deserialize)]
pub struct Deal {
    pub buyer: String,
    pub supplier: String,
    pub product: Option<String>,
    pub steps: Vec<Step>,
}

/// An offer, which counters the one that is open, or an answer to that.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    pub by: Role,
    pub hours_ago: i64,
    pub note: Option<String>,
    pub offer: Option<Terms>,
    pub answer: Option<Answer>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Accept,
    Decline,
    Withdraw,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    pub buyer: String,
    pub suppliers: Vec<String>,
    pub hours_ago: i64,
    pub note: Option<String>,
    pub terms: Terms,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    pub items: Vec<Item>,
    pub currency: Option<String>,
    pub incoterm: Option<String>,
    pub place: Option<String>,
    pub lead_time_days: Option<i64>,
    pub payment: Option<String>,
    /// From the offer on.
    pub valid_days: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub name: String,
    pub quantity: String,
    pub unit: String,
    pub unit_price: Option<String>,
}

/// What people do in a chat every day.
#[derive(Debug, Deserialize)]
pub struct Everyday {
    pub scenes: Vec<Scene>,
    pub replies: Vec<SavedReply>,
    /// Time zones by person.
    pub clocks: HashMap<String, String>,
    /// Working hours by supplier.
    pub hours: HashMap<String, String>,
}

/// What happens in a conversation of the two about a product.
#[derive(Debug, Deserialize)]
pub struct Scene {
    pub buyer: String,
    pub supplier: String,
    pub product: String,
    pub acts: Vec<Act>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    pub by: String,
    pub hours_ago: i64,
    pub does: Deed,
}

/// Messages count from 0 within their scene.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Deed {
    Say {
        text: String,
        answers: Option<usize>,
    },
    Correct {
        message: usize,
        text: String,
    },
    TakeBack {
        message: usize,
    },
    React {
        message: usize,
        emoji: String,
    },
    Set {
        archived: Option<bool>,
        pinned: Option<bool>,
        muted_hours: Option<i64>,
        marked_unread: Option<bool>,
    },
    Report {
        message: Option<usize>,
        reason: Reason,
        text: String,
        judged: Option<Judged>,
    },
    Block {},
    Close {
        reason: String,
    },
}

/// Without an answer it was dismissed.
#[derive(Debug, Deserialize)]
pub struct Judged {
    pub by: String,
    pub answer: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedReply {
    pub by: String,
    pub name: String,
    pub text: String,
    pub is_shared: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Conversation(Conversation),
    Message(Message),
}

impl Marketplace {
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

impl Conversation {
    /// Who sits in a place.
    pub fn person(&self, place: Role) -> Option<&str> {
        match place {
            Role::Buyer => Some(&self.buyer),
            Role::Supplier => self.supplier.as_deref(),
            Role::Admin => self.admin.as_deref(),
        }
    }
}

/// The text of a file, by its path below `demo`.
pub fn file(path: &str) -> Option<&'static str> {
    let found = FILES.binary_search_by(|(known, _)| (*known).cmp(path));
    found.ok().map(|index| &TEXTS[FILES[index].1.clone()])
}

/// The list that the pages show, as JSON.
pub fn marketplace_json() -> &'static str {
    file(MARKETPLACE).unwrap_or_default()
}

pub fn marketplace() -> &'static Marketplace {
    static PARSED: LazyLock<Marketplace> = LazyLock::new(|| {
        let parsed = serde_json::from_str(marketplace_json());
        parsed.expect("a test reads the same file")
    });
    &PARSED
}

/// What people offer each other.
pub fn deals() -> Result<Deals, serde_json::Error> {
    serde_json::from_str(file(DEALS).unwrap_or_default())
}

/// What else they do.
pub fn everyday() -> Result<Everyday, serde_json::Error> {
    serde_json::from_str(file(EVERYDAY).unwrap_or_default())
}

/// All conversations, with their messages.
pub fn conversations() -> Result<Vec<Conversation>, serde_json::Error> {
    let mut all: Vec<Conversation> = Vec::new();
    let files = FILES
        .iter()
        .filter(|(path, _)| path.starts_with("conversations/"));
    for line in files.flat_map(|(_, range)| TEXTS[range.clone()].lines()) {
        match serde_json::from_str(line)? {
            Line::Conversation(conversation) => all.push(conversation),
            Line::Message(message) => {
                if let Some(conversation) = all.last_mut() {
                    conversation.messages.push(message);
                }
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{conversations, file, marketplace};

    #[test]
    fn the_files_that_the_server_contains_can_be_read() {
        let marketplace = marketplace();
        for person in &marketplace.people {
            let path = format!("avatars/{}.svg", person.id);
            assert!(file(&path).is_some(), "{path}");
        }
        for product in &marketplace.products {
            let path = product.image.strip_prefix("demo/").unwrap();
            assert!(file(path).is_some(), "{path}");
        }
        let all = conversations().unwrap();
        let messages = all.iter().map(|conversation| conversation.messages.len());
        assert!(all.len() > 200 && messages.sum::<usize>() > 15_000);
        for conversation in &all {
            for message in &conversation.messages {
                assert!(conversation.person(message.from).is_some());
            }
        }
    }

    #[test]
    fn what_people_write_by_hand_is_not_in_the_server() {
        assert!(file("source/people/buyers.toml").is_none());
        assert!(
            super::FILES
                .iter()
                .all(|(path, _)| !path.starts_with("source"))
        );
    }
}
