//! Settings: from flags, the environment or `haggle.toml`, checked all at once.

mod declare;
mod given;
mod read;
mod secret;
mod sessions;
mod setting;
mod sources;
mod store_address;
pub mod table;
pub mod values;

pub use self::{
    read::Purpose,
    secret::Secret,
    sessions::{SessionPlace, SessionSettings},
    setting::{Setting, Wrong},
    sources::{DEFAULT_FILE, Sources},
    store_address::{BucketAddress, StoreAddress},
    table::{Log, Settings},
    values::LogFormat,
};
