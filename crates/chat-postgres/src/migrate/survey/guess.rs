//! What a column is probably called, and what is made of several.

use super::catalogue::{HostColumn, HostTable, IDS};
use crate::{
    Mapping,
    mapping::{Column, NONE},
};

const USER_IDS: &[&str] = &[
    "userid",
    "owneruserid",
    "ownerid",
    "accountid",
    "memberid",
    "useruuid",
    "user",
];
const SUPPLIER_IDS: &[&str] = &[
    "supplierid",
    "vendorid",
    "sellerid",
    "merchantid",
    "manufacturerid",
    "companyid",
    "storeid",
    "shopid",
    "supplier",
    "vendor",
    "seller",
];
const COMPANIES: &[&str] = &[
    "companyname",
    "businessname",
    "company",
    "organizationname",
    "organisationname",
    "organization",
    "organisation",
    "storename",
    "shopname",
];
const FULL_NAMES: &[&str] = &["name", "fullname", "displayname"];
const LOGINS: &[&str] = &["username", "login", "nickname", "handle"];
const FIRST_NAMES: &[&str] = &["firstname", "givenname", "forename"];
const LAST_NAMES: &[&str] = &["lastname", "surname", "familyname"];
const EMAILS: &[&str] = &["email", "emailaddress", "mail"];
const ROLES: &[&str] = &[
    "role",
    "userrole",
    "usertype",
    "accounttype",
    "rolename",
    "type",
    "kind",
];
const ACTIVE: &[&str] = &["isactive", "active", "isenabled", "enabled"];
const ENDED: &[&str] = &[
    "deletedat",
    "removedat",
    "archivedat",
    "deactivatedat",
    "disabledat",
    "suspendedat",
    "bannedat",
    "blockedat",
];
const BARRED: &[&str] = &[
    "isdeleted",
    "deleted",
    "isbanned",
    "banned",
    "issuspended",
    "suspended",
    "isblocked",
    "blocked",
    "isdisabled",
    "disabled",
    "isarchived",
    "archived",
];
const TIME_ZONES: &[&str] = &["timezone", "timezonename", "tz", "tzname"];
const PRODUCT_NAMES: &[&str] = &["name", "title", "productname", "label"];
const IMAGES: &[&str] = &[
    "image",
    "imageurl",
    "mainimage",
    "mainimageurl",
    "thumbnail",
    "thumbnailurl",
    "photo",
    "photourl",
    "picture",
    "pictureurl",
    "coverimage",
    "images",
    "imageurls",
    "photos",
    "pictures",
    "gallery",
];

fn is_text(column: &HostColumn) -> bool {
    column.category == "S"
}

fn is_flag(column: &HostColumn) -> bool {
    column.category == "B"
}

fn is_time(column: &HostColumn) -> bool {
    column.category == "D"
}

fn is_word(column: &HostColumn) -> bool {
    matches!(&*column.category, "S" | "E")
}

/// For a setting. Nothing: nobody knows.
pub(super) fn column(column: &Column, table: &HostTable, has_suppliers: bool) -> Option<String> {
    let plain = |found: Option<&HostColumn>| found.map(|found| found.name.clone());
    let or_none = |found: Option<String>| found.or_else(|| Some(NONE.to_owned()));
    match column.setting {
        "HAGGLE_USERS_ID" | "HAGGLE_SUPPLIERS_ID" | "HAGGLE_PRODUCTS_ID" => {
            plain(table.pick(IDS, |_| true))
        }
        "HAGGLE_USERS_NAME" => or_none(name_of_user(table)),
        "HAGGLE_USERS_EMAIL" => {
            plain(table.pick(EMAILS, is_text)).or_else(|| Some("email".to_owned()))
        }
        "HAGGLE_USERS_COMPANY" => plain(table.pick(COMPANIES, is_text)),
        "HAGGLE_USERS_ROLE" => plain(table.pick(ROLES, is_word)),
        "HAGGLE_USERS_IS_ACTIVE" => or_none(activity(table)),
        "HAGGLE_USERS_TIME_ZONE" => plain(table.pick(TIME_ZONES, is_text)),
        "HAGGLE_SUPPLIERS_USER_ID" => plain(user_of(table)),
        "HAGGLE_SUPPLIERS_NAME" => or_none(name_of_company(table)),
        "HAGGLE_PRODUCTS_NAME" => or_none(plain(table.pick(PRODUCT_NAMES, is_text))),
        "HAGGLE_PRODUCTS_IMAGE" => or_none(image(table)),
        "HAGGLE_PRODUCTS_SUPPLIER_ID" if !has_suppliers => Some(NONE.to_owned()),
        "HAGGLE_PRODUCTS_SUPPLIER_ID" => or_none(plain(table.pick(SUPPLIER_IDS, |_| true))),
        _ => None,
    }
}

/// The user behind a supplier.
pub(super) fn user_of(table: &HostTable) -> Option<&HostColumn> {
    table.pick(USER_IDS, |_| true)
}

fn not_empty(column: &HostColumn) -> String {
    format!("nullif({}, '')", column.quoted)
}

/// One column as it is; of several the first that says something.
fn first_of(columns: &[&HostColumn]) -> Option<String> {
    let (last, before) = columns.split_last()?;
    if before.is_empty() {
        return Some(last.name.clone());
    }
    let mut parts: Vec<_> = before.iter().map(|column| not_empty(column)).collect();
    parts.push(last.quoted.clone());
    Some(format!("coalesce({})", parts.join(", ")))
}

fn name_of_user(table: &HostTable) -> Option<String> {
    if let Some(full) = table.pick(FULL_NAMES, is_text) {
        return Some(full.name.clone());
    }
    let company = table.pick(COMPANIES, is_text);
    let own: Vec<_> = [FIRST_NAMES, LAST_NAMES]
        .into_iter()
        .filter_map(|names| table.pick(names, is_text))
        .map(|column| column.quoted.as_str())
        .collect();
    if own.is_empty() {
        let login = table.pick(LOGINS, is_text);
        let columns: Vec<_> = company.into_iter().chain(login).collect();
        return first_of(&columns);
    }
    let own = format!("concat_ws(' ', {})", own.join(", "));
    Some(match company {
        Some(company) => format!("coalesce({}, {own})", not_empty(company)),
        None => own,
    })
}

fn name_of_company(table: &HostTable) -> Option<String> {
    if let Some(name) = table.pick(&["name"], is_text) {
        return Some(name.name.clone());
    }
    let names = COMPANIES.iter().chain(FULL_NAMES).chain(&["title"]);
    let found: Vec<_> = names
        .filter_map(|name| table.pick(&[name], is_text))
        .collect();
    first_of(&found)
}

fn activity(table: &HostTable) -> Option<String> {
    let active = table.pick(ACTIVE, is_flag);
    let ended = ENDED.iter().filter_map(|name| table.pick(&[name], is_time));
    let barred = BARRED
        .iter()
        .filter_map(|name| table.pick(&[name], is_flag));
    let mut others: Vec<_> = ended
        .map(|column| format!("{} is null", column.quoted))
        .collect();
    others.extend(barred.map(|column| format!("not coalesce({}, false)", column.quoted)));
    match active {
        Some(active) if others.is_empty() => Some(active.name.clone()),
        Some(active) => {
            others.insert(0, format!("coalesce({}, true)", active.quoted));
            Some(others.join(" and "))
        }
        None if others.is_empty() => None,
        None => Some(others.join(" and ")),
    }
}

fn image(table: &HostTable) -> Option<String> {
    let is_picture = |column: &HostColumn| {
        matches!(&*column.category, "S" | "A") || column.type_name.starts_with("json")
    };
    let found = table.pick(IMAGES, is_picture)?;
    Some(match &*found.category {
        "A" => format!("{}[1]", found.quoted),
        "S" => found.name.clone(),
        _ => format!("{}->>0", found.quoted),
    })
}

/// The host's own columns of who is online, which nobody has to give us.
pub(super) fn online(table: &HostTable, mapping: &Mapping) -> Option<String> {
    if mapping.online().is_some() {
        return None;
    }
    let flag = table.pick(&["isonline", "online"], is_flag)?;
    let seen = table.pick(&["lastseen", "lastseenat", "lastactiveat"], |column| {
        column.type_name.starts_with("timestamp")
    });
    let columns = [Some(flag), seen].into_iter().flatten();
    let columns: Vec<_> = columns.map(|column| column.quoted.as_str()).collect();
    Some(format!(
        "users_online = \"{}\" would keep these columns as presence is, and needs the right to update them",
        columns.join(", ").replace('"', "\\\"")
    ))
}
