//! What a database has of a marketplace, and how the settings would say it.

mod catalogue;
mod guess;
mod roles;

use std::collections::BTreeSet;

use sqlx::{Connection, PgConnection};

use self::catalogue::{Catalogue, HostTable};
use super::{
    expressions,
    migration::Migration,
    statements::{execute, has_table, schema},
    table::{Owner, Table},
    tables::{Tables, locate},
};
use crate::{
    Mapping, PgError, PgOptions,
    mapping::{COLUMNS, KINDS, NONE, table_setting},
    pool::{BEGIN_A_MIGRATION, Servers},
};

/// Whatever takes longer is left out.
const PATIENCE: &str = "set local statement_timeout = '5s'";

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Settings that differ from their defaults, by name, so that the mapping fits: all that is needed.
    /// Nothing: it fits as it is, or nobody knows better.
    pub proposal: Vec<(&'static str, String)>,
    /// What goes with the proposal, one line each.
    pub comments: Vec<String>,
    /// What the mapping as it is leaves out, or would stumble over.
    pub remarks: Vec<String>,
}

/// Looks at the database, and changes nothing in it.
pub async fn survey(options: &PgOptions, mapping: &Mapping) -> Result<Survey, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let is_pooled = session.is_pooled();
    let mut transaction = session.db().begin_with(BEGIN_A_MIGRATION).await?;
    execute(&mut transaction, PATIENCE).await?;
    let found = look(&mut transaction, mapping).await;
    if is_pooled {
        transaction.clear_cached_statements().await?;
    }
    transaction.rollback().await?;
    session.close().await;
    found
}

async fn look(db: &mut PgConnection, mapping: &Mapping) -> Result<Survey, PgError> {
    let mut survey = Survey::default();
    let catalogue = Catalogue::read(db).await?;
    let users = locate(db, "users", mapping).await;
    if users.as_ref().is_ok_and(Table::is_ours) && has_table(db, "users").await? {
        // Haggle has its own, and knows them.
        return Ok(survey);
    }
    let mut guess = mapping.clone();
    for kind in KINDS {
        propose(db, kind, &catalogue, mapping, &mut guess).await?;
    }
    let Some(users) = catalogue.of(&locate(db, "users", &guess).await) else {
        return Ok(survey);
    };
    let without = roles::propose(db, &guess.clone(), &mut guess).await?;
    survey.comments.extend(without);
    remarks(db, mapping, &mut survey).await?;
    if guess == *mapping {
        return Ok(survey);
    }
    survey.proposal = guess.differences();
    survey.comments.extend(guess::online(users, &guess));
    survey.comments.extend(wrong(db, &guess).await?);
    Ok(survey)
}

/// One table and its columns. What works and was chosen by somebody stays.
async fn propose(
    db: &mut PgConnection,
    kind: &'static str,
    catalogue: &Catalogue,
    mapping: &Mapping,
    guess: &mut Mapping,
) -> Result<(), PgError> {
    let named = locate(db, kind, mapping).await;
    if named
        .as_ref()
        .is_ok_and(|table| table.owner == Owner::Nobody)
    {
        return Ok(());
    }
    let has_suppliers = guess.table("suppliers") != NONE;
    let found = catalogue.of(&named);
    let fits = |table: &&HostTable| kind != "suppliers" || guess::user_of(table).is_some();
    let Some(table) = found.filter(fits).or_else(|| catalogue.best(kind, fits)) else {
        if kind != "users" && !catalogue.is_empty() {
            put(guess, table_setting(kind), NONE);
        }
        return Ok(());
    };
    let stays = named.as_ref().is_ok_and(|named| table.is(named));
    if !stays {
        put(guess, table_setting(kind), &catalogue.name(table));
    }
    let broken = if stays {
        broken(db, kind, mapping).await?
    } else {
        BTreeSet::new()
    };
    for column in COLUMNS.iter().filter(|column| column.table == kind) {
        let text = mapping.text(column.setting);
        let was_chosen = text != column.name && stays && !broken.contains(column.setting);
        if was_chosen {
            continue;
        }
        if let Some(better) = guess::column(column, table, has_suppliers) {
            put(guess, column.setting, &better);
        }
    }
    Ok(())
}

/// A text that the settings would not take is no guess.
fn put(mapping: &mut Mapping, setting: &str, text: &str) {
    if let Err(reason) = mapping.set(setting, text) {
        tracing::debug!(setting, reason, "not proposed");
    }
}

/// The settings of a table that cannot be used as they are.
async fn broken(
    db: &mut PgConnection,
    kind: &str,
    mapping: &Mapping,
) -> Result<BTreeSet<&'static str>, PgError> {
    let mut broken = BTreeSet::new();
    for (setting, _) in problems(db, mapping, Some(kind)).await? {
        broken.insert(setting);
    }
    Ok(broken)
}

/// What is wrong with the columns of the host's tables, each with its setting.
async fn problems(
    db: &mut PgConnection,
    mapping: &Mapping,
    kind: Option<&str>,
) -> Result<Vec<(&'static str, String)>, PgError> {
    let mut all = Vec::new();
    let mut tables = Vec::new();
    for known in KINDS
        .into_iter()
        .filter(|known| kind.is_none_or(|kind| kind == *known))
    {
        match locate(db, known, mapping).await {
            Ok(table) if table.owner == Owner::Host => tables.push(table),
            Ok(_) => {}
            Err(error) => all.push((table_setting(known), error.to_string())),
        }
    }
    if !has_room(db).await? {
        return Ok(all);
    }
    for table in &tables {
        for resolved in super::columns::resolve(db, table, mapping).await? {
            let found = expressions::problems(db, table, &resolved, "this role").await?;
            let setting = resolved.column.setting;
            all.extend(found.into_iter().map(|problem| (setting, problem)));
        }
    }
    Ok(all)
}

/// Expressions are tried in the schema. Without the right to make it nothing can be tried, which the
/// migration says.
async fn has_room(db: &mut PgConnection) -> Result<bool, PgError> {
    let may = "
        select case
          when to_regnamespace('haggle') is null then has_database_privilege(current_database(), 'CREATE')
          else has_schema_privilege('haggle', 'CREATE')
        end";
    let may: bool = sqlx::query_scalar(may).fetch_one(&mut *db).await?;
    if may {
        schema(db, &mut Migration::default()).await?;
    }
    Ok(may)
}

/// What is still wrong with the best guess.
async fn wrong(db: &mut PgConnection, guess: &Mapping) -> Result<Vec<String>, PgError> {
    let problems = problems(db, guess, None).await?;
    let said = problems
        .into_iter()
        .map(|(_, problem)| format!("not found out: {problem}"));
    Ok(said.collect())
}

/// Of the rows as they are: roles without a meaning, ids that are not unique, values that no cast can read.
async fn remarks(
    db: &mut PgConnection,
    mapping: &Mapping,
    survey: &mut Survey,
) -> Result<(), PgError> {
    let broken = problems(db, mapping, None).await?;
    let Ok(tables) = Tables::find(db, mapping).await else {
        return Ok(());
    };
    let is_fine = |setting: &str| broken.iter().all(|(wrong, _)| *wrong != setting);
    let hosts = tables.all.iter().filter(|table| table.owner == Owner::Host);
    for table in hosts {
        for resolved in tables.columns(table) {
            if is_fine(resolved.column.setting) {
                let problem = expressions::every_row(db, table, resolved).await?;
                survey.remarks.extend(problem);
            }
        }
        if is_fine(tables.id(table).column.setting) {
            survey.remarks.extend(doubles(db, &tables, table).await?);
        }
    }
    if is_fine("HAGGLE_USERS_ROLE") {
        survey
            .remarks
            .extend(roles::without_meaning(db, &tables).await?);
    }
    Ok(())
}

async fn doubles(
    db: &mut PgConnection,
    tables: &Tables,
    table: &Table,
) -> Result<Option<String>, PgError> {
    let id = &tables.id(table).sql;
    let count = format!(
        "select count(({id})::varchar) - count(distinct ({id})::varchar), count(*) - count(({id})::varchar) from {}",
        table.quoted()
    );
    let Some((doubles, nulls)) = expressions::patiently::<(i64, i64)>(db, &count).await? else {
        return Ok(None);
    };
    let shown = table.shown();
    Ok(match (doubles, nulls) {
        (0, 0) => None,
        (0, nulls) => Some(format!(
            "{nulls} rows of {shown} have no id, and are nobody"
        )),
        (doubles, _) => Some(format!(
            "{doubles} rows of {shown} have an id that another row has: make it unique, or lists may show either"
        )),
    })
}
