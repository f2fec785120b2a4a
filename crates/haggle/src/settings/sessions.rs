//! The sessions of the marketplace's own application.

use redis_link::Address;

use super::{
    declare::settings,
    given::Given,
    secret::Secret,
    setting::Setting,
    values::{cookie_name, secrets, sql_name, text},
};
use crate::user_path::UserPath;

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

settings! {
    Raw {
        secrets: Option<Vec<Secret>> = optional(secrets), "HAGGLE_SESSION_SECRET", "", "Secret of the marketplace's express-session; several, separated by commas, while it changes";
        cookie: String = value(cookie_name), "HAGGLE_SESSION_COOKIE", "connect.sid", "Cookie that names the marketplace's session";
        table: String = value(sql_name), "HAGGLE_SESSION_TABLE", "public.session", "Table in which the marketplace keeps its sessions (connect-pg-simple)";
        zone: Option<String> = optional(text), "HAGGLE_SESSION_TIME_ZONE", "", "Zone of that table's times, if the database does not say it";
        /// `None`: in the table.
        redis: Option<Address> = optional(Address::parse), "HAGGLE_SESSION_REDIS_URL", "", "Redis in which the marketplace keeps its sessions (connect-redis), in place of a table";
        prefix: String = value(text), "HAGGLE_SESSION_REDIS_PREFIX", "sess:", "What its keys begin with";
        user: UserPath = value(UserPath::parse), "HAGGLE_SESSION_USER", "passport.user", "Where a session names its user";
    }
}

const SECRET: &str = "HAGGLE_SESSION_SECRET";
const TABLE: &str = "HAGGLE_SESSION_TABLE";

impl SessionSettings {
    pub const TABLE: &[Setting] = Raw::TABLE;

    /// `None`: there are none, or what was given cannot be used.
    pub fn read(given: &mut impl Given) -> Option<Self> {
        let raw = Raw::read(given);
        if !given.is_given(SECRET) {
            for Setting { env, .. } in Raw::TABLE {
                if given.is_given(env) {
                    given.wrong(env, format!("means nothing without {SECRET}"));
                }
            }
        }
        if raw.redis.is_some() && given.is_given(TABLE) {
            let reason =
                "cannot be given beside HAGGLE_SESSION_REDIS_URL: sessions are in one place";
            given.wrong(TABLE, reason.to_owned());
        }
        Some(Self {
            secrets: raw.secrets?,
            cookie: raw.cookie,
            place: match raw.redis {
                Some(address) => SessionPlace::Redis {
                    address: Box::new(address),
                    prefix: raw.prefix,
                },
                None => SessionPlace::Table {
                    name: raw.table,
                    zone: raw.zone,
                },
            },
            user: raw.user,
        })
    }
}
