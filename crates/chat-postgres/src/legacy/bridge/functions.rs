//! The functions and triggers of the bridge, for the tables that were found.

use super::columns::{Columns, Filled, base_type};
use crate::{
    legacy::{ConversationColumn as C, Meaning, MessageColumn as M, OldChat, OldTable},
    mapping::literal,
    template::fill,
};

const TO_OLD: &str = include_str!("../../../legacy/to_old.sql");
const FROM_OLD: &str = include_str!("../../../legacy/from_old.sql");
const FROM_OLD_TRIGGERS: &str = include_str!("../../../legacy/from_old_triggers.sql");
/// On Haggle's own tables.
pub(super) const TO_OLD_TRIGGERS: &str = include_str!("../../../legacy/to_old_triggers.sql");
pub(super) const NO_TO_OLD_TRIGGERS: &str = "
    drop trigger if exists legacy_messages_added on haggle.message_rows;
    drop trigger if exists legacy_messages_changed on haggle.message_rows;
    drop trigger if exists legacy_conversations_added on haggle.conversations;
    drop trigger if exists legacy_conversations_changed on haggle.conversations;";

/// The places of a conversation, and what it is about. Who changes them changes the conversation.
const PLACES: [C; 6] = [
    C::Buyer,
    C::Supplier,
    C::Admin,
    C::AdminInCounter,
    C::Product,
    C::Subject,
];
const WORDS: [M; 3] = [M::Text, M::Content, M::Attachments];

/// Those that write into the old tables.
pub(super) fn to_old(columns: &Columns<'_>) -> String {
    let OldChat {
        conversations,
        messages,
        ..
    } = columns.chat;
    let (conversation, message) = (columns.conversation(), columns.message());
    let flags = columns.flags();
    let is_read = messages.get(M::IsRead);
    let is_read = is_read.map(|column| format!("coalesce(o.{}, false)", column.quoted()));
    let values = [
        (":message_columns", names(&message)),
        (":message_values", expressions(&message)),
        (":conversation_columns", names(&conversation)),
        (":conversation_values", expressions(&conversation)),
        (":obstacle", columns.obstacle()),
        (":all_columns", assignments(&columns.all(), conversations)),
        (
            ":changed_columns",
            assignments(&columns.changed(), conversations),
        ),
        (":has_flags", is_read.is_some().to_string()),
        (":is_read", is_read.unwrap_or_else(|| "true".to_owned())),
        (":flags", assignments(&flags, messages)),
        (":words", assignments(&columns.words(), messages)),
    ];
    fill(TO_OLD, &with_names(columns.chat, values))
}

/// Those that note what the old application writes.
pub(super) fn from_old(chat: &OldChat) -> String {
    let is_read = chat.messages.get(M::IsRead);
    let was_read = is_read.map_or_else(
        || "false".to_owned(),
        |column| {
            let column = column.quoted();
            format!("c.{column} and b.{column} is distinct from true")
        },
    );
    let values = [
        (":places_of_c", texts(&chat.conversations, &PLACES, "c")),
        (":places_of_b", texts(&chat.conversations, &PLACES, "b")),
        (":words_of_c", texts(&chat.messages, &WORDS, "c")),
        (":words_of_b", texts(&chat.messages, &WORDS, "b")),
        (":was_read", was_read),
    ];
    fill(FROM_OLD, &with_names(chat, values))
}

/// Of the old conversations, and of the old messages.
pub(super) fn from_old_triggers(chat: &OldChat) -> [(u32, String); 2] {
    let of = |table: String, function: &str| {
        let values = [(":table", table), (":function", function.to_owned())];
        fill(FROM_OLD_TRIGGERS, &owned(values))
    };
    [
        (
            chat.conversations.oid,
            of(
                chat.conversations.quoted(),
                "haggle.legacy_conversations_noted",
            ),
        ),
        (
            chat.messages.oid,
            of(chat.messages.quoted(), "haggle.legacy_messages_noted"),
        ),
    ]
}

pub(super) fn no_from_old_triggers(chat: &OldChat) -> [String; 2] {
    [chat.conversations.quoted(), chat.messages.quoted()].map(|table| {
        let all = ["insert", "update", "delete", "truncate"];
        let drops =
            all.map(|what| format!("drop trigger if exists haggle_noted_{what} on {table};"));
        drops.concat()
    })
}

fn with_names<const N: usize>(
    chat: &OldChat,
    values: [(&'static str, String); N],
) -> Vec<(String, String)> {
    let OldChat {
        conversations,
        messages,
        ..
    } = chat;
    let id = |column: Option<&crate::legacy::OldColumn>| {
        let column = column.expect("a chat without it is not recognised");
        (column.quoted(), base_type(column).to_owned())
    };
    let (conversation_id, conversation_type) = id(conversations.get(C::Id));
    let (message_id, message_type) = id(messages.get(M::Id));
    let (message_conversation, _) = id(messages.get(M::Conversation));
    let mut all = owned(values);
    all.extend(owned([
        (":conversations", conversations.quoted()),
        (":messages", messages.quoted()),
        (":conversation_id", conversation_id),
        (":conversation_type", conversation_type),
        (":message_id", message_id),
        (":message_type", message_type),
        (":message_conversation", message_conversation),
    ]));
    all
}

fn owned<const N: usize>(values: [(&'static str, String); N]) -> Vec<(String, String)> {
    let values = values.into_iter();
    values
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn names(filled: &[Filled]) -> String {
    let names: Vec<_> = filled.iter().map(|(name, _)| name.as_str()).collect();
    names.join(", ")
}

fn expressions(filled: &[Filled]) -> String {
    let values: Vec<_> = filled.iter().map(|(_, value)| value.as_str()).collect();
    values.join(", ")
}

/// A table without any of these columns keeps its id.
fn assignments<M: Meaning>(filled: &[Filled], table: &OldTable<M>) -> String {
    if filled.is_empty() {
        let id = table.columns.values().next();
        let id = id.expect("a chat without an id is not recognised").quoted();
        return format!("{id} = o.{id}");
    }
    let assignments = filled
        .iter()
        .map(|(name, value)| format!("{name} = {value}"));
    assignments.collect::<Vec<_>>().join(", ")
}

/// As texts: json cannot be compared.
fn texts<M: Meaning>(table: &OldTable<M>, meanings: &[M], row: &str) -> String {
    let columns = meanings.iter().filter_map(|meaning| table.get(*meaning));
    let texts: Vec<_> = columns
        .map(|column| format!("cast({row}.{} as text)", column.quoted()))
        .collect();
    if texts.is_empty() {
        return literal("");
    }
    texts.join(", ")
}
