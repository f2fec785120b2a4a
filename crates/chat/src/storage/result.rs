//! What every call of storage answers with.

use crate::error::StorageError;

pub type Result<T> = std::result::Result<T, StorageError>;
