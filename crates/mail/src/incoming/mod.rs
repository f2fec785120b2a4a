//! What somebody says who answers a mail.

mod bounce;
mod html;
mod quote;
mod read;
mod signature;

pub use read::{Incoming, Kind, NotRead, SentFile, read};
