//! What a column of the old chat means. Its name and its type say so together.

use std::collections::BTreeMap;

use crate::mapping::quoted;

/// A column as the catalogue has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldColumn {
    pub name: String,
    /// With its length, as in `character varying(20)`.
    pub type_name: String,
    /// Of its base type: `S` text, `A` list, `B` boolean, `D` time, `N` number, `U` others, json and uuid too.
    pub category: char,
    pub is_nullable: bool,
    /// Also an identity, and what is generated.
    pub has_default: bool,
    /// The table that a foreign key of this column alone names: its schema, its name and the column there.
    pub references: Option<(String, String, String)>,
}

impl OldColumn {
    /// As SQL has it.
    pub fn quoted(&self) -> String {
        quoted(&self.name)
    }

    pub fn is_text(&self) -> bool {
        self.category == 'S'
    }

    pub fn is_number(&self) -> bool {
        self.category == 'N'
    }

    pub fn is_flag(&self) -> bool {
        self.category == 'B'
    }

    pub fn is_time(&self) -> bool {
        self.type_name.starts_with("timestamp")
    }

    /// A time that says which instant it means.
    pub fn has_zone(&self) -> bool {
        self.is_time() && self.type_name.ends_with("with time zone")
    }

    pub fn is_list(&self) -> bool {
        self.category == 'A'
    }

    pub fn is_json(&self) -> bool {
        matches!(&*self.type_name, "json" | "jsonb")
    }

    pub fn is_uuid(&self) -> bool {
        self.type_name == "uuid"
    }

    /// Of rows of the old chat, which get theirs from `gen_random_uuid()`.
    fn is_row_id(&self) -> bool {
        self.is_text() || self.is_uuid()
    }

    /// Of people and products, whose ids may be numbers.
    fn is_id(&self) -> bool {
        self.is_row_id() || self.is_number()
    }

    fn is_word(&self) -> bool {
        self.is_text() || self.category == 'E'
    }

    fn is_files(&self) -> bool {
        self.is_list() || self.is_json() || self.is_text()
    }
}

/// The meanings that a table of the old chat has.
pub trait Meaning: Copy + Ord + 'static {
    /// Each with the name that the column has, and whether its type fits. The first that fits is believed.
    fn of(name: &str, column: &OldColumn) -> Option<Self>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConversationColumn {
    Id,
    Buyer,
    Supplier,
    /// In a column of that name.
    Admin,
    /// `unread_count_admin` as a text: no count, and an administrator's id.
    AdminInCounter,
    Product,
    Type,
    Subject,
    Status,
    LastMessage,
    LastMessageAt,
    UnreadBuyer,
    UnreadSupplier,
    /// As a number.
    UnreadAdmin,
    CreatedAt,
    UpdatedAt,
}

impl Meaning for ConversationColumn {
    fn of(name: &str, column: &OldColumn) -> Option<Self> {
        Some(match name {
            "id" if column.is_row_id() => Self::Id,
            "buyer_id" if column.is_id() => Self::Buyer,
            "supplier_id" if column.is_id() => Self::Supplier,
            "admin_id" if column.is_id() => Self::Admin,
            "unread_count_admin" if column.is_row_id() => Self::AdminInCounter,
            "product_id" if column.is_id() => Self::Product,
            "type" if column.is_word() => Self::Type,
            "subject" if column.is_text() => Self::Subject,
            "status" if column.is_word() => Self::Status,
            "last_message" if column.is_text() => Self::LastMessage,
            "last_message_at" if column.is_time() => Self::LastMessageAt,
            "unread_count_buyer" if column.is_number() => Self::UnreadBuyer,
            "unread_count_supplier" if column.is_number() => Self::UnreadSupplier,
            "unread_count_admin" | "unread_count_admin_new" if column.is_number() => {
                Self::UnreadAdmin
            }
            "created_at" if column.is_time() => Self::CreatedAt,
            "updated_at" if column.is_time() => Self::UpdatedAt,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageColumn {
    Id,
    Conversation,
    Sender,
    Receiver,
    SenderType,
    /// In a column called `message`.
    Text,
    /// The same, called `content`. A table may have both.
    Content,
    Attachments,
    Products,
    MessageType,
    IsRead,
    ReadAt,
    CreatedAt,
}

impl Meaning for MessageColumn {
    fn of(name: &str, column: &OldColumn) -> Option<Self> {
        Some(match name {
            "id" if column.is_row_id() => Self::Id,
            "conversation_id" if column.is_row_id() => Self::Conversation,
            "sender_id" if column.is_id() => Self::Sender,
            "receiver_id" if column.is_id() => Self::Receiver,
            "sender_type" if column.is_word() => Self::SenderType,
            "message" if column.is_text() => Self::Text,
            "content" if column.is_text() => Self::Content,
            "attachments" if column.is_files() => Self::Attachments,
            "product_references" if column.is_files() => Self::Products,
            "message_type" if column.is_word() => Self::MessageType,
            "is_read" if column.is_flag() => Self::IsRead,
            "read_at" if column.is_time() => Self::ReadAt,
            "created_at" if column.is_time() => Self::CreatedAt,
            _ => return None,
        })
    }
}

/// One of the two tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldTable<M: Ord> {
    pub schema: String,
    pub name: String,
    /// Stays when the table is renamed.
    pub oid: u32,
    pub columns: BTreeMap<M, OldColumn>,
    /// Those that nobody knows.
    pub unknown: Vec<OldColumn>,
}

impl<M: Meaning> OldTable<M> {
    pub(super) fn new(schema: &str, name: &str, oid: u32, all: &[OldColumn]) -> Self {
        let mut columns = BTreeMap::new();
        let mut unknown = Vec::new();
        for column in all {
            match M::of(&column.name, column) {
                Some(meaning) if !columns.contains_key(&meaning) => {
                    columns.insert(meaning, column.clone());
                }
                _ => unknown.push(column.clone()),
            }
        }
        Self {
            schema: schema.to_owned(),
            name: name.to_owned(),
            oid,
            columns,
            unknown,
        }
    }
}

impl<M: Copy + Ord> OldTable<M> {
    pub fn get(&self, meaning: M) -> Option<&OldColumn> {
        self.columns.get(&meaning)
    }

    pub fn has(&self, meaning: M) -> bool {
        self.columns.contains_key(&meaning)
    }

    /// For SQL.
    pub fn quoted(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.name))
    }

    /// For people.
    pub fn shown(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }
}
