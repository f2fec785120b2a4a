//! One table of the directory.

use crate::mapping::{NONE, quoted, table_setting};

#[derive(Debug)]
pub(super) struct Table {
    pub kind: &'static str,
    /// As the settings name it.
    pub named: String,
    pub schema: String,
    pub name: String,
    pub owner: Owner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Haggle,
    Host,
    /// The host has no such thing, and the settings say so.
    Nobody,
}

impl Table {
    pub fn ours(kind: &'static str) -> Self {
        Self {
            kind,
            named: kind.to_owned(),
            schema: "haggle".to_owned(),
            name: kind.to_owned(),
            owner: Owner::Haggle,
        }
    }

    pub fn missing(kind: &'static str) -> Self {
        Self {
            kind,
            named: NONE.to_owned(),
            schema: String::new(),
            name: String::new(),
            owner: Owner::Nobody,
        }
    }

    pub fn is_ours(&self) -> bool {
        self.owner == Owner::Haggle
    }

    /// The setting that names it.
    pub fn setting(&self) -> &'static str {
        table_setting(self.kind)
    }

    /// For people.
    pub fn shown(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    /// For SQL.
    pub fn quoted(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.name))
    }

    /// What the view reads from.
    pub fn source(&self) -> String {
        match self.owner {
            Owner::Nobody => "(select where false) as nothing".to_owned(),
            Owner::Haggle | Owner::Host => self.quoted(),
        }
    }

    pub fn create(&self) -> &'static str {
        match self.kind {
            "users" => include_str!("../../directory/users.sql"),
            "suppliers" => include_str!("../../directory/suppliers.sql"),
            _ => include_str!("../../directory/products.sql"),
        }
    }
}
