//! What PostgreSQL says, as what it means for a caller.

use chat::error::StorageError;
use sqlx::postgres::PgDatabaseError;
use thiserror::Error;

/// Why the storage could not be set up. For operators.
#[derive(Debug, Error)]
pub enum PgError {
    /// Never shows a value.
    #[error("the database URL {0}")]
    Url(String),
    #[error("the database cannot be reached: {error}{grant}", error = in_words(.0), grant = what_to_grant(.0))]
    Unreachable(#[source] sqlx::Error),
    #[error("no database server can be used: {said}")]
    NoServer { said: String, may_pass: bool },
    #[error("it only reads, and Haggle writes (transaction_read_only is on)")]
    OnlyReads,
    #[error(
        "it was left behind when another server was promoted, and does not know what was stored since"
    )]
    LeftBehind,
    #[error("the connection to the database cannot be encrypted: {0}. {advice}", advice = advice(.0))]
    Tls(String),
    #[error(
        "the database is encoded in {0}, which cannot hold every text. Haggle needs UTF8: create \
         database … encoding 'UTF8' template template0"
    )]
    Encoding(String),
    #[error("migration failed: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("{0}")]
    Directory(String),
    /// What is to be done about the chat that was there before.
    #[error("{0}")]
    OldChat(String),
    #[error("PostgreSQL {0} is too old; version 15 or later is needed")]
    TooOld(String),
    #[error("the database refused a statement: {}", in_words(.0))]
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
            // It may also have gone away in the middle.
            Self::Unreachable(error) | Self::Statement(error) => is_unavailable(error),
            Self::NoServer { may_pass, .. } => *may_pass,
            Self::OnlyReads | Self::LeftBehind => true,
            _ => false,
        }
    }

    /// Whether there is a server, and no room in it for another connection.
    pub(crate) fn is_full(&self) -> bool {
        match self {
            Self::Unreachable(sqlx::Error::PoolTimedOut) => true,
            Self::Unreachable(error) => code(error).is_some_and(|code| code == "53300"),
            _ => false,
        }
    }

    /// It did not come in time: a pooler that has no connection for us keeps us waiting.
    pub(crate) fn is_slow(&self) -> bool {
        matches!(self, Self::Unreachable(sqlx::Error::Io(error))
            if error.kind() == std::io::ErrorKind::TimedOut)
    }

    pub(crate) fn full() -> Self {
        Self::Unreachable(sqlx::Error::PoolTimedOut)
    }

    /// For whoever asked for a connection.
    pub(crate) fn into_sqlx(self) -> sqlx::Error {
        match self {
            Self::Unreachable(error) | Self::Statement(error) => error,
            // It is none of the caller's, and may pass.
            error if error.may_pass() => std::io::Error::other(error.to_string()).into(),
            error => sqlx::Error::Configuration(error.to_string().into()),
        }
    }
}

/// The database lets nobody in without the right to connect.
fn what_to_grant(error: &sqlx::Error) -> String {
    let refused = error.as_database_error();
    let refused = refused.filter(|refused| refused.code().as_deref() == Some("42501"));
    let database = refused.and_then(|refused| refused.message().split('"').nth(1));
    database.map_or_else(String::new, |database| {
        format!("; grant connect on database \"{database}\" to the role that DATABASE_URL names")
    })
}

/// Without the line of PostgreSQL's own source, which sqlx adds.
pub(crate) fn in_words(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(refused) => refused.message().to_owned(),
        error => error.to_string(),
    }
}

/// What to do about a connection that rustls does not make.
fn advice(said: &str) -> &'static str {
    if said.contains("UnsupportedCertVersion") {
        "The server's certificate is of X.509 version 1, which cannot be read. Make it one of version 3 \
         (openssl req -x509 -addext subjectAltName=DNS:HOST, or openssl x509 -req -extfile with that line); \
         sslmode=disable in DATABASE_URL does without encryption"
    } else if said.contains("CaUsedAsEndEntity") {
        "The server shows the certificate of an authority as its own: make it one that is none \
         (openssl req -x509 -addext basicConstraints=critical,CA:FALSE), or use sslmode=require, which \
         encrypts and does not ask who answers"
    } else if said.contains("UnknownIssuer") || said.contains("NotValidForName") {
        "sslrootcert names the certificate of who signed it, and the host in DATABASE_URL must be in it; \
         sslmode=require encrypts and does not ask who answers"
    } else {
        "TLS 1.2 or 1.3 is needed; sslmode=disable in DATABASE_URL does without encryption"
    }
}

fn code(error: &sqlx::Error) -> Option<std::borrow::Cow<'_, str>> {
    error.as_database_error()?.code()
}

/// The connection is of no use any more. What was asked on it may have happened.
pub(crate) fn is_dead(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::WorkerCrashed => true,
        error => code(error).is_some_and(|code| {
            // A class of its own, and who ends it says so first.
            code.starts_with("08") || matches!(&*code, "57P01" | "57P02" | "57P03" | "57P05")
        }),
    }
}

/// PostgreSQL refused before it did anything, because of the session and not of what was asked: its
/// server only reads, or its prepared statements are of no use.
pub(crate) fn did_nothing(error: &sqlx::Error) -> bool {
    is_stale(error) || code(error).is_some_and(|code| code == "25006")
}

/// The prepared statements of the session are gone, taken or out of date.
pub(crate) fn is_stale(error: &sqlx::Error) -> bool {
    let Some(database) = error.as_database_error() else {
        return false;
    };
    match database.code().as_deref() {
        Some("26000" | "42P05") => true,
        // Its message is in the server's language.
        Some("0A000") => {
            let database = database.try_downcast_ref::<PgDatabaseError>();
            database.and_then(PgDatabaseError::routine) == Some("RevalidateCachedQuery")
        }
        _ => false,
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
            // Connection, resources, operator intervention and system error classes.
            ["08", "53", "57", "58"]
                .iter()
                .any(|class| code.starts_with(class))
                || did_nothing(error)
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
    // The views are away for as long as the host changes what they read.
    let is_away = code(&error).is_some_and(|code| code == "42P01");
    if is_unavailable(&error) || is_conflict(&error) || is_away {
        StorageError::Unavailable(Box::new(error))
    } else {
        tracing::error!(error = in_words(&error), "the database refused a statement");
        StorageError::Broken(Box::new(error))
    }
}
