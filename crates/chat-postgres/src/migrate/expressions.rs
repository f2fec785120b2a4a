//! Whether what the settings say of a column can be read, row by row, from the host's table and from
//! nothing else. It is made into a view, and that is looked at: PostgreSQL knows best what a text means.

use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgRow};

use super::{
    columns::Resolved,
    refusals::{denied, refusal},
    statements::execute,
    table::Table,
};
use crate::{PgError, mapping::Wanted};

const VIEW: &str = "haggle.tried_column";

/// All that is wrong with one column.
pub(super) async fn problems(
    db: &mut PgConnection,
    table: &Table,
    resolved: &Resolved,
    role: &str,
) -> Result<Vec<String>, PgError> {
    let setting = resolved.column.setting;
    if let Some(problem) = &resolved.problem {
        return Ok(vec![format!("{setting}: {problem}")]);
    }
    let Resolved { sql, .. } = resolved;
    let create = format!(
        "create view {VIEW} as select ({sql}) as value from {}",
        table.quoted()
    );
    let mut savepoint = db.begin().await?;
    let created = refusal(&mut savepoint, create.clone()).await?;
    let found = if let Some(refused) = created {
        let hint = refused
            .hint()
            .map_or_else(String::new, |hint| format!(" ({hint})"));
        vec![format!(
            "{setting}: {}{hint} in {}",
            refused.message(),
            table.shown()
        )]
    } else {
        execute(&mut savepoint, &create).await?;
        of_view(&mut savepoint, table, resolved, role).await?
    };
    savepoint.rollback().await?;
    Ok(found)
}

/// The kind of expression, then its type, then what reading it needs.
async fn of_view(
    db: &mut PgConnection,
    table: &Table,
    resolved: &Resolved,
    role: &str,
) -> Result<Vec<String>, PgError> {
    let (setting, shown) = (resolved.column.setting, table.shown());
    let facts: Facts = sqlx::query_as(FACTS).fetch_one(&mut *db).await?;
    if let Some(reason) = facts.refusal() {
        return Ok(vec![format!("{setting}: {reason}, in {shown}")]);
    }
    let cast = format!(
        "select (value)::{} from {VIEW} limit 0",
        resolved.column.wanted.sql_type()
    );
    if let Some(refused) = refusal(db, cast).await? {
        return Ok(vec![
            if refused.code() == "42501" && refused.message().contains("function") {
                format!(
                    "{setting}: {}; grant execute on it to {role}",
                    refused.message()
                )
            } else if refused.code() == "42501" {
                denied(table, &refused, role)
            } else {
                format!("{setting}: {} in {shown}", refused.message())
            },
        ]);
    }
    let reason = facts.wrong_type(resolved.column.wanted);
    Ok(reason
        .map(|reason| format!("{setting}: {reason}, in {shown}"))
        .into_iter()
        .collect())
}

/// What PostgreSQL made of an expression.
#[derive(sqlx::FromRow)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column of the answer"
)]
struct Facts {
    type_name: String,
    /// Of a domain, that of its base type.
    category: String,
    base_name: String,
    has_aggregates: bool,
    has_windows: bool,
    has_sets: bool,
    has_queries: bool,
    volatile: Option<String>,
}

/// The tree of a view names its functions by their ids. What PostgreSQL lets stand in a view and
/// what of it depends on more than the row is said there, too.
const FACTS: &str = "
    with recursive base (oid, typbasetype) as (
      select t.oid, t.typbasetype
      from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      where a.attrelid = 'haggle.tried_column'::regclass and a.attnum = 1
      union all
      select t.oid, t.typbasetype from base join pg_type t on t.oid = base.typbasetype
    ),
    tree as (
      select ev_action::text as tree from pg_rewrite where ev_class = 'haggle.tried_column'::regclass
    )
    select
      (
        select format_type(a.atttypid, a.atttypmod)
        from pg_attribute a
        where a.attrelid = 'haggle.tried_column'::regclass and a.attnum = 1
      ) as type_name,
      t.typcategory::text as category,
      t.typname::text as base_name,
      tree ~ ':hasAggs true' as has_aggregates,
      tree ~ ':hasWindowFuncs true' as has_windows,
      tree ~ ':hasTargetSRFs true' as has_sets,
      tree ~ ':hasSubLinks true' as has_queries,
      (
        select string_agg(distinct p.oid::regproc::text, ', ')
        from regexp_matches(tree, ':(?:funcid|opfuncid) (\\d+)', 'g') as called (id)
        join pg_proc p on p.oid = called.id[1]::oid
        where p.provolatile = 'v'
      ) as volatile
    from tree, base
    join pg_type t on t.oid = base.oid
    where base.typbasetype = 0";

impl Facts {
    fn refusal(&self) -> Option<String> {
        if self.has_queries {
            let why = "contains a query, and is read of one row of this table alone";
            return Some(format!(
                "{why}; make a view with it, and name that as the table"
            ));
        }
        if self.has_aggregates || self.has_windows {
            return Some("looks at more than one row".to_owned());
        }
        if self.has_sets {
            return Some("gives several values for one row".to_owned());
        }
        let volatile = self.volatile.as_ref()?;
        Some(format!(
            "calls {volatile}, which is volatile: it may change something, or answer differently each time; a function that only reads can be declared stable"
        ))
    }

    fn wrong_type(&self, wanted: Wanted) -> Option<String> {
        let Self {
            type_name,
            category,
            base_name,
            ..
        } = self;
        match wanted {
            // A text that says neither would be found out by whoever is looked up.
            Wanted::Flag if category == "S" => Some(format!(
                "is {type_name}, not boolean; compare it, as in status = 'active'"
            )),
            Wanted::Text | Wanted::Flag => None,
            Wanted::Id => {
                let has_one_form = matches!(&**category, "S" | "N" | "E" | "U" | "X")
                    && !matches!(
                        &**base_name,
                        "float4" | "float8" | "money" | "json" | "jsonb" | "xml" | "bytea"
                    );
                let reason =
                    || format!("is {type_name}, which has no text form that is always the same");
                (!has_one_form).then(reason)
            }
        }
    }
}

/// Whether every row of a table can be read, which no check without rows can say: a cast may fail
/// for one of them.
pub(super) async fn every_row(
    db: &mut PgConnection,
    table: &Table,
    resolved: &Resolved,
) -> Result<Option<String>, PgError> {
    let Resolved { column, sql, .. } = resolved;
    let probe = format!(
        "select count((({sql})::{})::text) from {}",
        column.wanted.sql_type(),
        table.quoted()
    );
    let Some(refused) = refusal(db, probe).await? else {
        return Ok(None);
    };
    let is_about_values = refused.code().starts_with("22");
    Ok(is_about_values.then(|| {
        format!(
            "{}: {} in {}",
            column.setting,
            refused.message(),
            table.shown()
        )
    }))
}

/// One row of an answer about the host's rows. Nothing: it may not be had, or takes too long.
pub(super) async fn patiently<T>(
    db: &mut PgConnection,
    question: &str,
) -> Result<Option<T>, PgError>
where
    T: for<'r> sqlx::FromRow<'r, PgRow> + Send + Unpin,
{
    let mut savepoint = db.begin().await?;
    let asked = sqlx::query_as(AssertSqlSafe(question.to_owned()));
    let answer = asked.fetch_one(&mut *savepoint).await;
    savepoint.rollback().await?;
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(sqlx::Error::Database(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
