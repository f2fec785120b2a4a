//! The roles that the rows have, and what they probably mean.

use chat::person::Role;
use sqlx::PgConnection;

use super::{
    super::{
        columns, expressions,
        table::Table,
        tables::{Tables, locate},
    },
    catalogue::bare,
};
use crate::{Mapping, PgError, mapping::Roles};

/// Words that are looked at; whoever has more has something else in that column.
const MOST: usize = 50;

const BUYERS: &[&str] = &[
    "buyer",
    "buyers",
    "customer",
    "client",
    "consumer",
    "purchaser",
    "shopper",
    "user",
    "member",
    "retailer",
];
const SUPPLIERS: &[&str] = &[
    "supplier",
    "suppliers",
    "vendor",
    "seller",
    "merchant",
    "manufacturer",
    "provider",
    "store",
    "shop",
    "wholesaler",
    "distributor",
];
const ADMINS: &[&str] = &[
    "admin",
    "admins",
    "administrator",
    "superadmin",
    "sysadmin",
    "staff",
    "support",
    "moderator",
    "operator",
    "manager",
    "owner",
    "root",
    "employee",
];

fn meaning(word: &str) -> Option<Role> {
    let word = bare(word);
    let is_in = |words: &[&str]| words.contains(&&*word);
    if is_in(BUYERS) {
        Some(Role::Buyer)
    } else if is_in(SUPPLIERS) {
        Some(Role::Supplier)
    } else if is_in(ADMINS) {
        Some(Role::Admin)
    } else {
        None
    }
}

type Words = (Vec<Option<String>>, Vec<i64>);

/// Each word and how many people have it, the most first. Nothing: it cannot be read.
async fn words(
    db: &mut PgConnection,
    table: &Table,
    role: &str,
) -> Result<Option<Vec<(Option<String>, i64)>>, PgError> {
    let words = format!(
        "select coalesce(array_agg(word order by people desc, word), '{{}}'),
                coalesce(array_agg(people order by people desc, word), '{{}}')
         from (
           select ({role})::text as word, count(*) as people
           from {}
           group by 1
           order by 2 desc
           limit {}
         ) words",
        table.quoted(),
        MOST + 1
    );
    let found = expressions::patiently::<Words>(db, &words).await?;
    Ok(found.map(|(words, people)| words.into_iter().zip(people).collect()))
}

/// Pairs for the words that mean something. One that the settings already give stays.
pub(super) async fn propose(
    db: &mut PgConnection,
    mapping: &Mapping,
    guess: &mut Mapping,
) -> Result<Option<String>, PgError> {
    if *mapping.roles() != Roles::default() {
        return Ok(None);
    }
    let Ok(users) = locate(db, "users", mapping).await else {
        return Ok(None);
    };
    let resolved = columns::resolve(db, &users, mapping).await?;
    let role = resolved
        .iter()
        .find(|found| found.column.setting == "HAGGLE_USERS_ROLE");
    let Some(role) = role.filter(|role| role.problem.is_none()) else {
        return Ok(None);
    };
    let Some(words) = words(db, &users, &role.sql).await? else {
        return Ok(None);
    };
    let mut pairs = Vec::new();
    let mut meanings = Vec::new();
    let mut without = Vec::new();
    for (word, people) in words.iter().take(MOST) {
        let known = word.as_deref().filter(|word| can_be_named(word));
        match known.and_then(|word| meaning(word).map(|role| (word, role))) {
            Some((word, role)) => {
                pairs.push(format!("{word}={}", role.as_str()));
                meanings.push(role);
            }
            None => without.push(shown(word.as_deref(), *people)),
        }
    }
    // Whom nobody is yet, somebody may become.
    for role in Role::ALL {
        if !meanings.contains(&role) {
            pairs.push(format!("{0}={0}", role.as_str()));
        }
    }
    if let Err(reason) = guess.set(Mapping::ROLES, &pairs.join(", ")) {
        tracing::debug!(reason, "roles are not proposed");
    }
    Ok((!without.is_empty())
        .then(|| format!("without a role here, and so nobody: {}", without.join(", "))))
}

/// The form of the setting has no quotes.
fn can_be_named(word: &str) -> bool {
    !word.is_empty() && word == word.trim() && !word.contains([',', '\n'])
}

fn shown(word: Option<&str>, people: i64) -> String {
    let word = word.map_or_else(|| "no role".to_owned(), |word| format!("{word:?}"));
    let noun = if people == 1 { "person" } else { "people" };
    format!("{word} ({people} {noun})")
}

/// Of the mapping as it is.
pub(super) async fn without_meaning(
    db: &mut PgConnection,
    tables: &Tables,
) -> Result<Option<String>, PgError> {
    let users = tables.of("users");
    if users.is_ours() {
        return Ok(None);
    }
    let mut columns = tables.columns(users);
    let role = columns.find(|found| found.column.setting == "HAGGLE_USERS_ROLE");
    let Some(role) = role else {
        return Ok(None);
    };
    let Some(words) = words(db, users, &role.sql).await? else {
        return Ok(None);
    };
    let is_known = |word: &Option<String>| {
        let word = word.as_deref();
        word.is_some_and(|word| tables.mapping.roles().of(word).is_some())
    };
    let without: Vec<_> = words
        .iter()
        .filter(|(word, _)| !is_known(word))
        .map(|(word, people)| shown(word.as_deref(), *people))
        .collect();
    Ok((!without.is_empty()).then(|| {
        format!(
            "HAGGLE_ROLES: nobody here are people of {} with {}",
            users.shown(),
            without.join(", ")
        )
    }))
}
