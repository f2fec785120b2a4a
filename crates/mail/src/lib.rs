//! E-mail of the chat, as pure functions: what a digest looks like, what its addresses and links
//! prove, what somebody said who answers one, and how a mail server brings that.
//!
//! Nothing here knows a mail server, HTTP, SQL or the clock: bytes go out, and bytes come in.

mod digest;
mod envelope;
pub mod incoming;
mod limits;
pub mod lmtp;
mod refusal;
mod reply_address;
mod sample;
mod template;
mod token;
mod words;

pub use digest::{Composed, Digest, Line, Section};
pub use envelope::{Mailbox, can_be_sent_to};
pub use incoming::{Incoming, Kind, NotRead, SentFile};
pub use refusal::is_dead_address;
pub use reply_address::ReplyAddress;
pub use template::{Page, TemplateError, Templates};
pub use token::{Key, TOKEN_CHARS};
