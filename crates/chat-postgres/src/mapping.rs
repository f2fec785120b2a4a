//! What the host calls its tables, and where in them Haggle finds what it needs: an SQL expression
//! for each column, and the host's roles as ours.

mod columns;
mod expression;
mod name;
mod online;
mod roles;

use std::collections::BTreeMap;

pub(crate) use self::{
    columns::{COLUMNS, Column, Wanted},
    expression::is_plain,
    name::{TableName, literal, quoted},
};
pub use self::{online::Online, roles::Roles};

/// What a table or a column that the host does not have is called in the settings.
pub(crate) const NONE: &str = "none";

pub(crate) const KINDS: [&str; 3] = ["users", "suppliers", "products"];

/// The setting that names the table of a kind.
pub(crate) fn table_setting(kind: &str) -> &'static str {
    match kind {
        "users" => "HAGGLE_USERS_TABLE",
        "suppliers" => "HAGGLE_SUPPLIERS_TABLE",
        _ => "HAGGLE_PRODUCTS_TABLE",
    }
}

fn table_help(kind: &str) -> &'static str {
    match kind {
        "users" => "The marketplace's table of users",
        "suppliers" => "The marketplace's table of suppliers, or none",
        _ => "The marketplace's table of products, or none",
    }
}

/// The settings, each by its name in the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    texts: BTreeMap<&'static str, String>,
    roles: Roles,
    online: Option<Online>,
}

impl Default for Mapping {
    fn default() -> Self {
        let tables = KINDS.map(|kind| (table_setting(kind), kind.to_owned()));
        let columns = COLUMNS
            .iter()
            .map(|column| (column.setting, column.name.to_owned()));
        Self {
            texts: tables.into_iter().chain(columns).collect(),
            roles: Roles::default(),
            online: None,
        }
    }
}

impl Mapping {
    pub const ROLES: &'static str = "HAGGLE_ROLES";
    pub const ONLINE: &'static str = "HAGGLE_USERS_ONLINE";

    /// Every setting of the mapping: its name, its default, what it means.
    pub fn settings() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        let kinds = KINDS.into_iter().flat_map(|kind| {
            let table = (table_setting(kind), kind, table_help(kind));
            let columns = COLUMNS.iter().filter(move |column| column.table == kind);
            let columns = columns.map(|column| (column.setting, column.name, column.help));
            std::iter::once(table).chain(columns)
        });
        kinds.chain([
            (
                Self::ROLES,
                "buyer=buyer, supplier=supplier, admin=admin",
                "The marketplace's roles as ours, like `vendor=supplier, staff=admin`",
            ),
            (
                Self::ONLINE,
                "",
                "Columns to keep as presence is, like `is_online, last_seen`",
            ),
        ])
    }

    /// Changes one setting. The reason why not reads on after its name.
    pub fn set(&mut self, setting: &str, text: &str) -> Result<(), String> {
        let text = text.trim();
        match setting {
            Self::ROLES => self.roles = Roles::parse(text)?,
            Self::ONLINE => {
                self.online = match text {
                    "" | NONE => None,
                    text => Some(Online::parse(text)?),
                }
            }
            _ => {
                let (known, value) = self
                    .texts
                    .iter_mut()
                    .find(|(known, _)| **known == setting)
                    .ok_or_else(|| "is no setting of the mapping".to_owned())?;
                check(known, text)?;
                text.clone_into(value);
            }
        }
        Ok(())
    }

    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    pub fn online(&self) -> Option<&Online> {
        self.online.as_ref()
    }

    /// What differs from the defaults, in the order of the settings.
    pub(crate) fn differences(&self) -> Vec<(&'static str, String)> {
        let own = Self::default();
        let mut all: Vec<_> = Self::settings()
            .map(|(setting, ..)| setting)
            .filter(|setting| self.text(setting) != own.text(setting))
            .map(|setting| (setting, self.text(setting).to_owned()))
            .collect();
        if self.roles != own.roles {
            all.push((Self::ROLES, self.roles.to_string()));
        }
        all.extend(
            self.online
                .iter()
                .map(|online| (Self::ONLINE, online.to_string())),
        );
        all
    }

    pub(crate) fn text(&self, setting: &str) -> &str {
        self.texts.get(setting).map_or("", String::as_str)
    }

    pub(crate) fn table(&self, kind: &str) -> &str {
        self.text(table_setting(kind))
    }

    /// Haggle's own table has Haggle's names.
    pub(crate) fn call_own(&mut self, kind: &str) {
        let own = Self::default();
        for column in COLUMNS.iter().filter(|column| column.table == kind) {
            let default = column.name.to_owned();
            self.texts.insert(column.setting, default);
        }
        self.texts
            .insert(table_setting(kind), own.table(kind).to_owned());
        if kind == "users" {
            self.roles = own.roles;
            self.online = None;
        }
    }
}

/// What can be seen without the database.
fn check(setting: &str, text: &str) -> Result<(), String> {
    if let Some(kind) = KINDS.iter().find(|kind| table_setting(kind) == setting) {
        if text == NONE && *kind == "users" {
            return Err("cannot be none: it says who people are".to_owned());
        }
        return TableName::parse(text).map(|_| ());
    }
    let column = COLUMNS.iter().find(|column| column.setting == setting);
    if text == NONE && column.is_some_and(|column| column.without.is_none()) {
        return Err("cannot be none".to_owned());
    }
    expression::check(text)
}

#[cfg(test)]
mod tests {
    use super::Mapping;

    #[test]
    fn every_setting_can_be_set_to_its_default() {
        let mut mapping = Mapping::default();
        for (setting, default, help) in Mapping::settings() {
            mapping.set(setting, default).unwrap_or_else(|reason| {
                assert!(default.is_empty(), "{setting} {reason}");
            });
            assert!(!help.is_empty());
        }
        assert_eq!(mapping, Mapping::default());
    }

    #[test]
    fn what_can_be_left_out_is_none_and_nothing_else() {
        let mut mapping = Mapping::default();
        for setting in [
            "HAGGLE_SUPPLIERS_TABLE",
            "HAGGLE_PRODUCTS_TABLE",
            "HAGGLE_PRODUCTS_SUPPLIER_ID",
            "HAGGLE_PRODUCTS_IMAGE",
            "HAGGLE_USERS_EMAIL",
            "HAGGLE_USERS_IS_ACTIVE",
            "HAGGLE_USERS_ONLINE",
        ] {
            mapping.set(setting, "none").unwrap();
        }
        for setting in [
            "HAGGLE_USERS_TABLE",
            "HAGGLE_USERS_ID",
            "HAGGLE_USERS_ROLE",
            "HAGGLE_SUPPLIERS_USER_ID",
        ] {
            let refused = mapping.set(setting, "none").unwrap_err();
            assert!(refused.starts_with("cannot be none"), "{refused}");
        }
    }
}
