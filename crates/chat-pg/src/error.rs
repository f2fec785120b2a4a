//! What PostgreSQL says, as what it means for a caller.

use chat::error::StorageError;
use thiserror::Error;

/// Why the storage could not be set up. For operators.
#[derive(Debug, Error)]
pub enum PgError {
    #[error("the database URL is not valid: {0}")]
    Url(String),
    #[error("the database cannot be reached: {0}")]
    Unreachable(#[source] sqlx::Error),
    #[error("migration failed: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("{0}")]
    Directory(String),
    #[error("PostgreSQL {0} is too old; version 15 or later is needed")]
    TooOld(String),
    #[error("the database refused a statement: {0}")]
    Statement(#[from] sqlx::Error),
}

impl PgError {
    /// Somebody else holds a lock that is needed.
    pub(crate) fn is_locked(&self) -> bool {
        let refused = match self {
            Self::Statement(error)
            | Self::Migration(
                sqlx::migrate::MigrateError::Execute(error)
                | sqlx::migrate::MigrateError::ExecuteMigration(error, _),
            ) => error.as_database_error(),
            _ => None,
        };
        let code = refused.and_then(sqlx::error::DatabaseError::code);
        code.as_deref() == Some("55P03")
    }

    /// Whether the database may be there a moment later: it does not answer, or not yet. A wrong password,
    /// database or user stays wrong.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(sqlx::Error::Tls(_) | sqlx::Error::Protocol(_)) => false,
            Self::Unreachable(error) => is_unavailable(error),
            _ => false,
        }
    }
}

/// Worth another try: the connection or the server is the problem, not the statement.
pub(crate) fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(database) => {
            let code = database.code().unwrap_or_default();
            // Connection, resources, operator intervention and system error classes, and a read-only standby.
            ["08", "53", "57", "58"]
                .iter()
                .any(|class| code.starts_with(class))
                || code == "25006"
        }
        _ => false,
    }
}

/// Two transactions met badly; the same one may be tried again at once.
pub(crate) fn is_conflict(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("40001" | "40P01"))
}

/// The constraint of ours that a statement ran into. The host's may have the same name.
pub(crate) fn constraint(error: &sqlx::Error) -> Option<&str> {
    let refused = error
        .as_database_error()?
        .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?;
    refused
        .constraint()
        .filter(|_| refused.schema() == Some("haggle"))
}

/// The same error for another caller.
pub(crate) fn repeated(error: &StorageError) -> StorageError {
    match error {
        StorageError::Unavailable(why) => StorageError::Unavailable(why.to_string().into()),
        StorageError::Broken(why) => StorageError::Broken(why.to_string().into()),
    }
}

pub(crate) fn storage_error(error: sqlx::Error) -> StorageError {
    if is_unavailable(&error) || is_conflict(&error) {
        StorageError::Unavailable(Box::new(error))
    } else {
        tracing::error!(error = %error, "the database refused a statement");
        StorageError::Broken(Box::new(error))
    }
}
