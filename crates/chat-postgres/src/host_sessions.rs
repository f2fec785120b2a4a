//! Sessions that the host's own application keeps in PostgreSQL, in a table as `connect-pg-simple` makes
//! it: `sid`, `sess` (JSON) and `expire`. It is only read.

use chat::timestamp::Timestamp;
use sqlx::{AssertSqlSafe, PgConnection, Row, types::time::OffsetDateTime};

use crate::{PgError, PgOptions, PgStorage, error::storage_error, mapping::quoted, pool::Servers};

/// A table of sessions that can be read.
#[derive(Clone, Debug)]
pub struct SessionTable {
    select: String,
    name: String,
    /// In which `expire` is written, if it is written without one.
    zone: Option<String>,
}

/// A session as its table has it.
#[derive(Debug)]
pub struct HostSession {
    pub id: String,
    /// JSON.
    pub content: String,
    pub expires_at: Timestamp,
}

/// What the database has for the table's owner, or for everybody; else what `initdb` took for the whole
/// server. Our own sessions are set to UTC, so the setting itself says nothing.
const TIME_ZONE: &str = "
select coalesce(
  (select split_part(setting, '=', 2)
   from pg_db_role_setting s
   cross join unnest(s.setconfig) as setting
   where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
     and s.setrole in (0, (select relowner from pg_class where oid = $1::text::regclass))
     and lower(split_part(setting, '=', 1)) = 'timezone'
   order by s.setrole = 0, s.setdatabase = 0
   limit 1),
  current_setting('log_timezone'))";

impl SessionTable {
    /// Finds the table and tries to read it. The host writes `expire` without a zone, in the zone of its
    /// own connections: in this one, if it is given.
    pub async fn find(
        options: &PgOptions,
        table: &str,
        zone: Option<&str>,
    ) -> Result<Self, PgError> {
        let mut session = Servers::new(options.url.parse()?).open().await?;
        let found = Self::find_on(session.db(), table, zone).await;
        session.close().await;
        found
    }

    /// For an operator.
    pub fn describe(&self) -> String {
        match &self.zone {
            None => format!("read from {}", self.name),
            Some(zone) => format!("read from {}, whose times are taken as {zone}", self.name),
        }
    }

    async fn find_on(
        db: &mut PgConnection,
        table: &str,
        zone: Option<&str>,
    ) -> Result<Self, PgError> {
        let table = table.split('.').map(quoted).collect::<Vec<_>>().join(".");
        let wrong = |what: String| PgError::Directory(format!("HAGGLE_SESSION_TABLE: {what}"));
        let columns = sqlx::query(
            "select attname::text, format_type(atttypid, null) from pg_attribute \
             where attrelid = to_regclass($1) and attnum > 0 and not attisdropped",
        )
        .bind(&table)
        .fetch_all(&mut *db)
        .await?;
        if columns.is_empty() {
            return Err(wrong(format!("there is no table {table}")));
        }
        let kind = |name: &str| {
            let is_it = |row: &&sqlx::postgres::PgRow| row.get::<String, _>(0) == name;
            let found = columns.iter().find(is_it);
            found.map(|row| row.get::<String, _>(1))
        };
        for name in ["sid", "sess", "expire"] {
            if kind(name).is_none() {
                let message = format!("column \"{name}\" does not exist in {table}");
                return Err(wrong(message));
            }
        }
        let zone: Option<String> = match (kind("expire").as_deref(), zone) {
            (Some("timestamp with time zone"), _) => None,
            (Some("timestamp without time zone"), Some(zone)) => Some(zone.to_owned()),
            (Some("timestamp without time zone"), None) => {
                let zone = sqlx::query_scalar(TIME_ZONE).bind(&table);
                Some(zone.fetch_one(&mut *db).await?)
            }
            (other, _) => {
                let other = other.unwrap_or("nothing");
                let message = format!("column \"expire\" is {other}, and must be a timestamp");
                return Err(wrong(message));
            }
        };
        let expire = match &zone {
            None => "s.expire".to_owned(),
            Some(zone) => format!("s.expire at time zone '{}'", zone.replace('\'', "''")),
        };
        let select = format!(
            "select s.sid::text, s.sess::text, \
             greatest(least({expire}, '9999-12-31'::timestamptz), '1970-01-01'::timestamptz) \
             from {table} s where s.sid = any($1::text[])"
        );
        let nobody: &[String] = &[];
        let tried = sqlx::query(AssertSqlSafe(select.clone())).bind(nobody);
        match tried.fetch_all(&mut *db).await {
            Ok(_) => Ok(Self {
                select,
                name: table,
                zone,
            }),
            Err(sqlx::Error::Database(refused)) if refused.code().as_deref() == Some("42501") => {
                let role = sqlx::query_scalar("select quote_ident(current_user)");
                let role: String = role.fetch_one(&mut *db).await?;
                let refused = refused.message();
                let message = format!("{refused}; grant select on {table} to {role}");
                Err(wrong(message))
            }
            Err(sqlx::Error::Database(refused)) if refused.code().as_deref() == Some("22023") => {
                Err(PgError::Directory(format!(
                    "HAGGLE_SESSION_TIME_ZONE: {}",
                    refused.message()
                )))
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl PgStorage {
    /// Those of these sessions that there are, also when they have expired.
    pub async fn host_sessions(
        &self,
        table: &SessionTable,
        ids: &[String],
    ) -> chat::storage::Result<Vec<HostSession>> {
        let select = sqlx::query(AssertSqlSafe(table.select.clone())).bind(ids);
        let rows = self.pool.ask(select.fetch_all(&self.pool)).await;
        let rows = rows.map_err(storage_error)?;
        let session = |row: sqlx::postgres::PgRow| {
            let at: OffsetDateTime = row.try_get(2)?;
            let micros = at.unix_timestamp_nanos() / 1_000;
            Ok(HostSession {
                id: row.try_get(0)?,
                content: row.try_get(1)?,
                expires_at: Timestamp::from_micros(i64::try_from(micros).unwrap_or(i64::MAX)),
            })
        };
        let sessions: Result<_, sqlx::Error> = rows.into_iter().map(session).collect();
        sessions.map_err(storage_error)
    }
}
