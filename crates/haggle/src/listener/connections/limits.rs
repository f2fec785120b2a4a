//! How many connections there may be.

/// How many connections there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub most: usize,
    /// Busy ones of one address without a token.
    pub per_address: usize,
    /// Busy ones of one person.
    pub per_person: usize,
    /// Those that people with tokens leave to everybody else, health checks among them.
    pub for_strangers: usize,
}

impl Limits {
    /// What can be had from this many open files, of which these are needed for something else. Where
    /// hardly any are left, not all that is reserved is open at the same time.
    pub fn of_files(files: usize, reserved: usize) -> Self {
        let most = files.saturating_sub(reserved).max(files / 4).max(16);
        Self {
            most,
            per_address: (most / 8).clamp(4, 64),
            per_person: (most / 4).clamp(8, 256),
            for_strangers: (most / 8).max(2),
        }
    }
}
