//! How a failure of storage is logged.

use std::error::Error;

use chat::error::StorageError;

/// Only the sentences of the causes: a `Debug` of the database's error quotes rows.
pub fn log_storage(error: &StorageError) {
    let mut causes = String::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        causes.push_str(": ");
        causes.push_str(&error.to_string());
        cause = error.source();
    }
    match error {
        StorageError::Unavailable(_) => tracing::warn!("{error}{causes}"),
        StorageError::Broken(_) => tracing::error!("{error}{causes}"),
    }
}
