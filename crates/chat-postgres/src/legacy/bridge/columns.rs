//! What the columns of the old tables are filled with: an expression for each, over `c`, the
//! conversation in Haggle, and `m`, the message.

use crate::{
    legacy::{
        ConversationColumn as C, MessageColumn as M, Named, OldChat, OldColumn, Profiles, Shape,
    },
    mapping::{literal, quoted},
};

/// Where the browser fetches a file of Haggle's. Whoever may see the message may, by their session.
const FILES: &str = "/api/chat/attachments/";
/// What an old application writes that keeps its times in UTC whatever its server's zone.
const UTC: &str = "UTC";

/// Whose id the old application writes for a supplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SupplierId {
    User,
    /// Of the directory.
    Supplier,
}

/// A column as SQL has it, and its value.
pub(super) type Filled = (String, String);

pub(super) struct Columns<'a> {
    pub chat: &'a OldChat,
    /// Of `created_at`, where that names none.
    pub zone: &'a str,
    pub supplier_id: SupplierId,
}

impl Columns<'_> {
    /// Of a new row.
    pub fn conversation(&self) -> Vec<Filled> {
        let columns = self.chat.conversations.columns.iter();
        let value = |(meaning, column)| self.of_conversation(meaning, column);
        filled(columns.map(|(meaning, column)| (column, value((*meaning, column)))))
    }

    /// Of a new row.
    pub fn message(&self) -> Vec<Filled> {
        let columns = self.chat.messages.columns.iter();
        let value = |(meaning, column)| self.of_message(meaning, column);
        filled(columns.map(|(meaning, column)| (column, value((*meaning, column)))))
    }

    /// Of a row that is there, as it should be now.
    pub fn all(&self) -> Vec<Filled> {
        let columns = self.chat.conversations.columns.iter();
        let value = |meaning: C, column: &OldColumn| match meaning {
            C::Product
            | C::LastMessage
            | C::UnreadBuyer
            | C::UnreadSupplier
            | C::UnreadAdmin
            | C::UpdatedAt => self.of_conversation(meaning, column),
            C::LastMessageAt => Some(last_message_at(column, "c", Some("o"))),
            C::Admin | C::AdminInCounter => self.administrator(meaning, column),
            _ => None,
        };
        filled(columns.map(|(meaning, column)| (column, value(*meaning, column))))
    }

    /// The same after a change from `b` to `c`. What the old application counts beside us stays counted.
    pub fn changed(&self) -> Vec<Filled> {
        let columns = self.chat.conversations.columns.iter();
        let value = |meaning: C, column: &OldColumn| match meaning {
            C::LastMessage | C::LastMessageAt | C::UpdatedAt => {
                let value = match meaning {
                    C::LastMessageAt => last_message_at(column, "c", Some("o")),
                    _ => self.of_conversation(meaning, column)?,
                };
                let is_said = match meaning {
                    // Also one that was corrected or taken back.
                    C::LastMessage => {
                        "(c.last_seq, c.last_message) is distinct from (b.last_seq, b.last_message)"
                    }
                    _ => "c.last_seq is distinct from b.last_seq",
                };
                Some(format!(
                    "case when {is_said} then {value} else o.{} end",
                    column.quoted()
                ))
            }
            C::Product => {
                let value = self.of_conversation(meaning, column)?;
                let is_new = "c.product_id is distinct from b.product_id";
                Some(format!(
                    "case when {is_new} then {value} else o.{} end",
                    column.quoted()
                ))
            }
            C::Admin | C::AdminInCounter => {
                let value = self.administrator(meaning, column)?;
                let is_new = "c.admin_id is distinct from b.admin_id";
                Some(format!(
                    "case when {is_new} then {value} else o.{} end",
                    column.quoted()
                ))
            }
            C::UnreadBuyer | C::UnreadSupplier | C::UnreadAdmin => {
                let (now, before) = (self.unread(meaning, "c")?, self.unread(meaning, "b")?);
                let known = format!("coalesce(o.{}, 0)", column.quoted());
                Some(format!(
                    "case when {now} = 0 then 0 else greatest({known} + {now} - {before}, 0) end"
                ))
            }
            _ => None,
        };
        filled(columns.map(|(meaning, column)| (column, value(*meaning, column))))
    }

    /// What a message says, over `o`, the old row. A correction leaves its files as they are there.
    pub fn words(&self) -> Vec<Filled> {
        let columns = self.chat.messages.columns.iter();
        let value = |meaning: M, column: &OldColumn| match meaning {
            M::Text | M::Content => self.of_message(meaning, column),
            M::Attachments => Some(format!(
                "case when m.deleted_at is null then o.{} else {} end",
                column.quoted(),
                no_attachments(column)
            )),
            _ => None,
        };
        filled(columns.map(|(meaning, column)| (column, value(*meaning, column))))
    }

    /// Of messages that are read, over `o`, the old row.
    pub fn flags(&self) -> Vec<Filled> {
        let columns = self.chat.messages.columns.iter();
        let value = |meaning: M, column: &OldColumn| match meaning {
            M::IsRead => Some("true".to_owned()),
            M::ReadAt => {
                let now = in_zone("clock_timestamp()", column, UTC);
                Some(format!("coalesce(o.{}, {now})", column.quoted()))
            }
            _ => None,
        };
        filled(columns.map(|(meaning, column)| (column, value(*meaning, column))))
    }

    /// Why the old table has no place for a conversation, as an SQL expression; null: it has.
    pub fn obstacle(&self) -> String {
        let table = &self.chat.conversations;
        let mut cases = Vec::new();
        let mut unless = |condition: String, why: &str| {
            cases.push(format!("when {condition} then {}", literal(why)));
        };
        if let (Some(column), Named::Profiles(_)) = (table.get(C::Buyer), &self.chat.buyer) {
            let value = self.buyer(column);
            unless(
                format!("{value} is null"),
                "its buyer has no row in the old table of buyers",
            );
        }
        match table.get(C::Supplier) {
            None => unless(
                "c.supplier_id is not null".to_owned(),
                "the old conversations have no place for a supplier",
            ),
            Some(column) if is_needed(column) => unless(
                "c.supplier_id is null".to_owned(),
                "an old conversation needs a supplier",
            ),
            Some(_) => {}
        }
        if let (Some(column), Named::Profiles(_)) = (table.get(C::Supplier), &self.chat.supplier) {
            let value = self.supplier(column);
            unless(
                format!("c.supplier_id is not null and {value} is null"),
                "its supplier has no row in the old table of suppliers",
            );
        }
        if table.get(C::Admin).is_some_and(is_needed) {
            unless(
                "c.admin_id is null".to_owned(),
                "an old conversation needs an administrator",
            );
        }
        if cases.is_empty() {
            return "null::text".to_owned();
        }
        format!("case {} end", cases.join(" "))
    }

    fn of_conversation(&self, meaning: C, column: &OldColumn) -> Option<String> {
        Some(match meaning {
            C::Id => typed("c.id", column),
            C::Buyer => self.buyer(column),
            C::Supplier => self.supplier(column),
            // Nobody is an empty text there, as the old application wrote it.
            C::AdminInCounter if column.is_text() && is_needed(column) => {
                typed("coalesce(c.admin_id, '')", column)
            }
            C::Admin | C::AdminInCounter => typed("c.admin_id", column),
            C::Product => typed("c.product_id", column),
            C::Type => typed(self.kind(), column),
            C::Subject => return is_needed(column).then(|| "''".to_owned()),
            C::Status => return is_needed(column).then(|| typed("'active'", column)),
            C::LastMessage if is_needed(column) => cut("coalesce(c.last_message, '')", column),
            C::LastMessage => cut("c.last_message", column),
            C::LastMessageAt => last_message_at(column, "c", None),
            C::UnreadBuyer | C::UnreadSupplier | C::UnreadAdmin => self.unread(meaning, "c")?,
            C::CreatedAt => in_zone("c.created_at", column, self.zone),
            C::UpdatedAt => in_zone("c.changed_at", column, UTC),
        })
    }

    fn of_message(&self, meaning: M, column: &OldColumn) -> Option<String> {
        Some(match meaning {
            M::Id => typed("m.id", column),
            M::Conversation => typed("haggle.legacy_there(m.conversation_id)", column),
            M::Sender => typed("m.sender_id", column),
            // Nobody is there yet, and the column wants somebody.
            M::Receiver if column.is_text() && is_needed(column) => {
                typed("coalesce(m.receiver_id, c.admin_id, '')", column)
            }
            M::Receiver => typed("m.receiver_id", column),
            M::SenderType => typed("m.sender_type", column),
            M::Text | M::Content => "m.message".to_owned(),
            M::Attachments => attachments(column),
            M::Products => return is_needed(column).then(|| typed("'{}'", column)),
            M::MessageType => return is_needed(column).then(|| typed("'text'", column)),
            M::IsRead => "false".to_owned(),
            M::ReadAt => return None,
            M::CreatedAt => in_zone("m.created_at", column, self.zone),
        })
    }

    fn buyer(&self, column: &OldColumn) -> String {
        match &self.chat.buyer {
            Named::People => typed("c.buyer_id", column),
            Named::Profiles(profiles) => profile(profiles, "c.buyer_id"),
        }
    }

    fn supplier(&self, column: &OldColumn) -> String {
        match (&self.chat.supplier, self.supplier_id) {
            (Named::Profiles(profiles), _) => profile(profiles, "c.supplier_id"),
            (Named::People, SupplierId::User) => typed("c.supplier_id", column),
            (Named::People, SupplierId::Supplier) => typed(
                "coalesce(\
                 (select s.id from haggle.directory_suppliers s where s.user_id = c.supplier_id order by s.id limit 1), \
                 c.supplier_id)",
                column,
            ),
        }
    }

    /// A place that became empty and cannot be stays as it was.
    fn administrator(&self, meaning: C, column: &OldColumn) -> Option<String> {
        let value = self.of_conversation(meaning, column)?;
        if column.is_nullable {
            return Some(value);
        }
        Some(format!("coalesce({value}, o.{})", column.quoted()))
    }

    /// In the old application's words. Its support was an administrator beside a supplier.
    fn kind(&self) -> &'static str {
        match self.chat.shape {
            Shape::D => {
                "case when c.supplier_id is null then 'buyer_support' else 'buyer_supplier' end"
            }
            Shape::F => {
                "case when c.supplier_id is null then 'buyer_admin' else 'buyer_supplier' end"
            }
            _ => {
                "case when c.type = 'support' and c.supplier_id is null then 'buyer_admin' else c.type end"
            }
        }
    }

    /// A count over a row of conversations that has this name in SQL.
    fn unread(&self, meaning: C, row: &str) -> Option<String> {
        let table = &self.chat.conversations;
        Some(match meaning {
            C::UnreadBuyer => format!("{row}.unread_count_buyer"),
            // The operator was the supplier, and had no count of their own.
            C::UnreadSupplier if !table.has(C::UnreadAdmin) => format!(
                "case when {row}.supplier_id is null then {} else {row}.unread_count_supplier end",
                of_administrators(row)
            ),
            C::UnreadSupplier => format!("{row}.unread_count_supplier"),
            // Every administrator is meant, where none has a place of their own.
            C::UnreadAdmin if !table.has(C::Admin) => of_administrators(row),
            C::UnreadAdmin => format!("{row}.unread_count_admin"),
            _ => return None,
        })
    }
}

/// Also where none has taken the place yet.
fn of_administrators(row: &str) -> String {
    format!("({row}.last_seq - {row}.admin_read_seq)::integer")
}

fn filled<'a>(columns: impl Iterator<Item = (&'a OldColumn, Option<String>)>) -> Vec<Filled> {
    let filled = columns.filter_map(|(column, value)| Some((column.quoted(), value?)));
    filled.collect()
}

/// Whether a row without it is refused.
fn is_needed(column: &OldColumn) -> bool {
    !column.is_nullable && !column.has_default
}

/// Of the column's type, and whole: what is too long for it is refused, not cut.
pub(super) fn typed(expression: &str, column: &OldColumn) -> String {
    format!("cast({expression} as {})", base_type(column))
}

/// What may be cut is.
fn cut(expression: &str, column: &OldColumn) -> String {
    format!("cast({expression} as {})", column.type_name)
}

/// Without its length.
pub(super) fn base_type(column: &OldColumn) -> &str {
    match column.type_name.split_once('(') {
        Some((name, _)) if column.is_text() => name,
        _ => &column.type_name,
    }
}

/// An instant as a column has it that may name no zone.
fn in_zone(instant: &str, column: &OldColumn, zone: &str) -> String {
    if column.has_zone() {
        instant.to_owned()
    } else {
        format!("({instant} at time zone {})", literal(zone))
    }
}

/// Null before the first message, where the column may be.
fn last_message_at(column: &OldColumn, row: &str, before: Option<&str>) -> String {
    let at = in_zone(&format!("{row}.last_message_at"), column, UTC);
    match before {
        Some(before) if !column.is_nullable => {
            format!("coalesce({at}, {before}.{})", column.quoted())
        }
        None if !column.is_nullable => {
            let created = in_zone(&format!("{row}.created_at"), column, UTC);
            format!("coalesce({at}, {created})")
        }
        _ => at,
    }
}

/// The row of a person in a table of profiles.
fn profile(profiles: &Profiles, person: &str) -> String {
    let (id, user) = (quoted(&profiles.id), quoted(&profiles.user));
    format!(
        "(select p.{id} from {} p where p.{user}::varchar = {person} order by p.{id} limit 1)",
        profiles.quoted()
    )
}

/// A list of addresses. None: what the old application writes for none.
fn attachments(column: &OldColumn) -> String {
    let addresses = format!(
        "array(select coalesce((select a.url from haggle.attachments a where a.id = f.id), '{FILES}' || f.id) from unnest(m.attachments) with ordinality as f (id, place) order by f.place)"
    );
    let list = if column.is_list() {
        format!("cast({addresses} as {})", column.type_name)
    } else {
        format!("cast(to_json({addresses}) as {})", column.type_name)
    };
    let none = no_attachments(column);
    format!("case when m.attachments = '{{}}' then {none} else {list} end")
}

fn no_attachments(column: &OldColumn) -> String {
    if column.is_nullable {
        return "null".to_owned();
    }
    let empty = if column.is_list() { "'{}'" } else { "'[]'" };
    format!("cast({empty} as {})", column.type_name)
}
