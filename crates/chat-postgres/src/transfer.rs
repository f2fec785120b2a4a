//! Conversations that leave this database, and that come from elsewhere.

mod convert;
mod copying;
mod export;
mod import;
mod kept_file;
mod notes;
mod plan;
mod planning;
mod rows;
mod session;
mod source_message;
mod staging;
mod statements;
mod target;

pub use self::{
    export::{Export, ExportScope, ExportedConversation, ExportedFile, ExportedMessage, Stretches},
    import::Import,
    kept_file::{Taken, WantedFile},
    notes::{Count, Note, Tally},
    rows::{Origin, SourceConversation, SourceFile, SourceMessage, SourceReceiver, SourceTime},
};
