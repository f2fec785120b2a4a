//! Rows of the old chat as they stand, whatever its columns are called: what is missing is null, and
//! what is empty stays empty.

use sqlx::types::time::OffsetDateTime;

use super::{
    column::{ConversationColumn as C, Meaning, MessageColumn as M, OldColumn, OldTable},
    old_chat::OldChat,
};
use crate::mapping::literal;

#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow)]
pub(crate) struct OldConversation {
    pub id: Option<String>,
    pub buyer: Option<String>,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    /// Of a counter that is a text.
    pub admin_in_counter: Option<String>,
    pub product: Option<String>,
    pub kind: Option<String>,
    pub subject: Option<String>,
    pub status: Option<String>,
    pub last_message: Option<String>,
    pub last_message_at: Option<OffsetDateTime>,
    pub unread_buyer: Option<i64>,
    pub unread_supplier: Option<i64>,
    pub unread_admin: Option<i64>,
    pub created_at: Option<OffsetDateTime>,
    pub updated_at: Option<OffsetDateTime>,
}

#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow)]
pub(crate) struct OldMessage {
    pub id: Option<String>,
    pub conversation: Option<String>,
    pub sender: Option<String>,
    pub receiver: Option<String>,
    pub sender_type: Option<String>,
    pub text: Option<String>,
    /// A list as JSON, or what stood in a text.
    pub files: Option<String>,
    /// The same, of products.
    pub products: Option<String>,
    /// Null also where there is no such column; see [`OldChat::has_read_flags`].
    pub is_read: Option<bool>,
    pub created_at: Option<OffsetDateTime>,
    /// Where it stood in its table when that was read.
    pub place: i64,
}

/// Times of hosts' servers, and nothing that no calendar has.
const FIRST_TIME: &str = "0001-01-02";
const LAST_TIME: &str = "9999-12-30";

impl OldChat {
    pub fn has_read_flags(&self) -> bool {
        self.messages.has(M::IsRead)
    }

    /// The columns of [`OldConversation`] of the row `o`, in its order. `zone` is that of times without
    /// one.
    pub(crate) fn conversation_columns(&self, zone: &str) -> String {
        let table = &self.conversations;
        let text = |meaning| text(table, meaning);
        let number = |meaning| match table.get(meaning) {
            Some(column) => format!(
                "least(greatest(o.{}::numeric, -9e17), 9e17)::int8",
                column.quoted()
            ),
            None => "null::int8".to_owned(),
        };
        let time = |meaning, zone| time(table.get(meaning), zone);
        [
            (text(C::Id), "id"),
            (text(C::Buyer), "buyer"),
            (text(C::Supplier), "supplier"),
            (text(C::Admin), "admin"),
            (text(C::AdminInCounter), "admin_in_counter"),
            (text(C::Product), "product"),
            (text(C::Type), "kind"),
            (text(C::Subject), "subject"),
            (text(C::Status), "status"),
            (text(C::LastMessage), "last_message"),
            (time(C::LastMessageAt, "UTC"), "last_message_at"),
            (number(C::UnreadBuyer), "unread_buyer"),
            (number(C::UnreadSupplier), "unread_supplier"),
            (number(C::UnreadAdmin), "unread_admin"),
            (time(C::CreatedAt, zone), "created_at"),
            (time(C::UpdatedAt, "UTC"), "updated_at"),
        ]
        .map(|(sql, name)| format!("{sql} as {name}"))
        .join(", ")
    }

    /// The columns of [`OldMessage`] of the row `o`, in its order, but for its place.
    pub(crate) fn message_columns(&self, zone: &str) -> String {
        let table = &self.messages;
        let text = |meaning| text(table, meaning);
        let words = match (table.get(M::Text), table.get(M::Content)) {
            (Some(one), Some(other)) => format!(
                "coalesce(nullif(o.{}::text, ''), o.{}::text)",
                one.quoted(),
                other.quoted()
            ),
            (Some(_), None) => text(M::Text),
            _ => text(M::Content),
        };
        let list = |meaning| match table.get(meaning) {
            Some(column) if column.is_list() => format!("to_json(o.{})::text", column.quoted()),
            Some(column) => format!("o.{}::text", column.quoted()),
            None => "null::text".to_owned(),
        };
        let is_read = match table.get(M::IsRead) {
            Some(column) => format!("o.{}::boolean", column.quoted()),
            None => "null::boolean".to_owned(),
        };
        [
            (text(M::Id), "id"),
            (text(M::Conversation), "conversation"),
            (text(M::Sender), "sender"),
            (text(M::Receiver), "receiver"),
            (text(M::SenderType), "sender_type"),
            (words, "text"),
            (list(M::Attachments), "files"),
            (list(M::Products), "products"),
            (is_read, "is_read"),
            (time(table.get(M::CreatedAt), zone), "created_at"),
        ]
        .map(|(sql, name)| format!("{sql} as {name}"))
        .join(", ")
    }
}

fn text<T: Meaning>(table: &OldTable<T>, meaning: T) -> String {
    match table.get(meaning) {
        Some(column) => format!("o.{}::text", column.quoted()),
        None => "null::text".to_owned(),
    }
}

fn time(column: Option<&OldColumn>, zone: &str) -> String {
    let Some(column) = column else {
        return "null::timestamptz".to_owned();
    };
    let name = column.quoted();
    let instant = if column.has_zone() {
        format!("o.{name}")
    } else {
        format!("o.{name} at time zone {}", literal(zone))
    };
    format!("case when o.{name} between '{FIRST_TIME}' and '{LAST_TIME}' then {instant} end")
}
