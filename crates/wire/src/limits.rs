//! Limits of every request and frame, whatever the server is set to. Those that depend on its
//! settings are in [`crate::Limits`].

/// Bytes of a JSON body.
pub const BODY_BYTES: usize = 256 * 1024;
/// Bytes of a frame.
pub const FRAME_BYTES: usize = 64 * 1024;
/// Seconds in which a client says who it is.
pub const FIRST_FRAME_SECONDS: u64 = 10;
/// Attachment ids that a body may list; how many a message may have is a setting.
pub const LISTED_ATTACHMENTS: usize = 100;
/// Characters of a name in the directory.
pub const NAME_CHARS: usize = 200;
/// Characters of a mail address.
pub const EMAIL_CHARS: usize = 320;
/// Characters of a webhook's address.
pub const URL_CHARS: usize = 2_000;
/// Types of events that a webhook may list, and the characters of one.
pub const FILTERS: usize = 50;
pub const FILTER_CHARS: usize = 64;
/// Characters of a picture's address.
pub const IMAGE_CHARS: usize = 2_000;
