//! Every setting once: its field and type, how its text is read, its name, its default, what it means.

use std::{net::SocketAddr, path::PathBuf};

use chat::media_type::MediaType;
use chat_postgres::Mapping;
use redis_link::Address;

use super::{
    declare::settings,
    given::Given,
    reach::ReachSettings,
    secret::Secret,
    sessions::SessionSettings,
    setting::Setting,
    store_address::StoreAddress,
    values::{
        LogFormat, address, cookie_name, database, ignored, key_file, log_format, log_level,
        media_types, origins, path, positive, proxies, secret, switch, whole,
    },
    webhook::WebhookSettings,
};
use crate::{listener::TrustedProxies, scanner::ScannerAddress, user_path::UserPath};

settings! {
    Settings {
        listen: SocketAddr = value(address), "HAGGLE_LISTEN", "127.0.0.1:8080", "Address to listen on; port 0 picks one";
        /// `None`: the private cluster in the data folder.
        database_url: Option<Secret> = optional(database), "DATABASE_URL", "", "PostgreSQL to use; without it Haggle runs a private one in its data folder";
        /// `None`: the primary is read alone.
        replica_url: Option<Secret> = optional(database), "HAGGLE_REPLICA_URL", "", "Replica of that PostgreSQL, from which old messages may be read";
        database_connections: u32 = value(positive), "HAGGLE_DATABASE_CONNECTIONS", "16", "Most connections to PostgreSQL";
        pg_bin: Option<PathBuf> = optional(path), "HAGGLE_PG_BIN", "", "Folder with initdb and postgres, for the private PostgreSQL";
        data_dir: PathBuf = value(path), "HAGGLE_DATA_DIR", "./.haggle", "Folder for everything that Haggle keeps on disk";
        /// `None`: this is the only node.
        redis: Option<Address> = optional(Address::parse), "REDIS_URL", "", "Redis that carries events between several servers";
        jwt_secret: Option<Secret> = optional(secret), "HAGGLE_JWT_SECRET", "", "Shared secret of HS256 tokens";
        jwt_jwks: Option<PathBuf> = optional(key_file), "HAGGLE_JWT_JWKS", "", "File with the public keys of RS256, ES256 and EdDSA tokens";
        /// A cookie of the host with a token in it.
        token_cookie: Option<String> = optional(cookie_name), "HAGGLE_TOKEN_COOKIE", "", "Cookie of the marketplace that holds a token, beside haggle_session";
        /// The claim that names the user; `None`: `sub`.
        token_user: Option<UserPath> = optional(UserPath::parse), "HAGGLE_TOKEN_USER", "", "Claim of a token that names the user, if it is not sub; with dots, one claim in another";
        api_key: Option<Secret> = optional(secret), "HAGGLE_API_KEY", "", "Key of the directory API; without it that API is off";
        /// In the form of [`crate::web_origin::normalise`].
        allowed_origins: Vec<String> = value(origins), "HAGGLE_ALLOWED_ORIGINS", "", "Web origins beside our own, separated by commas";
        trusted_proxies: TrustedProxies = value(proxies), "HAGGLE_TRUSTED_PROXIES", "", "Addresses or networks of proxies whose Forwarded or X-Forwarded-For is believed";
        /// `None`: among the other addresses.
        metrics_listen: Option<SocketAddr> = optional(address), "HAGGLE_METRICS_LISTEN", "", "Address that /metrics alone is served at; without it, at the other addresses";
        /// 0 is unlimited, here and in the next two.
        messages_per_minute: u32 = value(whole), "HAGGLE_MESSAGES_PER_MINUTE", "10", "Messages a user may send in a minute; 0 is unlimited";
        conversations_per_hour: u32 = value(whole), "HAGGLE_CONVERSATIONS_PER_HOUR", "5", "Conversations a user may open in an hour; 0 is unlimited";
        sockets_per_user: u32 = value(whole), "HAGGLE_SOCKETS_PER_USER", "3", "Sockets a user may hold; 0 is unlimited";
        /// 0 is never, here and in the next.
        edit_minutes: u32 = value(whole), "HAGGLE_EDIT_MINUTES", "15", "Minutes in which a user may correct a message; 0 is never";
        retract_minutes: u32 = value(whole), "HAGGLE_RETRACT_MINUTES", "15", "Minutes in which a user may take a message back; 0 is never";
        /// `None`: a folder in the data folder.
        object_store: Option<StoreAddress> = optional(StoreAddress::parse), "HAGGLE_OBJECT_STORE", "", "Where attachments are kept: file:///folder, or s3://bucket/prefix?endpoint=…&region=…; by default in the data folder";
        /// `None`: nobody looks at files.
        scanner: Option<ScannerAddress> = optional(ScannerAddress::parse), "HAGGLE_CLAMD", "", "clamd that looks at every file: tcp://host:port or unix:///path";
        attachment_megabytes: u32 = value(positive), "HAGGLE_ATTACHMENT_MB", "25", "Largest attachment in megabytes";
        attachments_per_message: u32 = value(positive), "HAGGLE_ATTACHMENTS_PER_MESSAGE", "10", "Most attachments of a message";
        /// Of files that can be sent.
        attachment_types: Vec<MediaType> = value(media_types), "HAGGLE_ATTACHMENT_TYPES", "all", "Types of files that can be sent, by ending or media type, separated by commas";
        /// By http too, and on private networks.
        webhooks_may_be_private: bool = value(switch), "HAGGLE_WEBHOOK_PRIVATE", "off", "on: addresses that are added by /api/webhooks may be http, and on private networks";
        /// Offers and requests for quotation.
        offers: bool = value(switch), "HAGGLE_OFFERS", "on", "off: there are no offers and no requests for quotation";
        /// A chat that was there before is none of our business.
        ignores_old_chat: bool = value(ignored), "HAGGLE_LEGACY", "", "ignore: tables of a chat that was there before are none of Haggle's business";
    }
    and {
        log: Log = Log::read;
        /// `None`: the settings name no endpoint of webhooks.
        webhook: Option<WebhookSettings> = WebhookSettings::read;
        /// `None`: the host's sessions count for nothing here.
        sessions: Option<SessionSettings> = SessionSettings::read;
        /// How people who are away are reached.
        reach: ReachSettings = ReachSettings::read;
        /// Where the marketplace's people, suppliers and products are found.
        mapping: Mapping = mapping;
    }
}

settings! {
    Log {
        format: LogFormat = value(log_format), "HAGGLE_LOG_FORMAT", "text", "text or json";
        /// A filter in the form of `tracing-subscriber`.
        level: String = value(log_level), "HAGGLE_LOG_LEVEL", "info", "error, warn, info, debug, trace, or a filter like haggle=debug,info";
    }
}

fn mapping(given: &mut impl Given) -> Mapping {
    let mut mapping = Mapping::default();
    for (name, ..) in Mapping::settings() {
        let Some((text, place)) = given.text(name) else {
            continue;
        };
        if let Err(reason) = mapping.set(name, &text) {
            given.wrong(name, format!("{reason} ({place})"));
        }
    }
    mapping
}

/// All of them, in the order of the help.
pub fn all() -> impl Iterator<Item = Setting> {
    let mapping = Mapping::settings().map(|(env, default, help)| Setting {
        is_rare: true,
        ..Setting::new(env, default, help)
    });
    let own = [
        Settings::TABLE,
        WebhookSettings::TABLE,
        ReachSettings::TABLE,
        SessionSettings::TABLE,
        Log::TABLE,
    ];
    own.into_iter().flatten().copied().chain(mapping)
}

/// By its name in the environment.
pub fn named(env: &str) -> Option<Setting> {
    all().find(|setting| setting.env == env)
}
