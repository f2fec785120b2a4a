//! A job as a row.

use chat::{
    error::StorageError, ids::JobId, job::Job, storage::Result as Stored, timestamp::Timestamp,
};
use sqlx::types::time::OffsetDateTime;

pub(super) struct JobRow {
    pub id: String,
    pub kind: String,
    pub key: Option<String>,
    pub payload: String,
    pub due_at: OffsetDateTime,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub dead_at: Option<OffsetDateTime>,
    pub created_at: OffsetDateTime,
}

pub(super) fn jobs(rows: Vec<JobRow>) -> Stored<Vec<Job>> {
    let job = |row: JobRow| {
        let payload = serde_json::from_str(&row.payload);
        Ok(Job {
            id: JobId::new(row.id),
            kind: row.kind,
            key: row.key,
            payload: payload.map_err(|error| StorageError::Broken(Box::new(error)))?,
            due_at: row.due_at.into(),
            attempts: u32::try_from(row.attempts).unwrap_or(0),
            last_error: row.last_error,
            dead_at: row.dead_at.map(Timestamp::from),
            created_at: row.created_at.into(),
        })
    };
    rows.into_iter().map(job).collect()
}
