//! The bytes of attachments: received in bounded pieces, looked at before anybody else sees
//! them, kept by their id, served by signed links. What is known of them is in storage.

mod admission;
mod budget;
mod examine;
mod image;
mod links;
mod open_files;
mod pace;
mod piece;
mod receive;
mod rescan;
mod sniff;
mod stored;
mod sweep;
mod turns;

use std::{fmt, sync::Arc, time::Duration};

use chat::{
    media_type::{FORMATS, Format, MediaType},
    timestamp::Clock,
};

pub use self::{
    admission::{Busy, UPLOADS_PER_PERSON},
    image::claim::{DECODED_BYTES, FRAMES, PROFILE_BYTES, SIDE},
    links::Links,
    open_files::OpenFiles,
    pace::Pace,
    piece::Piece,
    receive::{Accepted, Failed, Incoming, Reception},
    rescan::rescan,
    stored::Stored,
    sweep::sweep,
    turns::{Turns, WriteTurn},
};
use self::{
    admission::{PerPerson, Shared},
    budget::Budget,
};
use crate::{object_store::Store, scanner::Scanner, settings::Settings};

/// Uploads of one person that wait for one of [`UPLOADS_PER_PERSON`].
const WAITING_PER_PERSON: usize = 16;
/// For as long an upload waits for its place.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why an upload is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Empty,
    /// It is not what its first bytes say.
    Broken,
    NotAllowed,
    /// It would take more than one upload may to be shown.
    TooCostly,
}

#[derive(Debug)]
pub struct Attachments {
    pub store: Store,
    pub stored: Stored,
    pub links: Arc<Links>,
    /// `None`: nobody looks at files.
    pub scanner: Option<Scanner>,
    /// Largest upload.
    pub most_bytes: u64,
    /// Who writes into the uploads that come in several requests.
    pub turns: Turns,
    allowed: Vec<MediaType>,
    people: PerPerson,
    uploads: Shared,
    budget: Budget,
}

impl Attachments {
    /// `key` signs links; every server of a database has the same. An error: the store cannot be
    /// as the settings say.
    pub fn new(settings: &Settings, key: &[u8], clock: Arc<dyn Clock>) -> Result<Self, String> {
        let store = Store::of(settings)?;
        let open = OpenFiles::default();
        Ok(Self {
            stored: Stored::new(store.clone(), open.reads),
            store,
            scanner: settings.scanner.clone().map(Scanner::new),
            links: Arc::new(Links::new(key, clock, settings.offers)),
            most_bytes: u64::from(settings.attachment_megabytes) << 20,
            turns: Turns::default(),
            allowed: settings.attachment_types.clone(),
            people: PerPerson::new(UPLOADS_PER_PERSON, WAITING_PER_PERSON, PATIENCE),
            uploads: Shared::new(open.uploads, PATIENCE),
            budget: Budget::new(),
        })
    }

    /// With no more files open than these.
    #[must_use]
    pub fn with_open_files(self, open: OpenFiles) -> Self {
        Self {
            stored: Stored::new(self.store.clone(), open.reads),
            uploads: Shared::new(open.uploads, PATIENCE),
            ..self
        }
    }

    /// The types that can be sent here, in the order of the table.
    pub fn allowed(&self) -> impl Iterator<Item = &'static Format> {
        let rows = FORMATS.iter();
        rows.filter(|format| self.allowed.contains(&format.kind))
    }
}

impl fmt::Display for Refused {
    /// What the sender can do about it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Is empty; choose another file"),
            Self::Broken => f.write_str(
                "Is broken or not complete; open it where it comes from, save it again and send that",
            ),
            Self::NotAllowed => f.write_str("Is of a type that cannot be sent"),
            Self::TooCostly => write!(
                f,
                "Needs too much memory to be shown; send a picture of at most {} megapixels, \
                 {SIDE} pixels a side, {FRAMES} frames and a colour profile of {} MB, or put it \
                 in a ZIP",
                DECODED_BYTES / 3_200_000,
                PROFILE_BYTES >> 20,
            ),
        }
    }
}

#[cfg(test)]
mod tests;
