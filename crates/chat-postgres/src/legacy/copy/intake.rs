//! Files whose bytes are taken along: what an upload goes through is not known here.

use std::io;

use async_trait::async_trait;
use chat::attachment::Attachment;

/// Where the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldBytes<'a> {
    /// In a `data:` URL.
    Data(&'a str),
    /// Under a path that begins at the root of the host's files.
    Path(&'a str),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// There is no such file, or no folder to look in.
    Missing,
    /// Why it is not taken.
    Refused(String),
}

#[async_trait]
pub trait Intake: Send + Sync {
    /// Looks at a file as at an upload of this person.
    async fn examine(
        &self,
        owner: &str,
        name: &str,
        bytes: OldBytes<'_>,
    ) -> Result<Box<dyn Examined>, NotTaken>;

    /// Whether there is a folder of files at all.
    fn has_folder(&self) -> bool;
}

/// A file that may be kept.
#[async_trait]
pub trait Examined: Send {
    fn attachment(&self) -> &Attachment;

    /// Once storage knows of it.
    async fn keep(self: Box<Self>) -> io::Result<()>;
}

/// Takes none.
#[derive(Clone, Copy, Debug)]
pub struct NoFiles;

#[async_trait]
impl Intake for NoFiles {
    async fn examine(
        &self,
        _: &str,
        _: &str,
        _: OldBytes<'_>,
    ) -> Result<Box<dyn Examined>, NotTaken> {
        Err(NotTaken::Missing)
    }

    fn has_folder(&self) -> bool {
        false
    }
}
