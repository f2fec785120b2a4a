//! Conversations as files: the format that an export writes and an import reads, and the exports of
//! other chats.

mod csv_rows;
mod documents;
pub mod export;
mod files;
mod format;
pub mod import;
mod input;
mod json_lines;
mod record;
mod report;
mod rows;
mod sendbird;
mod table;
mod talkjs;
mod times;
mod users;
mod values;

pub use self::{format::Format, report::summary, times::parse as parse_time};
