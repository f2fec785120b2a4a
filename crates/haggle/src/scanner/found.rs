/// What a scanner found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// What it calls it.
    Something(String),
}
