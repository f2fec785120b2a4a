//! Settings: from flags, the environment or `haggle.toml`, checked all at once.

mod declare;
mod given;
mod reach;
mod read;
mod secret;
mod sessions;
mod setting;
mod smtp_address;
mod sources;
mod store_address;
pub mod table;
pub mod values;
mod webhook;

pub use self::{
    reach::{Addresses, MailSettings, PushSettings, ReachSettings},
    read::Purpose,
    secret::Secret,
    sessions::{SessionPlace, SessionSettings},
    setting::{Setting, Wrong},
    smtp_address::{Protection, SmtpAddress},
    sources::{DEFAULT_FILE, Sources},
    store_address::{BucketAddress, StoreAddress},
    table::{Log, Settings},
    values::LogFormat,
    webhook::WebhookSettings,
};
