//! The bytes of attachments: received in bounded pieces, looked at before anybody else sees
//! them, kept by their id, served by signed links. What is known of them is in storage.

mod examine;
mod folder;
mod image;
mod links;
mod receive;
mod sniff;
mod strip;
mod sweep;

use std::{fmt, sync::Arc};

use chat::timestamp::Clock;
use tokio::sync::Semaphore;

pub use self::{
    folder::{Folder, Part},
    links::Links,
    receive::Incoming,
    sweep::sweep,
};
use crate::settings::Settings;

/// Images that are decoded at a time: each may take [`image::DECODED_BYTES`] a few times over.
const IMAGES: usize = 2;
/// Uploads that a server receives at a time.
const UPLOADS: usize = 64;

/// Why an upload is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Empty,
    /// It is not what its first bytes say.
    Broken,
    NotAllowed,
    TooLarge,
}

#[derive(Debug)]
pub struct Attachments {
    pub folder: Folder,
    pub links: Arc<Links>,
    /// Largest upload.
    pub most_bytes: u64,
    images: Semaphore,
    uploads: Semaphore,
}

impl Attachments {
    /// `key` signs links; every server of a database has the same.
    pub fn new(settings: &Settings, key: &[u8], clock: Arc<dyn Clock>) -> Self {
        Self {
            folder: Folder::of(settings),
            links: Arc::new(Links::new(key, clock)),
            most_bytes: u64::from(settings.attachment_megabytes) << 20,
            images: Semaphore::new(IMAGES),
            uploads: Semaphore::new(UPLOADS),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Is empty",
            Self::Broken => "Is broken or not complete",
            Self::NotAllowed => "Is of a type that is not allowed",
            Self::TooLarge => "Is too large",
        })
    }
}
