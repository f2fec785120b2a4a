//! How the host's own tables have their ids. Here each id is a text; a look-up in the host's type is
//! one that its index answers.

use sqlx::PgConnection;

use super::{
    columns::{Resolved, type_of},
    table::{Owner, Table},
};
use crate::{PgError, mapping::quoted};

/// The kind of type that the ids of a table have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A text, or what is compared as one.
    Text,
    Whole,
    Uuid,
}

impl Key {
    pub async fn of(db: &mut PgConnection, table: &Table, id: &Resolved) -> Result<Self, PgError> {
        let (Owner::Host, Some(name)) = (table.owner, &id.name) else {
            return Ok(Self::Text);
        };
        Ok(match &*type_of(db, table, name).await? {
            "smallint" | "integer" | "bigint" => Self::Whole,
            "uuid" => Self::Uuid,
            _ => Self::Text,
        })
    }

    /// What the text of an id is compared as.
    pub fn sql_type(self) -> &'static str {
        match self {
            Self::Text => "varchar",
            Self::Whole => "bigint",
            Self::Uuid => "uuid",
        }
    }

    /// Of the text `id`, as the host's type writes it, and null for any other.
    pub fn of_text(self) -> &'static str {
        match self {
            Self::Text => "id",
            Self::Whole => {
                "case when id ~ '^(0|-?[1-9][0-9]{0,18})$' then \
                 case when id::numeric between -9223372036854775808 and 9223372036854775807 \
                 then id::bigint end end"
            }
            Self::Uuid => {
                "case when id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then id::uuid end"
            }
        }
    }

    /// Of a column: as it is, so that an index of it counts.
    pub fn of_column(self, column: &Resolved) -> String {
        match (self, &column.name) {
            (Self::Whole | Self::Uuid, Some(name)) => quoted(name),
            _ => format!("({})::varchar", column.sql),
        }
    }
}
