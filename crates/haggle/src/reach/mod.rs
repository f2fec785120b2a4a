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
/// What a mail weighs beside its files.
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
    // Base64 makes lines of 76 letters and their ends of 57 bytes.
    files
        .div_ceil(57)
        .saturating_mul(78)
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
    pub inbox: Arc<Semaphore>,
}

impl Reach {
    pub fn new(settings: ReachSettings, key: &[u8], inbox_key: Option<Secret>) -> Arc<Self> {
        Arc::new(Self {
            settings,
            key: Key::new(key),
            inbox_key,
            inbox: Arc::new(Semaphore::new(MAILS_AT_ONCE)),
        })
    }
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reach")
    }
}

#[cfg(test)]
mod tests {
    use super::most_mail_bytes;
    use crate::settings::{Purpose, Settings, Sources};

    #[test]
    fn files_that_are_allowed_fit_into_a_mail() {
        let given = [
            ("HAGGLE_ATTACHMENT_MB", "10"),
            ("HAGGLE_ATTACHMENTS_PER_MESSAGE", "4"),
        ];
        let mut sources = Sources::default();
        sources.environment(|name| {
            let found = given.iter().find(|(given, _)| *given == name);
            found.map(|(_, value)| (*value).into())
        });
        let settings = Settings::check(sources, Purpose::Other).unwrap();
        let letters = 4 * (10_usize << 20).div_ceil(3) * 4;
        let line_ends = letters.div_ceil(76) * 2;
        assert!(most_mail_bytes(&settings) > letters + line_ends);
    }
}
