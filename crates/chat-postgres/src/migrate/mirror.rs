//! The function that writes into the host's own columns who is online.

use sqlx::PgConnection;

use super::{
    columns::{self, type_of},
    refusals::{denied_to, refusal},
    table::Owner,
    tables::Tables,
};
use crate::{
    Mapping, PgError,
    mapping::{Online, quoted},
};

const OFF: &str = include_str!("../../directory/mirror_off.sql");
const ON: &str = include_str!("../../directory/mirror_on.sql");

/// Its text for these settings, or what is wrong with them.
pub(super) async fn function(
    db: &mut PgConnection,
    tables: &Tables,
) -> Result<Result<String, String>, PgError> {
    let users = tables.of("users");
    let online = tables.mapping.online();
    let Some(online) = online.filter(|_| users.owner == Owner::Host) else {
        return Ok(Ok(OFF.to_owned()));
    };
    let shown = users.shown();
    let Some(id) = &tables.id(users).name else {
        let why = "needs HAGGLE_USERS_ID to be a column and no expression";
        return Ok(Err(format!("{}: {why}", Mapping::ONLINE)));
    };
    let names = columns::names(db, users).await?;
    let changes: Vec<_> = online.columns(&names).collect();
    if let Some(name) = changes.iter().find(|name| !names.contains(name)) {
        return Ok(Err(format!(
            "{}: column \"{name}\" does not exist in {shown}",
            Mapping::ONLINE
        )));
    }
    let mut assignments = Vec::new();
    for (place, name) in changes.iter().enumerate() {
        let type_name = type_of(db, users, name).await?;
        let value = match (place, &*type_name) {
            (0, "boolean") => "free.is_online",
            (1, "timestamp with time zone") => "free.seen",
            // As programs write it that keep UTC in such columns.
            (1, "timestamp without time zone") => "free.seen at time zone 'UTC'",
            (0, _) => {
                return Ok(Err(format!(
                    "{}: \"{name}\" is {type_name}, not boolean, in {shown}",
                    Mapping::ONLINE
                )));
            }
            _ => {
                return Ok(Err(format!(
                    "{}: \"{name}\" is {type_name}, not timestamp, in {shown}",
                    Mapping::ONLINE
                )));
            }
        };
        assignments.push(format!("{} = {value}", quoted(name)));
    }
    let id_type = type_of(db, users, id).await?;
    let text = ON
        .replace(":::id_type", &format!("::{id_type}"))
        .replace(":online_changes", &assignments.join(", "));
    Ok(Ok(tables.rendered(&text)))
}

/// What the update needs, tried on no row.
pub(super) async fn problem(
    db: &mut PgConnection,
    tables: &Tables,
    online: &Online,
    role: &str,
) -> Result<Option<String>, PgError> {
    let users = tables.of("users");
    let names = columns::names(db, users).await?;
    let columns: Vec<_> = online.columns(&names).map(|name| quoted(&name)).collect();
    let same = columns.iter().map(|name| format!("{name} = null"));
    let same = same.collect::<Vec<_>>().join(", ");
    let update = format!("update {} set {same} where false", users.quoted());
    let Some(refused) = refusal(db, update).await? else {
        return Ok(None);
    };
    let problem = if refused.code() == "42501" {
        let right = format!("update ({})", columns.join(", "));
        denied_to(Mapping::ONLINE, &right, users, &refused, role)
    } else {
        format!(
            "{}: {} in {}",
            Mapping::ONLINE,
            refused.message(),
            users.shown()
        )
    };
    Ok(Some(problem))
}
