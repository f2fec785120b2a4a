//! Settings: from flags, the environment or `haggle.toml`, checked all at once.

pub mod names;
mod read;
mod secret;
pub mod sources;
pub mod values;

use std::{fmt, net::SocketAddr, path::PathBuf};

use chat::media_type::MediaType;
use chat_postgres::Mapping;

pub use self::{secret::Secret, sources::Sources};
use redis_link::Address;

use crate::{listener::TrustedProxies, user_path::UserPath};

/// A setting that cannot be used, and why. Never shows a secret value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub name: String,
    pub reason: String,
}

impl Wrong {
    pub fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.reason)
    }
}

/// What the settings are for, which decides what must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// People sign in with the marketplace's tokens, so a key to verify them is needed.
    Serve,
    /// The demo makes its own keys, and other commands need none.
    Other,
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// `None`: the private cluster in the data folder.
    pub database_url: Option<Secret>,
    pub database_connections: u32,
    pub pg_bin: Option<PathBuf>,
    pub data_dir: PathBuf,
    /// `None`: this is the only node.
    pub redis: Option<Address>,
    pub jwt_secret: Option<Secret>,
    pub jwt_jwks: Option<PathBuf>,
    /// A cookie of the host with a token in it.
    pub token_cookie: Option<String>,
    /// The claim that names the user; `None`: `sub`.
    pub token_user: Option<UserPath>,
    /// `None`: the host's sessions count for nothing here.
    pub sessions: Option<SessionSettings>,
    pub api_key: Option<Secret>,
    /// In the form of [`crate::web_origin::normalise`].
    pub allowed_origins: Vec<String>,
    pub trusted_proxies: TrustedProxies,
    /// `None`: among the other addresses.
    pub metrics_listen: Option<SocketAddr>,
    /// 0 is unlimited, here and in the next two.
    pub messages_per_minute: u32,
    pub conversations_per_hour: u32,
    pub sockets_per_user: u32,
    /// `None`: a folder in the data folder.
    pub object_store: Option<String>,
    pub attachment_megabytes: u32,
    pub attachments_per_message: u32,
    /// Of files that can be sent.
    pub attachment_types: Vec<MediaType>,
    pub log: Log,
    /// Where the marketplace's people, suppliers and products are found.
    pub mapping: Mapping,
    /// What was given of [`names::LATER`].
    pub later: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    pub format: LogFormat,
    /// A filter in the form of `tracing-subscriber`.
    pub level: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// The sessions of the marketplace's own application.
#[derive(Clone, Debug)]
pub struct SessionSettings {
    /// Not empty. Any of them may have signed a cookie.
    pub secrets: Vec<Secret>,
    pub cookie: String,
    pub place: SessionPlace,
    pub user: UserPath,
}

#[derive(Clone, Debug)]
pub enum SessionPlace {
    Table {
        name: String,
        zone: Option<String>,
    },
    Redis {
        address: Box<Address>,
        prefix: String,
    },
}
