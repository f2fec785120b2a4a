//! Where the host keeps its sessions.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use chat::{
    error::StorageError,
    timestamp::{Clock, Timestamp},
};
use chat_postgres::{PgStorage, SessionTable};
use redis_link::KeyReader;
use serde_json::Value;

use super::session::{Found, SessionId, forever};
use crate::user_path::UserPath;

#[async_trait]
pub trait Store: fmt::Debug + Send + Sync {
    /// In the order of `ids`; `None`: there is no such session, or nobody is logged in by it. One that has
    /// expired may be among them.
    async fn find(&self, ids: &[SessionId]) -> Result<Vec<Option<Found>>, StorageError>;
}

/// The table of `connect-pg-simple`.
pub struct TableStore {
    pub storage: Arc<PgStorage>,
    pub table: SessionTable,
    pub user: UserPath,
}

impl fmt::Debug for TableStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TableStore")
    }
}

#[async_trait]
impl Store for TableStore {
    async fn find(&self, ids: &[SessionId]) -> Result<Vec<Option<Found>>, StorageError> {
        let names: Vec<_> = ids.iter().map(|id| id.as_str().to_owned()).collect();
        let rows = self.storage.host_sessions(&self.table, &names).await?;
        let find = |id: &SessionId| {
            let row = rows.iter().find(|row| row.id == id.as_str())?;
            let content = serde_json::from_str(&row.content).ok()?;
            // `expire` is written anew by each visit and the content is not, so the content never knows
            // of a later end. It knows the zone.
            let expires_at =
                cookie_expires(&content).map_or(row.expires_at, |at| at.max(row.expires_at));
            Some(Found {
                user: self.user.find(&content)?,
                expires_at,
            })
        };
        Ok(ids.iter().map(find).collect())
    }
}

/// The keys of `connect-redis`.
pub struct RedisStore {
    pub keys: KeyReader,
    pub prefix: String,
    pub user: UserPath,
    pub clock: Arc<dyn Clock>,
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisStore")
    }
}

#[async_trait]
impl Store for RedisStore {
    async fn find(&self, ids: &[SessionId]) -> Result<Vec<Option<Found>>, StorageError> {
        let key = |id: &SessionId| format!("{}{}", self.prefix, id.as_str());
        let keys: Vec<_> = ids.iter().map(key).collect();
        let values = self.keys.read(&keys).await;
        let values = values.map_err(|error| StorageError::Unavailable(Box::new(error)))?;
        let now = self.clock.now().micros();
        let find = |value: redis_link::Value| {
            let content = serde_json::from_str(&value.text).ok()?;
            let left = value.milliseconds_left;
            let left = left.and_then(|left| i64::try_from(left.saturating_mul(1_000)).ok());
            Some(Found {
                user: self.user.find(&content)?,
                // A key that has gone is no session; how long it stays is for Redis to say.
                expires_at: left.map_or_else(forever, |left| {
                    Timestamp::from_micros(now.saturating_add(left)).min(forever())
                }),
            })
        };
        Ok(values.into_iter().map(|value| find(value?)).collect())
    }
}

fn cookie_expires(content: &Value) -> Option<Timestamp> {
    let expires = content.get("cookie")?.get("expires")?.as_str()?;
    Timestamp::parse(expires)
}
