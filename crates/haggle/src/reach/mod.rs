//! Mails and push messages for people who are away.

mod digests;
mod inbox_key;
mod push;
mod section;
mod smtp;

use std::{fmt, sync::Arc};

use mail::Key;
use tokio::sync::Semaphore;

use crate::settings::{ReachSettings, Secret, Settings};

pub use self::{
    digests::send as send_digests,
    inbox_key::{keep_inbox_key, recall_inbox_key},
    push::{PushHandler, SERVICES as PUSH_SERVICES, collect as collect_pushes},
    smtp::{Failed, Session},
};

/// Of a request with a mail from this machine's mail server.
pub const INBOX_KEY_HEADER: &str = "x-mail-in-key";
/// Mails that are taken apart at the same time; each is in memory as a whole.
const MAILS_AT_ONCE: usize = 2;
/// What a mail weighs beside its files, each of which grows by a third on its way.
const BESIDE_FILES: usize = 1 << 20;
/// Larger ones are not taken whatever files may have.
const MOST_BYTES: usize = 64 << 20;

/// Bytes of a mail that somebody answers with.
pub fn most_mail_bytes(settings: &Settings) -> usize {
    let files = settings
        .attachment_megabytes
        .saturating_mul(settings.attachments_per_message);
    let files = usize::try_from(files)
        .unwrap_or(usize::MAX)
        .saturating_mul(1 << 20);
    (files / 3)
        .saturating_mul(4)
        .saturating_add(BESIDE_FILES)
        .min(MOST_BYTES)
}

/// What is needed beside the settings.
pub struct Reach {
    pub settings: ReachSettings,
    /// Proves addresses and links of mails; the same on every server of a database.
    pub key: Key,
    /// `None`: no mail is taken by it.
    pub inbox_key: Option<Secret>,
    pub inbox: Semaphore,
}

impl Reach {
    pub fn new(settings: ReachSettings, key: &[u8], inbox_key: Option<Secret>) -> Arc<Self> {
        Arc::new(Self {
            settings,
            key: Key::new(key),
            inbox_key,
            inbox: Semaphore::new(MAILS_AT_ONCE),
        })
    }
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reach")
    }
}
