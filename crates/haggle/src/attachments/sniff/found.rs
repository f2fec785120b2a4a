//! What a look at a file's bytes has come to.

use chat::{attachment::Charset, media_type::MediaType};

use crate::attachments::Refused;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    pub kind: MediaType,
    /// Of text, where its bytes say so.
    pub charset: Option<Charset>,
}

pub type Found = Result<Sniffed, Refused>;

/// A file in which no letters are counted.
pub fn plain(kind: MediaType) -> Sniffed {
    let charset = None;
    Sniffed { kind, charset }
}
