//! What the place of a buyer or a supplier names: people, or rows of a table of profiles, each of which
//! has its user.

use super::column::OldColumn;
use crate::mapping::quoted;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A user's id. In the place of a supplier it may also be the id of a supplier of the directory.
    People,
    Profiles(Profiles),
}

/// A table whose rows belong to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles {
    pub schema: String,
    pub table: String,
    /// What the place names.
    pub id: String,
    /// The user of a row.
    pub user: String,
}

impl Profiles {
    /// For SQL.
    pub fn quoted(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.table))
    }

    /// The id and the user of a row, for SQL.
    pub(super) fn columns(&self) -> (String, String) {
        (quoted(&self.id), quoted(&self.user))
    }

    /// For people.
    pub fn shown(&self) -> String {
        format!("{}.{}", self.schema, self.table)
    }
}

impl Named {
    /// `candidates` are the tables with a `user_id`. A foreign key to one of them says so; without one a
    /// place that need not be taken names the table that carries its name, as everywhere else it is an
    /// id of a user that is written there.
    pub(super) fn of(
        column: Option<&OldColumn>,
        table_of_place: &str,
        schema: &str,
        candidates: &[Profiles],
    ) -> Self {
        let Some(column) = column else {
            return Self::People;
        };
        let mut candidates = candidates.iter();
        let found = match &column.references {
            Some((schema, table, id)) => candidates.find(|profiles| {
                (&profiles.schema, &profiles.table, &profiles.id) == (schema, table, id)
            }),
            None if column.is_nullable => candidates
                .find(|profiles| profiles.schema == schema && profiles.table == table_of_place),
            None => None,
        };
        found.map_or(Self::People, |profiles| Self::Profiles(profiles.clone()))
    }

    pub fn profiles(&self) -> Option<&Profiles> {
        match self {
            Self::People => None,
            Self::Profiles(profiles) => Some(profiles),
        }
    }
}
