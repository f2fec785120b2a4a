//! Every setting once: its name, its default, what it means.

use chat_postgres::Mapping;

/// One setting. `HAGGLE_DATA_DIR` is the flag `--data-dir` and the file key `data_dir`.
#[derive(Debug)]
pub struct Setting {
    pub env: &'static str,
    /// Empty when there is none.
    pub default: &'static str,
    pub help: &'static str,
}

impl Setting {
    /// The key in `haggle.toml`.
    pub fn key(&self) -> String {
        let name = self.env.strip_prefix("HAGGLE_").unwrap_or(self.env);
        name.to_ascii_lowercase()
    }

    /// The flag without its dashes.
    pub fn flag(&self) -> String {
        self.key().replace('_', "-")
    }

    /// Only shown by the long help: what the host calls its tables.
    pub fn is_rare(&self) -> bool {
        Mapping::settings().any(|name| name == self.env)
    }

    pub fn named(env: &str) -> Option<&'static Self> {
        ALL.iter().find(|setting| setting.env == env)
    }
}

const fn setting(env: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { env, default, help }
}

pub const ALL: &[Setting] = &[
    setting(
        "HAGGLE_LISTEN",
        "127.0.0.1:8080",
        "Address to listen on; port 0 picks one",
    ),
    setting(
        "DATABASE_URL",
        "",
        "PostgreSQL to use; without it Haggle runs a private one in its data folder",
    ),
    setting(
        "HAGGLE_DATA_DIR",
        "./.haggle",
        "Folder for everything that Haggle keeps on disk",
    ),
    setting(
        "REDIS_URL",
        "",
        "Redis that carries events between several servers",
    ),
    setting("HAGGLE_JWT_SECRET", "", "Shared secret of HS256 tokens"),
    setting(
        "HAGGLE_JWT_JWKS",
        "",
        "File with the public keys of RS256, ES256 and EdDSA tokens",
    ),
    setting(
        "HAGGLE_TOKEN_COOKIE",
        "",
        "Cookie of the marketplace that holds a token, beside haggle_session",
    ),
    setting(
        "HAGGLE_TOKEN_USER",
        "",
        "Claim of a token that names the user, if it is not sub; with dots, one claim in another",
    ),
    setting(
        "HAGGLE_SESSION_SECRET",
        "",
        "Secret of the marketplace's express-session; several, separated by commas, while it changes",
    ),
    setting(
        "HAGGLE_SESSION_COOKIE",
        "connect.sid",
        "Cookie that names the marketplace's session",
    ),
    setting(
        "HAGGLE_SESSION_TABLE",
        "public.session",
        "Table in which the marketplace keeps its sessions (connect-pg-simple)",
    ),
    setting(
        "HAGGLE_SESSION_TIME_ZONE",
        "",
        "Zone of that table's times, if the database does not say it",
    ),
    setting(
        "HAGGLE_SESSION_REDIS_URL",
        "",
        "Redis in which the marketplace keeps its sessions (connect-redis), in place of a table",
    ),
    setting(
        "HAGGLE_SESSION_REDIS_PREFIX",
        "sess:",
        "What its keys begin with",
    ),
    setting(
        "HAGGLE_SESSION_USER",
        "passport.user",
        "Where a session names its user",
    ),
    setting(
        "HAGGLE_API_KEY",
        "",
        "Key of the directory API; without it that API is off",
    ),
    setting(
        "HAGGLE_ALLOWED_ORIGINS",
        "",
        "Web origins beside our own, separated by commas",
    ),
    setting(
        "HAGGLE_TRUSTED_PROXIES",
        "",
        "Addresses or networks of proxies whose Forwarded or X-Forwarded-For is believed",
    ),
    setting(
        "HAGGLE_METRICS_LISTEN",
        "",
        "Address that /metrics alone is served at; without it, at the other addresses",
    ),
    setting(
        "HAGGLE_MESSAGES_PER_MINUTE",
        "10",
        "Messages a user may send in a minute; 0 is unlimited",
    ),
    setting(
        "HAGGLE_CONVERSATIONS_PER_HOUR",
        "5",
        "Conversations a user may open in an hour; 0 is unlimited",
    ),
    setting(
        "HAGGLE_SOCKETS_PER_USER",
        "3",
        "Sockets a user may hold; 0 is unlimited",
    ),
    setting(
        "HAGGLE_OBJECT_STORE",
        "",
        "Where attachments are kept: file:///folder; by default in the data folder",
    ),
    setting(
        "HAGGLE_ATTACHMENT_MB",
        "25",
        "Largest attachment in megabytes",
    ),
    setting(
        "HAGGLE_ATTACHMENTS_PER_MESSAGE",
        "10",
        "Most attachments of a message",
    ),
    setting(
        "HAGGLE_ATTACHMENT_TYPES",
        "all",
        "Types of files that can be sent, by ending or media type, separated by commas",
    ),
    setting("HAGGLE_LOG_FORMAT", "text", "text or json"),
    setting(
        "HAGGLE_LOG_LEVEL",
        "info",
        "error, warn, info, debug, trace, or a filter like haggle=debug,info",
    ),
    setting(
        "HAGGLE_PG_BIN",
        "",
        "Folder with initdb and postgres, for the private PostgreSQL",
    ),
    setting(
        "HAGGLE_DATABASE_CONNECTIONS",
        "16",
        "Most connections to PostgreSQL",
    ),
    setting(
        "HAGGLE_USERS_TABLE",
        "users",
        "The marketplace's table of users",
    ),
    setting(
        "HAGGLE_USERS_ID",
        "id",
        "The id in it, as tokens name it: a column, as in all of these, or an SQL expression",
    ),
    setting("HAGGLE_USERS_NAME", "name", "The name that others see"),
    setting("HAGGLE_USERS_EMAIL", "email", "The mail address, or none"),
    setting(
        "HAGGLE_USERS_ROLE",
        "role",
        "The role, in the marketplace's words",
    ),
    setting(
        "HAGGLE_USERS_IS_ACTIVE",
        "is_active",
        "Whether the account may be used, or none: all may",
    ),
    setting(
        "HAGGLE_USERS_ONLINE",
        "",
        "Columns to keep as presence is, like `is_online, last_seen`",
    ),
    setting(
        "HAGGLE_ROLES",
        "buyer=buyer, supplier=supplier, admin=admin",
        "The marketplace's roles as ours, like `vendor=supplier, staff=admin`",
    ),
    setting(
        "HAGGLE_SUPPLIERS_TABLE",
        "suppliers",
        "The marketplace's table of suppliers, or none",
    ),
    setting("HAGGLE_SUPPLIERS_ID", "id", "The id in it"),
    setting(
        "HAGGLE_SUPPLIERS_USER_ID",
        "user_id",
        "The user who speaks for the supplier",
    ),
    setting(
        "HAGGLE_SUPPLIERS_NAME",
        "name",
        "The company's name, or none",
    ),
    setting(
        "HAGGLE_PRODUCTS_TABLE",
        "products",
        "The marketplace's table of products, or none",
    ),
    setting("HAGGLE_PRODUCTS_ID", "id", "The id in it"),
    setting("HAGGLE_PRODUCTS_NAME", "name", "The product's name"),
    setting(
        "HAGGLE_PRODUCTS_IMAGE",
        "image",
        "The picture's address, or none",
    ),
    setting(
        "HAGGLE_PRODUCTS_SUPPLIER_ID",
        "supplier_id",
        "The supplier's id, or none",
    ),
];

/// What is not offered yet. Whoever sets it is told so.
pub const LATER: &[&str] = &[
    "HAGGLE_SMTP_URL",
    "HAGGLE_WEBHOOK_URL",
    "HAGGLE_WEBHOOK_SECRET",
    "HAGGLE_NOTIFICATION_GRACE",
];

#[cfg(test)]
mod tests {
    use super::Setting;

    #[test]
    fn one_name_makes_the_others() {
        let setting = Setting::named("HAGGLE_DATA_DIR").unwrap();
        assert_eq!(
            (setting.flag().as_str(), setting.key().as_str()),
            ("data-dir", "data_dir")
        );
        let setting = Setting::named("DATABASE_URL").unwrap();
        assert_eq!(setting.flag(), "database-url");
    }
}
