//! What came of a migration.

/// What a migration did, or would do: one line each, nothing when all is in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migration {
    pub steps: Vec<String>,
    /// What is not as it could be, and what that means.
    pub notes: Vec<String>,
}
