//! `haggle migrate`: creates or upgrades the schema.

use std::process::ExitCode;

use chat_postgres::{Migration, PgError};

use super::process::{block_on, fail};
use crate::{
    database::Database,
    logging,
    settings::{SessionPlace, Settings},
    stdout::say,
};

pub fn run(settings: &Settings, dry_run: bool, grants_for: Option<&str>) -> ExitCode {
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
            database.close().await;
            return grants.map_or_else(|error| fail(&error), |lines| print(&lines));
        }
        let migrated = migrate(&database, settings, dry_run).await;
        database.close().await;
        match migrated {
            Ok(migration) => report(&migration, dry_run),
            Err(error) => fail(&error),
        }
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

fn report(migration: &Migration, dry_run: bool) -> ExitCode {
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
    ExitCode::SUCCESS
}
