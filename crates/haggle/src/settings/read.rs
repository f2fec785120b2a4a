//! Turns what was given into [`Settings`], and says everything that is wrong at once.

use chat_postgres::Mapping;
use redis_link::Address;

use super::{
    Log, Purpose, SessionPlace, SessionSettings, Settings, Sources, Wrong,
    names::Setting,
    values::{
        address, cookie_name, database, folder, key_file, log_format, log_level, media_types,
        origins, path, positive, proxies, secret, secrets, sql_name, whole,
    },
};
use crate::user_path::UserPath;

impl Settings {
    pub fn read(sources: Sources, purpose: Purpose) -> Result<Self, Vec<Wrong>> {
        let mut read = Reader(sources);
        let settings = Self {
            listen: read.value("HAGGLE_LISTEN", address),
            database_url: read.optional("DATABASE_URL", database),
            database_connections: read.value("HAGGLE_DATABASE_CONNECTIONS", positive),
            pg_bin: read.optional("HAGGLE_PG_BIN", path),
            data_dir: read.value("HAGGLE_DATA_DIR", path),
            redis: read.optional("REDIS_URL", Address::parse),
            jwt_secret: read.optional("HAGGLE_JWT_SECRET", secret),
            jwt_jwks: read.optional("HAGGLE_JWT_JWKS", key_file),
            token_cookie: read.optional("HAGGLE_TOKEN_COOKIE", cookie_name),
            token_user: read.optional("HAGGLE_TOKEN_USER", UserPath::parse),
            sessions: read.sessions(),
            api_key: read.optional("HAGGLE_API_KEY", secret),
            allowed_origins: read.value("HAGGLE_ALLOWED_ORIGINS", origins),
            trusted_proxies: read.value("HAGGLE_TRUSTED_PROXIES", proxies),
            metrics_listen: read.optional("HAGGLE_METRICS_LISTEN", address),
            messages_per_minute: read.value("HAGGLE_MESSAGES_PER_MINUTE", whole),
            conversations_per_hour: read.value("HAGGLE_CONVERSATIONS_PER_HOUR", whole),
            sockets_per_user: read.value("HAGGLE_SOCKETS_PER_USER", whole),
            object_store: read.optional("HAGGLE_OBJECT_STORE", folder),
            attachment_megabytes: read.value("HAGGLE_ATTACHMENT_MB", positive),
            attachments_per_message: read.value("HAGGLE_ATTACHMENTS_PER_MESSAGE", positive),
            attachment_types: read.value("HAGGLE_ATTACHMENT_TYPES", media_types),
            log: Log {
                format: read.value("HAGGLE_LOG_FORMAT", log_format),
                level: read.value("HAGGLE_LOG_LEVEL", log_level),
            },
            mapping: read.mapping(),
            later: read.0.later.clone(),
        };
        if purpose == Purpose::Serve
            && settings.jwt_secret.is_none()
            && !read.given("HAGGLE_JWT_JWKS")
            && !read.given("HAGGLE_SESSION_SECRET")
        {
            let reason = "is needed (or HAGGLE_JWT_JWKS, or HAGGLE_SESSION_SECRET), so that people can prove who they are";
            read.wrong("HAGGLE_JWT_SECRET", reason);
        }
        if read.0.wrong.is_empty() {
            Ok(settings)
        } else {
            Err(read.0.wrong)
        }
    }
}

struct Reader(Sources);

impl Reader {
    /// The value, or the default when nothing was given. A wrong one is noted.
    fn value<T>(&mut self, name: &'static str, parse: impl Fn(&str) -> Result<T, String>) -> T {
        self.optional(name, &parse).unwrap_or_else(|| {
            let default = Setting::named(name).map_or("", |setting| setting.default);
            parse(default).expect("every default is a correct value")
        })
    }

    fn optional<T>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        debug_assert!(Setting::named(name).is_some(), "{name} is not in the table");
        let (value, place) = self.0.get(name)?;
        match parse(value) {
            Ok(value) => Some(value),
            Err(reason) => {
                let reason = format!("{reason} ({place})");
                self.wrong(name, reason);
                None
            }
        }
    }

    fn given(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    fn wrong(&mut self, name: &str, reason: impl Into<String>) {
        self.0.wrong.push(Wrong::new(name, reason));
    }

    fn sessions(&mut self) -> Option<SessionSettings> {
        let secrets = self.optional("HAGGLE_SESSION_SECRET", secrets);
        let cookie = self.value("HAGGLE_SESSION_COOKIE", cookie_name);
        let table = self.value("HAGGLE_SESSION_TABLE", sql_name);
        let zone = self.optional("HAGGLE_SESSION_TIME_ZONE", |text| Ok(text.to_owned()));
        let redis = self.optional("HAGGLE_SESSION_REDIS_URL", Address::parse);
        let prefix = self.value("HAGGLE_SESSION_REDIS_PREFIX", |text| Ok(text.to_owned()));
        let user = self.value("HAGGLE_SESSION_USER", UserPath::parse);
        if !self.given("HAGGLE_SESSION_SECRET") {
            for name in [
                "HAGGLE_SESSION_COOKIE",
                "HAGGLE_SESSION_TABLE",
                "HAGGLE_SESSION_TIME_ZONE",
                "HAGGLE_SESSION_REDIS_URL",
                "HAGGLE_SESSION_REDIS_PREFIX",
                "HAGGLE_SESSION_USER",
            ] {
                if self.given(name) {
                    self.wrong(name, "means nothing without HAGGLE_SESSION_SECRET");
                }
            }
        }
        if redis.is_some() && self.given("HAGGLE_SESSION_TABLE") {
            let reason =
                "cannot be given beside HAGGLE_SESSION_REDIS_URL: sessions are in one place";
            self.wrong("HAGGLE_SESSION_TABLE", reason);
        }
        Some(SessionSettings {
            secrets: secrets?,
            cookie,
            place: match redis {
                Some(address) => SessionPlace::Redis {
                    address: Box::new(address),
                    prefix,
                },
                None => SessionPlace::Table { name: table, zone },
            },
            user,
        })
    }

    fn mapping(&mut self) -> Mapping {
        let mut mapping = Mapping::default();
        for name in Mapping::settings() {
            let Some((text, place)) = self.0.get(name) else {
                continue;
            };
            if let Err(reason) = mapping.set(name, text) {
                let reason = format!("{reason} ({place})");
                self.wrong(name, reason);
            }
        }
        mapping
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chat::media_type::{FORMATS, MediaType};
    use chat_postgres::Mapping;

    use super::{Purpose, Settings, Sources, Wrong};
    use crate::settings::{names::Setting, values};

    fn environment(given: &'static [(&'static str, &'static str)]) -> Sources {
        let mut sources = Sources::default();
        sources.environment(|name| {
            let found = given.iter().find(|(given, _)| *given == name);
            found.map(|(_, value)| value.into())
        });
        sources
    }

    #[test]
    fn every_default_is_a_correct_value() {
        let settings = Settings::read(Sources::default(), Purpose::Other).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(
            (settings.messages_per_minute, settings.sockets_per_user),
            (10, 3)
        );
        assert_eq!(settings.mapping, Mapping::default());
    }

    #[test]
    fn types_of_attachments_are_narrowed_by_ending_or_name() {
        let sources = environment(&[("HAGGLE_ATTACHMENT_TYPES", "pdf, .JPEG,text/csv")]);
        let settings = Settings::read(sources, Purpose::Other).unwrap();
        let kept = [MediaType::Jpeg, MediaType::Pdf, MediaType::Csv];
        assert_eq!(settings.attachment_types, kept);
        let settings = Settings::read(Sources::default(), Purpose::Other).unwrap();
        assert_eq!(settings.attachment_types.len(), FORMATS.len());
        for wrong in ["pdf,exe", "", "image/svg+xml"] {
            let wrong = values::media_types(wrong).unwrap_err();
            assert!(wrong.contains("none of all, png, jpg"), "{wrong}");
        }
    }

    #[test]
    fn a_flag_beats_the_environment_which_beats_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("haggle.toml");
        let text = "sockets_per_user = 7\nmessages_per_minute = 8\nlisten = '0.0.0.0:9'\n";
        fs::write(&file, text).unwrap();
        let mut sources = environment(&[
            ("HAGGLE_SOCKETS_PER_USER", "5"),
            ("HAGGLE_MESSAGES_PER_MINUTE", "6"),
        ]);
        sources.file(&file, true);
        sources.flag(
            Setting::named("HAGGLE_SOCKETS_PER_USER").unwrap(),
            "4".into(),
        );
        let settings = Settings::read(sources, Purpose::Other).unwrap();
        assert_eq!(settings.sockets_per_user, 4);
        assert_eq!(settings.messages_per_minute, 6);
        assert_eq!(settings.listen.to_string(), "0.0.0.0:9");
    }

    #[test]
    fn every_setting_of_the_mapping_is_in_the_table_with_its_default() {
        let mut mapping = Mapping::default();
        for name in Mapping::settings() {
            let setting = Setting::named(name).unwrap();
            if !setting.default.is_empty() {
                mapping.set(name, setting.default).unwrap();
            }
        }
        assert_eq!(mapping, Mapping::default());
    }

    #[test]
    fn a_mapping_that_cannot_be_is_told_with_its_name_and_where_it_was_given() {
        let sources = environment(&[
            ("HAGGLE_USERS_NAME", "name; drop table users"),
            ("HAGGLE_USERS_TABLE", "none"),
            ("HAGGLE_ROLES", "vendor=seller"),
            ("HAGGLE_USERS_ONLINE", "a, b, c"),
            ("HAGGLE_SUPPLIERS_TABLE", "none"),
        ]);
        let wrong = Settings::read(sources, Purpose::Other).unwrap_err();
        let names: Vec<_> = wrong.iter().map(|wrong| wrong.name.as_str()).collect();
        let expected = [
            "HAGGLE_USERS_TABLE",
            "HAGGLE_USERS_NAME",
            "HAGGLE_ROLES",
            "HAGGLE_USERS_ONLINE",
        ];
        assert_eq!(names, expected);
        assert!(
            wrong
                .iter()
                .all(|wrong| wrong.reason.ends_with("(from the environment)"))
        );
    }

    #[test]
    fn everything_wrong_is_said_at_once_and_no_secret_is_shown() {
        let sources = environment(&[
            ("HAGGLE_LISTEN", "nowhere"),
            ("DATABASE_URL", "mysql://root:hunter2@db/chat"),
            ("HAGGLE_SOCKETS_PER_USER", "many"),
            ("HAGGLE_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.0/64"),
            ("HAGGLE_METRICS_LISTEN", "9090"),
            ("HAGGLE_JWT_JWKS", "/does/not/exist"),
        ]);
        let wrong = Settings::read(sources, Purpose::Serve).unwrap_err();
        let names: Vec<_> = wrong.iter().map(|wrong| wrong.name.as_str()).collect();
        let expected = [
            "HAGGLE_LISTEN",
            "DATABASE_URL",
            "HAGGLE_JWT_JWKS",
            "HAGGLE_TRUSTED_PROXIES",
            "HAGGLE_METRICS_LISTEN",
            "HAGGLE_SOCKETS_PER_USER",
        ];
        assert_eq!(names, expected);
        let shown: String = wrong.iter().map(Wrong::to_string).collect();
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn serving_needs_a_key_and_unknown_keys_of_the_file_are_wrong() {
        let wrong = Settings::read(Sources::default(), Purpose::Serve).unwrap_err();
        assert_eq!(wrong[0].name, "HAGGLE_JWT_SECRET");

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("haggle.toml");
        fs::write(&file, "lisen = 'localhost:1'\n").unwrap();
        let mut sources = Sources::default();
        sources.file(&file, true);
        let wrong = Settings::read(sources, Purpose::Other).unwrap_err();
        assert!(wrong[0].reason.contains("lisen"), "{wrong:?}");
    }
}
