//! `haggle migrate`: creates or upgrades the schema, and moves the chat that the marketplace had before.

mod files;
mod old_chat;
mod progress;

use std::process::ExitCode;

use chat_postgres::{Migration, OldChat, PgError, find_old_chat, legacy_copy::old_grants};

pub use self::old_chat::Wishes;
use self::old_chat::move_it;
use super::process::{block_on, fail};
use crate::{
    database::Database,
    logging,
    settings::{SessionPlace, Settings},
    stdout::say,
};

pub fn run(settings: &Settings, wishes: &Wishes, grants_for: Option<&str>) -> ExitCode {
    logging::install(&settings.log);
    block_on(async {
        let database = match Database::open(settings).await {
            Ok(database) => database,
            Err(error) => return fail(&error),
        };
        if let Some(role) = grants_for {
            let options = database.options(settings);
            let sessions = settings
                .sessions
                .as_ref()
                .and_then(|sessions| match &sessions.place {
                    SessionPlace::Table { name, .. } => Some(name.as_str()),
                    SessionPlace::Redis { .. } => None,
                });
            let grants = chat_postgres::grants(&options, &settings.mapping, sessions, role).await;
            let old = find_old_chat(&options).await;
            database.close().await;
            return match (grants, old) {
                (Ok(mut lines), Ok(old)) => {
                    lines.extend(old.chat.iter().flat_map(|chat| of_old_chat(chat, role)));
                    print(&lines)
                }
                (Err(error), _) | (_, Err(error)) => fail(&error),
            };
        }
        let migrated = migrate(&database, settings, wishes.dry_run).await;
        let code = match migrated {
            Ok(migration) => {
                report(&migration, wishes.dry_run);
                let options = database.options(settings);
                // A private database is nobody's marketplace.
                if settings.ignores_old_chat || settings.database_url.is_none() {
                    database.close().await;
                    return ExitCode::SUCCESS;
                }
                match move_it(&options, settings, wishes).await {
                    Ok(()) => ExitCode::SUCCESS,
                    Err(error) => fail(&error),
                }
            }
            Err(error) => fail(&error),
        };
        database.close().await;
        code
    })
}

async fn migrate(
    database: &Database,
    settings: &Settings,
    dry_run: bool,
) -> Result<Migration, PgError> {
    let (options, mapping) = (database.options(settings), &settings.mapping);
    if dry_run {
        chat_postgres::pending(&options, mapping).await
    } else {
        chat_postgres::migrate(&options, mapping).await
    }
}

fn print(lines: &[String]) -> ExitCode {
    for line in lines {
        say(line);
    }
    ExitCode::SUCCESS
}

fn of_old_chat(chat: &OldChat, role: &str) -> Vec<String> {
    let mut lines = vec!["-- To move the old chat, and while both are used.".to_owned()];
    lines.extend(old_grants(
        chat,
        &format!("\"{}\"", role.replace('"', "\"\"")),
    ));
    lines
}

fn report(migration: &Migration, dry_run: bool) {
    let tense = if dry_run { "would " } else { "" };
    for step in &migration.steps {
        say(&format!("{tense}{step}"));
    }
    for note in &migration.notes {
        say(&format!("note: {note}"));
    }
    if migration.steps.is_empty() {
        say("the schema is up to date");
    }
}
