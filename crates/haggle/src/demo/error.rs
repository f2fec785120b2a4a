//! Why the demo cannot begin.

use chat_postgres::PgError;

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demo's key cannot be kept in {path}: {source}")]
    Secret {
        path: String,
        source: std::io::Error,
    },
    #[error("the demo cannot be filled: {0}")]
    Storage(#[from] chat::error::StorageError),
    #[error("the demo cannot be filled: {0}")]
    Import(#[from] PgError),
    #[error("what people of the demo do cannot be done: {0}")]
    Deed(#[from] chat::error::ChatError),
    #[error("the demo's conversations cannot be read: {0}")]
    Content(#[from] serde_json::Error),
    #[error("reading the demo's conversations failed: {0}")]
    Task(#[from] tokio::task::JoinError),
    #[error("this database has a marketplace of its own; the demo needs an empty one")]
    HostOwned,
}
