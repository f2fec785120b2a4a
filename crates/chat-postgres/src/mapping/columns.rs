//! What Haggle reads of the host's tables: a row for each column.

/// What the value of a column has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Something with a text form that is always the same.
    Id,
    Text,
    Flag,
}

impl Wanted {
    pub fn sql_type(self) -> &'static str {
        match self {
            Self::Id => "varchar",
            Self::Text => "text",
            Self::Flag => "boolean",
        }
    }
}

/// One mapped column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub setting: &'static str,
    pub table: &'static str,
    /// What it is called by us, and by a host that the settings say nothing of.
    pub name: &'static str,
    pub wanted: Wanted,
    /// What is read where the setting is `none`. Nothing: it cannot be.
    pub without: Option<&'static str>,
    /// Where the host has no column of our name, it is read as `without`.
    pub may_be_missing: bool,
    pub help: &'static str,
}

/// A column that cannot be left out.
const fn column(
    setting: &'static str,
    table: &'static str,
    name: &'static str,
    wanted: Wanted,
    help: &'static str,
) -> Column {
    Column {
        setting,
        table,
        name,
        wanted,
        without: None,
        may_be_missing: false,
        help,
    }
}

const fn or_else(column: Column, without: &'static str) -> Column {
    Column {
        without: Some(without),
        ..column
    }
}

const fn maybe(column: Column) -> Column {
    Column {
        may_be_missing: true,
        ..column
    }
}

use Wanted::{Flag, Id, Text};

/// The first of each table is its id.
pub(crate) const COLUMNS: &[Column] = &[
    column(
        "HAGGLE_USERS_ID",
        "users",
        "id",
        Id,
        "The id in it, as tokens name it: a column, as in all of these, or an SQL expression",
    ),
    or_else(
        column(
            "HAGGLE_USERS_NAME",
            "users",
            "name",
            Text,
            "The name that others see",
        ),
        "null",
    ),
    maybe(or_else(
        column(
            "HAGGLE_USERS_COMPANY",
            "users",
            "company",
            Text,
            "The company that a user speaks for, or none",
        ),
        "null",
    )),
    maybe(or_else(
        column(
            "HAGGLE_USERS_EMAIL",
            "users",
            "email",
            Text,
            "The mail address, or none",
        ),
        "null",
    )),
    column(
        "HAGGLE_USERS_ROLE",
        "users",
        "role",
        Text,
        "The role, in the marketplace's words",
    ),
    or_else(
        column(
            "HAGGLE_USERS_IS_ACTIVE",
            "users",
            "is_active",
            Flag,
            "Whether the account may be used, or none: all may",
        ),
        "true",
    ),
    maybe(or_else(
        column(
            "HAGGLE_USERS_TIME_ZONE",
            "users",
            "time_zone",
            Text,
            "The time zone, as Europe/Berlin, or none",
        ),
        "null",
    )),
    column("HAGGLE_SUPPLIERS_ID", "suppliers", "id", Id, "The id in it"),
    column(
        "HAGGLE_SUPPLIERS_USER_ID",
        "suppliers",
        "user_id",
        Id,
        "The user who speaks for the supplier",
    ),
    or_else(
        column(
            "HAGGLE_SUPPLIERS_NAME",
            "suppliers",
            "name",
            Text,
            "The company's name, or none",
        ),
        "null",
    ),
    maybe(or_else(
        column(
            "HAGGLE_SUPPLIERS_WORKING_HOURS",
            "suppliers",
            "working_hours",
            Text,
            "When a supplier works, as Mo-Fr 08:00-17:00, or none",
        ),
        "null",
    )),
    column("HAGGLE_PRODUCTS_ID", "products", "id", Id, "The id in it"),
    or_else(
        column(
            "HAGGLE_PRODUCTS_NAME",
            "products",
            "name",
            Text,
            "The product's name",
        ),
        "null",
    ),
    or_else(
        column(
            "HAGGLE_PRODUCTS_IMAGE",
            "products",
            "image",
            Text,
            "The picture's address, or none",
        ),
        "null",
    ),
    or_else(
        column(
            "HAGGLE_PRODUCTS_SUPPLIER_ID",
            "products",
            "supplier_id",
            Id,
            "The supplier's id, or none",
        ),
        "null",
    ),
];
