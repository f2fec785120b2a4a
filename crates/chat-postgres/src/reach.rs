//! Whether a database can be used, without using it.

use sqlx::{Executor, Row};

use crate::{
    PgError, PgOptions,
    pool::{Address, Servers},
};

/// What is between us and the database, and how much room it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// `PgBouncer` or one of its kind.
    pub is_pooled: bool,
    /// The most connections that it lets this role have; `None` where a pooler decides.
    pub room: Option<u32>,
    /// Parameters of the URL that mean nothing to us.
    pub ignored: Vec<String>,
}

/// Limits of a superuser are not looked at by PostgreSQL either.
const ROOM: &str = "\
select least(\
  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int, \
  case when r.rolsuper then null else nullif(r.rolconnlimit, -1) end, \
  case when r.rolsuper then null else nullif(d.datconnlimit, -1) end)::text \
from pg_roles r, pg_database d \
where r.rolname = current_user and d.datname = current_database()";

/// What is wrong with a URL. Shows no value of it.
pub fn check_url(url: &str) -> Result<(), String> {
    match url.parse::<Address>() {
        Ok(_) => Ok(()),
        Err(PgError::Url(reason)) => Err(reason),
        Err(error) => Err(error.to_string()),
    }
}

/// Opens a connection, looks round, and closes it. A server that only reads is of no use.
pub async fn reach(options: &PgOptions) -> Result<Reached, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let room = if session.is_pooled() {
        None
    } else {
        let row = session.db().fetch_one(ROOM).await?;
        row.try_get::<String, _>(0)?.parse().ok()
    };
    let reached = Reached {
        is_pooled: session.is_pooled(),
        room,
        ignored: servers.ignored().to_vec(),
    };
    let only_reads = session.only_reads();
    session.close().await;
    if only_reads {
        return Err(PgError::OnlyReads);
    }
    Ok(reached)
}

/// How far a replica is behind, in seconds; `None`: it takes part in no replication, or writes itself.
pub async fn reach_replica(url: &str) -> Result<Option<f64>, PgError> {
    const BEHIND: &str = "\
select case when pg_is_in_recovery() then coalesce( \
  case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0 \
  else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) end, 0)::float8 end";
    let servers = Servers::of_a_replica(url.parse()?);
    let mut session = servers.open().await?;
    let behind = session.db().fetch_one(BEHIND).await;
    session.close().await;
    Ok(behind?.try_get(0)?)
}
