//! Turns what was given into [`Settings`], and says everything that is wrong at once.

use super::{given::Given as _, setting::Wrong, sources::Sources, table::Settings};

/// What the settings are for, which decides what must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// People sign in with the marketplace's tokens, so a key to verify them is needed.
    Serve,
    /// The demo makes its own keys, and other commands need none.
    Other,
}

/// Any of them lets people prove who they are.
const KEYS: [&str; 3] = [
    "HAGGLE_JWT_SECRET",
    "HAGGLE_JWT_JWKS",
    "HAGGLE_SESSION_SECRET",
];

impl Settings {
    pub fn check(mut sources: Sources, purpose: Purpose) -> Result<Self, Vec<Wrong>> {
        let settings = Self::read(&mut sources);
        if purpose == Purpose::Serve && !KEYS.iter().any(|key| sources.is_given(key)) {
            let [first, others @ ..] = KEYS;
            let reason = format!(
                "is needed (or {}), so that people can prove who they are",
                others.join(", or ")
            );
            sources.wrong.push(Wrong::new(first, reason));
        }
        if sources.wrong.is_empty() {
            Ok(settings)
        } else {
            Err(sources.wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chat::media_type::{FORMATS, MediaType};
    use chat_postgres::Mapping;

    use super::{Purpose, Settings, Sources, Wrong};
    use crate::settings::{table, values};

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
        let settings = Settings::check(Sources::default(), Purpose::Other).unwrap();
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
        let settings = Settings::check(sources, Purpose::Other).unwrap();
        let kept = [MediaType::Jpeg, MediaType::Pdf, MediaType::Csv];
        assert_eq!(settings.attachment_types, kept);
        let settings = Settings::check(Sources::default(), Purpose::Other).unwrap();
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
        sources.flag(table::named("HAGGLE_SOCKETS_PER_USER").unwrap(), "4".into());
        let settings = Settings::check(sources, Purpose::Other).unwrap();
        assert_eq!(settings.sockets_per_user, 4);
        assert_eq!(settings.messages_per_minute, 6);
        assert_eq!(settings.listen.to_string(), "0.0.0.0:9");
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
        let wrong = Settings::check(sources, Purpose::Other).unwrap_err();
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
        let wrong = Settings::check(sources, Purpose::Serve).unwrap_err();
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
        let wrong = Settings::check(Sources::default(), Purpose::Serve).unwrap_err();
        assert_eq!(wrong[0].name, "HAGGLE_JWT_SECRET");

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("haggle.toml");
        fs::write(&file, "lisen = 'localhost:1'\n").unwrap();
        let mut sources = Sources::default();
        sources.file(&file, true);
        let wrong = Settings::check(sources, Purpose::Other).unwrap_err();
        assert!(wrong[0].reason.contains("lisen"), "{wrong:?}");
    }
}
